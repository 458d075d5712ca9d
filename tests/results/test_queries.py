"""What the door is handed: whole, plain, and in a fixed number of queries."""

import dataclasses
import uuid

import pytest

from results.models import DiagnosticReport
from results.operations import ensure_patient
from results.parsed import (
    ParsedAttachment,
    ParsedCoding,
    ParsedComment,
    ParsedObservation,
    ParsedServiceRequest,
    ParsedSpecimen,
)
from results.queries import (
    patient_header,
    report_of,
    reports_of,
)
from results.vocabulary import (
    Interpretation,
    ObservationStatus,
    ReportStatus,
    Sex,
    Susceptibility,
    ValueKind,
)
from tests.results.stories import (
    KARI,
    PER,
    a_message,
    a_report,
    day,
    haemoglobin,
    low_ferritin,
    store,
)

pytestmark = pytest.mark.django_db


def karis_reports():
    return reports_of(ensure_patient(KARI))


def test_the_header_tells_who_without_the_whole_number():
    store()

    header = patient_header(ensure_patient(KARI))
    assert (header.name, header.sex) == ("Prøve, Kari", Sex.FEMALE)
    assert header.masked_number.endswith("•••••")
    assert KARI.digits not in str(header)


def test_nobody_has_an_unknown_key():
    assert patient_header(uuid.UUID(int=1)) is None


def test_answers_outside_are_those_the_laboratory_marked():
    store()

    summary = karis_reports()[0]
    assert (summary.observation_count, summary.outside_count) == (2, 1)
    assert summary.assessable_count == 2


def test_text_is_never_counted_as_within():
    text = ParsedObservation(kind=ValueKind.TEXT, text="Ikke påvist")
    without_range = haemoglobin(reference_ranges=("-",))
    store(a_message(a_report(observations=(text, without_range, haemoglobin()))))

    summary = karis_reports()[0]
    assert (summary.observation_count, summary.assessable_count) == (3, 1)


def test_what_is_withdrawn_or_not_ready_is_not_counted():
    items = (
        haemoglobin(status=ObservationStatus.CANCELLED),
        haemoglobin(status=ObservationStatus.REGISTERED),
        haemoglobin(),
    )
    store(a_message(a_report(observations=items)))

    assert karis_reports()[0].observation_count == 1


def test_a_withdrawn_report_counts_nothing():
    store(a_message(a_report(status=ReportStatus.CANCELLED)))

    summary = karis_reports()[0]
    assert (summary.observation_count, summary.headline) == (0, "")


def test_newest_sampling_comes_first():
    for number, when in enumerate(["2025-01-05", "2026-01-05", "2024-01-05"]):
        specimens = (ParsedSpecimen("1", collected_at=day(when)),)
        store(a_message(a_report(id=str(number), specimens=specimens)))

    dates = [r.effective_at.date.year for r in karis_reports()]
    assert dates == [2026, 2025, 2024]


def test_one_patients_list_holds_no_other():
    store(about=PER, name="Nordmann, Per")

    assert karis_reports() == ()


def test_the_list_costs_three_queries_however_long(django_assert_num_queries):
    patient = ensure_patient(KARI)
    for number in range(6):
        store(a_message(a_report(id=str(number))))

    with django_assert_num_queries(3):
        assert len(reports_of(patient)) == 6


def test_one_report_whole():
    request = ParsedServiceRequest(
        id="REQ-1", reasons=(ParsedComment("Sliten i flere uker"),)
    )
    report = a_report(
        comment="Kontroll anbefales",
        coded_comments=(ParsedCoding("TA", None, "Telefonsvar avgitt"),),
        service_requests=(request,),
        attachments=(ParsedAttachment(title="Rapport.pdf"),),
    )
    stored = store(a_message(report))

    found = report_of(ensure_patient(KARI), stored.report_id)
    assert found.comment == "Kontroll anbefales"
    assert found.coded_comments == ("Telefonsvar avgitt",)
    assert found.requisition.reasons == ("Sliten i flere uker",)
    assert [a.title for a in found.attachments] == ["Rapport.pdf"]
    assert [o.name for o in found.observations] == ["B-Hemoglobin", "P-Ferritin"]
    assert found.observations[1].interpretation is Interpretation.LOW


def test_groups_hold_their_members_in_order():
    resistance = ParsedObservation(
        kind=ValueKind.TEXT,
        text="0,25",
        value_codings=(ParsedCoding("S", "2.16.578.1.12.4.1.1.8271", "Sensitiv"),),
    )
    culture = ParsedObservation(
        kind=ValueKind.TEXT, text="Escherichia coli", members=(resistance,)
    )
    stored = store(a_message(a_report(observations=(culture, low_ferritin()))))

    found = report_of(ensure_patient(KARI), stored.report_id)
    (member,) = found.observations[0].members
    assert member.susceptibility is Susceptibility.SENSITIVE
    assert len(found.observations) == 2


def test_a_microbe_under_the_resistance_list_is_no_resistance():
    microbe = ParsedCoding("ESCOLI", "2.16.578.1.12.4.1.1.8271", "E. coli")
    item = ParsedObservation(kind=ValueKind.CODED, value_codings=(microbe,))
    stored = store(a_message(a_report(observations=(item,))))

    found = report_of(ensure_patient(KARI), stored.report_id)
    assert found.observations[0].susceptibility is None
    assert found.observations[0].coded_texts == ("E. coli",)


def test_the_version_in_force_is_the_one_shown():
    store(a_message(a_report(comment="første")))
    stored = store(a_message(a_report(comment="andre")))

    found = report_of(ensure_patient(KARI), stored.report_id)
    assert (found.comment, found.summary.version_count) == ("andre", 2)


def test_someone_elses_report_is_not_found():
    store(about=PER, name="Nordmann, Per")
    report_id = DiagnosticReport.objects.get().id

    assert report_of(ensure_patient(KARI), report_id) is None


def test_no_row_leaves_only_plain_values():
    stored = store()
    found = report_of(ensure_patient(KARI), stored.report_id)

    for value in dataclasses.asdict(found).values():
        assert not hasattr(value, "_meta")
