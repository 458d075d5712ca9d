"""A rule of release is proposed by one, and approved or declined by another."""

import datetime
import uuid

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from access.models import ReleaseRule
from results.models import DiagnosticReportVersion, Observation
from results.operations.operator_actions import Refused

PREVIEWED = datetime.timedelta(days=30)
_SETTLED = _("Forslaget er allerede avgjort.")
_OWN = _("Et forslag avgjøres av en annen enn den som kom med det.")
_TOO_LATE = _("Datoen er passert. Lag et nytt forslag.")


@transaction.atomic
def answer_release_rule(
    rule_id: uuid.UUID, *, by: str, is_approved: bool
) -> ReleaseRule:
    """Approve or decline, once, as another than entered it. Raises Refused.

    A rule begins tomorrow at the earliest: what citizens have been shown today is not
    taken from them by it.
    """
    found = ReleaseRule.objects.select_for_update().filter(pk=rule_id).first()
    if found is None or found.answered_at is not None:
        raise Refused(_SETTLED)
    if found.registered_by == by:
        raise Refused(_OWN)
    if is_approved and found.valid_from <= timezone.localdate():
        raise Refused(_TOO_LATE)
    found.answered_by = by
    found.answered_at = timezone.now()
    found.is_approved = is_approved
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
