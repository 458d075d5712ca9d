"""Organisations and people with the ids they came with."""

import pytest

from results.kith.read import read

from ..messages import a_message, a_person, a_report, a_unit


def sender(hcp: str):
    report = a_report(parties=f"<ServProvider>{hcp}</ServProvider>")
    message = read(a_message(report).encode())
    assert message.faults == ()
    return message.sender, message.warnings


@pytest.mark.parametrize(
    "hcp",
    ["", "<HCP/>", "<HCP><Inst/></HCP>", "<HCP><HCProf><Type V='LE'/></HCProf></HCP>"],
)
def test_a_party_that_tells_nothing_is_nobody(hcp):
    assert sender(hcp) == (None, ())


def test_organisation_department_and_person():
    party, _ = sender(
        a_unit(
            "Fjordlab",
            "900003",
            department="Patologi",
            more=a_person("Eva Lab", "9999002"),
        )
    )
    assert party.name == "Fjordlab, Patologi, Eva Lab"
    assert party.organization.id_of("HER") == "900003"
    assert party.department.id_of("HER") == "9000031"
    assert party.person.id_of("HPR") == "9999002"


def test_a_professional_on_their_own():
    party, _ = sender(
        '<HCP><HCProf><Type V="LE"/><Name>Ola Lind</Name><Id>9999001</Id>'
        '<TypeId V="HPR"/></HCProf><MedSpeciality V="ALM" DN="Allmennmedisin"/></HCP>'
    )
    assert party.organization is None
    assert party.person.profession == "LE"
    assert party.specialty.text == "Allmennmedisin"


def test_every_id_is_kept_and_the_her_id_found_among_the_others():
    party, _ = sender(
        "<HCP><Inst><Name>Nordlab</Name><Id>NL</Id><TypeId V='LOK'/>"
        "<AdditionalId><Id>900001</Id><Type V=' HER' DN='HER-id'/></AdditionalId>"
        "<AdditionalId><Id>42</Id><Type V='RSH'/></AdditionalId></Inst></HCP>"
    )
    kinds = [(i.type, i.value) for i in party.organization.identifiers]
    assert kinds == [("LOK", "NL"), ("HER", "900001"), ("RSH", "42")]
    assert party.id_of("HER") == "900001"


def test_an_id_of_no_kind_is_kept_without_one():
    party, _ = sender("<HCP><Inst><Id>7</Id></Inst></HCP>")
    assert party.organization.identifiers[0].type is None


def test_bare_text_for_an_id_is_told_of_and_left_out():
    party, warnings = sender(
        "<HCP><Inst><Name>Nordlab</Name><AdditionalId>900001</AdditionalId></Inst></HCP>"
    )
    assert party.organization.identifiers == ()
    assert warnings == ("En AdditionalId har bare løs tekst og er sett bort fra.",)


def test_telephone_and_mail():
    party, _ = sender(
        "<HCP><Inst><Name>Nordlab</Name></Inst><Address><TeleAddress V='tel:22000000'/>"
        "<TeleAddress/><TeleAddress V='mailto:svar@nordlab.example'/></Address></HCP>"
    )
    assert party.telecoms == ("tel:22000000", "mailto:svar@nordlab.example")


def test_further_departments_and_people_are_kept_with_their_ids():
    party, _ = sender(
        "<HCP><Inst><Name>Nordlab</Name><Dept><Name>Biokjemi</Name></Dept>"
        "<Dept><Id>900018</Id><TypeId V='HER'/></Dept>"
        + a_person("Eva Lab", "9999002")
        + a_person("Per Lab", "9999003")
        + "</Inst></HCP>"
    )
    assert party.name == "Nordlab, Biokjemi, Eva Lab"
    assert party.ids_of("HER") == ("900018",)
    assert party.ids_of("HPR") == ("9999002", "9999003")
