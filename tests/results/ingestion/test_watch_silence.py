"""Nordlab falls silent; night, weekend, Easter and a new sender do not count."""

import datetime
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.demo import people
from results.ingestion.watch import habit, producers
from results.ingestion.watch.holidays import easter_sunday, is_holiday
from results.models import Alarm, ProducerHabit, ReceivedMessage
from results.operations import register_organization, register_source_system
from results.operations.alarms import SYSTEM

OSLO = ZoneInfo("Europe/Oslo")
MINUTE, HOUR = datetime.timedelta(minutes=1), datetime.timedelta(hours=1)
DAY = 24 * HOUR
# A Monday six weeks before another, with no holiday in between; summer time ends.
BEGINNING = datetime.datetime(2026, 9, 28, tzinfo=OSLO)
END = datetime.datetime(2026, 11, 9, tzinfo=OSLO)


def office_hours(start, end, *, every=10 * MINUTE):
    """A message every so often, 8 to 16 o'clock on weekdays."""
    at, found = start.astimezone(datetime.UTC), []
    while at < end:
        local = at.astimezone(OSLO)
        if local.weekday() < 5 and 8 <= local.hour < 16:
            found.append(at)
        at += every
    return found


def at(day: int, hour: int, minute: int = 0, month: int = 11):
    return datetime.datetime(2026, month, day, hour, minute, tzinfo=OSLO)


@pytest.fixture(scope="module")
def nordlabs_habit() -> habit.Habit:
    return habit.learn(office_hours(BEGINNING, END))


def is_silent(known, last, now) -> bool:
    return habit.silence(known, last=last, now=now) is not None


@pytest.mark.parametrize(
    ("last", "now"),
    [
        pytest.param(at(9, 10), at(9, 10, 45), id="a short pause"),
        pytest.param(at(9, 15, 55), at(10, 7, 59), id="a night"),
        pytest.param(at(13, 15, 55), at(16, 8, 50), id="a weekend"),
        pytest.param(at(9, 10), at(9, 9), id="a clock put back"),
    ],
)
def test_this_is_not_silence(nordlabs_habit, last, now):
    assert not is_silent(nordlabs_habit, last, now)


@pytest.mark.parametrize(
    ("last", "now"),
    [
        pytest.param(at(9, 10), at(9, 11, 5), id="over an hour at work"),
        pytest.param(at(9, 15, 30), at(10, 8, 45), id="from one day into the next"),
        pytest.param(at(13, 15, 55), at(16, 9, 5), id="from Friday into Monday"),
    ],
)
def test_this_is_silence(nordlabs_habit, last, now):
    assert is_silent(nordlabs_habit, last, now)


def test_the_habit_is_office_hours(nordlabs_habit):
    weekdays = {day * 24 + hour for day in range(5) for hour in range(8, 16)}

    assert nordlabs_habit.active_hours == weekdays
    assert nordlabs_habit.usual_gap == 10 * MINUTE


def test_christmas_and_easter_stand_still(nordlabs_habit):
    before_christmas = at(23, 15, 55, month=12)
    maundy_thursday = datetime.datetime(2027, 3, 25, 14, tzinfo=OSLO)
    wednesday = datetime.datetime(2027, 3, 24, 15, 55, tzinfo=OSLO)

    assert not is_silent(nordlabs_habit, before_christmas, at(26, 20, month=12))
    assert is_silent(nordlabs_habit, before_christmas, at(28, 9, 5, month=12))
    assert not is_silent(nordlabs_habit, wednesday, maundy_thursday)


def test_who_is_new_has_no_habit():
    one_week = office_hours(BEGINNING, BEGINNING + 7 * DAY)

    assert habit.learn([]) is None
    assert habit.learn(one_week[:19]) is None
    assert habit.learn(one_week) is None  # each hour in one week alone


def test_who_sends_seldom_is_given_three_times_as_long():
    weekly = [BEGINNING + 10 * HOUR + DAY * n for n in range(42)]
    known = habit.learn(weekly)

    assert known.usual_gap == HOUR  # of the one hour a day that counts
    assert not is_silent(known, weekly[-1], weekly[-1] + 3 * DAY)
    assert is_silent(known, weekly[-1], weekly[-1] + 3 * DAY + 10 * MINUTE)


times = st.lists(
    st.datetimes(
        min_value=datetime.datetime(2026, 1, 1),
        max_value=datetime.datetime(2026, 2, 12),
        timezones=st.just(datetime.UTC),
    ),
    max_size=200,
)


@settings(max_examples=60, deadline=None)
@given(times=times)
def test_whatever_was_sent_nobody_is_silent_while_sending_as_usual(times):
    known = habit.learn(times)
    if known is None:
        return

    too_long = [
        pair
        for pair in pairwise(sorted(times))
        if habit.silence(known, last=pair[0], now=pair[1])
    ]
    assert len(too_long) <= len(times) * 0.05 + 1


@settings(max_examples=60, deadline=None)
@given(times=times, minutes=st.integers(0, 60 * 24 * 30), more=st.integers(0, 10**4))
def test_silence_only_grows_and_the_order_of_the_times_is_nothing(times, minutes, more):
    known = habit.learn(times)
    assert known == habit.learn(reversed(times))
    if known is None:
        return
    last = max(times)
    sooner = habit.silence(known, last=last, now=last + minutes * MINUTE)
    later = habit.silence(known, last=last, now=last + (minutes + more) * MINUTE)

    assert sooner is None or later >= sooner


@pytest.mark.parametrize(
    ("year", "month", "day"),
    [(2024, 3, 31), (2025, 4, 20), (2026, 4, 5), (2027, 3, 28), (2038, 4, 25)],
)
def test_easter_is_when_it_is(year, month, day):
    assert easter_sunday(year) == datetime.date(year, month, day)


def test_ordinary_days_are_not_holidays():
    assert is_holiday(datetime.date(2026, 5, 17))
    assert not is_holiday(datetime.date(2026, 5, 18))
    assert not is_holiday(datetime.date(2026, 4, 12))


@pytest.fixture
def nordlab(db):
    organization = register_organization(
        name="Nordlab", her_id=people.NORDLAB.organization.her_id
    )
    register_source_system(
        name="Nordlab", client_id="nordlab-send", organization_id=organization.id
    )
    return organization


def has_sent(organization, moments) -> None:
    ReceivedMessage.objects.bulk_create(
        ReceivedMessage(
            sender=organization,
            format="kith-1.4",
            content_sha256=b"",
            content_size=0,
            received_at=moment,
        )
        for moment in moments
    )


def open_alarms():
    return Alarm.objects.filter(kind="silence", closed_at=None)


def test_nordlabs_silence_is_an_alarm_until_it_speaks_again(nordlab):
    has_sent(nordlab, office_hours(BEGINNING, END, every=30 * MINUTE))
    producers.learn_habits(now=END)

    producers.notice_silence(now=at(9, 9))
    assert not open_alarms().exists()
    producers.notice_silence(now=at(9, 10))
    alarm = open_alarms().get()
    assert alarm.organization == nordlab
    assert "06.11.2026 kl. 15.30" in alarm.text
    has_sent(nordlab, [at(9, 10)])
    producers.notice_silence(now=at(9, 10, 5))
    alarm.refresh_from_db()
    assert alarm.closed_by == SYSTEM


def test_who_is_new_or_unregistered_raises_no_alarm(nordlab):
    has_sent(nordlab, [at(2, 10)] * 3)
    stranger = register_organization(name="", her_id="999")
    has_sent(stranger, office_hours(BEGINNING, END, every=30 * MINUTE))
    producers.learn_habits(now=END)

    producers.notice_silence(now=at(30, 12))

    assert not open_alarms().exists()


def test_weeks_of_silence_do_not_become_the_habit(nordlab):
    has_sent(nordlab, office_hours(BEGINNING, END, every=30 * MINUTE))
    producers.learn_habits(now=END)
    producers.learn_habits(now=END + 8 * 7 * DAY)

    producers.notice_silence(now=END + 8 * 7 * DAY + 10 * HOUR)

    assert open_alarms().count() == 1


def test_who_no_longer_sends_for_us_is_not_missed(nordlab):
    has_sent(nordlab, office_hours(BEGINNING, END, every=30 * MINUTE))
    producers.learn_habits(now=END)
    nordlab.source_systems.update(is_active=False)
    producers.learn_habits(now=END)

    producers.notice_silence(now=at(30, 12))

    assert not ProducerHabit.objects.exists()
    assert not open_alarms().exists()
