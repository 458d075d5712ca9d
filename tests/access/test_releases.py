"""Kari's biopsy waits for Ola; he assesses it, and she reads it with his words."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from access import lookup
from access.facts import releases
from access.lookup.answers import ATTEMPTS
from access.models import AccessLogEntry, Notice, ReleaseDecision, ReleaseRule
from access.release import (
    Confidentiality,
    DecisionKind,
    ReleaseFault,
    ReleaseOrder,
    ReleaseState,
)
from access.terms import Reason
from results import queries
from results.parsed import ParsedCoding
from results.vocabulary import Discipline, ObservationStatus, ReportStatus
from tests import cast
from tests.access.situations import NEED
from tests.results.stories import a_message, a_report, haemoglobin, moment, store

pytestmark = pytest.mark.django_db

PATHOLOGY = {
    "id": "PAT-1",
    "category": Discipline.PAT,
    "type": ParsedCoding("PAT", None, "Histologi"),
}


def a_biopsy(*, at="2026-11-15T12:00+01:00", **changed):
    """Nordlab's answer about Kari's biopsy, as a message with a moment of its own."""
    message = a_message(a_report(**{**PATHOLOGY, **changed}), generated_at=moment(at))
    return store(message, about=cast.number_of(cast.KARI)).report_id


@pytest.fixture
def biopsy(report):
    return a_biopsy()


@pytest.fixture
def own(kari):
    return {"patient_id": kari.patient_id}


def version_of(report_id, patient_id):
    return releases.releases_of(patient_id, report_id)[report_id].version_id


def decide(viewer, biopsy, kari, kind=DecisionKind.RELEASED, **said):
    order = ReleaseOrder(
        kind=kind, version_id=version_of(biopsy, kari.patient_id), **said
    )
    return lookup.decide_release(
        viewer, patient_id=kari.patient_id, report_id=biopsy, order=order
    )


def reason(kari, biopsy):
    answer = lookup.open_report(kari, patient_id=kari.patient_id, report_id=biopsy)
    return answer.verdict.reason


def test_an_answer_that_waits_is_a_line_without_content(kari, own, report, biopsy):
    found = lookup.list_reports(kari, **own).value

    assert [each.id for each in found.reports] == [report]
    (waiting,) = found.waiting
    assert (waiting.id, waiting.category) == (biopsy, Discipline.PAT)
    assert waiting.state is ReleaseState.AWAITING
    assert "Ola Lind" in waiting.requester_name


def test_an_answer_that_waits_is_not_opened_nor_counted(kari, own, report, biopsy):
    assert reason(kari, biopsy) is Reason.NOT_RELEASED

    lookup.list_reports(kari, **own)
    entry = AccessLogEntry.objects.order_by("at").last()
    assert (entry.report_count, entry.report_ids) == (1, [str(report)])


def test_nothing_of_it_is_followed_over_time(kari, own, report, biopsy):
    found = lookup.follow(kari, **own).value

    assert {result.report.id for result in found.results} == {report}


def test_ola_sees_it_at_once_and_what_kari_is_shown(ola, own, biopsy):
    answer = lookup.open_report(ola, **own, report_id=biopsy)

    assert answer.value.observations
    assert answer.release.release.state is ReleaseState.AWAITING
    assert answer.release.may_decide


def test_assessed_it_is_shown_with_his_words(ola, kari, own, biopsy):
    decide(ola, biopsy, kari, comment="Prøven viser ingen tegn til sykdom.")

    answer = lookup.open_report(kari, **own, report_id=biopsy)

    assert answer.value.observations
    assert answer.release.comment == "Prøven viser ingen tegn til sykdom."
    assert answer.release.decided_by == "Ola Lind"
    assert Notice.objects.filter(kind="answer-released").count() == 1


def test_a_correction_is_assessed_anew_and_the_old_text_goes(ola, kari, own, biopsy):
    decide(ola, biopsy, kari, comment="Alt er bra.")
    a_biopsy(
        at="2026-11-16T12:00+01:00", service_type="M", status=ReportStatus.CORRECTED
    )

    assert reason(kari, biopsy) is Reason.NOT_RELEASED
    told = lookup.read_waiting(kari, **own, report_id=biopsy).release
    assert told.comment == ""

    decide(ola, biopsy, kari)
    assert reason(kari, biopsy) is Reason.PERMITTED


def test_what_an_earlier_version_said_is_not_told_in_its_history(
    ola, kari, own, biopsy
):
    """The first was never released to her."""
    a_biopsy(
        at="2026-11-16T12:00+01:00",
        service_type="M",
        status=ReportStatus.CORRECTED,
        observations=(haemoglobin("99"),),
    )
    decide(ola, biopsy, kari)

    hers = lookup.open_report(kari, **own, report_id=biopsy).value
    his = lookup.open_report(ola, **own, report_id=biopsy).value

    assert hers.history == ()
    assert his.history


def test_what_was_corrected_since_it_was_read_is_not_assessed(ola, kari, own, biopsy):
    read = version_of(biopsy, kari.patient_id)
    a_biopsy(at="2026-11-16T12:00+01:00", service_type="M")

    order = ReleaseOrder(kind=DecisionKind.RELEASED, version_id=read)
    answer = lookup.decide_release(ola, **own, report_id=biopsy, order=order)

    assert answer.verdict.reason is Reason.POLICY_CHANGED
    assert not ReleaseDecision.objects.exists()


def test_a_correction_while_kari_reads_is_not_shown(
    ola, kari, own, biopsy, monkeypatch
):
    """Decided on one version, fetched when the next is in force, each time anew."""
    decide(ola, biopsy, kari)
    read, left = queries.report_of, [1] * ATTEMPTS

    def reading(*keys):
        if left and left.pop():
            a_biopsy(at="2026-11-16T12:00+01:00", service_type="M")
        return read(*keys)

    monkeypatch.setattr(queries, "report_of", reading)

    assert reason(kari, biopsy) is Reason.POLICY_CHANGED


def test_who_withholds_while_kari_reads_is_heard(ola, kari, own, biopsy, monkeypatch):
    decide(ola, biopsy, kari)
    read, left = queries.report_of, [1] * ATTEMPTS

    def reading(*keys):
        found = read(*keys)
        if left and left.pop():
            decide(ola, biopsy, kari, DecisionKind.DELAYED)
        return found

    monkeypatch.setattr(queries, "report_of", reading)

    assert reason(kari, biopsy) is Reason.POLICY_CHANGED


def test_withheld_says_by_whom_and_until_when(ola, kari, own, biopsy):
    review = datetime.date(2199, 1, 1)
    decide(
        ola,
        biopsy,
        kari,
        DecisionKind.WITHHELD,
        code=Confidentiality.DANGER_TO_LIFE,
        reasons="Drøftet med to kolleger.",
        review_date=review,
    )

    assert reason(kari, biopsy) is Reason.WITHHELD
    answer = lookup.read_waiting(kari, **own, report_id=biopsy)
    assert answer.value.state is ReleaseState.WITHHELD
    assert answer.release.review_date == review
    assert answer.release.reasons == ""
    assert Notice.objects.filter(kind="answer-withheld").count() == 1


def test_a_refusal_without_a_ground_is_none(ola, kari, own, biopsy):
    with pytest.raises(lookup.ReleaseRefused) as refused:
        decide(ola, biopsy, kari, DecisionKind.WITHHELD)

    assert refused.value.faults["code"] is ReleaseFault.GROUND_MISSING
    assert not ReleaseDecision.objects.exists()


def test_written_and_not_signed_is_preliminary(ola, kari, own, report):
    unsigned = haemoglobin(status_code="9", status=ObservationStatus.PRELIMINARY)
    biopsy = a_biopsy(observations=(unsigned,))
    decide(ola, biopsy, kari)

    assert reason(kari, biopsy) is Reason.PRELIMINARY
    (waiting,) = lookup.list_reports(kari, **own).value.waiting
    assert waiting.state is ReleaseState.PRELIMINARY


def test_a_nurse_decides_nothing_and_neither_does_kari(kari, own, biopsy):
    mona = cast.the_viewer(cast.MONA)
    lookup.open_patient(mona, number=cast.KARI.number, **NEED)

    assert decide(mona, biopsy, kari).verdict.reason is Reason.ROLE_NOT_PERMITTED
    assert decide(kari, biopsy, kari).value is None
    assert not ReleaseDecision.objects.exists()


def test_a_rule_with_a_code_holds_that_code_alone(kari, own, report):
    ReleaseRule.objects.create(
        code="NPU19763",
        valid_from=datetime.date(2020, 1, 1),
        decided_by="Direktoratet",
        reason="Prøve",
        answered_at="2026-01-01T00:00Z",
        is_approved=True,
    )
    other = a_report(id="CM 2", observations=(haemoglobin(),))
    other = store(a_message(other), about=cast.number_of(cast.KARI)).report_id

    found = lookup.list_reports(kari, **own).value

    assert [each.id for each in found.reports] == [other]
    assert [each.id for each in found.waiting] == [report]


def test_a_later_rule_for_the_same_takes_its_place(kari, own, biopsy):
    ReleaseRule.objects.create(
        category="PAT",
        needs_assessment=False,
        valid_from=datetime.date(2021, 1, 1),
        decided_by="Direktoratet",
        reason="Prøve",
        answered_at="2026-01-01T00:00Z",
        is_approved=True,
    )

    assert reason(kari, biopsy) is Reason.PERMITTED


def test_a_rule_reaches_nothing_that_was_there_before_it(kari, own, report):
    ReleaseRule.objects.create(
        category="CLIN",
        valid_from=datetime.date(2199, 1, 1),
        decided_by="Direktoratet",
        reason="Prøve",
        answered_at="2026-01-01T00:00Z",
        is_approved=True,
    )

    assert reason(kari, report) is Reason.PERMITTED


def test_the_list_asks_as_many_questions_however_many_wait(kari, own, biopsy):
    lookup.list_reports(kari, **own)
    with CaptureQueriesContext(connection) as few:
        lookup.list_reports(kari, **own)
    for number in range(9):
        a_biopsy(id=f"PAT-1{number}")
    with CaptureQueriesContext(connection) as many:
        assert len(lookup.list_reports(kari, **own).value.waiting) == 10
    assert len(many) == len(few)
