"""What was taken lately is told of, and only what stands feeds it."""

import datetime

import pytest

from portal.presenting.cumulative import recent_tests
from results import codes
from results.models import RepeatInterval
from results.vocabulary import ReportStatus
from tests.portal.answers import TODAY, a_moment, a_result, a_summary, followed

pytestmark = pytest.mark.django_db

NLK = codes.NLK


@pytest.fixture(autouse=True)
def _interval():
    """Ferritin is left for three weeks."""
    codes.load_seed()
    an_interval("NPU19763", 21)


def an_interval(code: str, days: int, **fields) -> None:
    RepeatInterval.objects.create(
        system=NLK,
        code=code,
        days=days,
        source="Laboratoriets råd",
        decided_by="Fagrådet",
        reason="Vedtatt",
        **{"valid_from": datetime.date(2026, 1, 1), **fields},
    )
    codes.forget()


def ferritin(days_ago: int = 5, digits: str = "11", *, status=None, **fields):
    day = TODAY - datetime.timedelta(days=days_ago)
    report = a_summary(
        effective_at=a_moment(day.year, day.month, day.day, 8, 0),
        **({"status": status} if status else {}),
    )
    named = {"code": "NPU19763", "unit": "µg/L", **fields}
    return a_result("P-Ferritin", digits, report=report, **named)


def told(*results):
    found = followed(*results)
    address_of = {str(r.id): f"/{r.id}/" for r in found.reports}
    return recent_tests(found, today=TODAY, address_of=address_of)


def test_a_test_within_its_interval_is_told_of_with_value_and_day():
    [test] = told(ferritin(5))

    assert (test.name, test.value) == ("P-Ferritin", "11\N{NO-BREAK SPACE}µg/L")
    assert (test.day, test.ago) == ("19.11.2026", "for 5 dager siden")
    assert (test.usual, test.source) == ("21 dager", "Laboratoriets råd")


@pytest.mark.parametrize(("days", "is_told"), [(0, 1), (21, 1), (22, 0), (-1, 0)])
def test_the_interval_is_counted_in_days(days, is_told):
    assert len(told(ferritin(days))) == is_told


def test_only_the_newest_of_a_test_is_told():
    assert [t.value[:2] for t in told(ferritin(9, "10"), ferritin(2, "12"))] == ["12"]


@pytest.mark.parametrize(
    "fields",
    [
        {"status": ReportStatus.PRELIMINARY},
        {"status": ReportStatus.CANCELLED},
        {"status": ReportStatus.ENTERED_IN_ERROR},
    ],
)
def test_a_report_that_does_not_stand_feeds_nothing(fields):
    assert told(ferritin(**fields)) == ()


@pytest.mark.parametrize("status", ["preliminary", "registered", "entered-in-error"])
def test_a_result_that_does_not_stand_feeds_nothing(status):
    assert told(ferritin()._replace(status=status)) == ()


def test_what_a_later_version_leaves_out_feeds_nothing():
    assert told(ferritin(is_not_repeated=True)) == ()


def test_a_code_without_an_interval_is_not_told_of():
    assert told(ferritin(code="NPU03230")) == ()


def test_an_interval_holds_between_its_days():
    RepeatInterval.objects.all().delete()
    an_interval("NPU19763", 21, valid_to=datetime.date(2026, 2, 1))

    assert told(ferritin()) == ()


def test_of_two_intervals_for_one_code_the_shorter_holds():
    an_interval("NPU19763", 3)

    assert told(ferritin(5)) == ()


def test_a_retired_code_has_the_interval_of_its_successor():
    an_interval("NPU29069", 30)

    assert len(told(ferritin(code="NOR05001"))) == 1
