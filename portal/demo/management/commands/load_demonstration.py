"""Load the demonstration: register the cast, send its messages, await the receipts."""

from argparse import ArgumentParser
from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from portal.demo.assessing import assess_what_is_old
from portal.demo.explanations import load_explanations
from portal.demo.front_door import Credentials, FrontDoor, Refused
from portal.demo.generator.messages import Plan, messages
from portal.demo.loading import Diary, NothingHappens, await_receipts, send_all
from portal.demo.people import LABORATORIES
from portal.demo.provider.machine import Machine
from portal.demo.registration import register_everyone
from portal.demo.repeat_intervals import load_repeat_intervals


class Command(BaseCommand):
    """`manage.py load_demonstration`, while the service runs."""

    help = "Registrerer demonstrasjonens virksomheter og sender inn prøvesvar."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--patients", type=int, default=10, help="hvor mange")

    def handle(self, *args: object, **options: Any) -> None:  # noqa: ANN401
        """Raises CommandError when the service does not answer, or nothing happens."""
        diary = Diary(settings.STATE_DIR / "demonstration.json")
        today = timezone.localdate()
        plan, is_loaded = diary.plan(patients=options["patients"], today=today)
        call_command("import_codes", "--seed", stdout=self.stdout)
        load_explanations()
        load_repeat_intervals()
        register_everyone()
        if is_loaded:
            self.stdout.write("Demonstrasjonens prøvesvar er lastet fra før.")
            return
        diary.begin(plan)
        self._send(plan)
        assess_what_is_old()
        diary.finish(plan)

    def _send(self, plan: Plan) -> None:
        door = FrontDoor(_credentials(), port=int(settings.PORT))
        try:
            sent = send_all(door, messages(plan))
            refused = await_receipts(door, sent)
        except (OSError, Refused, NothingHappens) as error:
            raise CommandError(_in_words(error)) from error
        finally:
            door.close()
        if refused:
            raise CommandError(f"{refused} av {len(sent)} prøvesvar ble avvist.")
        self.stdout.write(f"{len(sent)} prøvesvar sendt inn og behandlet.")


def _credentials() -> Credentials:
    machines = {
        laboratory.client_id: Machine(laboratory.client_id)
        for laboratory in LABORATORIES
    }

    def headers(client_id: str, method: str, address: str) -> Mapping[str, str]:
        return machines[client_id].headers(method, address)

    return headers


def _in_words(error: Exception) -> str:
    if isinstance(error, Refused):
        return f"Meldingen ble ikke tatt imot ({error})."
    if isinstance(error, NothingHappens):
        return "Ingen meldinger blir behandlet. Kjører arbeideren (worker)?"
    return f"Tjenesten svarer ikke på port {settings.PORT}. Start den med «make run»."
