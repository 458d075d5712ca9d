"""Goes through the looks of a day by the rules in force, and opens cases about them;
tells operators which organisations open what is closed more often than others."""

import datetime
import uuid
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator

from django.db.models import Count, QuerySet
from django.db.models.functions import TruncDate
from django.utils import timezone

from access.cases import open_case
from access.models import (
    AccessLogEntry,
    EmergencyOverride,
    RoleAssignment,
    WatchRule,
)
from access.terms import (
    Action,
    ViewerKind,
)
from access.vocabulary import (
    CaseKind,
)
from results import queries
from results.models import Organization
from results.operations import Cause, settle_alarms
from results.vocabulary import AlarmKind

_DAY = datetime.timedelta(days=1)
_Looks = list[AccessLogEntry]
_Colleagues = defaultdict[uuid.UUID | None, set[str]]


def watch(*, day: datetime.date | None = None) -> int:
    """Open cases about the looks of a Norwegian day, yesterday's if none is named;
    gives how many. What has a case already gets no other."""
    chosen = day or timezone.localdate() - _DAY
    count = 0
    for rule in WatchRule.objects.filter(is_active=True):
        for cause, entry in _FINDERS[CaseKind(rule.kind)](rule, chosen):
            kind = CaseKind(rule.kind)
            count += open_case(kind, cause=f"{kind}:{cause}", entry=entry)
    return count


def _same_surname(
    rule: WatchRule, day: datetime.date
) -> Iterator[tuple[str, AccessLogEntry]]:
    """Name and name alike; one that more than `threshold` of the day's patients bear
    says nothing."""
    looks = _openings(day)
    names = queries.names_of({look.patient_id for look in looks})
    surnames = {patient: _surname(name) for patient, name in names.items()}
    borne_by = Counter(surnames.values())
    for look in looks:
        surname = surnames.get(look.patient_id, "")
        is_telling = surname and borne_by[surname] <= rule.threshold
        if is_telling and surname == _surname(look.viewer_name):
            yield f"{look.user_id}:{look.patient_id}:{day:%Y-%m}", look


def _no_relation(
    rule: WatchRule, day: datetime.date
) -> Iterator[tuple[str, AccessLogEntry]]:
    """`days` after the look the organisation has still neither asked for nor answered
    anything about the patient, and has opened them fewer than `threshold` times."""
    looks = _openings(day - rule.days * _DAY)
    related = queries.relations_of({look.patient_id for look in looks})
    colleagues = _colleagues({look.organization_id for look in looks})
    for look in looks:
        if _is_related(look, related, colleagues):
            continue
        times = AccessLogEntry.objects.filter(
            patient_id=look.patient_id,
            organization_id=look.organization_id,
            action=Action.OPEN_PATIENT,
            is_permitted=True,
        ).count()
        if times < rule.threshold:
            yield f"{look.user_id}:{look.patient_id}", look


def _is_related(
    look: AccessLogEntry, related: queries.Relations, colleagues: _Colleagues
) -> bool:
    """The organisation answered, or somebody who works there asked."""
    if (look.patient_id, look.organization_id) in related.answered:
        return True
    there = {look.hpr_number, *colleagues[look.organization_id]}
    return any((look.patient_id, hpr) in related.requested for hpr in there)


def _colleagues(organizations: set[uuid.UUID | None]) -> _Colleagues:
    """HPR numbers of those who hold, or have held, a role there."""
    held: _Colleagues = defaultdict(set)
    assignments = RoleAssignment.objects.filter(
        organization_id__in=organizations - {None}
    )
    for organization, hpr in assignments.values_list("organization_id", "hpr_number"):
        held[organization].add(hpr)
    return held


def _unusual_volume(
    rule: WatchRule, day: datetime.date
) -> Iterator[tuple[str, AccessLogEntry]]:
    """More patients than `threshold`, and `factor` times what the person had in a day
    on average, over the days of the last `days` on which they looked at all."""
    opened: dict[uuid.UUID, _Looks] = defaultdict(list)
    for look in _openings(day):
        if look.user_id:
            opened[look.user_id].append(look)
    busy = {user: o for user, o in opened.items() if len(o) > rule.threshold}
    habits = _habits(set(busy), until=day, days=rule.days)
    for user, looks in busy.items():
        if len(looks) > rule.factor * habits.get(user, 0):
            yield f"{user}:{day}", looks[0]


def _frequent_emergencies(
    rule: WatchRule, day: datetime.date
) -> Iterator[tuple[str, AccessLogEntry]]:
    """More than `threshold` in the last `days`, and a share of the person's openings
    `factor` times that of everybody's; once a month."""
    for user in _too_frequent("user_id", rule, day):
        last = _overrides(rule, day).filter(user_id=user).latest("opened_at")
        entry = AccessLogEntry.objects.filter(
            care_relationship_id=last.care_relationship_id, user_id=user
        ).first()
        if entry is not None:
            yield f"{user}:{day:%Y-%m}", entry


def watch_organizations(*, day: datetime.date | None = None) -> None:
    """An alarm for each organisation whose personnel together open what is closed more
    often than the rule for persons lets one of them; over when that is."""
    chosen = day or timezone.localdate() - _DAY
    rule = WatchRule.objects.filter(kind=CaseKind.RATE, is_active=True).first()
    found = _too_frequent("organization_id", rule, chosen) if rule else {}
    names = dict(Organization.objects.filter(pk__in=found).values_list("pk", "name"))
    settle_alarms(
        AlarmKind.ACCESS_LOG,
        [
            Cause(
                str(organization),
                f"{names.get(organization, '')} har åpnet sperrede svar i en "
                f"nødssituasjon {count} ganger, oftere enn andre.",
                organization_id=organization,
            )
            for organization, count in found.items()
        ],
        prefix="emergencies:",
    )


def _too_frequent(
    whose: str, rule: WatchRule, day: datetime.date
) -> dict[uuid.UUID, int]:
    """How many emergencies each has had who has had too many, by `user_id` or
    `organization_id`."""
    overrides = Counter(_overrides(rule, day).values_list(whose, flat=True))
    openings = Counter(_openings_since(rule, day).values_list(whose, flat=True))
    usual = overrides.total() / max(1, openings.total())
    return {
        key: count
        for key, count in overrides.items()
        if count > rule.threshold
        and count / max(1, openings[key]) > rule.factor * usual
    }


def _overrides(rule: WatchRule, day: datetime.date) -> QuerySet[EmergencyOverride]:
    return EmergencyOverride.objects.filter(
        opened_at__gte=_midnight(day - (rule.days - 1) * _DAY),
        opened_at__lt=_midnight(day + _DAY),
        is_unneeded=False,
    )


def _openings_since(rule: WatchRule, day: datetime.date) -> QuerySet[AccessLogEntry]:
    return AccessLogEntry.objects.filter(
        at__gte=_midnight(day - (rule.days - 1) * _DAY),
        at__lt=_midnight(day + _DAY),
        viewer_kind=ViewerKind.PRACTITIONER,
        action=Action.OPEN_PATIENT,
        is_permitted=True,
    )


_FINDERS: dict[
    CaseKind,
    Callable[[WatchRule, datetime.date], Iterator[tuple[str, AccessLogEntry]]],
] = {
    CaseKind.SURNAME: _same_surname,
    CaseKind.RELATION: _no_relation,
    CaseKind.VOLUME: _unusual_volume,
    CaseKind.RATE: _frequent_emergencies,
}
WATCHED = tuple(_FINDERS)


def _openings(day: datetime.date) -> _Looks:
    """One look for each person and patient of the day: the first."""
    looks = (
        AccessLogEntry.objects.filter(
            at__gte=_midnight(day),
            at__lt=_midnight(day + _DAY),
            viewer_kind=ViewerKind.PRACTITIONER,
            action=Action.OPEN_PATIENT,
            is_permitted=True,
            is_own=False,
        )
        .order_by("user_id", "patient_id", "at")
        .distinct("user_id", "patient_id")
    )
    return list(looks)


def _habits(
    users: set[uuid.UUID], *, until: datetime.date, days: int
) -> dict[uuid.UUID, float]:
    daily = (
        AccessLogEntry.objects.filter(
            user_id__in=users,
            at__gte=_midnight(until - days * _DAY),
            at__lt=_midnight(until),
            action=Action.OPEN_PATIENT,
            is_permitted=True,
        )
        .values("user_id", day=TruncDate("at"))
        .annotate(patients=Count("patient_id", distinct=True))
    )
    counts: dict[uuid.UUID, list[int]] = defaultdict(list)
    for row in daily:
        counts[row["user_id"]].append(row["patients"])
    return {user: sum(had) / len(had) for user, had in counts.items()}


def _midnight(day: datetime.date) -> datetime.datetime:
    return timezone.make_aware(datetime.datetime.combine(day, datetime.time.min))


def _surname(name: str) -> str:
    """The family name's last word: «Kari Prøve», or «Prøve, Kari» as many laboratories
    write it. A single word may be either name, and is none."""
    family, comma, _given = name.casefold().partition(",")
    words = family.split()
    return words[-1] if comma or len(words) > 1 else ""
