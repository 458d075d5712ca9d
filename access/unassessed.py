"""Answers nobody assesses: the organisation is told, and where the authorities have
said so they are shown when so many days have passed."""

import datetime
import uuid
from collections import Counter
from collections.abc import Iterable

from django.db import connection, transaction
from django.utils import timezone

from access.facts.releases import OF_CURRENT, facts_of
from access.models import RoleAssignment
from access.operations import release_by_rule
from access.policies import policies_on
from access.release import DecisionKind, ReleaseFacts, ReleaseState
from access.rules.release import release_of
from results.models.signed import in_force
from results.operations import Cause, settle_alarms
from results.vocabulary import AlarmKind

AT_A_TIME = 500
# What came longer ago was there before anybody was asked to assess it here.
_LOOKED_BACK = datetime.timedelta(days=730)
_LEFT = f"""
    SELECT asked.patient_id, asked.hpr_number, found.*
    FROM (
        SELECT v.id, v.patient_id, p.hpr_number
        FROM results_diagnosticreportversion v
        LEFT JOIN results_practitioner p ON p.id = v.requester_id
        WHERE v.is_current AND v.stored_at <= %(until)s AND v.stored_at > %(since)s
    ) asked
    JOIN LATERAL (
        {OF_CURRENT} AND v.id = asked.id
    ) found ON found.needs_assessment OR found.decision IS NOT NULL
    ORDER BY found.stored_at, found.report_id
"""  # noqa: S608 - put together from constants


def escalate_unassessed() -> int:
    """Tell each organisation how many of its answers are past the last limit; the alarm
    stands until they are assessed. Gives how many there are."""
    now = timezone.now()
    policies = policies_on(timezone.localdate(now))
    days = policies.assessment_escalation_days
    left = _left(now, now - datetime.timedelta(days=days))
    counted = Counter(number for _patient, number, _key in left)
    by_organization: Counter[uuid.UUID | None] = Counter()
    employers = _employers(counted, timezone.localdate(now))
    for number, count in counted.items():
        by_organization[employers.get(number or "")] += count
    settle_alarms(
        AlarmKind.ASSESSMENT,
        [
            Cause(
                str(organization_id or "unknown"),
                f"{count} svar har ventet på vurdering i mer enn {days} dager.",
                organization_id=organization_id,
            )
            for organization_id, count in by_organization.items()
        ],
        prefix="unassessed:",
    )
    return sum(counted.values())


@transaction.atomic
def release_overdue() -> int:
    """Where a policy says after how many days, show what no one has assessed; off where
    today's law holds. What somebody holds back in the single case is left."""
    now = timezone.now()
    days = policies_on(timezone.localdate(now)).automatic_release_days
    if not days:
        return 0
    overdue = _left(now, now - datetime.timedelta(days=days))[:AT_A_TIME]
    held = [(patient, key) for patient, _number, key in overdue if key is not None]
    for patient_id, (report_id, version_id) in held:
        release_by_rule(patient_id, report_id, version_id=version_id, at=now)
    return len(held)


_Key = tuple[uuid.UUID, uuid.UUID] | None


def _left(
    now: datetime.datetime, until: datetime.datetime
) -> list[tuple[uuid.UUID, str | None, _Key]]:
    """Patient, whose it is to assess, and report and version where only a rule holds it
    back. One query."""
    with connection.cursor() as cursor:
        cursor.execute(_LEFT, {"until": until, "since": now - _LOOKED_BACK})
        rows = cursor.fetchall()
    found = ((row[0], row[1], facts_of(row[2:])) for row in rows)
    return [
        (
            patient_id,
            number,
            _held_by_rule(known),
        )
        for patient_id, number, known in found
        if release_of(known, at=now).state is ReleaseState.AWAITING
    ]


def _held_by_rule(known: ReleaseFacts) -> _Key:
    """The version a rule alone holds back: nobody has said that it must wait."""
    decision = known.decision
    is_anothers = decision is not None and decision.kind is not DecisionKind.RELEASED
    return None if is_anothers else (known.report_id, known.version_id)


def _employers(
    numbers: Iterable[str | None], day: datetime.date
) -> dict[str, uuid.UUID]:
    rows = RoleAssignment.objects.filter(
        in_force(day), hpr_number__in=[n for n in numbers if n]
    ).order_by("valid_from")
    return dict(rows.values_list("hpr_number", "organization_id"))
