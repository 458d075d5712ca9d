"""The report itself: its key, status, kind, dates, remarks and who answers for it."""

import pytest

from results.fhir.read import read
from results.vocabulary import Discipline, ObservationStatus, ReportStatus, ValueKind

from ..bundles import (
    NILAR,
    REPORT_ID,
    a_collection,
    a_composition,
    a_concept,
    a_document,
    a_reference,
    an_observation,
    the_report,
)

LOINC = "http://loinc.org"
V2 = "http://terminology.hl7.org/CodeSystem/v2-0074"
SNOMED = "http://snomed.info/sct"
TYPES = "http://ehelse.no/fhir/CodeSystem/no-kodeverk-8202"
DOCUMENT = a_concept("11502-2", LOINC, text="Laboratoriesvar")


def report_with(**fields):
    return the_report(report=fields)


def dated(name: str, value: str) -> dict:
    return {"url": f"{NILAR}{name}", "valueDateTime": value}


@pytest.mark.parametrize(
    ("identifiers", "key"),
    [
        ([{"value": "a"}, {"system": "ServReportId", "value": "b"}], "b"),
        ([{"value": "a"}, {"value": "b", "use": "official"}], "b"),
        ([{"system": "MsgId", "value": "m"}, {"value": "a"}], "a"),
        ([{"value": "urn:uuid:a"}], "a"),
        ([], None),
    ],
)
def test_what_identifies_the_report(identifiers, key):
    assert report_with(identifier=identifiers).id == key


def test_a_document_lends_its_report_its_id():
    assert read(a_document(report={"identifier": []})).report.id == REPORT_ID


@pytest.mark.parametrize("status", ReportStatus.values)
def test_the_status_is_fhirs(status):
    assert report_with(status=status).status == status


def test_a_status_that_is_none_is_unknown():
    assert report_with(status="finished").status is ReportStatus.UNKNOWN


@pytest.mark.parametrize(
    ("fields", "discipline"),
    [
        ({"code": a_concept("MBIO", TYPES)}, Discipline.MBIO),
        ({"code": a_concept("CYTO", TYPES)}, Discipline.PAT),
        ({"code": a_concept("AN", TYPES)}, Discipline.OTHER),
        ({"code": DOCUMENT}, Discipline.LAB),
        ({"code": DOCUMENT, "category": [a_concept("PAT", TYPES)]}, Discipline.PAT),
        ({"category": [a_concept("18725-2", LOINC)]}, Discipline.MBIO),
        ({"category": [a_concept("NMS", V2)]}, Discipline.NUK),
        ({"category": [a_concept("1236877003", SNOMED)]}, Discipline.MGEN),
        (
            {"category": [a_concept("LAB", V2), a_concept("TX", V2)]},
            Discipline.FARM,
        ),
        ({}, Discipline.OTHER),
        ({"code": a_concept("MBIO", "http://lab.example")}, Discipline.OTHER),
    ],
)
def test_the_discipline_is_the_narrowest_that_is_said(fields, discipline):
    assert report_with(**{"code": {}, **fields}).category is discipline


def test_a_report_that_does_not_say_is_what_its_results_are():
    biochemistry = an_observation(category=[a_concept("CLIN", TYPES)])
    imaging = an_observation(
        category=[
            a_concept(
                "imaging", "http://terminology.hl7.org/CodeSystem/observation-category"
            )
        ]
    )

    assert the_report(biochemistry, report={"code": {}}).category is Discipline.CLIN
    assert the_report(imaging, report={"code": {}}).category is Discipline.RAD


def test_a_document_is_what_its_sections_are():
    section = {"title": "x", "code": a_concept("18725-2", LOINC)}
    content = a_document(composition={"section": [section]}, report={"code": DOCUMENT})

    assert read(content).report.category is Discipline.MBIO


def test_the_type_is_the_norwegian_one_where_there_is_one():
    both = {"coding": [*DOCUMENT["coding"], *a_concept("HIST", TYPES)["coding"]]}

    assert report_with(code=both).type.code == "HIST"
    assert report_with(code=DOCUMENT).type.text == "Laboratoriesvar"
    assert report_with(code=None).type is None


def test_nilars_dates():
    report = report_with(
        extension=[
            dated("report-date", "2026-03-02T10:00:00"),
            dated("approval-date", "2026-03-02"),
        ]
    )

    assert report.issued_at.as_sent == "2026-03-02T10:00:00"
    assert report.approved_at.as_sent == "2026-03-02"


def test_a_document_may_be_dated_in_its_composition_alone():
    report = read(a_document(report={"issued": None})).report

    assert report.issued_at.as_sent == "2026-03-02T12:04:00+01:00"


def test_a_document_is_approved_when_it_was_attested_and_by_whom():
    attested = {
        "mode": "professional",
        "time": "2026-03-02T11:00:00Z",
        "party": a_reference("urn:uuid:g"),
    }
    report = read(a_document(composition={"attester": [attested]})).report

    assert report.approved_at.as_sent == "2026-03-02T11:00:00Z"
    assert report.responsible.name == "Ola Lind"


def test_who_interpreted_the_results_answers_for_them():
    report = report_with(resultsInterpreter=[{"display": "Vilde Aas"}])

    assert report.responsible.name == "Vilde Aas"


def test_a_conclusion_beside_results_is_the_comment():
    report = the_report(
        an_observation(),
        report={
            "conclusion": "Forenlig med anemi.",
            "conclusionCode": [a_concept("D64", "urn:icd", display="Anemi")],
            "extension": [
                {"url": f"{NILAR}comment", "valueAnnotation": {"text": "Ny prøve."}},
                {"url": f"{NILAR}comment", "valueCodeableConcept": {"text": "Ring"}},
            ],
        },
    )

    assert report.comment == "Forenlig med anemi.\n\nNy prøve."
    assert [c.text for c in report.coded_comments] == ["Anemi", "Ring"]


def test_sections_without_entries_are_remarks():
    note = {"title": "Merknad", "text": narrative("<p>Se over.</p><p>Ring oss.</p>")}
    told = {"text": narrative("Hb 13,2"), "entry": [a_reference("urn:uuid:o1")]}
    broken = {"title": "x", "text": {"div": "<div>&nbsp;</div>"}}
    content = a_document(
        an_observation(), composition={"section": [note, told, broken, {"text": {}}]}
    )

    assert read(content).report.comment == "Merknad: Se over.\n\nRing oss."


def narrative(html: str) -> dict:
    div = f'<div xmlns="http://www.w3.org/1999/xhtml">{html}</div>'
    return {"status": "additional", "div": div}


def test_nilars_clinical_information():
    def part(name, **value):
        return {"url": f"{NILAR}inf-item-{name}", **value}

    item = {
        "url": f"{NILAR}inf-item",
        "extension": [
            part("type", valueCodeableConcept=a_concept("SVAN", TYPES)),
            part("descr", valueString="Gravid"),
            part("start", valueDateTime="2026-01-05"),
        ],
    }
    found = report_with(extension=[item, {"url": f"{NILAR}inf-item"}])

    assert [c.text for c in found.clinical_information] == ["Gravid · 05.01.2026"]
    assert found.clinical_information[0].heading.code == "SVAN"


def test_copy_recipients_are_those_the_document_is_meant_for():
    meant = {
        "url": "http://hl7.eu/fhir/StructureDefinition/information-recipient",
        "valueReference": {"display": "Lillevik kommune", "type": "Organization"},
    }
    report = read(a_document(composition={"extension": [meant]})).report

    assert [p.name for p in report.copy_recipients] == ["Lillevik kommune"]


# A report in words alone -----------------------------------------------------------

XRAY = {
    "code": {
        **a_concept("SPR0AK", "urn:oid:2.16.578.1.12.4.1.1.7270"),
        "text": "RG Thorax",
    },
    "effectiveDateTime": "2026-03-02T08:15:00+01:00",
    "conclusion": "Normale forhold.",
}


def test_a_conclusion_alone_is_the_answer_to_the_examination():
    (found,) = report_with(**XRAY).observations

    assert (found.kind, found.text) == (ValueKind.TEXT, "Normale forhold.")
    assert (found.codings[0].text, found.heading) == ("RG Thorax", "VU")
    assert found.investigated_at.as_sent == XRAY["effectiveDateTime"]
    assert found.status is ObservationStatus.FINAL


def test_a_description_as_plain_text_stands_before_it():
    form = {"contentType": "text/plain", "data": "Tm9ybWFsZSBsdW5nZWZlbHQu"}
    (found,) = report_with(**XRAY, presentedForm=[form]).observations

    assert [(m.heading, m.text) for m in found.members] == [
        (None, "Normale lungefelt."),
        ("VU", "Normale forhold."),
    ]


def test_coded_diagnoses_stand_with_the_answer():
    diagnosis = a_concept("M80703", SNOMED, display="Plateepitelkarsinom")
    report = report_with(**XRAY, conclusionCode=[diagnosis])

    assert report.observations[0].diagnoses[0].text == "Plateepitelkarsinom"
    assert report.coded_comments == ()


def test_that_it_is_a_report_is_no_examination():
    assert report_with(code=DOCUMENT).observations == ()
    assert report_with(code=a_concept("RAD", TYPES)).observations == ()


@pytest.mark.parametrize("status", ["cancelled", "entered-in-error"])
def test_a_withdrawn_report_is_given_no_results(status):
    report = report_with(**XRAY, status=status)

    assert report.observations == ()
    assert report.comment == "Normale forhold."


def test_a_composition_of_a_collection_counts_too():
    extra = {"fullUrl": "urn:uuid:c", "resource": a_composition()}
    message = read(a_collection(more=[extra], report={"identifier": []}))

    assert message.report.id == REPORT_ID
