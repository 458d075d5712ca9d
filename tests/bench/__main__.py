"""Measure what is hot, in one run, on throw-away databases: `make bench`.

Machines differ, so trust the ratios; exit status 0 also when a figure is poor.
"""

import argparse
import os
import socket

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
os.environ["PROVESVAR_DATABASE_ROLE"] = "owner"

# Ports of its own, so that a demonstration may run beside.
for name in ("PROVESVAR_PORT", "PROVESVAR_LOGIN_PORT"):
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        os.environ[name] = str(listening.getsockname()[1])

PARTS = ("ingest", "receive", "access", "landing", "tokens", "log")


def _part(name: str) -> str:
    """`choices` would refuse none at all (Python 3.11)."""
    if name not in PARTS:
        raise argparse.ArgumentTypeError(f"one of {', '.join(PARTS)}")
    return name


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("parts", nargs="*", type=_part, help=", ".join(PARTS))
    arguments.add_argument("--scale", type=int, default=100_000, help="reports stored")
    chosen = arguments.parse_args()
    parts = chosen.parts or PARTS
    django.setup()

    from results.ingestion import receive
    from tests.bench import access, ingest, landing, log, receiving, tokens
    from tests.bench.database import throw_away

    receive.tasks.wake = lambda: None
    if "ingest" in parts:
        ingest.measure(scale=chosen.scale)
    if "receive" in parts:
        receiving.measure()
    if "access" in parts:
        with throw_away("access"):
            access.measure()
    if "landing" in parts:
        landing.measure(scale=chosen.scale)
    if "tokens" in parts:
        with throw_away("tokens"):
            tokens.measure()
    if "log" in parts:
        with throw_away("log"):
            log.measure()


if __name__ == "__main__":
    main()
