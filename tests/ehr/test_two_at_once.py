"""One code used many times at the same moment: the database lets one through.

Each use has a connection of its own, beside this test's transaction; so what they need
is written by one of them, and taken away again by one.
"""

import datetime
import secrets
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, connections, transaction
from django.utils import timezone

from access import operations
from access.models import ClientSystem, Launch, RoleAssignment, User, UserSession
from access.operations import Caller, Opening, Order
from access.terms import (
    AccessBasis,
    PurposeOfUse,
)
from access.vocabulary import (
    LaunchFault,
)
from results.models import Organization, Patient, PatientIdentifier
from tests.cast import (
    KARI,
    LILLEVIK_LEGESENTER,
    OLA,
    PER,
    a_record_system,
    employed,
    number_of,
)
from tests.ehr.record_system import challenge_of

pytestmark = pytest.mark.django_db
AT_ONCE = 6
LONG_ENOUGH = 30
VERIFIER = secrets.token_urlsafe(48)
LEFT_BEHIND = (
    Launch,
    UserSession,
    RoleAssignment,
    ClientSystem,
    User,
    PatientIdentifier,
    Patient,
    Organization,
)
_WAITING = """
    SELECT count(*) FROM pg_stat_activity
    WHERE datname = current_database() AND wait_event_type = 'Lock'
"""


def apart(work, *arguments):
    """On a connection of its own, which is closed afterwards."""
    try:
        return work(*arguments)
    finally:
        connections.close_all()


@pytest.fixture
def others():
    """So many of them, each in a thread; what they left behind is removed by one."""
    with ThreadPoolExecutor(AT_ONCE) as pool:
        yield pool
        pool.submit(apart, remove_what_is_left).result(LONG_ENOUGH)


def remove_what_is_left():
    for model in LEFT_BEHIND:
        model.objects.all().delete()


def olas_code_for(patient) -> str:
    """Ola's record system has asked to open the patient."""
    a_record_system(LILLEVIK_LEGESENTER)
    employed(OLA)
    caller = Caller(
        client_id="lillevik-epj",
        issuer="http://login.localhost:8001/helseid",
        subject=OLA.subject,
        name=OLA.name,
        number=number_of(OLA),
        hpr_number=OLA.hpr_number,
        security_level=4,
        organization_numbers=(OLA.organization_number,),
        token_expires_at=timezone.now() + datetime.timedelta(minutes=10),
    )
    order = Order(
        challenge=challenge_of(VERIFIER),
        source_system="Lillevik EPJ",
        patient_number=number_of(patient),
        role_code=OLA.role_code,
        basis=AccessBasis.CONSENT,
        purpose=PurposeOfUse.TREAT,
        attestation={},
    )
    code, _launch_id = operations.prepare_launch(caller, order)
    return code


@pytest.fixture
def code(others) -> str:
    return others.submit(apart, olas_code_for, KARI).result(LONG_ENOUGH)


def at_once(others, work, arguments) -> list:
    """What each got, when all began together."""
    start = threading.Barrier(len(arguments), timeout=LONG_ENOUGH)

    def run(argument):
        start.wait()
        return work(argument)

    begun = [others.submit(apart, run, argument) for argument in arguments]
    return [one.result(LONG_ENOUGH) for one in begun]


def use(code):
    return operations.redeem_launch(code, VERIFIER)


def test_of_many_who_use_a_code_at_once_one_gets_in(others, code):
    answers = at_once(others, use, [code] * AT_ONCE)

    opened = [answer for answer in answers if isinstance(answer, Opening)]
    refused = [answer for answer in answers if answer is LaunchFault.CODE_USED]
    assert (len(opened), len(refused)) == (1, AT_ONCE - 1)


def use_when_told(code, is_holding, may_go_on, *, is_undone):
    """Use the code, and stand still before it is certain that it was used."""
    with transaction.atomic():
        answer = use(code)
        is_holding.set()
        assert may_go_on.wait(LONG_ENOUGH)
        transaction.set_rollback(is_undone)
    return answer


def wait_until_one_waits():
    """Until the database itself says that somebody stands in line for a row."""
    deadline = time.monotonic() + LONG_ENOUGH
    while time.monotonic() < deadline:
        with connection.cursor() as cursor:
            # Within a transaction the statistics stand still until they are cleared.
            cursor.execute("SELECT pg_stat_clear_snapshot()")
            cursor.execute(_WAITING)
            if cursor.fetchone() == (1,):
                return
        time.sleep(0.01)
    raise AssertionError("nobody waits for the first to be done")


@pytest.mark.parametrize("is_undone", [False, True], ids=["stands", "is undone"])
def test_the_second_waits_to_see_what_became_of_the_first(others, code, is_undone):
    """Used is used; but a first that fell over on its way has used nothing."""
    is_holding, may_go_on = threading.Event(), threading.Event()

    def hold():
        return use_when_told(code, is_holding, may_go_on, is_undone=is_undone)

    first = others.submit(apart, hold)
    assert is_holding.wait(LONG_ENOUGH)
    second = others.submit(apart, use, code)
    try:
        wait_until_one_waits()
    finally:
        may_go_on.set()

    assert isinstance(first.result(LONG_ENOUGH), Opening)
    answer = second.result(LONG_ENOUGH)
    assert isinstance(answer, Opening) is is_undone
    assert (answer is LaunchFault.CODE_USED) is not is_undone


def open_with(code):
    opening = use(code)
    session_id = operations.begin_launched_session(opening)
    return opening.patient_id, UserSession.objects.get(pk=session_id).patient_id


def test_two_patients_opened_at_once_do_not_become_one(others, code):
    pers = others.submit(apart, olas_code_for, PER).result(LONG_ENOUGH)

    karis_two, pers_two = at_once(others, open_with, [code, pers])

    assert karis_two[0] == karis_two[1]
    assert pers_two[0] == pers_two[1]
    assert karis_two != pers_two
    assert Launch.objects.exclude(session=None).count() == 2
