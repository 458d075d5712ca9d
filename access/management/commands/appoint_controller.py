"""Let somebody follow up the looks made for an organisation."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from access.cases import appoint_controller
from access.models import User
from results.models import Organization


class Command(BaseCommand):
    """`manage.py appoint_controller --hpr 9000001 --organization 999999999`"""

    help = (
        "La noen følge opp oppslag for en virksomhet. Vedkommende må ha logget inn "
        "én gang."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--hpr", required=True, help="HPR-nummer")
        parser.add_argument("--organization", required=True, help="organisasjonsnummer")

    def handle(self, *args: object, **options: Any) -> None:  # noqa: ANN401
        user = User.objects.filter(hpr_number=options["hpr"]).first()
        if user is None:
            raise CommandError("Ingen med det HPR-nummeret har logget inn.")
        organization = Organization.objects.filter(
            organization_number=options["organization"]
        ).first()
        if organization is None:
            raise CommandError("Virksomheten er ikke kjent.")
        appoint_controller(user, organization.id)
        self.stdout.write(f"{user.name} følger opp oppslag for {organization.name}.")
