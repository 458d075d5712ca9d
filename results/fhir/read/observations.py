"""The results: `Observation`, with its components and those it gathers."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from results.fhir import names
from results.fhir.bundle import Bundle
from results.fhir.items import Item
from results.fhir.read import values
from results.fhir.read.answers import absence, answer
from results.fhir.read.interpretation import interpret
from results.fhir.read.membership import Node
from results.fhir.read.parties import parties
from results.fhir.read.ranges import reference_ranges
from results.fhir.read.specimens import Specimens, extension_texts
from results.kith.read.notes import Notes
from results.parsed import ParsedMoment, ParsedObservation
from results.vocabulary import ObservationStatus, ValueKind

# Volven 8243: how KITH heads an agent's answer.
_RESISTANCE_HEADING = "RSB"
_OTHER_FOCUS = "Resultater for en annen enn pasienten (focus) er utelatt."


@dataclass(frozen=True, slots=True)
class Inherited:
    """What a result that says nothing of it has from the one around it, then from the
    report."""

    status: ObservationStatus = ObservationStatus.UNKNOWN
    specimen_ids: tuple[str, ...] = ()
    investigated_at: ParsedMoment | None = None


class Observations:
    """Reads the results of one report."""

    def __init__(self, bundle: Bundle, specimens: Specimens, notes: Notes) -> None:
        self._bundle = bundle
        self._specimens = specimens
        self._notes = notes

    def parsed(
        self, nodes: Iterable[Node], inherited: Inherited
    ) -> tuple[ParsedObservation, ...]:
        """One for each result; what is about someone else (a foetus, a donor) is left
        out and told of, as in KITH (dialect B35)."""
        return tuple(
            self._observation(node, inherited)
            for node in nodes
            if not self._is_about_another(node.item)
        )

    def _observation(self, node: Node, inherited: Inherited) -> ParsedObservation:
        item = node.item
        own = Inherited(
            status=_status(item),
            specimen_ids=self._specimens.ids_of(item.items("specimen"))
            or inherited.specimen_ids,
            investigated_at=values.effective(item, "effective", self._notes)
            or inherited.investigated_at,
        )
        members = (*self._components(item, own), *self.parsed(node.members, own))
        return replace(
            self._answered(item, own),
            item_id=_item_id(item),
            related_item_id=self._related(item),
            performers=parties(item.items("performer"), self._bundle),
            is_accredited=_flag(item, "accredited"),
            described_at=_dated(item, "description-date", self._notes),
            status_changed_at=_dated(item, "status-change-date", self._notes),
            countersigned_at=_dated(item, "counter-sign-date", self._notes),
            validated_at=_dated(item, "medical-validation-date", self._notes),
            members=members,
        )

    def _components(self, item: Item, own: Inherited) -> Iterator[ParsedObservation]:
        for component in item.items("component"):
            yield self._answered(component, own)

    def _answered(self, item: Item, own: Inherited) -> ParsedObservation:
        """What a result and a component have alike."""
        found = _with_interpretation(answer(item, self._notes), item)
        said = (*found.pop("comments", ()), *_remarks(item))
        return ParsedObservation(
            **found,
            status=own.status,
            codings=values.concept_codings(item.item("code")),
            method_codings=values.concept_codings(item.item("method")),
            reference_ranges=reference_ranges(item, unit=_unit(found)),
            comments=tuple(dict.fromkeys(said)),
            specimen_ids=own.specimen_ids,
            investigated_at=own.investigated_at,
        )

    def _is_about_another(self, item: Item) -> bool:
        """`focus` names what the result is about when that is not the patient."""
        focus = item.items("focus")
        subject = self._bundle.resolve(item.item("subject"))
        for found in map(self._bundle.resolve, focus):
            if found is None or subject is None or found.key != subject.key:
                self._notes.warn(_OTHER_FOCUS)
                return True
        return False

    def _related(self, item: Item) -> str | None:
        """NILAR's link from a result to the one it is about (`RefIdResultItem`)."""
        extension = item.extension(names.nilar_extension("related-observation"))
        reference = extension.item("valueReference") if extension else None
        found = self._bundle.resolve(reference)
        if found is not None:
            return _item_id(found)
        return values.bare_value(reference.item("identifier")) if reference else None


def _status(item: Item) -> ObservationStatus:
    return values.word(
        item.text("status"), ObservationStatus, ObservationStatus.UNKNOWN
    )


def _with_interpretation(found: dict[str, Any], item: Item) -> dict[str, Any]:
    """S, I or R stands among the value's codes, where KITH has it; and the answer of
    an agent without a number is that letter."""
    said = interpret(item.items("interpretation"))
    codings = found.get("value_codings", ())
    if said.susceptibility:
        codings = (said.susceptibility, *codings)
        if found.get("kind", ValueKind.NONE) is ValueKind.NONE:
            found["kind"] = ValueKind.CODED
    is_answer = any(c.system == names.RESISTANCE for c in codings)
    return {
        **found,
        "value_codings": codings,
        "interpretation": said.mark,
        "heading": _RESISTANCE_HEADING if is_answer else None,
        "comments": (*found.get("comments", ()), *said.remarks),
    }


def _remarks(item: Item) -> Iterator[str]:
    yield from absence(item)
    yield from values.annotations(item)
    if place := values.concept_text(item.item("bodySite")):
        yield f"Lokalisasjon: {place}"
    for name in ("comment", "specification"):
        for extension in item.extensions(names.nilar_extension(name)):
            yield from extension_texts(extension)


def _unit(found: dict[str, Any]) -> str | None:
    number = found.get("quantity") or found.get("interval_low")
    return number.unit if number else None


def _item_id(item: Item) -> str | None:
    """The laboratory's id of the item: NILAR's kind first."""
    identifiers = item.items("identifier")
    own = values.identifier_of(identifiers, "ResultItemId")
    return own or next(filter(None, map(values.bare_value, identifiers)), None)


def _flag(item: Item, name: str) -> bool | None:
    found = item.extension(names.nilar_extension(name))
    return found.flag("valueBoolean") if found else None


def _dated(item: Item, name: str, notes: Notes) -> ParsedMoment | None:
    found = item.extension(names.nilar_extension(name))
    return values.moment(found, "valueDateTime", notes)
