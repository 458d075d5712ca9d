"""A worker in a process of its own: `python -m tests.bench.worker DATABASE`.

Waits for a line on its input, drains the inbox, and says how many messages it took in
how many seconds, and its greatest memory in MB.
"""

import json
import os
import resource
import sys
import time

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
os.environ["PROVESVAR_DATABASE_ROLE"] = "owner"


def main() -> None:
    django.setup()
    from results import codes
    from results.ingestion import inbox
    from tests.bench.database import use

    use(sys.argv[1])
    codes.refresh()
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    sys.stdin.readline()
    start = time.perf_counter()
    count = inbox.drain(seconds=600)
    took = time.perf_counter() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    sys.stdout.write(json.dumps({"count": count, "seconds": took, "mb": peak}) + "\n")


if __name__ == "__main__":
    main()
