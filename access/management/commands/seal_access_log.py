"""Seal the access log, once or every minute, in a process of its own."""

import time
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from access.tasks import erase_log, seal_log

_EVERY = 60.0


class Command(BaseCommand):
    """`manage.py seal_access_log [--forever]`: with the sealer's role and key, which
    neither web nor workers need have."""

    help = "Forsegl innsynsloggen. Med --forever: hvert minutt, til den blir stoppet."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--forever", action="store_true")

    def handle(self, *args: object, **options: Any) -> None:  # noqa: ANN401
        if not settings.SEAL_KEY:
            raise CommandError("PROVESVAR_SEAL_KEY er ikke satt her.")
        seal_log()
        erase_log()
        while options["forever"]:
            time.sleep(_EVERY)
            seal_log()
            erase_log()
