"""Whether an answer is for this service at all, before anything of it is stored."""

import re
import uuid
from collections.abc import Iterable

from results.encryption import lookup_hash
from results.models.patient import IDENTIFIER_CONTEXT
from results.parsed import ParsedParty, ParsedReport, ParsedServiceRequest
from results.queries.sharing import SharingPolicy, SharingTerms
from results.vocabulary import WithheldReason

# Volven 3108, what the patient said about being registered.
_RESERVED = "R"
_UNCLEAR = "U"


def withheld_reason(
    report: ParsedReport,
    *,
    producer_id: uuid.UUID,
    requester: ParsedParty | None,
    policy: SharingPolicy,
) -> WithheldReason | None:
    """Why the report is held back, or None. Patient's own opt-out is asked elsewhere.

    `requester` is who is asked for the requester's organisation when the report names
    none who ordered.
    """
    if _says(report.service_requests, _RESERVED):
        return WithheldReason.RESERVATION
    if any(_is_other(r, policy.other_purposes) for r in report.service_requests):
        return WithheldReason.PURPOSE
    ids = _ids_of(report.requester) or _ids_of(requester)
    if not _is_shared(policy.terms, producer_id, ids, report.category.value):
        return WithheldReason.NOT_SHARED
    return None


def is_unclear(report: ParsedReport) -> bool:
    """Whether a reservation is not settled (3108 U): stored, and flagged."""
    return _says(report.service_requests, _UNCLEAR)


def named_in(content: bytes) -> frozenset[bytes]:
    """The keyed hashes of all that may be national numbers in a message as it came,
    whether it can be read or not; most are numbers of nobody."""
    digits = _BETWEEN.sub(b"", content.replace(b"\0", b""))
    return frozenset(
        lookup_hash(found.decode(), context=IDENTIFIER_CONTEXT)
        for found in set(_NUMBER.findall(digits))
    )


# Within longer rows of digits too; numbers are written with and without a space.
_NUMBER = re.compile(rb"(?=(\d{11}))")
_BETWEEN = re.compile(rb"(?<=\d)[ .\-](?=\d)")


def _says(requests: Iterable[ParsedServiceRequest], code: str) -> bool:
    return any(
        (reservation.code or "").upper() == code
        for request in requests
        for reservation in request.reservations
    )


def _is_other(request: ParsedServiceRequest, other: frozenset[str]) -> bool:
    purpose = request.purpose
    if purpose is None or not other:
        return False
    said = (purpose.code, purpose.display, purpose.original_text)
    return any(text and text.casefold().strip() in other for text in said)


def _ids_of(party: ParsedParty | None) -> frozenset[tuple[str, str]]:
    if party is None:
        return frozenset()
    return frozenset(
        (kind, value) for kind in ("HER", "ENH") for value in party.ids_of(kind)
    )


def _is_shared(
    terms: Iterable[SharingTerms],
    producer_id: uuid.UUID,
    requester_ids: frozenset[tuple[str, str]],
    category: str,
) -> bool:
    """The most precise rule decides, a no before a yes; no rule is a no."""
    fitting = [
        t
        for t in terms
        if t.producer_id in (None, producer_id)
        and (t.requester_ids is None or t.requester_ids & requester_ids)
        and t.category in ("", category)
    ]
    if not fitting:
        return False
    most = max(t.precision for t in fitting)
    return all(t.is_shared for t in fitting if t.precision == most)
