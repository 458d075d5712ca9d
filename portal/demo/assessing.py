"""The cast's doctors have assessed what is some weeks old, and put one answer off."""

import datetime
import uuid

from django.conf import settings
from django.utils import timezone

from access import lookup, operations
from access.lookup import ToAssess
from access.release import DecisionKind, ReleaseOrder
from access.terms import Viewer, ViewerKind
from portal.demo import people
from portal.demo.registration import register
from results.identity import parse

# What came later than this waits, as it would for a doctor with other things to do.
_ASSESSED_AFTER = datetime.timedelta(days=21)
_AT_MOST = 500
_COMMENT = (
    "Jeg har lest svaret. Vi går gjennom det sammen neste gang du er her. Ring gjerne "
    "kontoret hvis du lurer på noe før den tid."
)
_DELAYED = "Vi går gjennom svaret i timen din. Derfor vises det ikke her før den dagen."


def assess_what_is_old() -> int:
    """Through the door, as the doctors themselves do; may be run again. Gives how many
    were decided."""
    doctors = [p for p in people.PERSONAS if p.role_code == "LE" and p.hpr_number]
    return sum(_assess(_viewer(doctor)) for doctor in doctors)


def _assess(viewer: Viewer) -> int:
    """The oldest first, a page at a time; the newest of those that are left is put off
    until next week."""
    before = timezone.now() - _ASSESSED_AFTER
    count = 0
    while count < _AT_MOST:
        found = lookup.list_to_assess(viewer).value
        lines = found.lines if found else ()
        old = [line for line in lines if _sampled(line) < before]
        if not old:
            return count + _put_off(viewer, lines)
        for line in old:
            comment = _COMMENT if count % 3 == 0 else ""
            _decide(viewer, line, DecisionKind.RELEASED, comment=comment)
            count += 1
    return count


def _put_off(viewer: Viewer, lines: tuple[ToAssess, ...]) -> int:
    if len(lines) < 2:  # one that waits is to be left
        return 0
    until = timezone.now() + datetime.timedelta(days=6)
    _decide(viewer, lines[-1], DecisionKind.DELAYED, comment=_DELAYED, until=until)
    return 1


def _decide(
    viewer: Viewer,
    line: ToAssess,
    kind: DecisionKind,
    *,
    comment: str,
    until: datetime.datetime | None = None,
) -> None:
    order = ReleaseOrder(
        kind=kind, version_id=line.report.version_id, comment=comment, until=until
    )
    lookup.assess(viewer, report_id=line.report.id, order=order)


def _sampled(line: ToAssess) -> datetime.datetime:
    """All was sent today; when it was sampled tells how old it pretends to be."""
    taken = line.report.effective_at
    if taken is None:
        return line.since
    if taken.at is not None:
        return taken.at
    day = taken.date or timezone.localdate(line.since)
    return timezone.make_aware(datetime.datetime.combine(day, datetime.time.min))


def _viewer(doctor: people.Persona) -> Viewer:
    """Signed in at work for as long as it takes."""
    user = operations.sign_in(
        issuer=settings.OIDC_PROVIDERS[doctor.issuer]["issuer"],
        subject=doctor.subject,
        name=doctor.name,
        number=parse(doctor.number, allow_test_numbers=True),
        hpr_number=doctor.hpr_number,
    )
    session_id = operations.begin_session(
        user.id, provider=doctor.issuer, security_level=doctor.security_level
    )
    organization_id, name = _workplace(doctor)
    return Viewer(
        kind=ViewerKind.PRACTITIONER,
        user_id=user.id,
        name=doctor.name,
        hpr_number=doctor.hpr_number,
        role_code=doctor.role_code,
        organization_id=organization_id,
        organization_name=name,
        patient_id=user.patient_id,
        security_level=doctor.security_level,
        session_id=session_id,
    )


def _workplace(doctor: people.Persona) -> tuple[uuid.UUID, str]:
    organization = next(
        organization
        for organization in people.ORGANIZATIONS
        if organization.organization_number == doctor.organization_number
    )
    return register(organization), organization.name
