"""What is said to be wrong with an answer, and what came of it, in words."""

import uuid
from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _

from access.lookup import Correction
from portal.presenting.dates import day_in_words, written_at


@dataclass(frozen=True, slots=True)
class CorrectionShown:
    """Texts are empty where there is nothing to tell yet."""

    id: uuid.UUID
    report_id: uuid.UUID
    heading: str
    about: str
    status: str
    tone: str
    is_open: bool
    text: str
    answer: str
    versions: tuple[str, ...]
    report_key: str


def present_correction(case: Correction) -> CorrectionShown:
    about = _("%(discipline)s, %(producer)s")
    return CorrectionShown(
        id=case.id,
        report_id=case.report_id,
        heading=str(case.kind.label),
        about=about
        % {"discipline": case.discipline.label, "producer": case.organization_name},
        status=_status(case),
        tone="warning" if _is_late(case) else "own",
        is_open=case.closed_at is None,
        text=case.text,
        answer=case.answer,
        versions=_versions(case),
        report_key=case.report_key,
    )


def _is_late(case: Correction) -> bool:
    return case.closed_at is None and case.due_at < timezone.now()


def _status(case: Correction) -> str:
    if case.closed_at is not None and case.outcome is not None:
        day = day_in_words(case.closed_at)
        return _("%(outcome)s, %(day)s") % {"outcome": case.outcome.label, "day": day}
    words = _("Over fristen, %(day)s") if _is_late(case) else _("Svar innen %(day)s")
    return words % {"day": day_in_words(case.due_at)}


def _versions(case: Correction) -> tuple[str, ...]:
    """Both versions, so that either can be found."""
    told = [_("Versjonen du så, er fra %(at)s.") % {"at": written_at(case.version_at)}]
    if case.new_version_at:
        at = written_at(case.new_version_at)
        told.append(_("En ny versjon er fra %(at)s.") % {"at": at})
    if case.is_wrong_patient:
        told.append(_("Svaret er merket som feil pasient. Ingen ser verdiene."))
    return tuple(told)
