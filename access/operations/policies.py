"""A policy is proposed by one, previewed, and approved or declined by another."""

import datetime
import uuid
from collections.abc import Callable

from django.db import transaction
from django.db.models import Count, Exists, Max, OuterRef, Q
from django.utils import timezone

from access.models import AccessLogEntry, CareRelationship, Policy
from access.operations.answering import answered
from access.terms import Reason

PREVIEWED = datetime.timedelta(days=30)


@transaction.atomic
def answer_policy(policy_id: uuid.UUID, *, by: str, is_approved: bool) -> Policy:
    """Approve or decline, once, as another than entered it. Raises Refused.

    No policy reaches back: one that was to apply from a day that is past is too late.
    """
    found = answered(
        Policy,
        policy_id,
        by=by,
        is_approved=is_approved,
        earliest=timezone.localdate(),
    )
    if is_approved:
        found.version = 1 + (Policy.objects.aggregate(last=Max("version"))["last"] or 0)
    found.save()
    return found


def preview(policy: Policy) -> dict[str, int]:
    """How many decisions of the last 30 days would have been another, by the reason
    they were logged with. Empty when none would. One query."""
    concerned = _CONCERNED.get(policy.key, _no_decision)(policy.value)
    since = timezone.now() - PREVIEWED
    entries = AccessLogEntry.objects.filter(concerned, at__gte=since)
    counted = entries.order_by().values_list("reason").annotate(count=Count("id"))
    return dict(counted.order_by("reason"))


def _shorter_grants(minutes: object) -> Q:
    """Looks made when so many minutes had passed since the need was stated."""
    length = datetime.timedelta(minutes=int(str(minutes)))
    stated_before = CareRelationship.objects.filter(
        pk=OuterRef("care_relationship_id"),
        attested_at__lte=OuterRef("at") - length,
    )
    return Q(Exists(stated_before), is_permitted=True)


def _no_decision(_value: object) -> Q:
    """Deadlines and the like: nobody is let in or out by them."""
    return Q(pk__in=[])


_CONCERNED: dict[str, Callable[[object], Q]] = {
    "grant_minutes": _shorter_grants,
    "may_see_that_restricted": lambda _value: Q(reason=Reason.RESTRICTED),
}
