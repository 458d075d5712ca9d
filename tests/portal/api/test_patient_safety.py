"""Nordlab puts off an answer of its own; of its own alone, and never for good."""

import datetime

import pytest
from django.utils import timezone
from rest_framework.test import APIClient

from access import lookup
from access.models import AccessLogEntry, ReleaseDecision
from access.release import ReleaseState
from portal.api.authentication import ClientToken
from tests import cast
from tests.builders import REPORT_ID, a_message
from tests.portal.visiting import has_arrived

pytestmark = pytest.mark.django_db

ADDRESS = "/api/v0.5/access-restrictions/patient-safety"
SCOPE = "nhn:pts/api"


def a_client(client_id: str, *scopes: str) -> APIClient:
    client = APIClient()
    token = ClientToken(client_id=client_id, scopes=frozenset(scopes), issuer="test")
    client.force_authenticate(token=token)
    return client


@pytest.fixture
def nordlab() -> APIClient:
    cast.a_laboratory_that_may_send(cast.NORDLAB)
    return a_client(cast.NORDLAB.client_id, SCOPE)


def a_body(**changed):
    standing = {
        "personOffId": cast.KARI.number,
        "confidentialObjectId": {"type": "Svarrapport", "value": REPORT_ID},
        "confidentialityCode": "NORU",
        "delayDays": 5,
        "cause": "Manual",
    }
    return {**standing, **changed}


def post(client, **changed):
    return client.post(ADDRESS, a_body(**changed), format="json")


def shown_to_kari():
    kari = cast.the_viewer(cast.KARI)
    return lookup.list_reports(kari, patient_id=kari.patient_id).value


def test_an_answer_is_put_off_before_it_comes(nordlab):
    assert post(nordlab).status_code == 201
    has_arrived(a_message())

    found = shown_to_kari()
    assert found.reports == ()
    assert found.waiting[0].state is ReleaseState.DELAYED
    assert AccessLogEntry.objects.filter(rule="own_answer").count() == 1


def test_a_requisition_puts_off_what_it_brings(nordlab):
    about = {"type": "Rekvisisjon", "value": "LL-88121"}
    assert post(nordlab, confidentialObjectId=about).status_code == 201
    has_arrived(a_message())

    assert shown_to_kari().reports == ()


def test_sent_twice_it_is_the_same(nordlab):
    first, again = post(nordlab), post(nordlab)

    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json() == again.json()
    assert ReleaseDecision.objects.count() == 1


def test_another_laboratorys_answer_is_not_reached(nordlab):
    cast.a_laboratory_that_may_send(cast.FJORDLAB)
    fjordlab = a_client(cast.FJORDLAB.client_id, SCOPE)
    assert post(fjordlab).status_code == 201
    has_arrived(a_message())

    assert len(shown_to_kari().reports) == 1


def test_who_may_not_call_keeps_nothing(nordlab):
    strangers = [
        APIClient(),
        a_client(cast.NORDLAB.client_id, "provesvar:messages"),
        a_client("nobody", SCOPE),
    ]

    assert [post(s).status_code for s in strangers] == [401, 403, 403]
    assert not ReleaseDecision.objects.exists()


PAST = (timezone.now() - datetime.timedelta(days=1)).isoformat()


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"personOffId": "123"}, "PATIENT_INVALID"),
        ({"confidentialObjectId": {"type": "X", "value": "1"}}, "OBJECT_INVALID"),
        ({"confidentialObjectId": {"type": [], "value": "1"}}, "OBJECT_INVALID"),
        ({"confidentialObjectId": None}, "OBJECT_INVALID"),
        ({"confidentialityCode": "NORN_FFL"}, "CODE_NOT_ALLOWED"),
        ({"delayDays": 0}, "DELAY_INVALID"),
        ({"delayDays": True}, "DELAY_INVALID"),
        ({"delayDays": None}, "DELAY_INVALID"),
        ({"delayDeliveryUntil": "2199-01-01T00:00:00Z"}, "DELAY_INVALID"),
        ({"delayDays": None, "delayDeliveryUntil": PAST}, "DELAY_INVALID"),
        ({"delayDays": None, "delayDeliveryUntil": "soon"}, "DELAY_INVALID"),
    ],
)
def test_what_cannot_be_is_refused_with_a_code(nordlab, changed, code):
    answer = post(nordlab, **changed)

    assert (answer.status_code, answer.json()["error"]) == (400, code)
    assert cast.KARI.number not in answer.content.decode()
    assert not ReleaseDecision.objects.exists()


def test_what_is_no_object_is_refused(nordlab):
    answer = nordlab.post(ADDRESS, "[1]", content_type="application/json")

    assert answer.json()["error"] == "BODY_UNREADABLE"
