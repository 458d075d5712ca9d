"""The patient, and what the requester told of them."""

import pytest

from results.kith.read import read
from results.vocabulary import Sex

from ..messages import KARI, a_message, a_patient, a_report


def reading(patient: str):
    return read(a_message(a_report(patient)).encode())


def test_who_the_report_is_about():
    patient = reading(a_patient('<DateOfBirth V="1973-04-12"/>')).report.patient
    assert patient.name == "Prøve, Kari"
    assert patient.identity_number == KARI
    assert patient.identity_type == "FNR"
    assert patient.sex is Sex.FEMALE
    assert patient.birth_date.date.isoformat() == "1973-04-12"


def test_a_patient_is_blind_in_logs():
    shown = repr(reading(a_patient()))
    assert KARI not in shown
    assert "Kari" not in shown


def test_number_and_name_are_kept_as_sent_for_validation_to_judge():
    spaced = f"{KARI[:6]} {KARI[6:]}"
    patient = reading(a_patient(number=spaced, name=" DANSER, LINE ")).report.patient
    assert patient.identity_number == spaced
    assert patient.name == "DANSER, LINE"


@pytest.mark.parametrize(
    ("code", "sex"),
    [("1", Sex.MALE), ("0", Sex.UNKNOWN), ("9", Sex.UNKNOWN), ("K", Sex.UNKNOWN)],
)
def test_sex_is_known_or_not(code, sex):
    patient = a_patient().replace('<Sex V="2"/>', f'<Sex V="{code}"/>')
    assert reading(patient).report.patient.sex is sex


@pytest.mark.parametrize("sent", ["1973", "1973-04"])
def test_half_a_birth_date_is_no_mistake(sent):
    message = reading(a_patient(f'<DateOfBirth V="{sent}"/>'))
    assert message.report.patient.birth_date.as_sent == sent
    assert message.warnings == ()


def test_a_birth_date_made_anonymous_is_told_of():
    message = reading(a_patient('<DateOfBirth V="19xx-xx-xx"/>'))
    assert message.report.patient.birth_date.date is None
    assert message.warnings == ("Datoen i DateOfBirth er ikke gyldig.",)


class TestClinicalInformation:
    def told(self, *items: str):
        message = reading(a_patient("".join(items)))
        assert message.faults == ()
        return [(c.heading and c.heading.code, c.text) for c in self.infos(message)]

    def infos(self, message):
        return message.report.clinical_information

    def test_description_comment_and_code_are_one_line(self):
        item = (
            '<InfItem><Type V="SYMP"/><Observation>'
            "<Description>Slapp og trett</Description><Comment>siden jul</Comment>"
            '<CodedDescr V="GRAVID" DN="Er gravid"/></Observation></InfItem>'
        )
        assert self.told(item) == [("SYMP", "Er gravid · Slapp og trett · siden jul")]

    def test_a_date_may_be_all_that_is_told(self):
        item = (
            '<InfItem><Type V="GOPL"/><Observation><CodedDescr V="MENS" '
            'DN="Siste menstruasjon"/></Observation><StartDateTime V="2026-02-14"/>'
            "</InfItem>"
        )
        assert self.told(item) == [("GOPL", "Siste menstruasjon · 14.02.2026")]

    def test_markup_becomes_lines(self):
        item = (
            '<InfItem><Type V="ANAM"/><Observation><Description>'
            '<p xmlns="http://www.w3.org/1999/xhtml">Frisk</p>'
            '<p xmlns="http://www.w3.org/1999/xhtml">Røyker</p>'
            "</Description></Observation></InfItem>"
        )
        assert self.told(item) == [("ANAM", "Frisk\n\nRøyker")]

    def test_an_item_that_tells_nothing_is_left_out(self):
        assert self.told('<InfItem><Type V="CAVE"/><Observation/></InfItem>') == []

    def test_a_period_has_two_ends(self):
        item = (
            '<InfItem><Type V="TB"/><Observation><Comment>Penicillin</Comment>'
            '</Observation><StartDateTime V="2026-02-14"/><EndDateTime V="2026-02-21"/>'
            "</InfItem>"
        )
        assert self.told(item) == [("TB", "Penicillin · 14.02.2026 – 21.02.2026")]


class TestAdmission:
    STAY = (
        '<AdmLocation><StartDateTime V="2026-03-01"/><AdmCat V="{kind}"/><Location>'
        "<Description>Medisinsk avdeling</Description><SubLocation>"
        '<Type V="2" DN="Sengepost"/><Place>3</Place></SubLocation>'
        '<SubLocation><Type V="4"/><Place>B</Place></SubLocation></Location>'
        "</AdmLocation>"
    )

    @pytest.mark.parametrize("kind", ["1", "3", "6"])
    def test_the_kind_of_contact_is_kept(self, kind):
        report = reading(a_patient(self.STAY.format(kind=kind))).report
        assert report.contact_type == kind

    def test_where_the_patient_lay_and_since_when(self):
        admission = reading(a_patient(self.STAY)).report.admission
        assert admission.place == "Medisinsk avdeling, Sengepost 3, B"
        assert admission.started_at.as_sent == "2026-03-01"
        assert admission.ended_at is None

    def test_the_hospital_comes_before_the_ward(self):
        unit = "<Inst><Name>Fjord sykehus</Name><Dept><Name>Med A</Name></Dept></Inst>"
        stay = self.STAY.replace("</Location>", unit + "</Location>")
        place = reading(a_patient(stay)).report.admission.place
        assert place.startswith("Fjord sykehus, Med A, Medisinsk avdeling")

    @pytest.mark.parametrize("stay", ["", "<AdmLocation/>"])
    def test_most_have_none(self, stay):
        report = reading(a_patient(stay)).report
        assert (report.admission, report.contact_type) == (None, None)


def test_numbers_the_person_has_had_and_when_they_died():
    patient = reading(
        a_patient(
            '<DateOfDeath V="2026-03-01"/><AdditionalId><Id>1</Id><Type V="DNR"/>'
            "</AdditionalId><AdditionalId>fritekst</AdditionalId>"
        )
    ).report.patient
    assert [(i.type, i.value) for i in patient.other_identifiers] == [("DNR", "1")]
    assert patient.death_date.as_sent == "2026-03-01"
