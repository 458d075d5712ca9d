"""Kari has closed her answers; Ola opens them with consent, or in an emergency."""

import uuid

import pytest

from access.models import CareRelationship, EmergencyOverride, Notice
from results.encryption import decrypt
from tests import cast
from tests.builders import a_message
from tests.portal.visiting import a_visitor, has_arrived, state_need

pytestmark = pytest.mark.django_db

WAITING = "/helsepersonell/nodtilganger/"


@pytest.fixture
def ola():
    has_arrived(a_message())
    visitor = a_visitor(cast.OLA)
    state_need(visitor, cast.KARI)
    return visitor


@pytest.fixture
def closed(ola):
    kari = a_visitor(cast.KARI)
    kari.post("/innbygger/sperre/svar/", {"scope": "all", "bekreftet": "1"})


def patient_of(visitor) -> str:
    return f"/helsepersonell/pasient/{visitor.client.session['last_opened']}/"


def elevates(visitor, how):
    return visitor.post(f"{patient_of(visitor)}sperret/", {"how": how})


def test_the_list_leads_to_the_choice(ola, closed):
    listed = ola.get(patient_of(ola)).content.decode()
    choice = ola.get(f"{patient_of(ola)}sperret/").content.decode()

    assert f"{patient_of(ola)}sperret/" in listed
    assert "Pasienten får beskjed" in choice


@pytest.mark.parametrize("how", ["", "because", "FORHOYET_AKUTT"])
def test_without_a_choice_nothing_opens(how, ola, closed):
    assert elevates(ola, how).status_code == 422
    assert not EmergencyOverride.objects.exists()
    assert "Hemoglobin" not in ola.get(patient_of(ola)).content.decode()


def test_with_consent_it_is_open_and_kari_is_told(ola, closed):
    assert elevates(ola, "consent")["Location"] == patient_of(ola)

    page = ola.get(patient_of(ola)).content.decode()
    assert "Hemoglobin" in page
    assert "er åpnet for deg" in page
    assert Notice.objects.filter(kind="opened-consent").count() == 1


def test_in_an_emergency_it_is_open_at_once_and_explained_afterwards(ola, closed):
    assert elevates(ola, "danger")["Location"] == WAITING
    assert "Hemoglobin" in ola.get(patient_of(ola)).content.decode()
    override = EmergencyOverride.objects.get()

    waiting = ola.get(WAITING).content.decode()
    assert str(override.pk) in waiting
    assert "Fare for liv" in waiting

    ola.post(WAITING, {"override_id": override.pk, "text": "Kraftig blødning."})
    override.refresh_from_db()
    words = decrypt(override.text_encrypted, context="access.emergency").decode()
    assert words == "Kraftig blødning."
    assert "ingen nødtilganger" in ola.get(WAITING).content.decode()


def test_an_explanation_stands(ola, closed):
    elevates(ola, "danger")
    override = EmergencyOverride.objects.get()
    for text in ("Kraftig blødning.", "Noe annet."):
        ola.post(WAITING, {"override_id": override.pk, "text": text})

    override.refresh_from_db()
    words = decrypt(override.text_encrypted, context="access.emergency").decode()
    assert words == "Kraftig blødning."


@pytest.mark.parametrize("text", ["", "   ", "x" * 2001])
def test_empty_words_explain_nothing(text, ola, closed):
    elevates(ola, "danger")
    override = EmergencyOverride.objects.get()

    answer = ola.post(WAITING, {"override_id": override.pk, "text": text})

    assert answer.status_code == 422
    override.refresh_from_db()
    assert override.explained_at is None


def test_nobody_explains_for_another(ola, closed):
    elevates(ola, "danger")
    override = EmergencyOverride.objects.get()
    ingrid = a_visitor(cast.INGRID)

    ingrid.post(WAITING, {"override_id": override.pk, "text": "Det var ikke meg."})
    ola.post(WAITING, {"override_id": uuid.uuid4(), "text": "Hva da?"})

    override.refresh_from_db()
    assert override.explained_at is None
    assert str(override.pk) not in ingrid.get(WAITING).content.decode()


def test_where_nothing_is_closed_it_is_emergency_help_and_no_more(ola):
    assert elevates(ola, "danger")["Location"] == patient_of(ola)

    need = CareRelationship.objects.get(ended_at=None)
    assert need.basis == "AKUTT"
    assert not EmergencyOverride.objects.exists()


def test_the_ambulance_opens_it_in_an_emergency_alone(ola, closed):
    arne = a_visitor(cast.ARNE)
    state_need(arne, cast.KARI, basis="AKUTT", purpose="ETREAT")

    assert elevates(arne, "consent").status_code == 403
    assert elevates(arne, "unconscious")["Location"] == WAITING
