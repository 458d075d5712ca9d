"""Process a kept message again, and tell what became of it."""

import getpass
import uuid
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from results.ingestion import inbox, replay
from results.ingestion.receive import await_outcome
from results.operations.operator_actions import Act, Refused

_WAIT_SECONDS = 60


class Command(BaseCommand):
    """`manage.py replay_message ID --reason TEXT`, an operator's act."""

    help = "Behandle en mottatt melding på nytt."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("id", type=uuid.UUID, help="meldingens nøkkel hos oss")
        parser.add_argument("--reason", required=True, help="hvorfor; blir loggført")

    def handle(self, *args: object, **options: Any) -> None:  # noqa: ANN401
        message_id: uuid.UUID = options["id"]
        try:
            # Whoever has the machine has an account on it; the portal's has a key.
            act = Act(f"shell:{getpass.getuser()}", options["reason"])
            replay.replay(message_id, act=act)
        except Refused as refused:
            raise CommandError(str(refused)) from None
        inbox.take(message_id)
        outcome = await_outcome(message_id, seconds=_WAIT_SECONDS)
        self.stdout.write(str(outcome.label))
