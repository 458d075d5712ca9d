"""Print the header lines that let curl call the API as a laboratory or a person."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.urls import reverse

from portal.demo.attesting import attested_for
from portal.demo.people import LABORATORIES, PERSONAS, Persona
from portal.demo.provider.application import Provider
from portal.demo.provider.clients import (
    EHR_CLIENT_ID,
    EHR_SCOPES,
    SEND_SCOPE,
    registered_clients,
)
from portal.demo.provider.ehr import Ehr
from portal.demo.provider.exchange import OAuthError
from portal.demo.provider.machine import Machine


class Command(BaseCommand):
    help = (
        "Print Authorization and DPoP header lines for one call with curl, as in: "
        "demo_token nordlab-send > h; curl -H @h --data-binary @svar.xml "
        "-H 'Content-Type: application/xml' http://localhost:8000/api/messages. "
        "A laboratory calls for itself; a person through their EHR system."
    )
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("who", metavar="PERSONA", help="; ".join(_everyone()))
        parser.add_argument("--scope", help="what a laboratory or EHR system may ask")
        parser.add_argument("--method", default="POST")
        parser.add_argument("--url", help="the address to be called, without query")
        parser.add_argument(
            "--bearer",
            action="store_true",
            help="a token bound to no key, as the status icon is asked for with",
        )

    def handle(self, *args: object, **options: Any) -> None:  # noqa: ANN401
        if not settings.IS_DEMONSTRATION:
            raise CommandError("Tokens are given away in the demonstration alone.")
        who = options["who"]
        if who not in _everyone():
            raise CommandError(f"Known: {', '.join(_everyone())}.")
        persona = _people().get(who)
        headers = _for_person(persona, options) if persona else _for_machine(options)
        for name, value in headers.items():
            self.stdout.write(f"{name}: {value}")


def _for_machine(options: dict[str, Any]) -> dict[str, str]:
    if options["bearer"]:
        raise CommandError("What laboratories call takes no bearer tokens.")
    machine = Machine(options["who"], scope=options["scope"] or SEND_SCOPE)
    url = options["url"] or _address("api:messages")
    try:
        return machine.headers(options["method"].upper(), url)
    except OAuthError as error:
        raise CommandError(f"{error.error}: {error.description}") from error


def _for_person(persona: Persona, options: dict[str, Any]) -> dict[str, str]:
    scopes = tuple((options["scope"] or " ".join(EHR_SCOPES)).split())
    if options["bearer"]:
        return _bearer(persona, scopes)
    url = options["url"] or _address("api:launch_create")
    try:
        return Ehr(persona, scopes=scopes).headers(
            options["method"].upper(), url, attestation=attested_for(persona)
        )
    except OAuthError as error:
        raise CommandError(f"{error.error}: {error.description}") from error


def _bearer(persona: Persona, scopes: tuple[str, ...]) -> dict[str, str]:
    """Of the provider's own making: no client gets one for the asking."""
    mint = Provider().issuers[settings.API_PROVIDER].mint
    token = mint.access_token(
        registered_clients()[EHR_CLIENT_ID],
        scope=" ".join(scopes),
        audience=settings.LAUNCH_AUDIENCE,
        thumbprint="",
        claims=mint.claims_about(persona),
    )
    return {"Authorization": f"Bearer {token}"}


def _people() -> dict[str, Persona]:
    """Health personnel; nothing here is called on behalf of a citizen."""
    return {persona.key: persona for persona in PERSONAS if persona.hpr_number}


def _everyone() -> list[str]:
    return [*(laboratory.client_id for laboratory in LABORATORIES), *_people()]


def _address(name: str) -> str:
    return f"{settings.SCHEME}://{settings.HOST}:{settings.PORT}{reverse(name)}"
