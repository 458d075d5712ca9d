"""Measure what is hot, in one run, on a throw-away database: `make bench`."""

import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
os.environ["PROVESVAR_DATABASE_ROLE"] = "owner"


def main() -> None:
    django.setup()
    from tests.bench.figures import measure

    measure()


if __name__ == "__main__":
    main()
