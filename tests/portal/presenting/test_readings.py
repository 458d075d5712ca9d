"""Reports read as text: what comes first, what stands beside, what is a column."""

from dataclasses import replace

import pytest

from access.lookup import Examined, ReadReports
from portal.presenting.isolates import MOST_ISOLATES, present_isolates
from portal.presenting.readings import present_reading
from portal.presenting.regions import earlier_of_same, regions_of
from results.vocabulary import Discipline, ObservationStatus, ReportStatus, ValueKind
from tests.portal.answers import (
    a_detail,
    a_group,
    a_moment,
    a_resistance,
    a_summary,
    a_text,
    kari,
)


def reading(*observations, **fields):
    summary = a_summary(category=Discipline.RAD, **fields)
    return present_reading(summary, a_detail(*observations, summary=summary), "/x/")


def test_the_conclusion_comes_first_and_the_rest_follows():
    shown = reading(
        a_text("Beskrivelse", "Lang", heading="FU"),
        a_text("Vurdering", "Kort", heading="VU"),
    )

    assert [p.text for p in shown.conclusions] == ["Kort"]
    assert [p.text for p in shown.rest] == ["Lang"]


def test_without_a_conclusion_the_first_text_stands_for_it():
    shown = reading(a_text("Beskrivelse", "Alt", heading="FU"))

    assert [p.text for p in shown.conclusions] == ["Alt"]
    assert shown.rest == ()


def test_a_coded_diagnosis_stands_with_its_text():
    shown = reading(a_text("", "Karsinom", heading="DIAG", diagnoses=("M81403",)))

    assert shown.conclusions[0].facts == (("Diagnose", "M81403"),)


def test_what_grew_is_told_in_the_report_it_grew_in():
    culture = a_group("Dyrkning", a_resistance("Trimetoprim", "R"))
    shown = reading(replace(culture, kind=ValueKind.TEXT, text="E. coli"))

    assert [(c.name, c.finding) for c in shown.cultures] == [("Dyrkning", "E. coli")]
    assert not shown.is_silent
    assert reading().is_silent


def test_a_withdrawn_report_says_nothing():
    summary = a_summary(status=ReportStatus.CANCELLED)

    shown = present_reading(summary, None, "/x/")

    assert shown.line.is_withdrawn
    assert (shown.conclusions, shown.rest, shown.results) == ((), (), ())


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (("SNG0AG", "MR Kne"), ("SNG0AA", "RG Kne"), True),
        (("SNG0AG", "MR Kne"), ("SNH0AA", "RG Fot"), False),
        (("L1", "CT Thorax"), ("L2", "RG thorax høyre"), True),
        (("L1", "CT Thorax med kontrast"), ("L2", "CT Abdomen med kontrast"), False),
        (("", "Beskrivelse"), ("", "Beskrivelse"), False),
        (("", "CT"), ("", "CT"), False),
    ],
)
def test_a_region_is_told_by_code_or_by_name(one, other, same):
    regions = [regions_of([Examined(code, "", name)]) for code, name in (one, other)]

    assert bool(regions[0] & regions[1]) is same


def test_only_earlier_ones_stand_beside():
    newest, middle, oldest = (a_summary(category=Discipline.RAD) for _ in range(3))
    examined = {
        r.id: (Examined("", "", "CT Thorax"),) for r in (newest, middle, oldest)
    }

    found = earlier_of_same(middle, (newest, middle, oldest), examined)

    assert found == (oldest,)


def a_culture(day: int, *agents, microbe="E. coli", **fields):
    summary = a_summary(
        category=Discipline.MBIO, effective_at=a_moment(2026, 11, day), **fields
    )
    return a_detail(a_group(microbe, *agents), summary=summary)


def isolates(*details):
    reports = tuple(d.summary for d in details)
    found = ReadReports(
        patient=kari(),
        reports=reports,
        page=reports,
        details={d.summary.id: d for d in details},
        examined={},
        specimens=(),
        page_number=1,
        page_count=1,
    )
    return present_isolates(found, {str(r.id): "/x/" for r in reports})


def test_agents_are_rows_and_isolates_columns():
    table = isolates(
        a_culture(2, a_resistance("Trimetoprim", "R", ">16")),
        a_culture(1, a_resistance("Mecillinam", "S"), a_resistance("Trimetoprim", "S")),
    )

    assert [i.day for i in table.isolates] == ["02.11.2026", "01.11.2026"]
    letters = {
        row.agent: [a.letter if a else None for a in row.answers] for row in table.rows
    }
    assert letters == {"Mecillinam": [None, "S"], "Trimetoprim": ["R", "S"]}
    assert table.rows[1].answers[0].concentration == ">16"


def test_a_withdrawn_answer_keeps_no_letter_and_a_preliminary_report_says_so():
    table = isolates(
        a_culture(
            2,
            a_resistance("Trimetoprim", "R", status=ObservationStatus.ENTERED_IN_ERROR),
            status=ReportStatus.PRELIMINARY,
        )
    )

    assert table.rows[0].answers[0].letter == ""
    assert table.isolates[0].state == "Foreløpig"


def test_no_more_columns_than_can_be_read_and_it_says_so():
    cultures = [a_culture(1 + n, a_resistance("A", "S")) for n in range(14)]

    table = isolates(*cultures)

    assert len(table.isolates) == MOST_ISOLATES
    assert table.left_out == 2


def test_nothing_tested_is_no_table():
    assert isolates(a_detail(a_text("Dyrkning", "Ingen vekst"))) is None
