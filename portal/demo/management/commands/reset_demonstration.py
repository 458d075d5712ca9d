"""`make reset`: remove the demonstration's data, keys and logs."""

import shutil
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from portal import postgres
from portal.demo.runs import end_run


class Command(BaseCommand):
    help = "Stop the demonstration and remove all it keeps."
    requires_system_checks = ()

    def handle(self, *args: object, **options: object) -> None:
        state: Path = settings.STATE_DIR.resolve()
        _require_own_folder(state)
        if not end_run(state):
            raise CommandError("The running demonstration does not end. Try again.")
        try:
            postgres.reset(state)
        except postgres.StillInUse as error:
            raise CommandError(
                "Another command from this folder uses the database. Nothing was "
                "removed; let it end, then try again."
            ) from error
        shutil.rmtree(state)
        self.stdout.write(f"Removed {state}")


def _require_own_folder(state: Path) -> None:
    """PROVESVAR_STATE_DIR may by mistake name a folder that holds other things."""
    for precious in (Path.home().resolve(), settings.BASE_DIR.resolve()):
        if precious.is_relative_to(state):
            raise CommandError(f"{state} holds more than the demonstration's data.")
