"""Specimens, requisitions and parties that a report points at."""

import pytest

from results.parsed import ParsedComment, ParsedServiceRequest

from ..bundles import (
    ENH,
    FNR,
    HER,
    HPR,
    KARI,
    NILAR,
    a_concept,
    a_gp,
    a_laboratory,
    a_reference,
    a_request,
    a_specimen,
    an_entry,
    an_observation,
    the_report,
)

V2 = "http://terminology.hl7.org/CodeSystem/v2-0203"
VOLVEN = "http://ehelse.no/fhir/CodeSystem/no-kodeverk-"


def specimen_of(**fields):
    return the_report(specimen=a_specimen(**fields)).specimens[0]


def request_of(**fields):
    return the_report(request=a_request(**fields)).service_requests[0]


def extension(name, **value):
    return {"url": f"{NILAR}{name}", **value}


def test_a_specimen_has_id_material_place_and_time():
    found = specimen_of(
        collection={
            "collectedDateTime": "2026-03-02T08:30:00+01:00",
            "bodySite": {"text": "Venstre arm"},
        }
    )

    assert (found.id, found.type.text) == ("S-1", "Blod")
    assert (found.anatomical_origin, found.collected_at.date.day) == ("Venstre arm", 2)


def test_what_is_said_of_a_specimen_is_kept():
    found = specimen_of(
        status="unsatisfactory",
        condition=[{"text": "Hemolysert"}],
        note=[{"text": "Lite materiale"}],
        extension=[
            extension("accredited", valueBoolean=True),
            extension("sample-handling", valueString="Sentrifugert"),
        ],
        collection={
            "collectedPeriod": {"start": "2026-03-02"},
            "method": {"text": "Punksjon"},
            "extension": [
                extension("comment", valueCodeableConcept={"text": "Fastende"})
            ],
        },
    )

    assert found.comments == (
        "Prøven er merket som uegnet.",
        "Hemolysert",
        "Lite materiale",
        "Punksjon",
        "Fastende",
        "Sentrifugert",
    )
    assert (found.is_accredited, found.collected_at.as_sent) == (True, "2026-03-02")


def test_the_requesters_own_id_and_who_took_it():
    found = the_report(
        specimen=a_specimen(
            None,
            accessionIdentifier=None,
            identifier=[
                {"system": "AnalysedSubjectIdByRequester", "value": "GP-1"},
                {"system": "AnalysedSubjectId", "value": "L-1"},
            ],
            collection={"collector": {"display": "Mona Strand"}},
        )
    ).specimens[0]

    assert (found.id, found.id_by_requester) == ("L-1", "GP-1")
    assert found.collector.name == "Mona Strand"


def test_a_specimen_entered_in_error_is_cancelled():
    assert specimen_of(status="entered-in-error").is_cancelled
    assert not specimen_of().is_cancelled


def test_tubes_under_one_accession_are_told_apart():
    second = an_entry("urn:uuid:s2", a_specimen())
    result = an_observation(specimen=a_reference("urn:uuid:s2"))
    report = the_report(result, more=[second])

    assert [s.id for s in report.specimens] == ["S-1", "S-1 (2)"]
    assert report.observations[0].specimen_ids == ("S-1 (2)",)


def test_a_specimen_without_accession_has_another_id():
    other = a_specimen(identifier=[{"value": "tube-9"}], id="x")
    del other["accessionIdentifier"]

    assert the_report(specimen=other).specimens[0].id == "tube-9"
    assert the_report(specimen={**other, "identifier": []}).specimens[0].id == "x"


def test_a_part_of_a_specimen_was_taken_when_the_whole_was():
    whole = an_entry("urn:uuid:whole", a_specimen("W-1"))
    part = a_specimen(collection=None, parent=[a_reference("urn:uuid:whole")])
    own_child = a_specimen(collection=None, parent=[a_reference("urn:uuid:s")])

    found = the_report(specimen=part, more=[whole]).specimens[0]
    assert found.collected_at.date.day == 2
    assert the_report(specimen=own_child).specimens[0].collected_at is None


def test_a_specimen_that_is_not_here_is_told_of():
    report = the_report(report={"specimen": [a_reference("urn:uuid:gone")]})

    assert report.specimens == ()


def test_a_requisition_has_ids_dates_and_reasons():
    found = request_of(
        identifier=[
            {"system": "ServReqIdByServProvider", "value": "R-1"},
            {"system": "ServReqId", "value": "LL-1"},
        ],
        priority="urgent",
        note=[{"text": "Ring svar"}],
        reasonCode=[
            {**a_concept("INDIK", f"{VOLVEN}8231"), "text": "Tretthet"},
            a_concept("x", "http://x", display="Anemi"),
        ],
        extension=[
            extension("receipt-date", valueDateTime="2026-03-02"),
            extension("comment", valueAnnotation={"text": "Fastende"}),
            extension("comment", valueCodeableConcept={"text": "Kode"}),
            extension("reservation", valueCodeableConcept=a_concept("R", "x")),
        ],
    )

    assert (found.id, found.id_by_performer, found.priority) == (
        "LL-1",
        "R-1",
        "urgent",
    )
    assert (found.authored_at.date.day, found.received_at.date.day) == (1, 2)
    assert [r.text for r in found.reasons] == ["Tretthet", "Anemi"]
    assert [r.heading and r.heading.code for r in found.reasons] == ["INDIK", None]
    assert [c.text for c in found.comments] == ["Ring svar", "Fastende", "Kode"]
    assert [c.code for c in found.reservations] == ["R"]


def test_a_reason_may_be_a_condition_elsewhere():
    condition = {"resourceType": "Condition", "code": {"text": "Diabetes"}}
    report = the_report(
        request=a_request(reasonReference=[a_reference("urn:uuid:d")]),
        more=[an_entry("urn:uuid:d", condition)],
    )
    assert report.service_requests[0].reasons == (ParsedComment("Diabetes"),)


def v2_kind(code: str, value: str):
    return {"type": {"coding": [{"system": V2, "code": code}]}, "value": value}


def test_placer_and_filler_are_the_requesters_and_the_performers():
    found = request_of(identifier=[v2_kind("FILL", "F"), v2_kind("PLAC", "P")])

    assert (found.id, found.id_by_performer) == ("P", "F")
    assert request_of(identifier=[], requisition={"value": "G"}).id == "G"


def test_a_requisition_only_named_is_known_by_its_number():
    def named(identifier):
        report = the_report(report={"basedOn": [{"identifier": identifier}]})
        return report.service_requests

    assert named(v2_kind("ACSN", "ACC-1")) == (
        ParsedServiceRequest(id_by_performer="ACC-1"),
    )
    assert named({"value": "LL-2"}) == (ParsedServiceRequest(id="LL-2"),)
    assert named({}) == ()


def test_one_entered_in_error_does_not_count():
    assert the_report(request=a_request(status="entered-in-error")).requester
    assert not the_report(request=a_request(status="entered-in-error")).service_requests


def test_results_requisitions_count_when_the_report_names_none():
    result = an_observation(basedOn=[a_reference("urn:uuid:q")])
    report = the_report(
        result, {**result, "fullUrl": "urn:uuid:o2"}, report={"basedOn": None}
    )
    assert [r.id for r in report.service_requests] == ["LL-88121"]
    assert report.requester.name == "Ola Lind"


# Parties -----------------------------------------------------------------------------


def performer_of(reference, *more):
    return the_report(report={"performer": [reference]}, more=more).performer


def test_a_department_stands_under_its_organisation():
    lab = a_laboratory(
        name="Medisinsk biokjemi", partOf=a_reference("urn:uuid:hospital")
    )
    hospital = {
        "resourceType": "Organization",
        "name": "Fjord sykehus",
        "identifier": [{"system": ENH, "value": "310000027"}],
        "partOf": a_reference("urn:uuid:l"),
    }
    report = the_report(laboratory=lab, more=[an_entry("urn:uuid:hospital", hospital)])

    assert "Medisinsk biokjemi" in report.performer.name
    assert "Fjord sykehus" in report.performer.name
    assert report.performer.id_of("ENH") == "310000027"
    assert report.performer.id_of("HER") == "900004"


def test_a_role_is_a_person_in_an_organisation():
    role = {
        "resourceType": "PractitionerRole",
        "practitioner": a_reference("urn:uuid:g"),
        "organization": a_reference("urn:uuid:l"),
        "specialty": [{"text": "Medisinsk biokjemi"}],
    }
    found = performer_of(a_reference("urn:uuid:r1"), an_entry("urn:uuid:r1", role))

    assert (found.name, found.id_of("HPR")) == ("Nordlab, Ola Lind", "9200010")
    assert found.specialty.text == "Medisinsk biokjemi"


def test_a_role_may_only_name_its_person():
    role = {
        "resourceType": "PractitionerRole",
        "practitioner": {"identifier": {"system": HPR, "value": "1"}, "display": "Eva"},
    }
    found = performer_of(a_reference("urn:uuid:r1"), an_entry("urn:uuid:r1", role))

    assert (found.person.name, found.id_of("HPR")) == ("Eva", "1")


@pytest.mark.parametrize("system", [HER, ENH])
def test_an_organisation_may_be_named_by_number_alone(system):
    found = performer_of({"identifier": {"system": system, "value": "9"}})

    assert found.organization.identifiers[0].value == "9"


def test_somebody_only_named_is_a_person_unless_said_otherwise():
    assert performer_of({"display": "Eva Dahl"}).person.name == "Eva Dahl"
    named = {"display": "Nordlab", "type": "Organization"}
    assert performer_of(named).organization.name == "Nordlab"


def test_a_party_that_tells_nothing_is_none():
    assert performer_of({}) is None
    assert performer_of(a_reference("urn:uuid:gone")) is None


def test_a_health_professionals_national_number_is_left_out():
    known = a_gp(identifier=[{"system": FNR, "value": KARI}, {"value": "x"}])
    found = the_report(gp=known).requester.person.identifiers

    assert [i.value for i in found] == ["x"]


def test_a_name_is_its_text_or_its_parts():
    named = a_gp(name=[{"given": ["Ola", "M."], "family": "Lind"}])

    assert the_report(gp=named).requester.name == "Ola M. Lind"
