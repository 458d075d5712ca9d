"""Print the two header lines that let curl call the API as a laboratory."""

from argparse import ArgumentParser

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.urls import reverse

from portal.demo.people import LABORATORIES
from portal.demo.provider.clients import SEND_SCOPE
from portal.demo.provider.exchange import OAuthError
from portal.demo.provider.machine import Machine


class Command(BaseCommand):
    help = (
        "Print Authorization and DPoP header lines for one call with curl, as in: "
        "demo_token nordlab-send > h; curl -H @h --data-binary @svar.xml "
        "-H 'Content-Type: application/xml' http://localhost:8000/api/messages"
    )
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("client", help="; ".join(_known_clients()))
        parser.add_argument("--scope", default=SEND_SCOPE)
        parser.add_argument("--method", default="POST")
        parser.add_argument("--url", default=_default_url())

    def handle(self, *args: object, **options: str) -> None:
        if not settings.IS_DEMONSTRATION:
            raise CommandError("Tokens are given away in the demonstration alone.")
        if options["client"] not in _known_clients():
            raise CommandError(f"Known clients: {', '.join(_known_clients())}.")
        machine = Machine(options["client"], scope=options["scope"])
        try:
            headers = machine.headers(options["method"].upper(), options["url"])
        except OAuthError as error:
            raise CommandError(f"{error.error}: {error.description}") from error
        for name, value in headers.items():
            self.stdout.write(f"{name}: {value}")


def _known_clients() -> list[str]:
    return [laboratory.client_id for laboratory in LABORATORIES]


def _default_url() -> str:
    return (
        f"{settings.SCHEME}://{settings.HOST}:{settings.PORT}{reverse('api:messages')}"
    )
