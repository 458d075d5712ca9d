"""Tell in plain Norwegian why a decision fell as it did; that one asked is logged."""

import uuid
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from access.explaining import explain
from access.models import AccessLogEntry


class Command(BaseCommand):
    """explain_access ENTRY --by NAME; ENTRY is the key of a line in the access log."""

    help = __doc__ or ""

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("entry", type=uuid.UUID, help="key of the log entry")
        parser.add_argument("--by", required=True, help="who asks; the patient sees it")

    @transaction.atomic
    def handle(self, *args: object, **options: Any) -> None:  # noqa: ANN401
        try:
            lines = explain(options["entry"], by=options["by"])
        except AccessLogEntry.DoesNotExist:
            raise CommandError("There is no such entry in the access log.") from None
        for line in lines:
            self.stdout.write(line)
