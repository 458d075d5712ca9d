"""A case about looks, in words."""

import uuid
from dataclasses import dataclass

from django.utils.translation import gettext as _

from access.cases import Case
from portal.presenting.dates import day_in_words


@dataclass(frozen=True, slots=True)
class CaseLine:
    """Texts are empty where the reader is not to have them, or there is none yet."""

    id: uuid.UUID
    heading: str
    organization: str
    about: str
    patient: str
    status: str
    tone: str
    is_open: bool
    question: str
    answer: str
    reasons: str


def present_case(case: Case) -> CaseLine:
    """Its status says when it ended and how, or by when it must."""
    return CaseLine(
        id=case.id,
        heading=str(case.kind.label),
        organization=case.organization_name,
        about=case.viewer_name,
        patient=case.patient_name,
        status=_status(case),
        tone="warning" if case.is_late else "own",
        is_open=case.closed_at is None,
        question=case.question,
        answer=case.answer,
        reasons=case.reasons,
    )


def _status(case: Case) -> str:
    if case.closed_at is not None and case.outcome is not None:
        day = day_in_words(case.closed_at)
        return _("%(outcome)s, %(day)s") % {"outcome": case.outcome.label, "day": day}
    words = _("Over fristen, %(day)s") if case.is_late else _("Svar innen %(day)s")
    return words % {"day": day_in_words(case.due_at)}
