"""The icon in the record system: it tells of reservations, and of nothing else."""

import pytest
from django.utils import timezone

from access.models import AccessLogEntry
from results.models import OptOut, PatientIdentifier
from tests.builders import a_message
from tests.cast import KARI, OLA, PER, the_viewer
from tests.portal.visiting import has_arrived

pytestmark = pytest.mark.django_db


@pytest.fixture
def icon(at_the_office):
    return at_the_office(OLA, is_bound=False)


def test_it_is_the_same_for_who_has_answers_and_who_has_none(icon):
    has_arrived(a_message(about=KARI))

    kari, per = icon.status_of(KARI.number), icon.status_of(PER.number)

    assert kari.status_code == per.status_code == 200
    assert kari.json() == per.json()
    assert kari.json()["status"] == 2


def test_asking_makes_nobody_known_and_is_no_look(icon):
    icon.status_of(PER.number)

    assert not PatientIdentifier.objects.exists()
    assert not AccessLogEntry.objects.exists()


def test_kari_who_is_reserved_cannot_be_opened(icon):
    OptOut.objects.create(
        patient_id=the_viewer(KARI).patient_id, valid_from=timezone.now()
    )

    assert icon.status_of(KARI.number).json()["status"] == 1
    assert icon.status_of(PER.number).json()["status"] == 2


def test_a_reservation_that_has_ended_counts_no_more(icon):
    now = timezone.now()
    OptOut.objects.create(
        patient_id=the_viewer(KARI).patient_id, valid_from=now, valid_to=now
    )

    assert icon.status_of(KARI.number).json()["status"] == 2


@pytest.mark.parametrize("number", ["", "123", "12345678901", None, 7, ["x"], {}])
def test_what_is_no_number(icon, number):
    answer = icon.status_of(number)

    assert (answer.status_code, answer.json()["status"]) == (200, 0)
    assert answer.json()["returTekst"]


@pytest.mark.parametrize("content", [[], "7", "null", ["fnr"]])
def test_what_is_no_object(icon, content):
    answer = icon.send(
        icon.status_api_uri, icon.credentials("POST", icon.status_api_uri), content
    )

    assert (answer.status_code, answer.json()["status"]) == (200, 0)


def test_a_token_bound_to_a_key_is_not_taken_without_its_proof(olas):
    bound = olas.credentials

    def as_bearer(method, url):
        token = bound(method, url)["Authorization"].removeprefix("DPoP ")
        return {"Authorization": f"Bearer {token}"}

    olas.credentials = as_bearer

    assert olas.status_of(KARI.number).status_code == 401


def test_a_token_for_something_else(icon, changed):
    other = changed(icon, OLA, is_bound=False, changed={"aud": "provesvar:api"})

    answer = other.status_of(KARI.number)

    assert answer.status_code == 401
    assert answer["WWW-Authenticate"].startswith("Bearer")


def test_without_a_token_it_says_how_to_come_back(icon):
    icon.credentials = lambda method, url: {}

    assert icon.status_of(KARI.number).status_code == 401


def test_the_icon_opens_nothing(icon):
    assert icon.create(KARI).status_code == 401
