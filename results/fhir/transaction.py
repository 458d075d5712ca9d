"""A transaction of several reports as one message for each (R4 §3.1.0.11.2)."""

import hashlib
import uuid
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from results.fhir import jsontext, names
from results.fhir.bundle import Bundle, Entry, open_bundle
from results.fhir.items import Item
from results.fhir.jsontext import NotReadable
from results.fhir.read.header import message_id
from results.fhir.read.membership import pointing_back
from results.fhir.read.report import report_key
from results.fhir.read.screening import is_bundle
from results.kith.read.notes import Notes
from results.parsed import MessageFault

_IDS = uuid.UUID("0d0f4d0e-5b3e-5a1c-9f42-6b7b1f0c8a11")
_METHODS = frozenset({"POST", "PUT"})

_NOT_A_TRANSACTION = "Bundle må være av typen transaction."
_NO_RESOURCE = "Hver entry må ha en ressurs og et kall (request) med POST eller PUT."
_NO_REPORT = "Meldingen inneholder ingen svarrapport (DiagnosticReport)."
_SAME_ID = "To svarrapporter i samme transaksjon har samme id."
_LOOSE = "Et resultat hører ikke til noen av svarrapportene."


@dataclass(frozen=True, slots=True)
class Part:
    """One report as a message: the bytes of a collection of all that it points at, and
    which entries of the transaction those are; `position` is the report's own."""

    content: bytes
    position: int
    positions: frozenset[int]


@dataclass(frozen=True, slots=True)
class EntryFault:
    """Why a transaction cannot be taken apart, and at which entry when it is one's."""

    fault: MessageFault
    position: int | None = None


@dataclass(frozen=True, slots=True)
class Transaction:
    """`parts` in the order of their reports; none when there are faults."""

    size: int = 0
    parts: tuple[Part, ...] = ()
    faults: tuple[EntryFault, ...] = ()


def split(content: bytes) -> Transaction:
    """Never raises for anything a sender may send; the same bytes give the same parts.

    A lone report keeps the bundle's identity. Of several, each has an id made from that
    and its own, so that a transaction sent again is known again, report by report.
    """
    try:
        bundle = open_bundle(content)
    except NotReadable as error:
        return Transaction(faults=(EntryFault(error.fault),))
    size = len(bundle.root.items("entry"))
    if faults := tuple(_faults(bundle)):
        return Transaction(size, faults=faults)
    reports = [e for e in bundle.entries if e.resource.type == "DiagnosticReport"]
    held = [_held(report, bundle) for report in reports]
    if loose := _loose(bundle, held) if len(reports) > 1 else ():
        return Transaction(size, faults=loose)
    is_lone = len(reports) == 1
    parts = (
        # Whatever a lone report does not point at is its own business all the same.
        _part(report, bundle, None if is_lone else positions)
        for report, positions in zip(reports, held, strict=True)
    )
    return Transaction(size, tuple(parts))


def _faults(bundle: Bundle) -> Iterator[EntryFault]:
    notes = Notes()
    if not is_bundle(bundle, notes):
        yield from map(EntryFault, notes.faults)
        return
    if bundle.type != "transaction":
        yield EntryFault(MessageFault("T10", _NOT_A_TRANSACTION))
        return
    asked = {e.position for e in bundle.entries if _is_asked(e)}
    for position in range(len(bundle.root.items("entry"))):
        if position not in asked:
            yield EntryFault(MessageFault("X99", _NO_RESOURCE), position)
    yield from _report_faults(bundle)


def _is_asked(entry: Entry) -> bool:
    method = entry.request.text("method") if entry.request else None
    return method in _METHODS and entry.resource.type is not None


def _report_faults(bundle: Bundle) -> Iterator[EntryFault]:
    reports = [e for e in bundle.entries if e.resource.type == "DiagnosticReport"]
    if not reports:
        yield EntryFault(MessageFault("X99", _NO_REPORT))
    counted = Counter(filter(None, (report_key(r.resource, bundle) for r in reports)))
    for report in reports:
        if counted[report_key(report.resource, bundle) or ""] > 1:
            yield EntryFault(MessageFault("X99", _SAME_ID), report.position)


def _held(report: Entry, bundle: Bundle) -> frozenset[int]:
    """Positions of the report, all it points at, and all that points back at it."""
    by_key = {e.resource.key: e for e in bundle.entries}
    waiting = [report.resource, *pointing_back(report.resource, bundle)]
    found: set[int] = set()
    while waiting:
        entry = by_key.get(waiting.pop().key)
        if entry is None or entry.position in found:
            continue
        is_other = entry.resource.type == "DiagnosticReport"
        if is_other and entry.position != report.position:
            continue
        found.add(entry.position)
        waiting += bundle.resolve_all(_references(entry.resource))
    return frozenset(found)


def _references(resource: Item) -> Iterator[Item]:
    waiting: list[Any] = [resource.fields]
    while waiting:
        value = waiting.pop()
        if isinstance(value, dict):
            yield Item(value, resource.fields)
            waiting += value.values()
        elif isinstance(value, list):
            waiting += value


def _loose(bundle: Bundle, held: list[frozenset[int]]) -> tuple[EntryFault, ...]:
    """Results of no report: nothing sent is dropped, and whose it is no one knows."""
    return tuple(
        EntryFault(MessageFault("X99", _LOOSE), entry.position)
        for entry in bundle.entries
        if entry.resource.type == "Observation"
        and not any(entry.position in positions for positions in held)
    )


def _part(report: Entry, bundle: Bundle, positions: frozenset[int] | None) -> Part:
    entries = [
        e for e in bundle.entries if positions is None or e.position in positions
    ]
    content = _collection(bundle, entries, is_lone=positions is None)
    if "identifier" not in content and (
        positions is not None or message_id(bundle, report.resource) is None
    ):
        content["identifier"] = _identifier(report, bundle, content)
    return Part(
        content=jsontext.write(content),
        position=report.position,
        positions=frozenset(e.position for e in entries),
    )


def _collection(
    bundle: Bundle, entries: list[Entry], *, is_lone: bool
) -> dict[str, Any]:
    kept = ("id", "meta", "identifier", "timestamp")
    wanted = kept if is_lone else ("meta", "timestamp")
    root = bundle.root.fields
    return {
        "resourceType": "Bundle",
        **{name: root[name] for name in wanted if root.get(name)},
        "type": "collection",
        "entry": [_entry(entry) for entry in entries],
    }


def _entry(entry: Entry) -> dict[str, Any]:
    address = {"fullUrl": entry.full_url} if entry.full_url else {}
    return {**address, "resource": entry.resource.fields}


def _identifier(
    report: Entry, bundle: Bundle, content: dict[str, Any]
) -> dict[str, str]:
    """From the bundle's identity where it has one, else from all that is said."""
    digest = hashlib.sha256(jsontext.write(content)).hexdigest()
    whole = message_id(bundle, report.resource) or digest
    own = report_key(report.resource, bundle) or report.full_url or report.position
    made = uuid.uuid5(_IDS, f"{whole}|{own}")
    return {"system": names.URI, "value": f"urn:uuid:{made}"}
