"""Whole years, by the birthday in Norway; told of any birth date and any moment."""

import datetime
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from access.representation import PersonFacts, age_on
from tests.access.rules.test_representation import OSLO, aged, asked, people

DAYS = st.dates(datetime.date(1950, 1, 1), datetime.date(2030, 12, 31))
MOMENTS = st.datetimes(
    datetime.datetime(2020, 1, 1),
    datetime.datetime(2030, 1, 1),
    timezones=st.just(datetime.UTC),
)


def test_born_on_a_leap_day():
    born = datetime.date(2008, 2, 29)

    assert age_on(born, datetime.date(2026, 2, 28)) == 17
    assert age_on(born, datetime.date(2026, 3, 1)) == 18
    assert age_on(born, datetime.date(2024, 2, 28)) == 15
    assert age_on(born, datetime.date(2024, 2, 29)) == 16


class TestAges:
    @given(born=DAYS, day=DAYS)
    def test_never_younger_than_yesterday(self, born, day):
        assert age_on(born, day) <= age_on(born, day + datetime.timedelta(days=1))

    @given(born=DAYS, years=st.integers(0, 40))
    def test_a_birthday_is_when_the_age_changes(self, born, years):
        try:
            birthday = born.replace(year=born.year + years)
        except ValueError:
            birthday = datetime.date(born.year + years, 3, 1)

        assert age_on(born, birthday) == years
        assert age_on(born, birthday - datetime.timedelta(days=1)) == years - 1

    @given(born=DAYS, at=MOMENTS)
    def test_a_parent_sees_exactly_until_the_twelfth_birthday(self, born, at):
        told = asked(people(patient=PersonFacts(born)), at=at)

        age = age_on(born, at.astimezone(OSLO).date())
        assert (told == "PERMITTED") is (age < 12)

    @given(
        age=st.integers(0, 20),
        consent=st.sampled_from([True, False, None]),
        shares=st.booleans(),
        protected=st.booleans(),
        care=st.booleans(),
        dead=st.booleans(),
    )
    def test_nothing_that_stops_ever_lets_more_be_seen(
        self, age, consent, shares, protected, care, dead
    ):
        stopped = replace(
            aged(age), is_address_protected=protected, is_in_care=care, is_dead=dead
        )
        common = {"consent": consent, "does_parent_share_address": shares}

        if asked(people(patient=stopped, **common)) == "PERMITTED":
            assert not any((protected, care, dead))
            assert asked(people(patient=aged(age), **common)) == "PERMITTED"
