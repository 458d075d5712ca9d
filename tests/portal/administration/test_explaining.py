"""Turid follows up Lillevik legesenter's looks, and asks why Ola was refused."""

import uuid

import pytest

from access import cases, lookup
from access.models import AccessLogEntry
from access.terms import AccessBasis, Action, PurposeOfUse
from tests import cast
from tests.portal.administration.operators import siri, turid
from tests.portal.visiting import ADMINISTRATION, somebody

pytestmark = pytest.mark.django_db

PATH = "/forvaltning/forklar/"


@pytest.fixture
def refused() -> AccessLogEntry:
    """Kari has blocked Ola, who tries all the same."""
    kari, ola = cast.the_viewer(cast.KARI), cast.the_viewer(cast.OLA)
    lookup.block(kari, patient_id=kari.patient_id, hpr_number=ola.hpr_number)
    need = {"basis": AccessBasis.EMERGENCY, "purpose": PurposeOfUse.ETREAT}
    lookup.open_patient(ola, number=cast.KARI.number, **need)
    return AccessLogEntry.objects.get(action=Action.OPEN_PATIENT)


def follows_up(operator, organization):
    cases.appoint_controller(operator.user, cast.an_organization(organization))
    return operator


def asked_for() -> int:
    return AccessLogEntry.objects.filter(action=Action.EXPLAIN).count()


@pytest.mark.parametrize("who", [siri, turid], ids=["siri", "turid"])
def test_who_is_appointed_by_no_organisation_is_refused(who, refused):
    operator = who()

    assert operator.get(PATH).status_code == 403
    assert operator.post(PATH, entry_id=refused.pk).status_code == 403
    assert asked_for() == 0


def test_nobody_is_led_to_log_in():
    answer = somebody(ADMINISTRATION).get(PATH)

    assert answer.status_code == 302


def test_another_organisations_decision_is_as_one_that_is_not(refused):
    operator = follows_up(turid("view_alarm"), cast.FJORD_SYKEHUS)

    theirs = operator.post(PATH, entry_id=refused.pk)
    none = operator.post(PATH, entry_id=uuid.uuid4())

    assert theirs.status_code == none.status_code == 422
    assert "Du følger ikke opp" in theirs.content.decode()
    assert "Ola" not in theirs.content.decode()
    assert asked_for() == 0


@pytest.mark.parametrize("key", ["", "abc"])
def test_what_is_no_key_is_said_to_be_none(key, refused):
    operator = follows_up(turid("view_alarm"), cast.LILLEVIK_LEGESENTER)

    assert operator.post(PATH, entry_id=key).status_code == 422


def test_it_is_told_in_words_without_the_patient_and_kari_sees_that_it_was(refused):
    operator = follows_up(turid("view_alarm"), cast.LILLEVIK_LEGESENTER)
    assert "Forklar" in operator.page(PATH)

    told = operator.post(PATH, entry_id=refused.pk).content.decode()

    assert "Ingen grunnlag åpner det." in told
    assert "Kari" not in told
    entry = AccessLogEntry.objects.get(action=Action.EXPLAIN)
    assert (entry.viewer_name, entry.patient_id) == ("Turid Tilsyn", refused.patient_id)
