"""A list line, a patient's banner and a whole report, in plain values."""

import datetime

import pytest

from access import lookup
from portal.presenting.lists import Tag, present_line, present_periods
from portal.presenting.patients import present_patient, record_name
from portal.presenting.reports import present_report
from results.vocabulary import Discipline, ReportStatus, Sex
from tests.portal.answers import (
    OSLO,
    TODAY,
    a_detail,
    a_moment,
    a_summary,
    an_observation,
    kari,
)


def test_reports_are_grouped_by_the_day_the_sample_was_taken():
    reports = [
        a_summary(effective_at=a_moment(2026, 11, 14)),
        a_summary(effective_at=a_moment(2026, 11, 2)),
        a_summary(effective_at=a_moment(2024, 5, 1)),
        a_summary(effective_at=None),
    ]

    periods = present_periods(reports, today=TODAY)

    assert [(p.heading, len(p.lines)) for p in periods] == [
        ("November 2026", 2),
        ("2024", 1),
        ("Uten dato", 1),
    ]


def test_a_line_says_who_analysed_and_who_asked():
    line = present_line(a_summary())

    assert line.origin == "Nordlab · bestilt av Ola Lind, Lillevik legesenter"
    assert line.day == "14.11.2026"
    assert line.taken == "14.11.2026 kl. 08.42"


def test_a_line_without_names_has_no_loose_dots():
    assert present_line(a_summary(performer_name="", requester_name="")).origin == ""


def test_an_image_is_examined_and_described_not_taken_and_analysed():
    line = present_line(a_summary(category=Discipline.RAD))

    assert (line.taken_label, line.performer_label) == ("Undersøkt", "Beskrevet av")


def test_a_new_and_corrected_report_carries_both_words():
    line = present_line(
        a_summary(is_new=True, status=ReportStatus.CORRECTED, version_count=2)
    )

    assert line.tags == (Tag("Ny", "new"), Tag("Rettet", "plain"))


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("Prøve, Kari", "PRØVE, Kari"),
        ("Lund, Anne Marie", "LUND, Anne Marie"),
        ("Kari Prøve", "Kari Prøve"),
        ("", ""),
    ],
)
def test_the_banner_names_the_patient_as_a_record_does(name, shown):
    assert record_name(name) == shown


def test_the_banner_never_shows_the_whole_number():
    expires_at = datetime.datetime(2026, 11, 24, 10, 4, tzinfo=OSLO)

    shown = present_patient(kari(grant_expires_at=expires_at), today=TODAY)

    assert shown.masked_number == "120484 •••••"
    assert (shown.birth_date, shown.age, shown.sex) == ("12.04.1984", "42 år", "Kvinne")
    assert shown.open_until == "kl. 10.04"


def test_an_unknown_sex_and_birth_date_are_left_out():
    shown = present_patient(kari(birth_date=None, sex=Sex.UNKNOWN), today=TODAY)

    assert (shown.birth_date, shown.age, shown.sex) == ("", "", "")


def test_a_withdrawn_report_is_a_tombstone_without_values():
    summary = a_summary(status=ReportStatus.CANCELLED)

    report = present_report(
        a_detail(an_observation(), summary=summary, comment="Forbyttet prøve.")
    )

    assert report.line.is_withdrawn
    assert report.sections == ()
    assert report.comments == ("Forbyttet prøve.",)


def test_specimen_requisition_and_attachments_are_told():
    detail = a_detail(
        an_observation(),
        specimens=(
            lookup.SpecimenDetail(
                accession="P1",
                type_text="",
                anatomical_origin="Venstre arm",
                collected_at=a_moment(2026, 11, 14),
                comments=("Lite materiale.",),
                is_accredited=False,
            ),
        ),
        requisition=lookup.RequisitionDetail("R-1", None, ("Slapphet.",), ()),
        attachments=(
            lookup.AttachmentDetail("Bilder.pdf"),
            lookup.AttachmentDetail(""),
        ),
        coded_comments=("Hemolyse",),
        copy_recipients=("Fjord sykehus", "Mona Strand"),
        clinical_information=("Bruker jern.",),
    )

    report = present_report(detail)

    assert report.specimens[0].what == "Ikke oppgitt"
    assert report.specimens[0].is_not_accredited
    assert report.requisition.reasons == ("Slapphet.",)
    assert report.comments == ("Hemolyse",)
    assert report.copies == "Fjord sykehus, Mona Strand"
    assert report.clinical_information == ("Bruker jern.",)
    assert report.notes == (
        "Vedlegg fulgte med svaret: Bilder.pdf",
        "Vedlegg fulgte med svaret: uten navn",
    )


def test_an_empty_requisition_is_no_requisition():
    empty = lookup.RequisitionDetail("", None, (), ())

    assert present_report(a_detail(requisition=empty)).requisition is None
