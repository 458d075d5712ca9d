"""Codes and units of a report that no table here knows, and where they stand."""

import enum
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice

from results import codes
from results.models import Coding
from results.parsed import ParsedCoding, ParsedObservation, ParsedReport
from results.units import to_ucum
from results.vocabulary import MessageFormat

MOST_FINDINGS = 200
MOST_PLACES = 10
_LONGEST = 200
_LOCAL = ".8212"
_NUL = "\0"


class CodeProblem(enum.StrEnum):
    """What is the matter with a code; none of it is a ground for refusal."""

    UNKNOWN = "unknown"
    RETIRED = "retired"
    RESPELT = "respelt"
    LOCAL = "local"
    NO_LIST = "no-list"


@dataclass(frozen=True, slots=True)
class Suggestion:
    """The code that was probably meant, and what it is called."""

    code: str
    system: str
    name: str


@dataclass(frozen=True, slots=True)
class CodeFinding:
    """A code as sent, how often, and at most 10 places where it stands."""

    problem: CodeProblem
    code: str
    system: str
    name: str
    where: tuple[str, ...]
    count: int
    suggestion: Suggestion | None = None


@dataclass(frozen=True, slots=True)
class UnitFinding:
    """A unit that has no certain spelling in UCUM, as sent, and where it stands."""

    unit: str
    where: tuple[str, ...]
    count: int


@dataclass(slots=True)
class _Seen:
    where: list[str] = field(default_factory=list)
    count: int = 0

    def at(self, place: str) -> None:
        self.count += 1
        if len(self.where) < MOST_PLACES:
            self.where.append(place)


@dataclass(frozen=True, slots=True)
class _Names:
    """What a format calls the elements that codes stand in."""

    report: str
    specimen: str
    item: str
    member: str
    code: str
    value: str
    diagnosis: str


_KITH = _Names(
    report="ServReport/MsgDescr",
    specimen="AnalysedSubject",
    item="ResultItem",
    member="ResultItem",
    code="Investigation/Id",
    value="TextResult/TextCode",
    diagnosis="DiagComment",
)
_FHIR = _Names(
    report="DiagnosticReport.code",
    specimen="Specimen",
    item="Observation",
    member="hasMember",
    code="code",
    value="valueCodeableConcept",
    diagnosis="conclusionCode",
)
_Sent = tuple[str, str, str]


def find_codes(report: ParsedReport, format: MessageFormat) -> tuple[CodeFinding, ...]:
    """Codes that are unknown, retired, misspelt, local, or of a list that is not here.

    In the order they are first met, 200 at most. Reads the code tables.
    """
    seen: dict[_Sent, _Seen] = {}
    for coding, place in _codings(report, _names_of(format)):
        sent = (coding.code or "", coding.system or "", coding.text or "")
        if sent[0]:
            seen.setdefault(sent, _Seen()).at(place)
    tables = _Tables(_lists(seen), _namesakes(seen))
    found = (_finding(sent, places, tables) for sent, places in seen.items())
    return tuple(islice(filter(None, found), MOST_FINDINGS))


def find_units(report: ParsedReport, format: MessageFormat) -> tuple[UnitFinding, ...]:
    """Units that have no certain spelling in UCUM. Asks no table."""
    seen: dict[str, _Seen] = {}
    for item, place in _items(report.observations, _names_of(format)):
        for unit in _units(item):
            if to_ucum(unit) is None:
                seen.setdefault(unit, _Seen()).at(place)
    found = [
        UnitFinding(unit[:_LONGEST], tuple(places.where), places.count)
        for unit, places in seen.items()
    ]
    return tuple(found[:MOST_FINDINGS])


def _names_of(format: MessageFormat) -> _Names:
    return _FHIR if format is MessageFormat.FHIR_R4 else _KITH


def _items(
    items: Iterable[ParsedObservation], names: _Names
) -> Iterator[tuple[ParsedObservation, str]]:
    """Every item with its path, counted from 1: «ResultItem[2]/ResultItem[1]»."""
    for number, item in enumerate(items, start=1):
        yield from _below(item, f"{names.item}[{number}]", names)


def _below(
    item: ParsedObservation, path: str, names: _Names
) -> Iterator[tuple[ParsedObservation, str]]:
    yield item, path
    for number, member in enumerate(item.members, start=1):
        yield from _below(member, f"{path}/{names.member}[{number}]", names)


def _codings(report: ParsedReport, names: _Names) -> Iterator[tuple[ParsedCoding, str]]:
    if report.type and report.type.system:
        yield report.type, names.report
    for number, specimen in enumerate(report.specimens, start=1):
        if specimen.type and specimen.type.system:
            yield specimen.type, f"{names.specimen}[{number}]"
    for item, path in _items(report.observations, names):
        for coding in item.codings:
            yield coding, f"{path}/{names.code}"
        for coding in item.value_codings:
            yield coding, f"{path}/{names.value}"
        for coding in item.diagnoses:
            yield coding, f"{path}/{names.diagnosis}"


def _units(item: ParsedObservation) -> Iterator[str]:
    quantities = (item.quantity, item.interval_low, item.interval_high)
    for quantity in quantities:
        if quantity and quantity.unit and not quantity.ucum:
            yield quantity.unit
    if item.unit_of_text:
        yield item.unit_of_text


@dataclass(frozen=True, slots=True)
class _Tables:
    """Which lists are here, and codes in use by list and name."""

    lists: frozenset[str]
    namesakes: dict[tuple[str, str], Suggestion]


def _finding(sent: _Sent, places: _Seen, tables: _Tables) -> CodeFinding | None:
    code, system, name = sent
    known = codes.find(code, system)
    problem = _problem(code, system, known, tables.lists)
    if problem is None:
        return None
    return CodeFinding(
        problem=problem,
        code=code[:_LONGEST],
        system=system[:_LONGEST],
        name=name[:_LONGEST],
        where=tuple(places.where),
        count=places.count,
        suggestion=_meant(known)
        if known
        else tables.namesakes.get((codes.system_of(system), name.strip())),
    )


def _problem(
    code: str, system: str, known: codes.KnownCode | None, lists: frozenset[str]
) -> CodeProblem | None:
    if known is None:
        return _why_unknown(system, lists)
    if known.is_retired:
        return CodeProblem.RETIRED
    is_as_sent = known.code == code.strip() and not _is_other_list(system, known.system)
    return None if is_as_sent else CodeProblem.RESPELT


def _why_unknown(system: str, lists: frozenset[str]) -> CodeProblem:
    if not system or system.endswith(_LOCAL):
        return CodeProblem.LOCAL
    is_here = codes.system_of(system) in lists
    return CodeProblem.UNKNOWN if is_here else CodeProblem.NO_LIST


def _meant(known: codes.KnownCode) -> Suggestion | None:
    """The successor of a retired code, else the code in its list's own spelling."""
    code = known.successor if known.is_retired else known.code
    return Suggestion(code, known.system, known.display) if code else None


def _is_other_list(system: str, known: str) -> bool:
    """An OID that is not the list's own; other ways to name a list are not wrong."""
    oid = system.strip().removeprefix("urn:oid:")
    return oid[:1].isdigit() and "." in oid and oid != known


def _lists(seen: Iterable[_Sent]) -> frozenset[str]:
    """Those of the systems sent that have a table here."""
    systems = {codes.system_of(system) for _code, system, _name in seen}
    rows = Coding.objects.filter(system__in=_storable(systems))
    return frozenset(rows.values_list("system", flat=True).distinct())


def _namesakes(seen: Iterable[_Sent]) -> dict[tuple[str, str], Suggestion]:
    """Codes in use that are called what an unknown one was called by its sender."""
    unknown = [
        (codes.system_of(system), name.strip())
        for code, system, name in seen
        if name != code and codes.find(code, system) is None
    ]
    rows = Coding.objects.filter(
        system__in=_storable({system for system, _name in unknown}),
        display__in=_storable({name for _system, name in unknown}),
        valid_to=None,
    )
    return {
        (row.system, row.display): Suggestion(row.code, row.system, row.display)
        for row in rows
    }


def _storable(texts: Iterable[str]) -> list[str]:
    """What can be asked for at all."""
    return [t for t in texts if t and _NUL not in t and t.isprintable()]
