"""One report: `ServReport`, from its header to its results."""

import datetime

from results.kith import status
from results.kith.read import values
from results.kith.read.attachments import attachments
from results.kith.read.notes import Notes
from results.kith.read.observations import Inherited, Observations
from results.kith.read.parties import parties, party
from results.kith.read.patient import (
    admission,
    clinical_information,
    contact_type,
    patient,
)
from results.kith.read.requisition import service_requests
from results.kith.read.specimens import specimens
from results.kith.xml import Node
from results.parsed import ParsedObservation, ParsedReport, ParsedSpecimen
from results.vocabulary import Discipline


def report(node: Node, notes: Notes) -> ParsedReport:
    """Everything one report says of its one patient."""
    service_type, status_code = node.code("ServType"), node.code("Status")
    type_coding = values.coding(node.child("MsgDescr"))
    about = _patient_node(node, notes)
    category = Discipline.of_report_type(type_coding.code if type_coding else None)
    taken = specimens(about, notes) if about else ()
    found = _observations(about, service_type, taken, notes)
    return ParsedReport(
        id=node.text("ServProvId"),
        service_type=service_type,
        status_code=status_code,
        status=status.report_status(service_type, status_code),
        type=type_coding,
        category=category,
        issued_at=values.moment(node, "IssueDate", notes),
        approved_at=values.moment(node, "ApprDate", notes),
        comment="\n".join(node.texts("Comment")) or None,
        coded_comments=values.codings(node.children("CodedComment")),
        patient=patient(about, notes) if about else None,
        requester=(about and party(about.child("ResponsibleHcp"), notes))
        or party(node.child("Requester"), notes),
        performer=party(node.child("ServProvider"), notes),
        responsible=party(node.child("RelServProv"), notes),
        copy_recipients=parties(node.children("CopyDest"), notes),
        service_requests=service_requests(node, notes),
        clinical_information=clinical_information(about, notes) if about else (),
        specimens=taken,
        observations=_newest_first(found) if category is Discipline.PAT else found,
        attachments=attachments(node, notes),
        contact_type=contact_type(about) if about else None,
        admission=admission(about, notes) if about else None,
    )


def _patient_node(node: Node, notes: Notes) -> Node | None:
    """The one patient. What is said of a person inside that person, a mother, a
    foetus or a donor, is never the patient's (dialect B35)."""
    patients = node.children("Patient")
    if len(patients) > 1:
        notes.warn("Rapporten har flere pasienter; bare den første er lest.")
    about = patients[0] if patients else None
    if about and about.child("Patient"):
        notes.warn(
            "Resultater for en tilknyttet person (mor, foster eller giver) er utelatt."
        )
    return about


def _observations(
    about: Node | None,
    service_type: str | None,
    taken: tuple[ParsedSpecimen, ...],
    notes: Notes,
) -> tuple[ParsedObservation, ...]:
    if about is None:
        return ()
    cancelled = frozenset(s.id for s in taken if s.is_cancelled and s.id)
    reader = Observations(notes, cancelled)
    return reader.within(about, Inherited(service_type=service_type))


def _newest_first(
    found: tuple[ParsedObservation, ...],
) -> tuple[ParsedObservation, ...]:
    """Pathology sends all its answers anew each time: the latest, then those before it
    (ServType H) from the newest back (HIS 1141, dialect C12)."""
    earlier = [o for o in found if o.service_type == "H"]
    earlier.sort(key=_examined_on, reverse=True)
    return (*(o for o in found if o.service_type != "H"), *earlier)


def _examined_on(observation: ParsedObservation) -> tuple[datetime.date, float]:
    when = observation.investigated_at
    day = (when and when.date) or datetime.date.min
    return day, when.at.timestamp() if when and when.at else 0.0
