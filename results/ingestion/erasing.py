"""What was never read in is looked through for those who want nothing stored."""

import datetime
import uuid
from collections.abc import Iterator

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from results.ingestion.process import content_of
from results.ingestion.sharing import named_in
from results.models import OptOut, ReceivedMessage
from results.operations.opting_out import forget_content
from results.queries.sharing import opted_out
from results.vocabulary import MessageOutcome

# What goes wrong after a reservation is looked into this often, and a little more.
_LATELY = datetime.timedelta(hours=1)
_BATCH = 200


def erase_unread() -> int:
    """Erase what is kept of reserved patients without being theirs in any table: what
    was refused, held back, could not be read, or lies in quarantine. How many messages.

    Everything is looked through once after each new reservation; what has been put
    aside in the last hour every time.
    """
    new = list(OptOut.objects.filter(erased_at=None, valid_to=None))
    found = 0
    for batch in _batches(_unread() if new else _unread().filter(_is_recent())):
        found += _erase(batch)
    OptOut.objects.filter(pk__in=[row.pk for row in new]).update(
        erased_at=timezone.now()
    )
    return found


def _unread() -> QuerySet[ReceivedMessage]:
    kept = ReceivedMessage.objects.filter(
        content_encrypted__isnull=False, version__isnull=True
    )
    return kept.exclude(outcome=MessageOutcome.RECEIVED)


def _is_recent() -> Q:
    return Q(processed_at__gte=timezone.now() - _LATELY)


def _batches(messages: QuerySet[ReceivedMessage]) -> Iterator[list[uuid.UUID]]:
    keys = list(messages.order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(keys), _BATCH):
        yield keys[start : start + _BATCH]


@transaction.atomic
def _erase(keys: list[uuid.UUID]) -> int:
    rows = _unread().filter(pk__in=keys).select_for_update(of=("self",), no_key=True)
    named = {row.pk: named_in(content_of(row)) for row in rows}
    reserved = opted_out(frozenset().union(*named.values()))
    theirs = [key for key, lookups in named.items() if lookups & reserved]
    forget_content(theirs)
    return len(theirs)
