"""Dates and times at the precision they were sent with."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from results.kith import moments

UTC = datetime.UTC


def test_no_zone_is_norwegian_time_in_summer_and_winter():
    summer = moments.parse("2026-07-01T12:00:00")
    winter = moments.parse("2026-01-01T12:00:00")
    assert summer.at.astimezone(UTC).hour == 10
    assert winter.at.astimezone(UTC).hour == 11


def test_a_zone_is_heeded_and_the_day_is_norwegian():
    late = moments.parse("2026-01-01T23:30:00Z")
    assert late.at == datetime.datetime(2026, 1, 1, 23, 30, tzinfo=UTC)
    assert late.date == datetime.date(2026, 1, 2)
    assert moments.parse("2026-01-01T10:00:00-05:00").at.hour == 16


def test_a_day_never_becomes_a_time():
    day = moments.parse("2026-03-02")
    assert day.date == datetime.date(2026, 3, 2)
    assert day.at is None


@pytest.mark.parametrize("zone", ["Z", "+01:00", "-11:00"])
def test_a_day_stays_the_day_it_was_whatever_its_zone(zone):
    assert moments.parse(f"2026-03-02{zone}").date == datetime.date(2026, 3, 2)


def test_seven_decimals_are_cut_not_rounded():
    assert moments.parse("2026-03-02T10:00:00.1234569").at.microsecond == 123456
    assert moments.parse("2026-03-02T10:00:00.9999").at.microsecond == 999900


def test_midnight_may_be_the_end_of_a_day():
    assert moments.parse("2026-03-02T24:00:00").date == datetime.date(2026, 3, 3)


@pytest.mark.parametrize("text", ["2026", "2026-03", "1973Z", "08:15:00"])
def test_less_than_a_day_is_kept_as_text_and_is_no_mistake(text):
    moment = moments.parse(text)
    assert (moment.as_sent, moment.date, moment.at) == (text, None, None)
    assert moments.is_moment(moment)


@pytest.mark.parametrize(
    "text",
    [
        "19xx-xx-xx",
        "2026-13-01",
        "2026-02-30",
        "2026-03-02T25:00:00",
        "2026-03-02T24:00:01",
        "2026-03-02T10:00:60",
        "2026-03-02T10:00:00+15:00",
        "2026-03-02T10:00:00+01:60",
        "02.03.2026",
        "20260302",
        "9999-12-31T23:59:59-01:00",
        "٢٠٢٦-٠٣-٠٢",
        "",
    ],
)
def test_what_is_no_date_has_only_its_text(text):
    moment = moments.parse(text)
    assert (moment.as_sent, moment.date, moment.at) == (text, None, None)
    assert not moments.is_moment(moment)


@given(st.datetimes(timezones=st.just(moments.NORWAY)))
def test_any_norwegian_time_survives(at):
    sent = at.replace(tzinfo=None, fold=0)
    moment = moments.parse(sent.isoformat())
    assert moment.at.replace(tzinfo=None) == sent
    assert moment.date == sent.date()


@given(
    st.datetimes(
        min_value=datetime.datetime(1900, 1, 1), timezones=st.just(datetime.UTC)
    )
)
def test_any_moment_with_a_zone_is_the_same_moment(at):
    assume_read = moments.parse(at.isoformat())
    if assume_read.at is not None:  # the last hours of year 9999 have no Norwegian day
        assert assume_read.at == at


@given(st.dates())
def test_any_day_survives(day):
    assert moments.parse(day.isoformat()).date == day


@given(st.text(max_size=40))
def test_no_text_is_a_crash(text):
    assert moments.parse(text).as_sent == text.strip()
    moments.as_date_time(text)


@pytest.mark.parametrize(
    ("sent", "written"),
    [
        ("2026-03-02T10:05:00", "2026-03-02T10:05:00"),
        ("2026-03-02T10:05:00.1234567Z", "2026-03-02T10:05:00.1234567Z"),
        (" 2026-03-02T10:05:00 ", "2026-03-02T10:05:00"),
        ("2026-03-02", "2026-03-02T00:00:00"),
        ("2026-03-02+01:00", "2026-03-02T00:00:00+01:00"),
        ("2026-03-02T10:05", "2026-03-02T10:05:00+01:00"),
        ("2026-03", None),
        ("i går", None),
        ("", None),
        (None, None),
    ],
)
def test_a_receipt_repeats_the_moment_as_a_full_time(sent, written):
    assert moments.as_date_time(sent) == written
