"""Siri tells why Ola was refused, in plain words; Kari sees that it was asked."""

import io
import uuid

import pytest
from django.core.management import CommandError, call_command

from access import lookup
from access.models import AccessLogEntry
from access.terms import AccessBasis, Action, PurposeOfUse
from tests import cast

pytestmark = pytest.mark.django_db


def explained(entry, by="Siri Admin") -> str:
    out = io.StringIO()
    call_command("explain_access", str(entry), by=by, stdout=out)
    return out.getvalue()


@pytest.fixture
def refused():
    """Kari has blocked Ola, who tries all the same; gives the entry."""
    kari, ola = cast.the_viewer(cast.KARI), cast.the_viewer(cast.OLA)
    lookup.block(kari, patient_id=kari.patient_id, hpr_number=ola.hpr_number)
    need = {"basis": AccessBasis.EMERGENCY, "purpose": PurposeOfUse.ETREAT}
    lookup.open_patient(ola, number=cast.KARI.number, **need)
    return AccessLogEntry.objects.get(action=Action.OPEN_PATIENT)


def test_an_entry_that_is_not_is_explained_to_nobody():
    with pytest.raises(CommandError):
        explained(uuid.UUID(int=1))

    assert not AccessLogEntry.objects.exists()


def test_who_asks_must_say_who_they_are(refused):
    with pytest.raises(CommandError):
        call_command("explain_access", str(refused.pk))


def test_it_tells_who_what_and_why(refused):
    told = explained(refused.pk)

    assert "Ola Lind, Lege, Lillevik legesenter" in told
    assert "Nektet (BLOCKED)" in told
    assert "Ingen grunnlag åpner det." in told
    assert "Øyeblikkelig hjelp" in told
    assert "Minutter et oppgitt behov gjelder: 60" in told


def test_it_does_not_name_the_patient(refused):
    told = explained(refused.pk)

    assert cast.KARI.number not in told
    assert "Kari" not in told


def test_kari_sees_that_it_was_asked_and_by_whom(refused):
    explained(refused.pk)
    kari = cast.the_viewer(cast.KARI)

    page = lookup.read_access_log(kari, patient_id=kari.patient_id).value
    lines = [line for line in page.lines if line.action is Action.EXPLAIN]
    assert [line.viewer_name for line in lines] == ["Siri Admin"]


def test_a_permit_can_be_explained_too():
    ola = cast.the_viewer(cast.OLA)
    need = {"basis": AccessBasis.CONSENT, "purpose": PurposeOfUse.TREAT}
    lookup.open_patient(ola, number=cast.KARI.number, **need)

    told = explained(AccessLogEntry.objects.get().pk)
    assert "Tillatt (PERMITTED)" in told
