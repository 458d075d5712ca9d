"""Which answers wait for this person to assess them: those they asked for, and those of
whoever they are deputy for."""

import datetime
import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import connection
from django.db.models import Q
from django.utils import timezone

from access.facts.releases import OF_CURRENT, facts_of
from access.limits import Limits, RestrictionScope
from access.models import AccessRestriction, PatientPolicy, PractitionerBlock
from access.release import ReleaseFacts, ReleaseState
from access.rules.release import release_of
from access.switches import Policies
from access.terms import Viewer

# Whom the viewer covers today: by name, or everyone in an organisation. A deputy's own
# role there must hold, and so must theirs.
_COVERED = """
    SELECT d.covered_hpr, false AS is_late
    FROM access_assessmentdeputy d
    WHERE d.deputy_hpr = %(viewer)s AND d.covered_hpr <> ''
    AND d.organization_id = %(organization)s
    AND d.valid_from <= %(day)s AND (d.valid_to IS NULL OR d.valid_to > %(day)s)
    UNION
    SELECT r.hpr_number, true
    FROM access_assessmentdeputy d
    JOIN access_roleassignment r ON r.organization_id = d.organization_id
    WHERE d.deputy_hpr = %(viewer)s AND d.covered_hpr = ''
    AND d.organization_id = %(organization)s
    AND d.valid_from <= %(day)s AND (d.valid_to IS NULL OR d.valid_to > %(day)s)
    AND r.valid_from <= %(day)s AND (r.valid_to IS NULL OR r.valid_to > %(day)s)
"""
# What a rule or a decision holds back, of all that these have asked for.
_AWAITING = f"""
    SELECT asked.patient_id, asked.hpr_number, found.*
    FROM (
        SELECT v.patient_id, v.report_id, p.hpr_number
        FROM results_practitioner p
        JOIN results_diagnosticreportversion v ON v.requester_id = p.id
        WHERE v.is_current AND p.hpr_number = ANY(%(numbers)s)
        AND (%(report)s::uuid IS NULL OR v.report_id = %(report)s)
    ) asked
    JOIN LATERAL (
        {OF_CURRENT} AND v.report_id = asked.report_id
    ) found ON found.needs_assessment OR found.decision IS NOT NULL
    ORDER BY found.stored_at, found.report_id
"""  # noqa: S608 - put together from constants


@dataclass(frozen=True, slots=True)
class Awaiting:
    """An answer that waits, and whose it is to assess."""

    patient_id: uuid.UUID
    requester_hpr: str
    release: ReleaseFacts


def covered_by(viewer: Viewer, at: datetime.datetime) -> dict[str, bool]:
    """Whom the viewer assesses for, by HPR number; true where only what is late. One
    query."""
    given = {
        "viewer": viewer.hpr_number,
        "organization": viewer.organization_id,
        "day": timezone.localdate(at),
    }
    with connection.cursor() as cursor:
        cursor.execute(_COVERED, given)
        rows = cursor.fetchall()
    late = {number: True for number, is_late in rows if is_late}
    return late | {number: False for number, is_late in rows if not is_late}


def awaiting(
    numbers: Iterable[str],
    *,
    at: datetime.datetime,
    report_id: uuid.UUID | None = None,
) -> list[Awaiting]:
    """What waits for these to assess it, the oldest first; of all, or whether the one
    that is named does. One query."""
    given = {"numbers": [n for n in numbers if n], "report": report_id}
    with connection.cursor() as cursor:
        cursor.execute(_AWAITING, given)
        rows = cursor.fetchall()
    found = (Awaiting(row[0], row[1], facts_of(row[2:])) for row in rows)
    return [
        each
        for each in found
        if release_of(each.release, at=at).state is ReleaseState.AWAITING
    ]


def to_assess_by(
    viewer: Viewer,
    *,
    at: datetime.datetime,
    policies: Policies,
    report_id: uuid.UUID | None = None,
) -> list[Awaiting]:
    """What waits for this viewer: their own at once, and what they cover. Two
    queries."""
    covered = covered_by(viewer, at)
    covered[viewer.hpr_number] = False
    late = at - datetime.timedelta(days=policies.assessment_deputy_days)
    return [
        each
        for each in awaiting(covered, at=at, report_id=report_id)
        if not covered[each.requester_hpr] or each.release.stored_at <= late
    ]


def limits_of(
    viewer: Viewer, patient_ids: Iterable[uuid.UUID], *, at: datetime.datetime
) -> dict[uuid.UUID, Limits]:
    """What each of these patients has closed to the viewer. Three queries, however many
    they are."""
    keys = set(patient_ids)
    versions = PatientPolicy.objects.filter(patient_id__in=keys)
    version = dict(versions.values_list("patient_id", "version"))
    blocks = PractitionerBlock.objects.filter(
        _holds(at), patient_id__in=keys, hpr_number=viewer.hpr_number
    )
    blocked = set(blocks.values_list("patient_id", flat=True))
    closed = list(
        AccessRestriction.objects.filter(
            _holds(at),
            Q(organization=None) | Q(organization_id=viewer.organization_id),
            patient_id__in=keys,
        ).values_list("patient_id", "scope", "category", "report_id")
    )
    return {
        key: Limits(
            version=version.get(key),
            is_blocked=key in blocked,
            is_all_closed=(key, RestrictionScope.ALL) in {c[:2] for c in closed},
            categories=frozenset(c[2] for c in closed if c[0] == key and c[2]),
            report_ids=frozenset(c[3] for c in closed if c[0] == key and c[3]),
        )
        for key in keys
    }


def _holds(at: datetime.datetime) -> Q:
    """As the one statement of facts has it."""
    begun = Q(valid_from=None) | Q(valid_from__lte=at)
    return begun & (Q(valid_to=None) | Q(valid_to__gt=at))
