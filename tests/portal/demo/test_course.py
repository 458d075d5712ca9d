"""The stories the courses tell, and the arithmetic beneath them."""

import datetime
import random
from dataclasses import replace

import pytest

from portal.demo.generator import versions
from portal.demo.generator.analytes import ANALYTES
from portal.demo.generator.body import Body, along, filtration
from portal.demo.generator.conditions import CONDITIONS
from portal.demo.generator.course import course
from portal.demo.generator.desk import Desk
from portal.demo.generator.episodes import EPISODES
from portal.demo.generator.measuring import in_words, measure
from portal.demo.generator.population import Citizen, citizen, citizens
from portal.demo.generator.span import Span
from results import codes, identity

SPAN = Span.of_years(5, until=datetime.date(2026, 11, 1))
KARI, PER = citizen(0, seed=1), citizen(1, seed=1)
MONDAY = datetime.datetime(2026, 3, 2, 9, 0)


def course_of(someone: Citizen):
    return course(someone, SPAN, random.Random("a fate"))


def values_of(dispatches, name: str) -> list[float]:
    return [
        float(result.number)
        for dispatch in dispatches
        for result in dispatch.report.results
        if result.code.display == name and result.number
    ]


def measured(key: str, level: float, **more):
    return measure(key, level, is_female=True, specimen_id="1", **more)


def test_karis_diabetes_comes_under_control():
    values = values_of(course_of(KARI), "B-HbA1c")

    assert max(values[:2]) > 70
    assert max(values[-3:]) < 58


def test_karis_blood_is_restored_by_iron():
    values = values_of(course_of(KARI), "P-Ferritin")

    assert values[0] < 15 < max(values[-3:])


def test_pers_kidneys_fail_slowly():
    sent = course_of(PER)
    creatinine = values_of(sent, "P-Kreatinin")
    rates = values_of(sent, "Nyre-estimert GFR CKD-EPI Kreatinin (overfl.=1,73m2)")

    assert creatinine[-1] > creatinine[0] * 1.4
    assert rates[-1] < 30 < rates[0]


def test_what_follows_from_other_levels_agrees_with_them():
    body = Body(random.Random(1), {}, is_female=True)
    levels = body.levels(("cholesterol", "hdl", "ldl", "triglycerides"), 0.5, age=40)

    parts = levels["hdl"] + levels["ldl"] + 0.45 * levels["triglycerides"]
    assert levels["cholesterol"] == pytest.approx(parts)


@pytest.mark.parametrize(
    ("creatinine", "age", "is_female", "expected"),
    [(70, 40, True, 92), (70, 40, False, 113), (200, 75, False, 27)],
)
def test_filtration_follows_the_published_equation(
    creatinine, age, is_female, expected
):
    rate = filtration(creatinine, age, is_female=is_female)

    assert rate == pytest.approx(expected, abs=1.5)


def test_a_trend_is_straight_between_its_points_and_flat_beyond():
    trend = ((0.0, 10.0), (0.5, 20.0), (1.0, 0.0))

    levels = [along(trend, share) for share in (0, 0.25, 0.5, 0.75, 1, 1.5)]

    assert levels == [10, 15, 20, 10, 0, 0]


def test_what_is_too_little_to_measure_is_told_so():
    result = measured("crp", 0.3)

    assert (result.comparator, result.number) == ("LT", "1")
    assert result.deviation == ""


def test_what_is_too_much_to_measure_is_told_so():
    result = measured("egfr", 104)

    assert (result.comparator, result.number) == ("GT", "90")


def test_the_mark_goes_by_the_number_that_is_printed():
    assert measured("hb", 11.66).deviation == ""
    assert measured("hb", 11.64).deviation == "2"
    assert measured("hb", 15.36).deviation == "1"


def test_laboratories_differ_in_what_they_call_normal():
    here = measured("potassium", 4.5)
    there = measured("potassium", 4.5, is_elsewhere=True)

    assert (here.reference, here.deviation) == ("3,5 - 4,4", "1")
    assert (there.reference, there.deviation) == ("3,6 - 4,6", "")


def test_intervals_are_printed_the_norwegian_way():
    assert in_words((3.5, 11.0), 1) == "3,5 - 11,0"
    assert in_words((None, 5), 0) == "< 5"
    assert in_words((60, None), 0) == "> 60"


@pytest.mark.parametrize("name", sorted(EPISODES))
def test_every_episode_is_answered_after_it_began(name):
    desk = Desk(KARI, random.Random(name))

    sent = list(EPISODES[name](desk, MONDAY))

    assert sent
    assert all(dispatch.at > MONDAY for dispatch in sent)
    assert len({dispatch.report.id for dispatch in sent}) == 1


def test_every_condition_asks_for_what_can_be_measured():
    for condition in CONDITIONS.values():
        assert set(condition.panel) <= ANALYTES.keys()
        assert condition.trends.keys() <= ANALYTES.keys()
        assert condition.episodes.keys() <= {*EPISODES, "acute"}


@pytest.mark.django_db
def test_what_is_measured_is_what_the_code_table_says():
    codes.load_seed()
    for analyte in ANALYTES.values():
        facts = codes.find(analyte.code, codes.NLK)
        assert facts is not None
        assert facts.display == analyte.name
        assert facts.unit in {analyte.unit, "p.d.e."}


def test_a_correction_tells_what_was_wrong_and_keeps_the_rest():
    desk = Desk(KARI, random.Random(1))
    report = desk.report(
        next(iter(course_of(KARI))).service,
        MONDAY,
        type_code="CLIN",
        reason="Kontroll",
        results=(measured("hb", 12.0), measured("crp", 3)),
    )
    sent = desk.dispatch(course_of(KARI)[0].service, report)

    changed = versions.corrected(
        sent, measured("hb", 13.0), after=datetime.timedelta(days=1)
    )

    assert changed.report.id == report.id
    assert changed.report.service_type == "M"
    assert [r.service_type for r in changed.report.results] == ["M", "H"]
    assert changed.report.results[0].comment.endswith("12,0 g/dL.")


def test_a_cancellation_leaves_nothing_but_the_reason():
    sent = course_of(KARI)[0]

    gone = versions.cancelled(sent, after=datetime.timedelta(hours=1))

    assert gone.report.service_type == "C"
    assert gone.report.results == ()
    assert "trekkes tilbake" in gone.report.comment


def test_nobody_is_seen_on_a_weekend():
    chance = random.Random(1)

    days = {SPAN.morning(day, chance).weekday() for day in range(14)}

    assert days <= {0, 1, 2, 3, 4}


def test_children_are_not_tested_before_their_first_birthday():
    born = datetime.date(2024, 5, 1)
    baby = replace(
        KARI, conditions=("child",), person=replace(KARI.person, birth_date=born)
    )

    first = course_of(baby)[0]

    assert first.at.date() >= datetime.date(2025, 5, 1)


def test_many_citizens_have_numbers_of_their_own():
    numbers = [someone.person.number for someone in citizens(3000, seed=1)]

    assert len(set(numbers)) == 3000
    assert all(identity.has_valid_check_digits(number) for number in numbers)


def test_a_citizen_is_the_same_however_many_come_after():
    assert list(citizens(9, seed=4)) == list(citizens(20, seed=4))[:9]


def test_ailments_fit_the_person():
    for someone in citizens(400, seed=2):
        if "prostate" in someone.conditions:
            assert not someone.person.is_female
        if "woman" in someone.conditions:
            assert someone.person.is_female
        if someone.person.birth_date.year >= 2008:
            assert someone.conditions == ("child",)
