"""The door: refused means nothing fetched and one line; allowed means both."""

import dataclasses
import datetime
import uuid
from unittest import mock

import pytest
import time_machine

from access import lookup, operations
from access.lookup import answers
from access.models import AccessLogEntry, CareRelationship
from access.terms import (
    ANONYMOUS,
    AccessBasis,
    Action,
    PurposeOfUse,
    Reason,
    Viewer,
    ViewerKind,
)
from results import queries
from results.identity import InvalidIdentityNumber
from results.models import DiagnosticReport
from results.operations import ensure_patient
from tests.access.situations import NEED
from tests.results.stories import KARI, PER, store

pytestmark = pytest.mark.django_db


@pytest.fixture
def report(db):
    """Kari's haemoglobin and ferritin, stored."""
    return store(about=KARI)


def doctor(*, hpr_number="9000001", role_code="LE", is_approved=True) -> Viewer:
    """A doctor at Lillevik legesenter, assigned and logged in at level 4."""
    clinic = operations.register_organization(
        name="Lillevik legesenter",
        her_id="900001",
        is_confirmed=True,
        is_approved=is_approved,
    )
    operations.assign_role(
        hpr_number=hpr_number,
        organization_id=clinic,
        role_code=role_code,
        valid_from=datetime.date(2024, 1, 1),
    )
    user = operations.sign_in(
        issuer="helseid",
        subject=hpr_number,
        name="Ola Lind",
        number=None,
        hpr_number=hpr_number,
    )
    return Viewer(
        kind=ViewerKind.PRACTITIONER,
        user_id=user.id,
        name=user.name,
        hpr_number=hpr_number,
        role_code=role_code,
        organization_id=clinic,
        organization_name="Lillevik legesenter",
        security_level=4,
        session_id=operations.begin_session(
            user.id, provider="helseid", security_level=4
        ),
    )


def citizen(number=KARI) -> Viewer:
    user = operations.sign_in(
        issuer="idporten", subject=number.digits[:6], name="", number=number
    )
    return Viewer(
        kind=ViewerKind.CITIZEN,
        user_id=user.id,
        patient_id=user.patient_id,
        security_level=4,
    )


def kari_id() -> uuid.UUID:
    return ensure_patient(KARI)


def last_entry() -> AccessLogEntry:
    return AccessLogEntry.objects.order_by("-at", "-id")[0]


@pytest.fixture
def nothing_is_fetched(monkeypatch):
    """Fails the test when a report is read although the answer is no."""
    for name in ("reports_of", "report_of", "patient_header"):
        monkeypatch.setattr(queries, name, mock.Mock(side_effect=AssertionError(name)))


STRANGERS = {
    "nobody": lambda: ANONYMOUS,
    "another citizen": lambda: citizen(PER),
    "a secretary": lambda: doctor(role_code="HE"),
    "a doctor without a stated need": doctor,
    "a doctor in no approved practice": lambda: doctor(is_approved=False),
    "a doctor at level 3": lambda: dataclasses.replace(doctor(), security_level=3),
}


@pytest.mark.usefixtures("report", "nothing_is_fetched")
@pytest.mark.parametrize("who", STRANGERS)
def test_a_stranger_sees_nothing_and_is_written_down(who):
    viewer = STRANGERS[who]()

    answers = [
        lookup.list_reports(viewer, patient_id=kari_id()),
        lookup.open_report(viewer, patient_id=kari_id(), report_id=uuid.UUID(int=1)),
        lookup.read_access_log(viewer, patient_id=kari_id()),
    ]

    assert [a.value for a in answers] == [None, None, None]
    assert [e.is_permitted for e in AccessLogEntry.objects.all()] == [False] * 3


@pytest.mark.usefixtures("report", "nothing_is_fetched")
def test_without_a_basis_the_patient_stays_closed():
    answer = lookup.open_patient(
        doctor(), number=KARI.digits, basis=None, purpose=PurposeOfUse.TREAT
    )

    assert answer.verdict.reason is Reason.BASIS_REQUIRED
    assert not CareRelationship.objects.exists()


def test_the_doctor_states_a_need_and_reads(report):
    ola = doctor()

    opened = lookup.open_patient(ola, number=KARI.digits, **NEED)
    listed = lookup.list_reports(ola, patient_id=opened.value.patient_id)
    read = lookup.open_report(ola, patient_id=kari_id(), report_id=report.report_id)

    assert opened.value.name == "Prøve, Kari"
    assert len(listed.value.reports) == 1
    assert read.value.observations[0].digits == "121"
    assert [e.action for e in AccessLogEntry.objects.order_by("id")] == [
        Action.OPEN_PATIENT,
        Action.LIST_REPORTS,
        Action.OPEN_REPORT,
    ]
    assert last_entry().basis == AccessBasis.CONSENT


def test_a_number_nobody_has_reported_on_opens_like_any_other():
    ola = doctor()
    opened = lookup.open_patient(ola, number=PER.digits, **NEED)

    assert opened.verdict.is_permitted
    listed = lookup.list_reports(ola, patient_id=opened.value.patient_id)
    assert listed.value.reports == ()


@pytest.mark.parametrize("number", ["", "123", "12345678901"])
def test_a_malformed_number_opens_nothing(number):
    with pytest.raises(InvalidIdentityNumber):
        lookup.open_patient(doctor(), number=number, **NEED)

    assert not AccessLogEntry.objects.exists()


def test_a_need_for_one_patient_opens_no_other(report):
    ola = doctor()
    lookup.open_patient(ola, number=PER.digits, **NEED)

    answer = lookup.list_reports(ola, patient_id=kari_id())

    assert answer.verdict.reason is Reason.BASIS_REQUIRED


def test_opening_the_next_patient_closes_the_first(report):
    ola = doctor()
    lookup.open_patient(ola, number=KARI.digits, **NEED)
    lookup.open_patient(ola, number=PER.digits, **NEED)

    answer = lookup.list_reports(ola, patient_id=kari_id())

    assert answer.verdict.reason is Reason.GRANT_EXPIRED


def test_closing_the_patient_ends_the_need(report):
    ola = doctor()
    lookup.open_patient(ola, number=KARI.digits, **NEED)
    lookup.close_patient(ola)

    assert lookup.list_reports(ola, patient_id=kari_id()).value is None


def test_the_need_lasts_an_hour_and_is_renewed_by_stating_it_again(report):
    ola = doctor()
    with time_machine.travel("2026-11-02T09:00Z", tick=False) as clock:
        lookup.open_patient(ola, number=KARI.digits, **NEED)
        clock.shift(datetime.timedelta(minutes=59, seconds=59))
        assert lookup.list_reports(ola, patient_id=kari_id()).value
        clock.shift(1)
        expired = lookup.list_reports(ola, patient_id=kari_id())
        assert expired.verdict.reason is Reason.GRANT_EXPIRED

        renewed = lookup.renew_need(ola, patient_id=kari_id(), **NEED)
        assert renewed.value.grant_expires_at.hour == 11


def test_a_role_that_ends_ends_at_once(report):
    ola = doctor()
    lookup.open_patient(ola, number=KARI.digits, **NEED)
    operations.assign_role(
        hpr_number="9000001",
        organization_id=ola.organization_id,
        role_code="LE",
        valid_from=datetime.date(2024, 1, 1),
        valid_to=datetime.date(2024, 2, 1),
    )

    assert lookup.list_reports(ola, patient_id=kari_id()).value is None


def test_the_doctors_own_record_is_for_the_citizens_door(report):
    ola = dataclasses.replace(doctor(), patient_id=kari_id())

    answer = lookup.open_patient(ola, number=KARI.digits, **NEED)

    assert answer.verdict.reason is Reason.OWN_RECORD


def test_kari_reads_her_own_and_new_is_what_she_has_not_opened(report):
    kari = citizen()

    before = lookup.list_reports(kari, patient_id=kari.patient_id).value.reports[0]
    lookup.open_report(kari, patient_id=kari_id(), report_id=report.report_id)
    after = lookup.list_reports(kari, patient_id=kari.patient_id).value.reports[0]

    assert (before.is_new, after.is_new) == (True, False)


def test_kari_sees_the_doctors_look(report):
    ola, kari = doctor(), citizen()
    lookup.open_patient(ola, number=KARI.digits, **NEED)
    lookup.open_report(ola, patient_id=kari_id(), report_id=report.report_id)

    line = lookup.read_access_log(kari, patient_id=kari_id()).value.lines[0]

    assert (line.viewer_name, line.organization_name) == (
        "Ola Lind",
        "Lillevik legesenter",
    )
    assert line.report_title == "Medisinsk biokjemi"


def test_another_patients_report_is_refused_as_one_that_is_not(report):
    per = citizen(PER)

    theirs = lookup.open_report(
        per, patient_id=per.patient_id, report_id=report.report_id
    )
    none = lookup.open_report(
        per, patient_id=per.patient_id, report_id=uuid.UUID(int=1)
    )

    assert theirs == none
    assert theirs.verdict.reason is Reason.NOT_FOUND


def test_when_the_log_cannot_be_written_nothing_is_shown(report, monkeypatch):
    kari = citizen()
    monkeypatch.setattr(answers, "write_entry", mock.Mock(side_effect=OSError("full")))

    with pytest.raises(OSError, match="full"):
        lookup.list_reports(kari, patient_id=kari.patient_id)


def test_the_list_costs_a_fixed_number_of_queries(report, django_assert_num_queries):
    ola, patient_id = doctor(), kari_id()
    lookup.open_patient(ola, number=KARI.digits, **NEED)

    # Two for the transaction; facts, header, list 3, last look, log, late check.
    with django_assert_num_queries(10):
        lookup.list_reports(ola, patient_id=patient_id)


def test_an_end_is_never_before_the_beginning(report):
    ola = doctor()
    lookup.open_patient(ola, number=KARI.digits, **NEED)

    with time_machine.travel("2020-01-01T00:00Z"):
        lookup.close_patient(ola)

    need = CareRelationship.objects.get()
    assert need.ended_at == need.attested_at


def test_the_first_reading_is_remembered_for_each_side(report):
    ola = doctor()
    lookup.open_patient(ola, number=KARI.digits, **NEED)
    lookup.open_report(ola, patient_id=kari_id(), report_id=report.report_id)
    first = DiagnosticReport.objects.get()

    lookup.open_report(ola, patient_id=kari_id(), report_id=report.report_id)
    lookup.open_report(citizen(), patient_id=kari_id(), report_id=report.report_id)

    again = DiagnosticReport.objects.get()
    assert first.seen_by_citizen_at is None
    assert again.seen_by_personnel_at == first.seen_by_personnel_at
    assert again.seen_by_citizen_at is not None
