"""An explanation is written, reviewed by a clinician, published, and retired."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from results.models import Explanation
from results.operations.operator_actions import Refused, check_no_number
from results.vocabulary import ExplanationKind, ExplanationState

_NOT_DRAFT = _("Bare et utkast kan gås gjennom.")
_NOT_REVIEWED = _("Bare en tekst som er gjennomgått, kan publiseres.")
_NOT_SHOWN = _("Bare en tekst som er gjennomgått eller publisert, kan trekkes.")
_OWN = _("En tekst gås gjennom av en annen enn den som skrev den.")
_DEMONSTRATION = _("Tekster for demonstrasjonen blir verken gjennomgått eller trukket.")


@dataclass(frozen=True, slots=True)
class Reviewer:
    """The clinician who vouches for a text; shown with it."""

    name: str
    hpr_number: str


@dataclass(frozen=True, slots=True)
class DemonstrationText:
    """One text of the demonstration; see `Explanation` for the fields."""

    kind: ExplanationKind
    system: str
    code: str
    language: str
    text: str
    source: str
    forms: str = ""


def review(explanation_id: uuid.UUID, *, reviewer: Reviewer, by: str) -> None:
    """A clinician has read a draft and vouches for it. Raises Refused."""
    check_no_number(reviewer.name)
    with transaction.atomic():
        found = _locked(explanation_id)
        if found.state != ExplanationState.DRAFT:
            raise Refused(_NOT_DRAFT)
        if found.written_by == by:
            raise Refused(_OWN)
        found.state = ExplanationState.REVIEWED
        found.reviewer_name = reviewer.name
        found.reviewer_hpr = reviewer.hpr_number
        found.reviewed_by, found.reviewed_at = by, timezone.now()
        found.save()


def publish(explanation_id: uuid.UUID, *, by: str) -> None:
    """Show a reviewed text; one that was shown before it is retired. Raises Refused."""
    with transaction.atomic():
        found = _locked(explanation_id)
        if found.state != ExplanationState.REVIEWED:
            raise Refused(_NOT_REVIEWED)
        for former in Explanation.objects.select_for_update().filter(
            kind=found.kind,
            system=found.system,
            code=found.code,
            language=found.language,
            is_demonstration=False,
            state=ExplanationState.PUBLISHED,
        ):
            _retire(former, by=by)
        found.state = ExplanationState.PUBLISHED
        found.published_by, found.published_at = by, timezone.now()
        found.save()


def retire(explanation_id: uuid.UUID, *, by: str) -> None:
    """Show it no more; what was shown stays written down. Raises Refused."""
    with transaction.atomic():
        found = _locked(explanation_id)
        if found.state not in (ExplanationState.REVIEWED, ExplanationState.PUBLISHED):
            raise Refused(_NOT_SHOWN)
        _retire(found, by=by)


def load_demonstration_texts(texts: Iterable[DemonstrationText]) -> int:
    """Put the demonstration's own texts in place of those from before; gives how many.
    Raises RuntimeError outside the demonstration."""
    if not settings.IS_DEMONSTRATION:
        raise RuntimeError("These texts are for the demonstration alone.")
    rows = [
        Explanation(
            kind=text.kind,
            system=text.system,
            code=text.code,
            forms=text.forms,
            language=text.language,
            text=text.text,
            source=text.source,
            state=ExplanationState.PUBLISHED,
            is_demonstration=True,
        )
        for text in texts
    ]
    with transaction.atomic():
        Explanation.objects.filter(is_demonstration=True).delete()
        Explanation.objects.bulk_create(rows)
    return len(rows)


def _locked(explanation_id: uuid.UUID) -> Explanation:
    found = Explanation.objects.select_for_update().filter(pk=explanation_id).first()
    if found is None or found.is_demonstration:
        raise Refused(_DEMONSTRATION)
    return found


def _retire(found: Explanation, *, by: str) -> None:
    found.state = ExplanationState.RETIRED
    found.retired_by, found.retired_at = by, timezone.now()
    found.save()
