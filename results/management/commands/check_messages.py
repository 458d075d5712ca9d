"""Judge files alone: one JSON line each tells what would happen."""

from typing import Any

from results.ingestion.acknowledge import Account
from results.ingestion.check import check
from results.management.account_lines import AccountCommand


class Command(AccountCommand):
    """`manage.py check_messages PATH...`"""

    help = "Bedøm meldinger hver for seg, uten å lagre noe."

    def account(self, content: bytes, options: dict[str, Any]) -> Account:
        return check(content)
