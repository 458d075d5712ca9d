"""A session is a row: it ends for many reasons, and what it has open with it."""

import datetime
import uuid
from dataclasses import replace

import pytest
from django.utils import timezone

from access import lookup, operations
from access.models import CareRelationship, RoleAssignment, User, UserSession
from access.sessions import sessions_of
from access.terms import (
    ANONYMOUS,
    Reason,
)
from access.viewers import visit
from access.vocabulary import (
    SessionEnd,
)
from tests.access.logins import begin, viewer_in
from tests.access.situations import NEED
from tests.cast import (
    INGRID,
    KARI,
    LILLEVIK_LEGESENTER,
    OLA,
    a_signed_in,
    employed,
    number_of,
    the_viewer,
)

pytestmark = pytest.mark.django_db

ISSUER = "http://login.localhost:8001/helseid"


def after(**passed) -> datetime.datetime:
    return timezone.now() + datetime.timedelta(**passed)


@pytest.fixture
def session_id():
    """Ola's session at Lillevik legesenter, where alone he works."""
    employed(OLA)
    return begin()


@pytest.fixture
def open_kari(session_id):
    """The same, with Kari open."""
    opened = lookup.open_patient(
        viewer_in(session_id), number=number_of(KARI).digits, **NEED
    )
    assert opened.verdict.is_permitted
    return opened.value.patient_id


@pytest.mark.parametrize("key", ["", "x", None, 7, str(uuid.UUID(int=1))])
def test_a_key_of_no_session_is_nobodys(key):
    found = visit(a_signed_in(OLA), key)

    assert (found.viewer, found.ended) == (ANONYMOUS, SessionEnd.UNKNOWN)


def test_somebody_elses_session_is_nobodys(session_id):
    found = visit(a_signed_in(INGRID), str(session_id))

    assert found.viewer is ANONYMOUS


@pytest.mark.parametrize(
    ("minutes", "ended"), [(29, None), (30, "IDLE"), (31, "IDLE"), (481, "TOO_LONG")]
)
def test_a_session_that_lies_unused_is_over(session_id, minutes, ended):
    found = visit(a_signed_in(OLA), session_id, at=after(minutes=minutes, seconds=1))

    assert found.ended == ended
    assert UserSession.objects.get(pk=session_id).end_reason == (ended or "")


def test_use_makes_it_last_but_not_for_ever(session_id):
    """Every 25 minutes through a day at work; eight hours is all."""
    looks = [
        visit(a_signed_in(OLA), session_id, at=after(minutes=25 * n)) for n in range(21)
    ]

    assert [look.ended for look in looks] == [None] * 20 + [SessionEnd.TOO_LONG]


def test_a_citizens_session_ends_with_the_hour():
    kari = begin(KARI)
    for minutes in (25, 50):
        assert not visit(a_signed_in(KARI), kari, at=after(minutes=minutes)).ended

    late = visit(a_signed_in(KARI), kari, at=after(minutes=60, seconds=1))

    assert late.ended is SessionEnd.TOO_LONG


def test_use_is_noted_once_a_minute(session_id, django_assert_num_queries):
    ola = a_signed_in(OLA)
    with django_assert_num_queries(1):
        visit(ola, session_id, at=after(seconds=30))
    with django_assert_num_queries(2):
        visit(ola, session_id, at=after(seconds=61))


def test_someone_shut_out_is_out_at_once(session_id, open_kari):
    User.objects.update(is_active=False)

    assert visit(a_signed_in(OLA), session_id).ended is SessionEnd.USER_DISABLED
    assert CareRelationship.objects.get().ended_at is not None


@pytest.mark.parametrize("how", ["ended", "deleted", "another's"])
def test_a_role_that_is_taken_away_ends_the_session(session_id, open_kari, how):
    role = RoleAssignment.objects.filter(hpr_number=OLA.hpr_number)
    if how == "deleted":
        role.delete()
    elif how == "ended":
        role.update(valid_to=timezone.localdate())
    else:
        role.update(hpr_number="9999999")

    assert visit(a_signed_in(OLA), session_id).ended is SessionEnd.ROLE_ENDED
    assert CareRelationship.objects.get().ended_at is not None


def test_a_session_that_is_over_says_why_ever_after(session_id):
    operations.end_session(session_id, reason=SessionEnd.LOGGED_OUT)

    assert not operations.end_session(session_id, reason=SessionEnd.IDLE)
    assert visit(a_signed_in(OLA), session_id).ended is SessionEnd.LOGGED_OUT


def test_a_need_holds_in_the_session_it_was_stated_in(session_id, open_kari):
    other = viewer_in(begin())

    here = lookup.list_reports(viewer_in(session_id), patient_id=open_kari)
    there = lookup.list_reports(other, patient_id=open_kari)

    assert here.verdict.is_permitted
    assert there.verdict.reason is Reason.BASIS_REQUIRED


def test_two_sessions_may_have_each_their_patient_open(session_id, open_kari):
    other = viewer_in(begin())
    lookup.open_patient(other, number=number_of(INGRID).digits, **NEED)

    assert CareRelationship.objects.filter(ended_at=None).count() == 2
    assert lookup.list_reports(
        viewer_in(session_id), patient_id=open_kari
    ).verdict.is_permitted


def test_ending_a_session_closes_what_it_has_open(session_id, open_kari):
    stale = viewer_in(session_id)

    operations.end_session(session_id, reason=SessionEnd.BY_USER)

    refused = lookup.list_reports(stale, patient_id=open_kari)
    assert refused.verdict.reason is Reason.GRANT_EXPIRED


def test_without_a_session_nobody_states_a_need():
    without = replace(the_viewer(OLA), session_id=None)

    answer = lookup.open_patient(without, number=number_of(KARI).digits, **NEED)

    assert not answer.verdict.is_permitted
    assert not CareRelationship.objects.exists()


def test_the_provider_ends_the_session_it_names():
    employed(OLA)
    one, two = begin(provider_session_id="a"), begin(provider_session_id="b")

    assert operations.end_sessions(issuer=ISSUER, provider_session_id="a") == 1

    assert visit(a_signed_in(OLA), one).ended is SessionEnd.BY_PROVIDER
    assert visit(a_signed_in(OLA), two).ended is None


def test_without_a_session_it_ends_all_of_the_person():
    employed(OLA)
    olas, ingrids = [begin(), begin()], begin(INGRID)

    assert operations.end_sessions(issuer=ISSUER, subject=OLA.subject) == 2

    assert all(visit(a_signed_in(OLA), each).ended for each in olas)
    assert not visit(a_signed_in(INGRID), ingrids).ended


@pytest.mark.parametrize(
    "named",
    [
        {"issuer": "http://login.localhost:8001/idporten", "subject": OLA.subject},
        {"issuer": ISSUER, "subject": OLA.subject, "provider_session_id": "other"},
        {"issuer": ISSUER, "subject": INGRID.subject, "provider_session_id": "a"},
    ],
)
def test_what_another_provider_or_token_names_is_not_ended(named):
    session_id = begin(provider_session_id="a")

    assert operations.end_sessions(**named) == 0
    assert not visit(a_signed_in(OLA), session_id).ended


def test_a_logout_that_names_nobody_is_a_fault():
    with pytest.raises(ValueError, match="names"):
        operations.end_sessions(issuer=ISSUER)


def test_ola_ends_his_own_and_nobody_elses(session_id):
    other, ingrids = begin(), begin(INGRID)
    ola = viewer_in(session_id)

    assert operations.end_own_session(ola, other)
    assert not operations.end_own_session(ola, ingrids)
    assert not operations.end_own_session(ANONYMOUS, session_id)
    assert not visit(a_signed_in(INGRID), ingrids).ended


def test_all_others_end_and_this_one_stays(session_id):
    others = [begin(), begin()]

    assert operations.end_other_sessions(viewer_in(session_id)) == 2
    assert operations.end_other_sessions(ANONYMOUS) == 0
    assert all(visit(a_signed_in(OLA), each).ended for each in others)
    assert not visit(a_signed_in(OLA), session_id).ended


def test_ola_sees_his_own_sessions_this_one_first(session_id):
    other = begin(browser="Chrome, Windows")
    begin(INGRID)
    operations.end_session(begin(), reason=SessionEnd.LOGGED_OUT)

    lines = sessions_of(viewer_in(session_id))

    assert [line.id for line in lines] == [session_id, other]
    assert [line.is_current for line in lines] == [True, False]
    assert lines[1].browser == "Chrome, Windows"
    assert sessions_of(ANONYMOUS) == ()


def test_stale_sessions_are_ended_also_when_nobody_asks(session_id, open_kari):
    assert operations.end_stale_sessions(at=after(minutes=29)) == 0
    assert operations.end_stale_sessions(at=after(minutes=31)) == 1
    assert CareRelationship.objects.get().ended_at is not None
    old = begin()
    assert operations.end_stale_sessions(at=after(hours=9)) == 1
    assert UserSession.objects.get(pk=old).end_reason == "TOO_LONG"


def test_the_same_person_signing_in_anew_goes_on(session_id, open_kari):
    ola = a_signed_in(OLA)

    goes_on = operations.continue_session(
        session_id, user_id=ola.id, security_level=4, at=after(minutes=20)
    )

    assert goes_on
    still = visit(ola, session_id, at=after(minutes=45)).viewer
    assert still.organization_name == LILLEVIK_LEGESENTER.name
    assert lookup.list_reports(still, patient_id=open_kari).verdict.is_permitted


@pytest.mark.parametrize("whose", ["ingrid's", "over"])
def test_what_is_anothers_or_over_does_not_go_on(session_id, whose):
    user = a_signed_in(INGRID if whose == "ingrid's" else OLA)
    if whose == "over":
        operations.end_session(session_id, reason=SessionEnd.IDLE)

    assert not operations.continue_session(
        session_id, user_id=user.id, security_level=4
    )
