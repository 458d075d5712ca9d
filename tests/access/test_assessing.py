"""What waits for Ola to assess it: his worklist, his deputies, and what is left."""

import datetime
from dataclasses import replace

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from access import lookup, operations
from access.limits import RestrictionScope
from access.models import (
    AccessLogEntry,
    AssessmentDeputy,
    Policy,
    ReleaseDecision,
)
from access.release import DecisionKind, ReleaseOrder, ReleaseState
from access.terms import Reason
from access.unassessed import escalate_unassessed, release_overdue
from results.models import Alarm
from results.parsed import ParsedCoding, ParsedIdentifier, ParsedPerson
from results.vocabulary import Discipline
from tests import cast
from tests.results.stories import a_message, a_report, moment, ola_lind, store

pytestmark = pytest.mark.django_db

OLA_LIND = replace(
    ola_lind(),
    person=ParsedPerson("Ola Lind", (ParsedIdentifier(cast.OLA.hpr_number, "HPR"),)),
)
DAY = datetime.timedelta(days=1)


def a_biopsy(id="PAT-1", *, about=cast.KARI, at="2026-11-15T12:00+01:00", **changed):
    report = a_report(
        id=id,
        category=Discipline.PAT,
        type=ParsedCoding("PAT", None, "Histologi"),
        requester=OLA_LIND,
        **changed,
    )
    message = a_message(report, generated_at=moment(at))
    return store(message, about=cast.number_of(about)).report_id


@pytest.fixture
def biopsy(db):
    return a_biopsy()


@pytest.fixture
def ola(biopsy):
    """Signed in at work; he has opened nobody."""
    return cast.the_viewer(cast.OLA)


@pytest.fixture
def kari(biopsy):
    return cast.the_viewer(cast.KARI)


@pytest.fixture
def ingrid(ola):
    """Ingrid works where Ola does, for once."""
    ingrid = cast.the_viewer(cast.INGRID)
    operations.assign_role(
        hpr_number=ingrid.hpr_number,
        organization_id=ola.organization_id,
        role_code="LE",
        valid_from=datetime.date(2020, 1, 1),
    )
    operations.assign_role(
        hpr_number=ola.hpr_number,
        organization_id=ola.organization_id,
        role_code="LE",
        valid_from=datetime.date(2020, 1, 1),
    )
    return replace(ingrid, organization_id=ola.organization_id)


def waiting_for(viewer):
    found = lookup.list_to_assess(viewer).value
    return [line.report.id for line in found.lines]


def order(biopsy, viewer, kind=DecisionKind.RELEASED, **said):
    found = lookup.open_to_assess(viewer, report_id=biopsy)
    version = found.value.summary.version_id
    return ReleaseOrder(kind=kind, version_id=version, **said)


def test_what_ola_asked_for_waits_for_him_by_name(ola, biopsy):
    (line,) = lookup.list_to_assess(ola).value.lines

    assert line.report.id == biopsy
    assert line.patient.patient_id
    assert not line.is_reminded


def test_each_patient_on_the_list_is_logged(ola, kari, biopsy):
    lookup.list_to_assess(ola)

    entry = AccessLogEntry.objects.get(action="list-to-assess")
    assert entry.patient_id == kari.patient_id
    assert entry.report_ids == [str(biopsy)]
    assert entry.rule == "assessing"


def test_he_reads_that_answer_and_nothing_else_of_kari(ola, kari, biopsy):
    answer = lookup.open_to_assess(ola, report_id=biopsy)

    assert answer.value.observations
    assert answer.release.may_decide
    refused = lookup.list_reports(ola, patient_id=kari.patient_id)
    assert refused.verdict.reason is Reason.BASIS_REQUIRED


def test_assessed_it_is_off_the_list_and_his_no_more(ola, kari, biopsy):
    lookup.assess(ola, report_id=biopsy, order=order(biopsy, ola, comment="Fint."))

    assert waiting_for(ola) == []
    answer = lookup.open_to_assess(ola, report_id=biopsy)
    assert answer.verdict.reason is Reason.NOT_FOUND
    shown = lookup.open_report(kari, patient_id=kari.patient_id, report_id=biopsy)
    assert shown.release.comment == "Fint."


def test_a_correction_comes_back(ola, biopsy):
    lookup.assess(ola, report_id=biopsy, order=order(biopsy, ola))
    a_biopsy(at="2026-11-16T12:00+01:00", service_type="M")

    (line,) = lookup.list_to_assess(ola).value.lines
    assert line.is_corrected


def test_what_waits_until_it_is_assessed_stays_on_the_list(ola, biopsy):
    held = order(biopsy, ola, DecisionKind.DELAYED)
    lookup.assess(ola, report_id=biopsy, order=held)

    assert waiting_for(ola) == [biopsy]


def test_another_doctor_has_nothing_to_assess(ola, biopsy):
    ingrid = cast.the_viewer(cast.INGRID)

    assert waiting_for(ingrid) == []
    answer = lookup.open_to_assess(ingrid, report_id=biopsy)
    assert answer.verdict.reason is Reason.NOT_FOUND


@pytest.mark.parametrize("somebody", [cast.HEGE, cast.SIRI, cast.KARI])
def test_who_may_not_look_has_no_worklist(somebody, biopsy):
    viewer = cast.the_viewer(somebody)

    assert lookup.list_to_assess(viewer).value is None
    assert lookup.open_to_assess(viewer, report_id=biopsy).value is None
    assert lookup.count_to_assess(viewer) == (0, None)


def test_whom_kari_has_blocked_is_shown_nothing(ola, kari, biopsy):
    lookup.block(kari, patient_id=kari.patient_id, hpr_number=ola.hpr_number)

    assert waiting_for(ola) == []
    answer = lookup.open_to_assess(ola, report_id=biopsy)
    assert answer.verdict.reason is Reason.BLOCKED


def test_what_kari_has_closed_is_not_on_the_list(ola, kari, biopsy):
    lookup.restrict(
        kari,
        patient_id=kari.patient_id,
        scope=RestrictionScope.DISCIPLINE,
        category="PAT",
    )

    assert waiting_for(ola) == []
    answer = lookup.open_to_assess(ola, report_id=biopsy)
    assert answer.verdict.reason is Reason.RESTRICTED


def test_a_colleague_covers_a_holiday_and_no_longer(ola, ingrid, biopsy):
    today = timezone.localdate()
    assert lookup.set_deputy(
        ola,
        deputy_hpr=ingrid.hpr_number,
        valid_from=today,
        valid_to=today + 7 * DAY,
    )

    (line,) = lookup.list_to_assess(ingrid).value.lines
    assert line.is_covered
    with time_machine.travel(timezone.now() + 8 * DAY):
        assert waiting_for(ingrid) == []


def test_cover_is_ended_by_whoever_set_it(ola, ingrid, biopsy):
    today = timezone.localdate()
    lookup.set_deputy(ola, deputy_hpr=ingrid.hpr_number, valid_from=today)
    (standing,) = lookup.deputies(ola)

    assert not lookup.end_deputy(ingrid, deputy_id=standing.id)
    assert lookup.end_deputy(ola, deputy_id=standing.id)
    assert lookup.deputies(ola) == ()
    assert waiting_for(ingrid) == []


def test_nobody_covers_himself_and_no_stranger_covers(ola):
    today = timezone.localdate()
    for number in (ola.hpr_number, "9999999", cast.MONA.hpr_number):
        assert not lookup.set_deputy(ola, deputy_hpr=number, valid_from=today)
    assert not AssessmentDeputy.objects.exists()


def test_the_organisations_deputy_gets_what_is_left_too_long(ola, ingrid, biopsy):
    AssessmentDeputy.objects.create(
        organization_id=ola.organization_id,
        deputy_hpr=ingrid.hpr_number,
        valid_from=datetime.date(2020, 1, 1),
        set_by=ola.user_id,
        set_at=timezone.now(),
    )

    assert waiting_for(ingrid) == []
    with time_machine.travel(timezone.now() + 14 * DAY + DAY):
        assert waiting_for(ingrid) == [biopsy]


def test_the_oldest_comes_first_and_is_reminded_of(ola, biopsy):
    with time_machine.travel(timezone.now() + 8 * DAY):
        later = a_biopsy("PAT-2")
        old, new = lookup.list_to_assess(ola).value.lines
        count, oldest = lookup.count_to_assess(ola)

    assert [old.report.id, new.report.id] == [biopsy, later]
    assert (old.is_reminded, new.is_reminded) == (True, False)
    assert (count, oldest) == (2, old.since)


def test_the_organisation_is_told_of_what_nobody_assesses(ola, biopsy):
    assert escalate_unassessed() == 0
    with time_machine.travel(timezone.now() + 22 * DAY):
        assert escalate_unassessed() == 1

    alarm = Alarm.objects.get(kind="assessment", closed_at=None)
    assert alarm.organization_id == ola.organization_id
    assert "1 svar har ventet" in alarm.text


def test_assessed_the_alarm_is_over(ola, biopsy):
    with time_machine.travel(timezone.now() + 22 * DAY):
        escalate_unassessed()
        lookup.assess(ola, report_id=biopsy, order=order(biopsy, ola))
        escalate_unassessed()

    assert not Alarm.objects.filter(kind="assessment", closed_at=None).exists()


def test_nothing_is_shown_by_itself_where_the_law_knows_no_days(biopsy):
    with time_machine.travel(timezone.now() + 300 * DAY):
        assert release_overdue() == 0


def test_where_a_policy_says_days_it_is_shown_and_stays(kari, ola, biopsy):
    own = {"patient_id": kari.patient_id, "report_id": biopsy}
    Policy.objects.create(
        key="automatic_release_days",
        value=14,
        version=1000,
        valid_from=datetime.date(2021, 1, 1),
        decided_by="Direktoratet",
        reason="Prøve",
        answered_at=timezone.now(),
        is_approved=True,
    )
    assert release_overdue() == 0
    with time_machine.travel(timezone.now() + 15 * DAY):
        assert release_overdue() == 1
        assert release_overdue() == 0
        answer = lookup.open_report(kari, **own)

    assert answer.release.release.state is ReleaseState.SHOWN
    assert ReleaseDecision.objects.get().cause == "Automated"


def test_the_list_costs_as_much_however_long_it_is(ola, biopsy):
    with CaptureQueriesContext(connection) as few:
        lookup.list_to_assess(ola)
    for number, persona in enumerate([cast.PER, cast.JONAS, cast.NORA, cast.KARI]):
        a_biopsy(f"PAT-2{number}", about=persona)
    with CaptureQueriesContext(connection) as many:
        assert len(lookup.list_to_assess(ola).value.lines) == 5
    assert len(many) == len(few)
