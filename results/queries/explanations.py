"""Plain-language texts that may be shown to whoever reads here."""

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.conf import settings
from django.db.models import Q
from django.utils import timezone

from results import codes
from results.models import Explanation
from results.vocabulary import ExplanationKind, ExplanationState

# What a reader gets when there is nothing in their own language.
_FALLBACK = "nb"


@dataclass(frozen=True, slots=True)
class ShownText:
    """What a test or word means. `language` is the text's own; `reviewer_name` is empty
    for what nobody has vouched for, which is only so in the demonstration."""

    code: str
    language: str
    text: str
    source: str
    reviewer_name: str
    reviewed_on: datetime.date | None
    forms: tuple[str, ...] = ()


def explanations_of(
    wanted: Iterable[tuple[str, str]], *, language: str
) -> Mapping[tuple[str, str], ShownText]:
    """By code and system as sent, for those there is a text about. A retired code is
    explained as its successor. One query."""
    places: dict[tuple[str, str], list[tuple[str, str]]] = {}
    for code, system in wanted:
        if known := codes.find(code, system):
            own = (known.system, known.code)
            places[code, system] = [own, (known.system, known.successor)]
    sought = {code for keys in places.values() for _system, code in keys if code}
    if not sought:
        return {}
    rows = _texts(language, Q(kind=ExplanationKind.TEST, code__in=sought))
    found = {}
    for asked, keys in places.items():
        if text := next((rows[key] for key in keys if key in rows), None):
            found[asked] = text
    return found


def explained_words(language: str) -> tuple[ShownText, ...]:
    """Every difficult word there is a text about. One query."""
    return tuple(_texts(language, Q(kind=ExplanationKind.WORD)).values())


def _texts(language: str, subject: Q) -> dict[tuple[str, str], ShownText]:
    """By system and code: the reader's language before the fallback, and what has been
    vouched for before what has not."""
    rows = Explanation.objects.filter(
        subject, _may_be_shown(), language__in={language, _FALLBACK}
    )
    ordered = sorted(
        rows, key=lambda row: (not row.is_demonstration, row.language == language)
    )
    return {(row.system, row.code): _shown(row) for row in ordered}


def _may_be_shown() -> Q:
    """Published, and vouched for; nothing else is ever shown to a real citizen."""
    vouched_for = Q(is_demonstration=False) & ~Q(reviewer_name="")
    if settings.IS_DEMONSTRATION:
        vouched_for |= Q(is_demonstration=True)
    return Q(state=ExplanationState.PUBLISHED) & vouched_for


def _shown(row: Explanation) -> ShownText:
    return ShownText(
        code=row.code,
        language=row.language,
        text=row.text,
        source=row.source,
        reviewer_name=row.reviewer_name,
        reviewed_on=timezone.localdate(row.reviewed_at) if row.reviewed_at else None,
        forms=(row.code, *row.forms.split())
        if row.kind == ExplanationKind.WORD
        else (),
    )
