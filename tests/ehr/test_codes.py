"""Whoever comes with the wrong code, or too late, opens nothing and learns nothing."""

import datetime
import logging

import pytest
import time_machine
from django.utils import timezone

from access import operations
from access.models import Launch, RoleAssignment, User, UserSession
from tests.cast import KARI
from tests.ehr.record_system import challenge_of
from tests.portal.accounts.browser import code_on
from tests.portal.visiting import CITIZEN, CLINICIAN, FRONT, somebody

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def a_code(olas):
    assert olas.create(KARI).status_code == 200


def assert_opens_nothing(answer, code):
    assert answer.status_code == 400
    assert code_on(answer) == code
    assert not UserSession.objects.exists()
    assert "Kari" not in answer.content.decode()


def test_a_code_nobody_made(olas, arrive):
    assert_opens_nothing(arrive(olas.address(code="x" * 43)), "CODE_UNKNOWN")


@pytest.mark.parametrize("missing", ["code", "ehr_code_verifier"])
@pytest.mark.parametrize("value", ["", "x" * 600])
def test_a_field_that_is_empty_or_absurd(olas, arrive, missing, value):
    assert_opens_nothing(arrive(olas.address(**{missing: value})), "CODE_UNKNOWN")
    assert Launch.objects.get().used_at is None


def test_another_verifier_spends_the_code(olas, arrive):
    """Else whoever stole the code could try verifiers for a minute."""
    wrong = arrive(olas.address(ehr_code_verifier="w" * 64))

    assert_opens_nothing(wrong, "VERIFIER_WRONG")
    assert_opens_nothing(arrive(olas.address()), "CODE_USED")
    assert Launch.objects.get().number_encrypted is None


def test_the_challenge_is_no_verifier(olas, arrive):
    answer = arrive(olas.address(ehr_code_verifier=challenge_of(olas.verifier)))

    assert_opens_nothing(answer, "VERIFIER_WRONG")


def test_a_code_works_once(olas, browser, arrive):
    landing = arrive(olas.address())
    thief = somebody(CLINICIAN)

    again = arrive(olas.address(), client=thief)

    assert again.status_code == 400
    assert code_on(again) == "CODE_USED"
    assert UserSession.objects.count() == 1
    assert browser.get(landing["Location"]).status_code == 200


def test_ola_who_loads_the_address_again_finds_the_way(olas, arrive):
    landing = arrive(olas.address())

    again = arrive(olas.address())

    assert code_on(again) == "CODE_USED"
    assert f'href="{landing["Location"]}"' in again.content.decode()


@pytest.mark.parametrize(("seconds", "opens"), [(59, True), (60, False), (61, False)])
def test_a_code_lives_a_minute(olas, arrive, seconds, opens):
    made = Launch.objects.get().created_at

    with time_machine.travel(made + datetime.timedelta(seconds=seconds), tick=False):
        answer = arrive(olas.address())

    if opens:
        assert answer.status_code == 303
    else:
        assert_opens_nothing(answer, "CODE_EXPIRED")
        assert Launch.objects.get().number_encrypted is None


def test_a_code_that_was_taken_back(olas, arrive):
    olas.end()

    assert_opens_nothing(arrive(olas.address()), "SESSION_OVER")


def test_ola_who_was_shut_out_meanwhile(olas, arrive):
    User.objects.update(is_active=False)

    assert_opens_nothing(arrive(olas.address()), "USER_DISABLED")


@pytest.mark.parametrize("how", ["ended", "deleted"])
def test_a_role_that_ended_meanwhile(olas, arrive, how):
    if how == "deleted":
        RoleAssignment.objects.all().delete()
    RoleAssignment.objects.update(valid_to=timezone.localdate())

    assert_opens_nothing(arrive(olas.address()), "ROLE_NOT_HELD")


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Dest": "iframe"},
        {"Sec-Fetch-Dest": "image"},
        {"Sec-Purpose": "prefetch;prerender"},
        {"Purpose": "prefetch"},
    ],
)
def test_a_frame_or_a_guess_ahead_does_not_spend_the_code(olas, arrive, headers):
    assert_opens_nothing(arrive(olas.address(), **headers), "NOT_A_PAGE")
    assert arrive(olas.address()).status_code == 303


def test_a_check_of_the_link_does_not_spend_the_code(olas, browser, arrive):
    path = olas.address().removeprefix(f"http://{CLINICIAN}")

    assert browser.head(path).status_code == 405
    assert arrive(olas.address()).status_code == 303


@pytest.mark.parametrize("host", [FRONT, CITIZEN])
def test_the_address_is_on_the_personnels_host_alone(olas, host):
    path = olas.address().removeprefix(f"http://{CLINICIAN}")

    assert somebody(host).get(path).status_code == 404
    assert somebody(host).get("/loggut").status_code == 404


def test_what_the_address_said_goes_nowhere(olas, arrive, caplog):
    caplog.set_level(logging.DEBUG)

    landing, again = arrive(olas.address()), arrive(olas.address())

    for answer in (landing, again):
        assert answer["Referrer-Policy"] == "no-referrer"
        assert answer["Cache-Control"] == "no-store"
        assert answer["Cross-Origin-Opener-Policy"] == "same-origin"
        assert answer["X-Frame-Options"] == "DENY"
    for secret in (olas.code, olas.verifier):
        assert secret not in landing["Location"] + again.content.decode()
        assert secret not in caplog.text
    assert KARI.number not in caplog.text


def test_numbers_of_codes_never_used_are_erased():
    made = Launch.objects.get().created_at

    with time_machine.travel(made + datetime.timedelta(seconds=61)):
        operations.forget_launches()
    assert Launch.objects.get().number_encrypted is None

    with time_machine.travel(made + datetime.timedelta(days=2)):
        operations.forget_launches()
    assert not Launch.objects.exists()
