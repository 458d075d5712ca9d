"""Results over time: who may, what is shown, what is written down, what it costs."""

import dataclasses
import datetime

import pytest

from access import lookup
from access.limits import RestrictionScope
from access.lookup import Analyte
from access.models import AccessLogEntry
from access.terms import ANONYMOUS, Action, Reason
from results.models import DiagnosticReport
from results.vocabulary import ReportStatus
from tests import cast
from tests.access.situations import NEED
from tests.results.stories import (
    NLK,
    a_message,
    a_report,
    haemoglobin,
    low_ferritin,
    moment,
    store,
)

pytestmark = pytest.mark.django_db

KARIS = cast.number_of(cast.KARI)
FERRITIN = Analyte(NLK, "NPU19763", "", "ug/L")


def reported(key: str, *observations, **changed):
    """A further answer about Kari, under a key of its own; or a version of one."""
    message = {k: changed.pop(k) for k in ("generated_at",) if k in changed}
    report = a_report(id=key, observations=observations, **changed)
    return store(a_message(report, **message), about=KARIS)


def last_entry() -> AccessLogEntry:
    return AccessLogEntry.objects.order_by("-at", "-id")[0]


@pytest.mark.parametrize("who", ["nobody", "another citizen", "a doctor at level 3"])
def test_a_stranger_follows_nothing_and_is_written_down(who, ola, kari):
    viewer = {
        "nobody": lambda: ANONYMOUS,
        "another citizen": lambda: cast.the_viewer(cast.PER),
        "a doctor at level 3": lambda: dataclasses.replace(ola, security_level=3),
    }[who]()

    answers = [
        lookup.follow(viewer, patient_id=kari.patient_id),
        lookup.follow_analyte(viewer, patient_id=kari.patient_id, analyte=FERRITIN),
    ]

    assert [a.value for a in answers] == [None, None]
    assert last_entry().action == Action.FOLLOW_ANALYTE
    assert not last_entry().is_permitted


def test_the_doctor_follows_all_and_the_log_says_how_many(ola, kari):
    reported("second", haemoglobin("118"))

    found = lookup.follow(ola, patient_id=kari.patient_id).value

    assert [r.digits for r in found.results] == ["118", "121", "11"]
    assert last_entry().action == Action.FOLLOW_RESULTS
    assert last_entry().report_count == 2


def test_the_patient_follows_her_own_by_the_same_door(kari):
    found = lookup.follow(kari, patient_id=kari.patient_id).value

    assert {r.digits for r in found.results} == {"121", "11"}
    assert last_entry().is_own


def test_one_analyte_shows_and_logs_the_reports_that_have_it(ola, kari):
    reported("second", haemoglobin("118"))

    found = lookup.follow_analyte(
        ola, patient_id=kari.patient_id, analyte=FERRITIN
    ).value

    assert [r.digits for r in found.results] == ["11"]
    assert len(found.reports) == last_entry().report_count == 1


def test_what_nobody_has_measured_is_an_empty_answer_and_logged(ola, kari):
    nothing = Analyte(NLK, "NPU03230", "", "mmol/L")

    answer = lookup.follow_analyte(ola, patient_id=kari.patient_id, analyte=nothing)

    assert answer.verdict.reason is Reason.PERMITTED
    assert answer.value.results == ()
    assert last_entry().action == Action.FOLLOW_ANALYTE


def test_what_the_patient_has_closed_is_nowhere_in_it(ola, kari, report):
    second = reported("second", haemoglobin("118"))
    lookup.restrict(
        kari,
        patient_id=kari.patient_id,
        scope=RestrictionScope.REPORT,
        report_id=report,
    )

    found = lookup.follow(ola, patient_id=kari.patient_id).value

    assert {r.report.id for r in found.results} == {second.report_id}
    assert found.closed.has_single
    assert last_entry().report_ids == [str(second.report_id)]


def test_a_withdrawn_report_is_told_of_and_its_results_are_not(ola, kari):
    reported("CM 21 0031", status=ReportStatus.CANCELLED, **_later())

    found = lookup.follow(ola, patient_id=kari.patient_id).value

    assert [r.status for r in found.reports] == [ReportStatus.CANCELLED]
    assert found.results == ()


def test_what_is_about_someone_else_is_not_followed(ola, kari, report):
    DiagnosticReport.objects.filter(pk=report).update(
        wrong_patient_at=datetime.datetime.now(datetime.UTC)
    )

    assert lookup.follow(ola, patient_id=kari.patient_id).value.results == ()


def test_what_comes_while_the_doctor_has_the_patient_open_is_not_yet_marked(ola, kari):
    lookup.follow(ola, patient_id=kari.patient_id)
    reported("second", haemoglobin("118"))

    assert not any(_news(ola, kari).values())


def test_what_came_between_two_looks_is_new_until_the_next(ola, kari):
    lookup.follow(ola, patient_id=kari.patient_id)
    second = reported("second", haemoglobin("118"))
    lookup.open_patient(ola, number=cast.KARI.number, **NEED)

    looks = [_news(ola, kari) for _ in range(2)]

    assert looks[0] == looks[1]
    assert [key for key, new in looks[0].items() if new] == [second.report_id]


def test_to_whoever_never_looked_nothing_is_new(ola, kari):
    assert not any(_news(ola, kari).values())


def test_it_costs_the_same_however_much_there_is(ola, kari, django_assert_num_queries):
    lookup.follow(ola, patient_id=kari.patient_id)
    with django_assert_num_queries(_QUERIES + _TRANSACTION):
        lookup.follow(ola, patient_id=kari.patient_id)
    for number in range(6):
        reported(f"more {number}", haemoglobin(f"12{number}"), low_ferritin())
    reported("more 1", haemoglobin("99"), **_later())

    with django_assert_num_queries(_QUERIES + _TRANSACTION):
        lookup.follow(ola, patient_id=kari.patient_id)


_QUERIES = 8
_TRANSACTION = 2  # the savepoint, and its release


def _later() -> dict[str, object]:
    return {"generated_at": moment("2026-11-16T12:00+01:00")}


def _news(viewer, patient) -> dict[object, bool]:
    found = lookup.follow(viewer, patient_id=patient.patient_id).value
    return {report.id: report.is_new for report in found.reports}
