"""The citizen's words: what is counted, what comes first, how a look is told."""

import datetime

import pytest

from access import lookup
from access.terms import Action
from portal.citizen.presenters import present_reports_page
from portal.presenting.lists import Tag
from portal.presenting.looks import present_log
from portal.presenting.own_reports import present_own_report, summarise
from portal.presenting.sections import present_sections
from results.vocabulary import Interpretation, ObservationStatus
from tests.portal.answers import (
    OSLO,
    TODAY,
    a_detail,
    a_look,
    a_summary,
    a_text,
    an_observation,
    kari,
)


def summary_of(*observations):
    return summarise(present_sections(observations))


def test_everything_within_is_said_in_one_sentence():
    assert (
        summary_of(an_observation()).sentence == "Svaret er innenfor referanseområdet."
    )
    three = summary_of(*[an_observation()] * 3)
    assert three.sentence == "Alle 3 svar er innenfor referanseområdet."


def test_what_cannot_be_judged_is_counted_apart_and_never_as_within():
    summary = summary_of(
        an_observation(),
        an_observation(reference_ranges=()),
        a_text("Dyrkning", "Ingen vekst"),
    )

    assert summary.sentence == "Svaret er innenfor referanseområdet."
    assert summary.unknown == "2 svar kan ikke vurderes mot et referanseområde."


def test_a_report_of_words_is_not_called_good_or_bad():
    summary = summary_of(a_text("Dyrkning", "Ingen vekst"))

    assert summary.sentence.startswith("Svaret er beskrevet med ord.")
    assert not summary.is_judged
    assert summary.unknown == ""


def test_when_nothing_is_within_it_is_said_without_a_nought():
    low = an_observation(digits="9")

    assert summary_of(low).sentence == "Svaret er utenfor referanseområdet."
    assert summary_of(low, low).sentence.startswith("Ingen av de 2 svarene er innenfor")


def test_words_the_laboratory_marked_are_pointed_out_and_not_called_outside():
    found = a_text("HPV-DNA", "Påvist", interpretation=Interpretation.ABNORMAL)

    summary = summary_of(found)

    assert [r.name for r in summary.marked] == ["HPV-DNA"]
    assert summary.outside == ()
    assert not summary.is_judged


def test_what_is_withdrawn_or_not_ready_is_not_counted():
    summary = summary_of(
        an_observation(),
        an_observation(digits="9", status=ObservationStatus.CANCELLED),
    )

    assert summary.outside == ()
    assert summary.unknown == ""


def test_what_the_laboratory_marked_comes_first():
    low = an_observation("P-Ferritin", interpretation=Interpretation.LOW)

    page = present_own_report(a_detail(an_observation("P-TSH"), low))

    assert [r.name for r in page.report.sections[0].results] == ["P-Ferritin", "P-TSH"]
    assert [r.name for r in page.summary.outside] == ["P-Ferritin"]
    assert page.heading == "Blodprøve 14. november 2026"


def test_each_line_leads_to_ones_own_report():
    summary = a_summary()

    page = present_reports_page(lookup.ReportList(kari(), (summary,)), today=TODAY)

    assert page.count == "1 svar, nyeste først"
    assert page.periods[0].lines[0].url == f"/innbygger/svar/{summary.id}/"


def test_looks_are_grouped_by_the_norwegian_day():
    just_after_midnight = datetime.datetime(2026, 11, 23, 0, 10, tzinfo=OSLO)
    looks = [a_look(at=just_after_midnight.astimezone(datetime.UTC)), a_look()]

    days = present_log(looks)

    assert [day.heading for day in days] == ["23. november 2026", "22. november 2026"]
    assert days[0].looks[0].time == "kl. 00.10"


@pytest.mark.parametrize(
    ("look", "who", "what", "tags"),
    [
        ({}, "Ola Lind", "Leste et svar: Medisinsk biokjemi", ()),
        (
            {"action": Action.LIST_REPORTS},
            "Ola Lind",
            "Så listen over svar",
            (),
        ),
        (
            {"is_permitted": False},
            "Ola Lind",
            "Prøvde, men fikk ikke se noe",
            (Tag("Avvist", "warning"),),
        ),
        (
            {"is_own": True, "viewer_name": "Kari Prøve", "report_title": ""},
            "Deg selv",
            "Leste et svar",
            (Tag("Deg", "own"),),
        ),
        ({"viewer_name": ""}, "Ukjent person", "Leste et svar: Medisinsk biokjemi", ()),
    ],
)
def test_a_look_is_told_in_words(look, who, what, tags):
    shown = present_log([a_look(**look)])[0].looks[0]

    assert (shown.who, shown.what, shown.tags) == (who, what, tags)


def test_a_look_tells_role_place_and_why():
    shown = present_log([a_look()])[0].looks[0]

    assert shown.place == "Lege, Lillevik legesenter"
    assert shown.why == "Pasienten samtykker · Behandling"


def test_a_look_without_role_or_ground_leaves_no_empty_words():
    bare = a_look(role_code="", organization_name="", basis=None, purpose=None)

    shown = present_log([bare])[0].looks[0]

    assert (shown.place, shown.why) == ("", "")
