"""One report whole, in plain values: head, sections, specimens, requisition."""

import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from access.lookup import ReportDetail, RequisitionDetail, SpecimenDetail
from portal.presenting.dates import day_and_time, short_day
from portal.presenting.history import ShownStep, present_history
from portal.presenting.lists import ReportLine, present_line
from portal.presenting.sections import Section, present_sections
from results.identity import blot_out
from results.vocabulary import ReportStatus


@dataclass(frozen=True, slots=True)
class ShownSpecimen:
    """What was taken, from where and when."""

    what: str
    place: str
    taken: str
    accession: str
    comments: tuple[str, ...]
    is_not_accredited: bool


@dataclass(frozen=True, slots=True)
class ShownRequisition:
    """What was asked, and why."""

    number: str
    authored: str
    reasons: tuple[str, ...]
    comments: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ShownDocument:
    """A document that is kept; `url` is where it is downloaded, for this reader."""

    title: str
    id: uuid.UUID
    url: str = ""


@dataclass(frozen=True, slots=True)
class ShownReport:
    """A report for a page; a withdrawn one has no sections. `is_someone_elses`: it was
    about another person all along. `may_open_withdrawn`: what it said can be opened."""

    line: ReportLine
    is_someone_elses: bool
    may_open_withdrawn: bool
    comments: tuple[str, ...]
    responsible: str
    copies: str
    sections: tuple[Section, ...]
    specimens: tuple[ShownSpecimen, ...]
    requisition: ShownRequisition | None
    clinical_information: tuple[str, ...]
    notes: tuple[str, ...]
    documents: tuple[ShownDocument, ...] = ()
    document_note: str = ""
    history: tuple[ShownStep, ...] = ()


def present_report(
    detail: ReportDetail, *, draws_lines: bool = False, shows_withdrawn: bool = False
) -> ShownReport:
    """The report in words; `draws_lines` adds a number line to each number, and
    `shows_withdrawn` shows what a report said before it was taken back."""
    line = present_line(detail.summary)
    remarks = (detail.comment, *detail.coded_comments)
    sections = (
        ()
        if line.is_withdrawn and not shows_withdrawn
        else present_sections(detail.observations, draws_lines=draws_lines)
    )
    return ShownReport(
        line=line,
        is_someone_elses=detail.summary.status is ReportStatus.ENTERED_IN_ERROR,
        may_open_withdrawn=detail.has_withdrawn_content,
        comments=tuple(filter(None, remarks)),
        responsible=detail.responsible_name,
        copies=", ".join(detail.copy_recipients),
        sections=sections,
        specimens=tuple(_specimen(s) for s in detail.specimens),
        requisition=_requisition(detail.requisition),
        clinical_information=detail.clinical_information,
        notes=(
            *_notes(detail),
            *(_attachment_note(a.title) for a in detail.attachments if not a.form_id),
        ),
        documents=() if line.is_withdrawn else tuple(_documents(detail)),
        document_note="" if line.is_withdrawn else _document_note(detail),
        history=present_history(detail),
    )


def _notes(detail: ReportDetail) -> Iterator[str]:
    if detail.is_without_original:
        yield _("Den første versjonen av svaret er ikke mottatt.")


def _specimen(specimen: SpecimenDetail) -> ShownSpecimen:
    return ShownSpecimen(
        what=specimen.type_text or _("Ikke oppgitt"),
        place=specimen.anatomical_origin,
        taken=day_and_time(specimen.collected_at),
        accession=specimen.accession,
        comments=specimen.comments,
        is_not_accredited=specimen.is_accredited is False,
    )


def _requisition(requisition: RequisitionDetail | None) -> ShownRequisition | None:
    if requisition is None:
        return None
    authored_at = requisition.authored_at
    shown = ShownRequisition(
        number=requisition.requisition_id,
        authored=short_day(authored_at) if authored_at else "",
        reasons=requisition.reasons,
        comments=requisition.comments,
    )
    is_empty = not (shown.number or shown.authored or shown.reasons or shown.comments)
    return None if is_empty else shown


def with_addresses(
    report: ShownReport, address_of: Callable[[uuid.UUID], str]
) -> ShownReport:
    """The report with the way to each of its documents, for one sort of reader."""
    documents = tuple(replace(d, url=address_of(d.id)) for d in report.documents)
    return replace(report, documents=documents)


def _documents(detail: ReportDetail) -> Iterator[ShownDocument]:
    for attachment in detail.attachments:
        if attachment.form_id:
            title = blot_out(attachment.title) or _("uten navn")
            yield ShownDocument(title, attachment.form_id)


def _document_note(detail: ReportDetail) -> str:
    """Where the document is the whole answer, the reader is told so."""
    if detail.observations or not detail.attachments:
        return ""
    if any(a.form_id for a in detail.attachments):
        return _("Svaret kom som et dokument. Last det ned for å lese det.")
    return _(
        "Svaret kom som et dokument. Dokumentet er ikke med her; be laboratoriet om "
        "det."
    )


def _attachment_note(title: str) -> str:
    return _("Vedlegg fulgte med svaret: %(title)s") % {
        "title": blot_out(title) or _("uten navn")
    }
