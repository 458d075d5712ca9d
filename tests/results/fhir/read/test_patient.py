"""Who it is about, and that nothing in the report is about somebody else."""

import pytest

from results.fhir.read import read
from results.vocabulary import Sex

from ..bundles import (
    DNR,
    FNR,
    KARI,
    OTHER_PERSON,
    PATIENT,
    a_collection,
    a_document,
    a_patient,
    a_reference,
    a_request,
    a_specimen,
    an_entry,
    an_observation,
    refused,
    the_report,
)

OTHERS = ["Et resultat gjelder en annen pasient enn rapporten."]
SOMEBODY_ELSE = an_entry("urn:uuid:p2", a_patient(OTHER_PERSON))
HERS = {"subject": a_reference("urn:uuid:p2")}


def by_number(number: str = KARI, **more):
    return {"identifier": {"system": FNR, "value": number}, **more}


def is_kari(patient) -> bool:
    """Compared here, so that no failing test prints a number."""
    return patient.identity_number == KARI


def test_kari_is_known_by_number_name_sex_and_birth_date():
    patient = the_report().patient

    assert is_kari(patient)
    assert (patient.identity_type, patient.name) == ("FNR", "Kari Prøve")
    assert (patient.sex, patient.birth_date.as_sent) == (Sex.FEMALE, "1973-04-12")


def test_nilar_names_her_by_number_alone():
    patient = the_report(report={"subject": by_number()}).patient

    assert is_kari(patient)
    assert (patient.name, patient.sex) == (None, Sex.UNKNOWN)


def test_words_beside_the_number_are_a_name_unless_they_hold_digits():
    def shown(text):
        return the_report(report={"subject": by_number(display=text)}).patient.name

    assert (shown("Kari Prøve"), shown("Kari 1973")) == ("Kari Prøve", None)


def test_a_report_without_a_subject_has_no_patient():
    assert read(a_collection(report={"subject": None})).report.patient is None


def test_a_report_about_a_group_is_refused():
    herd = an_entry("urn:uuid:h", {"resourceType": "Group"})
    content = a_collection(report={"subject": a_reference("urn:uuid:h")}, more=[herd])

    assert "Rapporten gjelder ikke en pasient." in refused(content)


def test_a_foreign_number_is_no_number_of_ours():
    patient = the_report(patient=a_patient("740512852", "urn:oid:1.2.203.1")).patient

    assert (patient.identity_number, patient.identity_type) == (None, None)


def test_who_has_had_a_d_number_is_known_by_the_national_one():
    both = a_patient(
        identifier=[
            {"system": DNR, "value": OTHER_PERSON},
            {"system": FNR, "value": KARI},
        ]
    )
    assert is_kari(the_report(patient=both).patient)


def test_numbers_she_has_had_follow_apart():
    old = {"system": DNR, "value": OTHER_PERSON, "use": "old"}
    known = a_patient(
        identifier=[old, {"system": FNR, "value": KARI}, old],
        deceasedDateTime="2026-03-01",
    )
    patient = the_report(patient=known).patient
    others = patient.other_identifiers

    assert [i.type for i in others] == ["DNR"]
    assert others[0].value == OTHER_PERSON
    assert patient.death_date.date.day == 1


def test_a_number_no_longer_used_does_not_count():
    old = {"system": FNR, "value": OTHER_PERSON, "use": "old"}
    both = a_patient(identifier=[old, {"system": FNR, "value": KARI}])

    assert is_kari(the_report(patient=both).patient)


def test_two_national_numbers_are_two_people():
    both = a_patient(
        identifier=[{"system": FNR, "value": n} for n in (KARI, OTHER_PERSON)]
    )
    assert refused(a_collection(patient=both)) == [
        "Pasienten har flere ulike nasjonale numre."
    ]


def test_a_name_no_longer_used_is_not_shown():
    old = {"use": "old", "text": "Kari Gammel"}
    patient = the_report(patient=a_patient(name=[old, {"text": "Kari Ny"}])).patient

    assert patient.name == "Kari Ny"


@pytest.mark.parametrize(
    "content",
    [
        a_collection(an_observation(**HERS), more=[SOMEBODY_ELSE]),
        a_collection(more=[SOMEBODY_ELSE], specimen=a_specimen(**HERS)),
        a_collection(more=[SOMEBODY_ELSE], request=a_request(**HERS)),
        a_collection(an_observation(subject=by_number(OTHER_PERSON))),
        a_collection(an_observation(subject=a_reference("Patient/not-here"))),
        a_document(composition={"subject": by_number(OTHER_PERSON)}),
    ],
    ids=["result", "specimen", "request", "by number", "not here", "document"],
)
def test_a_part_about_somebody_else_refuses_the_whole(content):
    assert refused(content) == OTHERS


def test_the_same_person_pointed_at_otherwise_is_the_same():
    by_id = an_entry("http://lab.example/Patient/1", a_patient(id="1"))
    result = an_observation(subject=by_number())
    other = an_observation("urn:uuid:o2", subject=a_reference("Patient/1"))

    assert len(the_report(result, other, more=[by_id]).observations) == 2


def test_a_result_that_names_nobody_is_the_reports():
    assert the_report(an_observation(subject=None)).observations


def test_what_is_about_her_child_is_left_out_and_told_of():
    child = an_entry("urn:uuid:child", {"resourceType": "RelatedPerson"})
    about_it = an_observation(focus=[a_reference("urn:uuid:child")])
    message = read(a_collection(about_it, an_observation("urn:uuid:o2"), more=[child]))

    assert len(message.report.observations) == 1
    assert "annen enn pasienten" in message.warnings[0]


def test_a_focus_on_herself_is_nothing_special():
    assert the_report(an_observation(focus=[a_reference(PATIENT)])).observations
