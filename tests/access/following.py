"""Ola has looked at Kari; Ingrid follows up looks at Lillevik legesenter."""

import datetime
import uuid

from access import lookup
from access.cases import appoint_controller
from access.models import (
    AccessCase,
    AccessLogEntry,
    EmergencyOverride,
    WatchRule,
)
from access.terms import Viewer
from results.operations import ensure_patient
from tests import cast
from tests.access.situations import NEED

DAY = datetime.timedelta(days=1)


def has_looked(who=cast.OLA, at=cast.KARI) -> AccessLogEntry:
    """An opening, as the log has it."""
    viewer = who if isinstance(who, Viewer) else cast.the_viewer(who)
    answer = lookup.open_patient(viewer, number=at.number, **NEED)
    assert answer.value
    return AccessLogEntry.objects.filter(user_id=viewer.user_id).latest("at", "id")


def a_controller(persona=cast.INGRID) -> Viewer:
    """The persona, appointed for Lillevik legesenter."""
    viewer = cast.the_viewer(persona)
    appoint_controller(
        cast.a_signed_in(persona), cast.an_organization(cast.LILLEVIK_LEGESENTER)
    )
    return viewer


def a_case(**fields) -> AccessCase:
    entry = has_looked()
    standing = {
        "kind": "surname",
        "cause": str(uuid.uuid4()),
        "organization_id": entry.organization_id,
        "user_id": entry.user_id,
        "patient_id": entry.patient_id,
        "entry_id": entry.id,
        "due_at": entry.at + datetime.timedelta(days=30),
    }
    return AccessCase.objects.create(**{**standing, **fields})


def an_override(entry: AccessLogEntry, **changed) -> EmergencyOverride:
    """The look was made in an emergency, and is not explained yet."""
    standing = {
        "care_relationship_id": entry.care_relationship_id,
        "patient_id": entry.patient_id,
        "user_id": entry.user_id,
        "organization_id": entry.organization_id,
        "reason_code": "",
        "opened_at": entry.at,
        "text_due_at": entry.at + DAY,
        "review_due_at": entry.at + 7 * DAY,
    }
    return EmergencyOverride.objects.create(**{**standing, **changed})


def only_rule(kind: str, **changed) -> None:
    """This rule alone is in force, and says this."""
    WatchRule.objects.update(is_active=False)
    WatchRule.objects.filter(kind=kind).update(is_active=True, **changed)


def key_of(persona) -> uuid.UUID:
    return ensure_patient(cast.number_of(persona))
