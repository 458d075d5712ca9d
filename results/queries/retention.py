"""How long things are kept and shown on a day: the rules as plain values."""

import datetime
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from results.models import AttachmentRule, RetentionRule
from results.models.signed import in_force
from results.vocabulary import Discipline, RetentionKind


@dataclass(frozen=True, slots=True)
class RetentionTerms:
    """So many days for one discipline, or with "" for all that have no rule of their
    own; `days` None is for ever."""

    rule_id: uuid.UUID
    category: str
    days: int | None


@dataclass(frozen=True, slots=True)
class AttachmentPolicy:
    """Whose documents are kept; `None` stands for every producer without its own."""

    kept: Mapping[uuid.UUID | None, bool]

    def is_kept(self, producer_id: uuid.UUID) -> bool:
        return self.kept.get(producer_id, self.kept.get(None, False))


def display_window(day: datetime.date) -> dict[Discipline, int | None]:
    """For each discipline how many days after sampling a report is shown; None is for
    ever. What is older is hidden, never deleted by this. One query."""
    terms = {t.category: t.days for t in retention_terms(RetentionKind.DISPLAY, day)}
    return {d: terms.get(d.value, terms.get("")) for d in Discipline}


def retention_terms(
    kind: RetentionKind, day: datetime.date
) -> tuple[RetentionTerms, ...]:
    """The rules in force for a kind, one a discipline. Of two for the same the one that
    keeps longest prevails: what is erased does not come back. One query."""
    chosen: dict[str, RetentionTerms] = {}
    for rule in RetentionRule.objects.filter(in_force(day), kind=kind).order_by("id"):
        terms = RetentionTerms(rule.pk, rule.category, rule.days)
        former = chosen.get(rule.category)
        if former is None or _is_longer(terms.days, former.days):
            chosen[rule.category] = terms
    return tuple(chosen.values())


def attachment_policy(day: datetime.date) -> AttachmentPolicy:
    """Whose documents are kept that day. Of two rules that say as much, the one that
    keeps less prevails. One query."""
    rules = AttachmentRule.objects.filter(in_force(day)).order_by("-is_kept")
    rows: Iterable[tuple[uuid.UUID | None, bool]] = rules.values_list(
        "producer_id", "is_kept"
    )
    return AttachmentPolicy(dict(rows))


def _is_longer(days: int | None, other: int | None) -> bool:
    return other is not None and (days is None or days > other)
