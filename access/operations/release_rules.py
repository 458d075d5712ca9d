"""A rule of release is proposed by one, and approved or declined by another."""

import datetime
import uuid

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from access.models import ReleaseRule
from access.operations.answering import answered
from results.models import DiagnosticReportVersion, Observation

PREVIEWED = datetime.timedelta(days=30)


@transaction.atomic
def answer_release_rule(
    rule_id: uuid.UUID, *, by: str, is_approved: bool
) -> ReleaseRule:
    """Approve or decline, once, as another than entered it. Raises Refused.

    A rule begins tomorrow at the earliest: what citizens have been shown today is not
    taken from them by it.
    """
    found = answered(
        ReleaseRule,
        rule_id,
        by=by,
        is_approved=is_approved,
        earliest=timezone.localdate() + datetime.timedelta(days=1),
    )
    found.save()
    return found


def preview_release_rule(rule: ReleaseRule) -> int:
    """How many answers of the last 30 days it would have spoken of. One query."""
    since = timezone.now() - PREVIEWED
    versions = DiagnosticReportVersion.objects.filter(
        is_current=True, stored_at__gte=since
    )
    if rule.category:
        versions = versions.filter(category=rule.category)
    if rule.code:
        has_code = Observation.objects.filter(version=OuterRef("pk"), code=rule.code)
        versions = versions.filter(Exists(has_code))
    return versions.count()
