"""Erases what has been kept as long as the rules say, batch by batch, with a proof."""

import datetime
import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from results.models import (
    OutgoingMessage,
    PresentedForm,
    PurgeRecord,
    ReceivedMessage,
)
from results.queries.retention import RetentionTerms, retention_terms
from results.vocabulary import MessageOutcome, RetentionKind

BATCH = 500
# Only what is decided; what waits for a worker is never erased.
_OUTCOMES = {
    RetentionKind.CONTENT: (
        MessageOutcome.STORED,
        MessageOutcome.REJECTED,
        MessageOutcome.UNREADABLE,
        MessageOutcome.DUPLICATE,
    ),
    RetentionKind.WITHHELD: (MessageOutcome.WITHHELD,),
    RetentionKind.QUARANTINE: (MessageOutcome.QUARANTINED,),
}
PURGED_KINDS = (*_OUTCOMES, RetentionKind.ATTACHMENT)


@dataclass(frozen=True, slots=True)
class Purged:
    """What one rule led to; `remaining` is how much as old is left, 0 unless someone
    held it just then. The times are when the oldest and newest taken were received."""

    kind: RetentionKind
    rule_id: uuid.UUID
    removed: int
    remaining: int
    oldest_at: datetime.datetime | None
    newest_at: datetime.datetime | None


def purge(
    *,
    at: datetime.datetime | None = None,
    is_dry_run: bool = False,
    batch: int = BATCH,
) -> list[Purged]:
    """Erase all that is past its days, and write a record for each rule. A dry run
    erases and writes nothing; `removed` is what it would have taken."""
    now = at or timezone.now()
    found = []
    for kind, terms, rows in _due(now):
        purged = (
            _counted(kind, terms, rows)
            if is_dry_run
            else _erased(kind, terms, rows, batch=batch)
        )
        found.append(purged)
    return found


def _due(
    now: datetime.datetime,
) -> Iterator[tuple[RetentionKind, RetentionTerms, QuerySet[Any]]]:
    """Each rule with a limit, and the rows past it."""
    for kind in PURGED_KINDS:
        rules = retention_terms(kind, timezone.localdate(now))
        own = [r.category for r in rules if r.category]
        for terms in rules:
            if terms.days is not None:
                before = now - datetime.timedelta(days=terms.days)
                yield kind, terms, _rows(kind, before, _discipline(kind, terms, own))


def _rows(
    kind: RetentionKind, before: datetime.datetime, discipline: Q
) -> QuerySet[ReceivedMessage] | QuerySet[PresentedForm]:
    if kind is RetentionKind.ATTACHMENT:
        return PresentedForm.objects.filter(
            discipline,
            content_encrypted__isnull=False,
            version__received_message__received_at__lt=before,
        )
    return ReceivedMessage.objects.filter(
        discipline,
        content_encrypted__isnull=False,
        received_at__lt=before,
        outcome__in=_OUTCOMES[kind],
    )


def _discipline(kind: RetentionKind, terms: RetentionTerms, own: Sequence[str]) -> Q:
    """The rule's discipline; of a rule for all, those without a rule of their own."""
    if terms.category:
        return Q(version__category=terms.category)
    others = Q(version__category__in=own)
    if kind is RetentionKind.ATTACHMENT:
        return ~others
    # What never became a report has no discipline.
    return Q(version__isnull=True) | ~others


def _when(kind: RetentionKind) -> str:
    is_form = kind is RetentionKind.ATTACHMENT
    return "version__received_message__received_at" if is_form else "received_at"


def _counted(kind: RetentionKind, terms: RetentionTerms, rows: QuerySet[Any]) -> Purged:
    times = rows.order_by(_when(kind)).values_list(_when(kind), flat=True)
    count = rows.count()
    return Purged(kind, terms.rule_id, count, count, times.first(), times.last())


def _erased(
    kind: RetentionKind, terms: RetentionTerms, rows: QuerySet[Any], *, batch: int
) -> Purged:
    removed = 0
    times: list[datetime.datetime] = []
    while taken := _erase_batch(kind, rows, batch):
        removed += len(taken)
        times = [min([*times, *taken]), max([*times, *taken])]
    purged = Purged(
        kind=kind,
        rule_id=terms.rule_id,
        removed=removed,
        remaining=rows.count(),
        oldest_at=times[0] if times else None,
        newest_at=times[-1] if times else None,
    )
    PurgeRecord.objects.create(
        kind=kind,
        rule_id=terms.rule_id,
        removed=purged.removed,
        remaining=purged.remaining,
        oldest_at=purged.oldest_at,
        newest_at=purged.newest_at,
    )
    return purged


@transaction.atomic
def _erase_batch(
    kind: RetentionKind, rows: QuerySet[Any], batch: int
) -> list[datetime.datetime]:
    """When the rows that were erased had come; what others hold is left for now."""
    held = list(
        rows.select_for_update(skip_locked=True, of=("self",), no_key=True)
        .order_by("pk")
        .values_list("pk", _when(kind))[:batch]
    )
    keys = [key for key, _at in held]
    rows.model._default_manager.filter(pk__in=keys).update(
        content_encrypted=None, purged_at=timezone.now()
    )
    if kind is not RetentionKind.ATTACHMENT:
        _erase_receipts(keys)
    return [at for _key, at in held]


def _erase_receipts(message_ids: Sequence[uuid.UUID]) -> None:
    """A receipt names the patient's message and goes with it; one that nobody has
    taken in all that time is not sent any more."""
    OutgoingMessage.objects.filter(received_message_id__in=message_ids).update(
        content_encrypted=None, due_at=None
    )
