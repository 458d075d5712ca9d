"""A look is asked about, looked into by somebody else, and answered in time."""

import datetime
import uuid

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction
from django.utils import timezone

from access import cases, lookup
from access.models import AccessCase, AccessLogEntry, User
from access.tasks import follow_cases
from access.vocabulary import (
    CaseKind,
    CaseOutcome,
)
from results.models import Alarm
from tests import cast
from tests.access.following import a_case, a_controller, an_override, has_looked

pytestmark = pytest.mark.django_db

DAY = datetime.timedelta(days=1)
FINISHED = {"outcome": CaseOutcome.JUSTIFIED, "reasons": "Ringte pasienten samme dag."}


def asked(question="Hvem er dette?") -> AccessCase:
    entry = has_looked()
    cases.ask(cast.the_viewer(cast.KARI), entry.id, question=question)
    return AccessCase.objects.get()


def test_nobody_asks_about_looks_at_others():
    entry = has_looked()

    for stranger in (cast.PER, cast.OLA):
        with pytest.raises(cases.NotYours):
            cases.ask(cast.the_viewer(stranger), entry.id, question="Hva?")
    assert not AccessCase.objects.exists()


def test_nor_about_ones_own_nor_about_none():
    kari = cast.the_viewer(cast.KARI)
    lookup.list_reports(kari, patient_id=kari.patient_id)
    own = AccessLogEntry.objects.latest("at")

    for entry_id in (own.id, uuid.uuid4()):
        with pytest.raises(cases.NotYours):
            cases.ask(kari, entry_id, question="Hva?")


def test_a_question_becomes_a_case_for_the_organisation_within_a_month():
    case = asked()

    assert case.kind == CaseKind.QUESTION
    assert case.organization_id == cast.an_organization(cast.LILLEVIK_LEGESENTER)
    assert case.due_at - case.opened_at > 29 * DAY
    assert b"Hvem" not in bytes(case.question_encrypted)


def test_asking_twice_is_asking_once():
    entry = has_looked()
    kari = cast.the_viewer(cast.KARI)

    for question in ("Hvem er dette?", "Og igjen?"):
        cases.ask(kari, entry.id, question=question)

    assert [c.question for c in cases.own_cases(kari)] == ["Hvem er dette?"]


STRANGERS = {
    "the one who looked": lambda: cast.the_viewer(cast.OLA),
    "a doctor elsewhere": lambda: cast.the_viewer(cast.MONA),
    "the patient": lambda: cast.the_viewer(cast.KARI),
    "an administrator": lambda: an_administrator(),
    "the one who looked, who is controller too": lambda: a_controller(cast.OLA),
}


def an_administrator():
    viewer = cast.the_viewer(cast.INGRID)
    User.objects.filter(pk=viewer.user_id).update(is_staff=True, is_superuser=True)
    return viewer


@pytest.mark.parametrize("who", STRANGERS)
def test_no_stranger_sees_or_ends_a_case(who):
    case = asked()
    stranger = STRANGERS[who]()

    assert cases.cases_for(stranger) == ()
    with pytest.raises(cases.NotYours):
        cases.read_case(stranger, case.id)
    with pytest.raises(cases.NotYours):
        cases.close_case(stranger, case.id, **FINISHED)


def test_a_controller_of_another_organisation_sees_nothing_of_ours():
    case = asked()
    mona = cast.the_viewer(cast.MONA)
    cases.appoint_controller(
        cast.a_signed_in(cast.MONA), cast.an_organization(cast.LILLEVIK_KOMMUNE)
    )

    assert cases.is_controller(mona)
    with pytest.raises(cases.NotYours):
        cases.read_case(mona, case.id)


def test_the_controller_reads_the_looks_and_is_in_the_patients_log():
    case = asked()
    ingrid = a_controller()

    told = cases.read_case(ingrid, case.id)

    assert (told.question, told.viewer_name) == ("Hvem er dette?", cast.OLA.name)
    assert [line.viewer_name for line in told.lines] == [cast.OLA.name]
    kari = cast.the_viewer(cast.KARI)
    log = lookup.read_access_log(kari, patient_id=kari.patient_id).value
    assert log.lines[0].action.label == "Gikk gjennom oppslag på vegne av virksomheten"
    assert log.lines[0].viewer_name == cast.INGRID.name


def test_kari_reads_the_answer_and_not_what_the_controller_wrote_for_others():
    case = asked()

    cases.close_case(a_controller(), case.id, answer="Du ringte oss.", **FINISHED)

    (told,) = cases.own_cases(cast.the_viewer(cast.KARI))
    assert (told.outcome, told.answer) == (CaseOutcome.JUSTIFIED, "Du ringte oss.")
    assert told.reasons == ""


def test_what_is_closed_stays_as_it_was_closed():
    case = asked()
    ingrid = a_controller()
    cases.close_case(ingrid, case.id, **FINISHED)

    with pytest.raises(cases.NotYours):
        cases.close_case(
            ingrid, case.id, outcome=CaseOutcome.REPORTED, reasons="Ombestemte meg."
        )

    assert cases.read_case(ingrid, case.id).reasons == FINISHED["reasons"]


def test_the_database_lets_nobody_end_a_case_about_themselves():
    case = asked()
    ended = {
        "closed_at": timezone.now(),
        "closed_by": case.user_id,
        "outcome": "justified",
    }

    with pytest.raises(IntegrityError), transaction.atomic():
        AccessCase.objects.filter(pk=case.id).update(**ended)


def test_open_cases_come_first_by_deadline():
    now = timezone.now()
    late = a_case(due_at=now - DAY)
    soon = a_case(due_at=now + DAY)
    closed = a_case(
        due_at=now - 2 * DAY,
        closed_at=now,
        closed_by=uuid.uuid4(),
        outcome="justified",
    )

    found = cases.cases_for(a_controller())

    assert [case.id for case in found] == [late.id, soon.id, closed.id]
    assert [case.is_late for case in found] == [True, False, False]


def test_what_the_rules_found_is_no_question_of_karis():
    a_case()

    assert cases.own_cases(cast.the_viewer(cast.KARI)) == ()


def test_past_the_deadline_operators_are_told_until_it_is_closed():
    case = asked()
    with time_machine.travel(case.due_at + DAY):
        follow_cases()
        case.refresh_from_db()
        assert case.escalated_at
        alarm = Alarm.objects.get(key=f"cases:{case.organization_id}", closed_at=None)
        assert "Kari" not in alarm.text

        cases.close_case(a_controller(), case.id, **FINISHED)
        follow_cases()

    assert not Alarm.objects.filter(kind="access-log", closed_at=None).exists()


def test_what_was_opened_in_an_emergency_becomes_a_case_once():
    override = an_override(has_looked())

    follow_cases()
    follow_cases()

    (case,) = AccessCase.objects.all()
    assert (case.kind, case.due_at) == (CaseKind.EMERGENCY, override.review_due_at)


def test_an_elevation_that_opened_nothing_does_not():
    an_override(has_looked(), is_unneeded=True)

    follow_cases()

    assert not AccessCase.objects.exists()


def test_the_command_appoints_one_who_has_signed_in(capsys):
    number = cast.LILLEVIK_LEGESENTER.organization_number
    who = ["--hpr", cast.INGRID.hpr_number, "--organization"]
    with pytest.raises(CommandError, match="Ingen med det HPR-nummeret"):
        call_command("appoint_controller", *who, number)
    ingrid = cast.the_viewer(cast.INGRID)
    with pytest.raises(CommandError, match="ikke kjent"):
        call_command("appoint_controller", *who, "0")
    cast.an_organization(cast.LILLEVIK_LEGESENTER)

    call_command("appoint_controller", *who, number)

    assert cases.is_controller(ingrid)
    assert "Ingrid Haug følger opp oppslag" in capsys.readouterr().out
