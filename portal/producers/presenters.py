"""What was found in a message, in words for whoever made it: the verdict first."""

import datetime
import re
import uuid
from dataclasses import dataclass, replace

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from access.lookup import ObservationDetail, ReportDetail
from portal.presenting.own_reports import OwnReport, present_own_report
from portal.presenting.patients import ShownPatient, present_patient
from portal.presenting.reports import ShownReport, present_report
from portal.producers.lines import (
    CodeLine,
    Line,
    present_codes,
    present_place,
    present_units,
)
from portal.producers.steps import SCHEMA, Step, present_steps, verdict
from results.ingestion.check import MOST_ITEMS, Examination

_Words = str | Promise


@dataclass(frozen=True, slots=True)
class Readers:
    """The report as each would see it; `is_cut` when it is too long for this page."""

    patient: ShownPatient
    doctors: ShownReport
    citizens: OwnReport
    is_cut: bool


@dataclass(frozen=True, slots=True)
class Shown:
    """The whole result of one message."""

    is_accepted: bool
    verdict: str
    reasons: tuple[str, ...]
    facts: tuple[tuple[_Words, str], ...]
    steps: tuple[Step, ...]
    reading: Line
    schema: str
    schema_lines: tuple[Line, ...]
    faults: tuple[Line, ...]
    warnings: tuple[str, ...]
    codes: tuple[CodeLine, ...]
    units: tuple[CodeLine, ...]
    apprec: str
    readers: Readers | None


def present_result(found: Examination, *, today: datetime.date) -> Shown:
    """`today` is for the patient's age."""
    return Shown(
        is_accepted=found.is_accepted,
        verdict=verdict(found),
        reasons=tuple(fault.text for fault in found.faults),
        facts=_facts(found),
        steps=tuple(present_steps(found)),
        reading=Line(
            found.syntax_fault or _("Meldingen kan leses."),
            present_place(found.syntax_place),
        ),
        schema=str(SCHEMA[found.schema][0]),
        schema_lines=tuple(
            Line(problem.text, present_place(problem.place))
            for problem in found.schema_problems
        ),
        faults=tuple(
            Line(fault.text, code=fault.code)
            for fault in found.faults
            if not found.syntax_fault
        ),
        warnings=found.warnings,
        codes=present_codes(found.codes),
        units=present_units(found.units),
        apprec=indented(found.apprec or ""),
        readers=_readers(found, today=today),
    )


def indented(xml: str) -> str:
    """XML on one line, a line an element; text and elements never stand together."""
    lines, depth = [], 0
    for piece in re.sub(r">\s*<", ">\n<", xml).splitlines():
        depth -= piece.startswith("</")
        lines.append("  " * depth + piece)
        opens = piece.startswith("<") and not piece.startswith(("</", "<?"))
        depth += opens and not piece.endswith("/>") and "</" not in piece
    return "\n".join(lines)


def _facts(found: Examination) -> tuple[tuple[_Words, str], ...]:
    receipt = (
        f"AppRec {found.apprec_version}"
        if found.apprec and found.apprec_version
        else ""
    )
    facts = (
        (_("Format"), str(found.format.label)),
        (_("Meldings-id"), found.message_id[:100]),
        (_("Resultater"), str(found.item_count) if found.report else ""),
        (_("Kvittering"), receipt),
    )
    return tuple((name, value) for name, value in facts if value)


def _readers(found: Examination, *, today: datetime.date) -> Readers | None:
    detail: ReportDetail | None = found.report
    if detail is None:
        return None
    return Readers(
        patient=present_patient(detail.patient, today=today),
        doctors=present_report(detail),
        citizens=present_own_report(_with_other_keys(detail)),
        is_cut=found.item_count > MOST_ITEMS,
    )


def _with_other_keys(detail: ReportDetail) -> ReportDetail:
    """The same report, so that both views may stand on one page."""
    return replace(detail, observations=_renamed(detail.observations))


def _renamed(
    observations: tuple[ObservationDetail, ...],
) -> tuple[ObservationDetail, ...]:
    return tuple(
        replace(o, id=uuid.uuid4(), members=_renamed(o.members)) for o in observations
    )
