"""The report itself: what it is, for whom, by whom."""

import pytest

from results.kith.read import read
from results.vocabulary import Discipline, ReportStatus

from ..messages import (
    PROVIDER,
    REQUESTER,
    a_code,
    a_message,
    a_patient,
    a_person,
    a_report,
    a_unit,
    an_item,
)

ORDERED_BY = (
    '<ResponsibleHcp><Relation V="REK"/>'
    + a_unit("Lillevik legesenter", "900002", more=a_person("Ola Lind", "9999001"))
    + "</ResponsibleHcp>"
)


def the_report(report: str):
    message = read(a_message(report).encode())
    assert message.faults == ()
    return message.report


def test_header_of_a_report():
    report = the_report(a_report(header="<Comment>Flere svar kommer</Comment>"))
    assert report.status is ReportStatus.FINAL
    assert report.category is Discipline.CLIN
    assert report.type.code == "CLIN"
    assert report.issued_at.as_sent == "2026-03-02T10:00:00"
    assert report.comment == "Flere svar kommer"


@pytest.mark.parametrize(
    ("code", "category"),
    [("HIST", "PAT"), ("CT", "RAD"), ("MBIO", "MBIO"), ("???", "AN"), ("", "AN")],
)
def test_the_discipline_follows_from_the_type(code, category):
    report = a_report().replace('<MsgDescr V="CLIN"', f'<MsgDescr V="{code}"')
    assert the_report(report).category == category


def test_what_the_laboratory_did_beside_the_report_is_kept_as_codes():
    coded = a_code("CodedComment", "TA", display="Telefonsvar avgitt")
    coded += a_code("CodedComment", "MSIS-N")
    report = the_report(a_report(header=coded))
    assert [c.text for c in report.coded_comments] == ["Telefonsvar avgitt", "MSIS-N"]


def test_the_requester_is_who_ordered_not_who_receives():
    report = the_report(a_report(a_patient(after=ORDERED_BY)))
    assert report.requester.name == "Lillevik legesenter, Ola Lind"
    assert report.requester.relation == "REK"
    assert report.requester.id_of("HPR") == "9999001"


def test_without_one_who_ordered_the_recipient_stands_in():
    assert the_report(a_report()).requester.name == "Lillevik legesenter"


def test_performer_responsible_and_copies():
    parties = (
        PROVIDER
        + REQUESTER
        + "<CopyDest>"
        + a_unit("Lillevik kommune", "900009")
        + '</CopyDest><CopyDest/><RelServProv><Relation V="AHP"/>'
        + "<HCP><HCProf><Type V='LE'/><Name>Eva Lab</Name></HCProf></HCP></RelServProv>"
    )
    report = the_report(a_report(parties=parties))
    assert report.performer.id_of("HER") == "900001"
    assert report.responsible.person.profession == "LE"
    assert report.responsible.name == "Eva Lab"
    assert [p.name for p in report.copy_recipients] == ["Lillevik kommune"]


def test_a_cancellation_may_be_empty():
    report = the_report(a_report(service_type="C"))
    assert report.status is ReportStatus.CANCELLED
    assert list(report.all_observations()) == []


def test_results_of_a_foetus_never_land_on_the_mother():
    foetus = a_patient(an_item(code="NPU99999"), name="", number="", kind="")
    mother = a_patient(an_item(), after=foetus)
    message = read(a_message(a_report(mother)).encode())
    assert message.report.patient.name == "Prøve, Kari"
    assert [o.codings[0].code for o in message.report.observations] == ["NPU03429"]
    assert any("tilknyttet person" in w for w in message.warnings)


def test_of_two_patients_side_by_side_only_the_first_is_read():
    nora = a_patient(an_item(code="NPU99999"), name="Prøve, Nora")
    message = read(a_message(a_report(a_patient(an_item()) + nora)).encode())
    assert message.report.patient.name == "Prøve, Kari"
    assert len(message.report.observations) == 1
    assert any("flere pasienter" in w for w in message.warnings)


def test_a_report_without_a_patient_is_read_and_left_to_validation():
    report = the_report(a_report(""))
    assert report.patient is None
    assert report.observations == ()
    assert report.requester.name == "Lillevik legesenter"


def test_a_report_without_an_id_is_read():
    assert the_report(a_report(report_id="")).id is None


@pytest.mark.parametrize(
    ("value", "says"), [("", "tom"), ("i går", "ikke gyldig"), ("2026-13-01", "ikke")]
)
def test_a_bad_date_is_told_of_and_not_refused(value, says):
    content = a_message().replace("2026-03-02T10:00:00", value)
    message = read(content.encode())
    assert message.faults == ()
    told = [w for w in message.warnings if "IssueDate" in w]
    assert len(told) == 1
    assert says in told[0]
    assert not value or value not in told[0]
