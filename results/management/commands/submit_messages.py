"""Send files through the same door as producers do: one JSON line each."""

from argparse import ArgumentParser
from typing import Any

from results.ingestion.acknowledge import Account
from results.ingestion.receive import receive_from_operator
from results.management.account_lines import AccountCommand


class Command(AccountCommand):
    """`manage.py submit_messages [--sender HER-ID] PATH...`, an operator's act."""

    help = "Ta imot meldinger fra filer. Ukjente avsendere registreres ubekreftet."

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.add_argument(
            "--sender",
            metavar="HER-ID",
            help="avsender for meldinger som ikke selv sier hvem de er fra",
        )

    def account(self, content: bytes, options: dict[str, Any]) -> Account:
        return receive_from_operator(content, sender_her_id=options["sender"])
