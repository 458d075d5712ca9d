"""Days and times are Norwegian, and never more precise than they were sent."""

import datetime

import pytest
from django.utils.translation import override

from portal.presenting.dates import (
    age,
    day_and_time,
    long_day,
    machine_day,
    period_heading,
    short_day,
    written_at,
)
from tests.portal.answers import TODAY, a_moment


def test_a_day_without_a_time_gets_none():
    assert day_and_time(a_moment(2026, 11, 9)) == "09.11.2026"


def test_a_time_is_told_in_norwegian():
    assert day_and_time(a_moment(2026, 11, 14, 8, 42)) == "14.11.2026 kl. 08.42"


def test_an_unknown_time_is_said_to_be_unknown():
    assert short_day(None) == "dato ikke oppgitt"
    assert long_day(None) == ""
    assert machine_day(None) == ""


def test_a_moment_kept_in_utc_is_shown_on_the_norwegian_day():
    half_past_eleven_pm = datetime.datetime(2026, 6, 30, 22, 30, tzinfo=datetime.UTC)

    assert written_at(half_past_eleven_pm) == "01.07.2026 kl. 00.30"


def test_a_long_day_names_the_month():
    assert long_day(a_moment(2026, 11, 14)) == "14. november 2026"
    with override("nn"):
        assert long_day(a_moment(2026, 10, 1)) == "1. oktober 2026"


@pytest.mark.parametrize(
    ("day", "heading"),
    [
        ((2026, 11, 14), "November 2026"),
        ((2025, 11, 25), "November 2025"),
        ((2025, 11, 11), "2025"),
        ((2019, 1, 1), "2019"),
    ],
)
def test_a_list_is_grouped_by_month_for_a_year_and_by_year_before(day, heading):
    assert period_heading(a_moment(*day), today=TODAY) == heading


def test_what_has_no_date_is_grouped_apart():
    assert period_heading(None, today=TODAY) == "Uten dato"


@pytest.mark.parametrize(
    ("born", "shown"),
    [
        ((1984, 4, 12), "42 år"),
        ((1984, 11, 24), "42 år"),
        ((1984, 11, 25), "41 år"),
        ((2025, 5, 24), "18 md."),
        ((2026, 11, 23), "1 dag"),
        ((2026, 11, 4), "20 dager"),
    ],
)
def test_age_is_told_as_in_a_record(born, shown):
    assert age(datetime.date(*born), today=TODAY) == shown


def test_an_unknown_birth_date_gives_no_age():
    assert age(None, today=TODAY) == ""
