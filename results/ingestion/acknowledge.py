"""What to answer the sender: the receipt (AppRec), and an account in plain words."""

import datetime
import uuid
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from django.conf import settings
from django.utils import timezone

from results.encryption import decrypt, encrypt
from results.kith import apprec
from results.kith.envelope import Envelope
from results.parsed import MessageFault
from results.vocabulary import MessageFormat, MessageOutcome

APPREC_CONTEXT = "apprec"
_VERSIONS = {MessageFormat.KITH_1_4: "1.1"}
_OLDER_VERSION = "1.0"


@dataclass(frozen=True, slots=True)
class Receipt:
    """An AppRec: status 1 taken over, 2 refused (Volven 8258), and its XML."""

    status: int
    content: bytes

    def sealed(self) -> bytes:
        """The XML encrypted for the inbox."""
        return encrypt(self.content, context=APPREC_CONTEXT)


@dataclass(frozen=True, slots=True)
class ReportAccount:
    """The report as it is now held: keys as sent, status in FHIR's code."""

    sender: str | None
    id: str | None
    status: str
    versions: int
    observations: int
    attachments: int


@dataclass(frozen=True, slots=True)
class Account:
    """What became of one message; `report` is None when nothing was stored."""

    message_id: str | None
    format: MessageFormat
    outcome: MessageOutcome
    apprec_status: int | None
    faults: tuple[MessageFault, ...]
    report: ReportAccount | None
    warnings: tuple[str, ...]

    def as_json(self, file: str) -> dict[str, Any]:
        """The line that the commands print for a file, in a fixed order of keys."""
        return {
            "file": file,
            "message_id": self.message_id,
            "format": self.format.value,
            "outcome": self.outcome.value,
            "apprec": {
                "version": apprec_version(self.format),
                "status": self.apprec_status,
                "errors": [asdict(fault) for fault in self.faults],
            },
            "report": asdict(self.report) if self.report else None,
            "warnings": list(self.warnings),
        }


def status_of(faults: Sequence[MessageFault]) -> int:
    """Refused when there are faults, else taken over."""
    return 2 if faults else 1


def receipts_to(
    envelope: Envelope | None, *, faults: Sequence[MessageFault]
) -> Iterator[Receipt]:
    """One for each of our addresses that the message names, the primary one first;
    none when it cannot be answered."""
    stamp = apprec.Stamp(
        status=status_of(faults),
        faults=tuple(faults),
        recipient=apprec.Recipient(**settings.OWN_ORGANIZATION),
        generated_at=timezone.now().astimezone(datetime.UTC),
    )
    for content in apprec.answer(envelope, stamp, new_id=lambda: str(uuid.uuid4())):
        yield Receipt(stamp.status, content)


def opened(sealed: bytes | memoryview) -> bytes:
    """The XML of a receipt kept in the inbox."""
    return decrypt(sealed, context=APPREC_CONTEXT)


def apprec_version(format: MessageFormat) -> str | None:
    """AppRec 1.1 answers svarrapport 1.4, 1.0 the older ones (HITS 1168)."""
    if format in (MessageFormat.UNKNOWN, MessageFormat.FHIR_R4):
        return None
    return _VERSIONS.get(format, _OLDER_VERSION)
