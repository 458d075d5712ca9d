"""The results: `ResultItem`, in each other to any depth."""

from dataclasses import dataclass
from typing import Any, NamedTuple

from results.kith import status
from results.kith.read import answers, values
from results.kith.read.findings import diagnosis, structured
from results.kith.read.notes import Notes
from results.kith.read.parties import parties
from results.kith.xml import Node
from results.parsed import ParsedCoding, ParsedMoment, ParsedObservation
from results.vocabulary import ObservationStatus

# What few items have, asked for together.
_RARE = frozenset(
    {
        *("StatusChangeDate", "DescrDate", "CounterSignDate", "MedicalValidationDate"),
        *("RelServProv", "DiagComment", "StructuredInfo"),
    }
)


class Inherited(NamedTuple):
    """What an item that says nothing of it has from the item around it, then from
    the report (dialect C9)."""

    service_type: str | None = None
    specimen_ids: tuple[str, ...] = ()
    investigated_at: ParsedMoment | None = None


@dataclass(frozen=True, slots=True)
class Observations:
    """Reads the items of one report, some of whose specimens may be cancelled."""

    notes: Notes
    cancelled_specimens: frozenset[str] = frozenset()

    def within(
        self, parent: Node, inherited: Inherited
    ) -> tuple[ParsedObservation, ...]:
        """One for each ResultItem of the patient or item, at every depth."""
        items = parent.children("ResultItem")
        return tuple([self._one(item, inherited) for item in items])

    def _one(self, node: Node, inherited: Inherited) -> ParsedObservation:
        own = Inherited(
            node.code("ServType") or inherited.service_type,
            node.texts("RefAnalysedSubject") or inherited.specimen_ids,
            values.moment(node, "InvDate", self.notes) or inherited.investigated_at,
        )
        status_code = node.code("StatusInvestigation")
        return ParsedObservation(
            **answers.value(node, self.notes),
            **_investigation(node.children("Investigation")),
            **(self._rare(node) if node.has_any(_RARE) else {}),
            status=self._status(own, status_code),
            reference_ranges=_ranges(node.children("RefInterval")),
            interpretation=status.interpretation(node.code("DevResultInd")),
            service_type=own.service_type,
            status_code=status_code,
            item_id=node.text("IdResultItem"),
            related_item_id=node.text("RefIdResultItem"),
            specimen_ids=own.specimen_ids,
            investigated_at=own.investigated_at,
            is_accredited=values.truth(node, "Accredited", self.notes),
            members=self.within(node, own),
        )

    def _status(self, own: Inherited, code: str | None) -> ObservationStatus:
        """A cancelled specimen takes its results with it (HIS 1141, dialect C13)."""
        if self.cancelled_specimens and not self.cancelled_specimens.isdisjoint(
            own.specimen_ids
        ):
            return ObservationStatus.CANCELLED
        return status.observation_status(own.service_type, code)

    def _rare(self, node: Node) -> dict[str, Any]:
        codes, modifiers = diagnosis(node)
        return {
            "status_changed_at": values.moment(node, "StatusChangeDate", self.notes),
            "described_at": values.moment(node, "DescrDate", self.notes),
            "countersigned_at": values.moment(node, "CounterSignDate", self.notes),
            "validated_at": values.moment(node, "MedicalValidationDate", self.notes),
            "performers": parties(node.children("RelServProv"), self.notes),
            "diagnoses": codes,
            "structured": (*modifiers, *structured(node)),
        }


def _investigation(nodes: list[Node]) -> dict[str, Any]:
    """What was examined and how; several are one, for they are one item's."""
    comments = [text for node in nodes for text in node.texts("Comment")]
    return {
        "codings": _codings(nodes, "Id"),
        "method_codings": _codings(nodes, "Spec"),
        "investigation_comment": "\n".join(comments) or None,
    }


def _codings(nodes: list[Node], name: str) -> tuple[ParsedCoding, ...]:
    return values.codings([child for node in nodes for child in node.children(name)])


def _ranges(nodes: list[Node]) -> tuple[str, ...]:
    return tuple([text for node in nodes for text in node.texts("Descr")])
