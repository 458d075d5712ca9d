"""What a report is called: words people use, never an empty line."""

import pytest

from portal.presenting.titles import (
    report_headline,
    report_icon,
    report_title,
    status_tag,
)
from results.vocabulary import Discipline, ReportStatus
from tests.portal.answers import a_summary

NOTHING = {"specimen_text": "", "headline": "", "type_text": ""}


@pytest.mark.parametrize(
    ("category", "sent", "title"),
    [
        (Discipline.CLIN, {"specimen_text": "Blod, venøst"}, "Blodprøve"),
        (Discipline.CLIN, {"headline": "P-Ferritin, P-TSH"}, "Blodprøve"),
        (Discipline.CLIN, {"headline": "Erc(B)-MCV"}, "Blodprøve"),
        (Discipline.CLIN, {"headline": "U-Albumin"}, "Urinprøve"),
        (Discipline.CLIN, {}, "Medisinsk biokjemi"),
        (
            Discipline.MBIO,
            {"specimen_text": "Urin, midtstråle"},
            "Urinprøve, mikrobiologi",
        ),
        (
            Discipline.MBIO,
            {"specimen_text": "Nasopharynx"},
            "Prøve fra nese og svelg, mikrobiologi",
        ),
        (Discipline.MBIO, {}, "Mikrobiologi"),
        (Discipline.FARM, {"specimen_text": "Serum"}, "Blodprøve, legemidler"),
        (Discipline.RAD, {"headline": "mR av kne"}, "MR av kne"),
        (Discipline.RAD, {"headline": "RG Fot, Beskrivelse, Vurdering"}, "RG Fot"),
        (Discipline.RAD, {"headline": "MR av kne, høyre"}, "MR av kne, høyre"),
        (Discipline.RAD, {"type_text": "Røntgen"}, "Røntgen"),
        (Discipline.RAD, {}, "Bildeundersøkelse"),
        (Discipline.PAT, {"type_code": "CYTO"}, "Celleprøve"),
        (
            Discipline.PAT,
            {"type_code": "HIST", "specimen_text": "Hud"},
            "Vevsprøve: Hud",
        ),
        (Discipline.PAT, {}, "Vevs- eller celleprøve"),
        (Discipline.OTHER, {}, "Annet"),
    ],
)
def test_a_report_is_called_what_people_call_it(category, sent, title):
    assert report_title(a_summary(category=category, **{**NOTHING, **sent})) == title


def test_a_very_long_title_is_cut_short():
    long = a_summary(category=Discipline.RAD, headline="x" * 300)

    assert len(report_title(long)) == 70


@pytest.mark.parametrize(
    ("counts", "headline"),
    [
        ((7, 7, 2), "7 svar: 5 innenfor og 2 utenfor referanseområdet"),
        ((6, 6, 1), "6 svar: 5 innenfor og 1 utenfor referanseområdet"),
        ((9, 9, 0), "9 svar: ingen merket utenfor referanseområdet"),
    ],
)
def test_only_what_can_be_judged_is_counted(counts, headline):
    total, assessable, outside = counts
    summary = a_summary(
        observation_count=total, assessable_count=assessable, outside_count=outside
    )

    assert report_headline(summary) == headline


def test_nothing_is_called_within_because_nobody_marked_it():
    """The list rests on marks alone, so that no mark is not said to be good news."""
    summary = a_summary(outside_count=0)

    assert "innenfor" not in report_headline(summary)


def test_texts_are_never_counted_as_within():
    micro = a_summary(category=Discipline.MBIO, assessable_count=1, outside_count=1)

    assert report_headline(micro) == "P-Ferritin, P-TSH"
    assert report_headline(a_summary(category=Discipline.PAT)) == "Svar fra patolog"
    radiology = a_summary(category=Discipline.RAD)
    assert report_headline(radiology) == "Beskrivelse fra radiolog"


@pytest.mark.parametrize(
    "status", [ReportStatus.CANCELLED, ReportStatus.ENTERED_IN_ERROR]
)
def test_a_withdrawn_report_says_so_and_counts_nothing(status):
    assert report_headline(a_summary(status=status)) == "Svaret er trukket tilbake"


@pytest.mark.parametrize(
    ("status", "versions", "tag"),
    [
        (ReportStatus.FINAL, 1, None),
        (ReportStatus.FINAL, 2, ("Oppdatert", "plain")),
        (ReportStatus.CORRECTED, 2, ("Rettet", "plain")),
        (ReportStatus.PRELIMINARY, 1, ("Foreløpig", "warning")),
        (ReportStatus.CANCELLED, 2, ("Trukket tilbake", "danger")),
    ],
)
def test_the_status_is_told_where_it_is_more_than_ordinary(status, versions, tag):
    assert status_tag(a_summary(status=status, version_count=versions)) == tag


@pytest.mark.parametrize("category", list(Discipline))
def test_every_discipline_has_an_icon(category):
    icon, tone = report_icon(category)

    assert icon.isalnum()
    assert tone
