"""The original's sender repeated whole, in the order that a receipt demands."""

import pytest

from results.kith import xml

from .messages import a_message, a_person, a_report, a_unit
from .test_apprec import a_receipt


def outline(node: xml.Node) -> list:
    """Names of the elements below, in order."""
    inner = [p for p in node.pieces() if isinstance(p, xml.Node)]
    return [[p.name, outline(p)] if p.has_elements else p.name for p in inner]


def receiver(hcp: str) -> xml.Node:
    report = a_report(parties=f"<ServProvider>{hcp}</ServProvider>")
    return a_receipt(a_message(report)).child("Receiver").child("HCP")


def test_ids_come_before_persons():
    hcp = receiver(
        a_unit(
            "Nordlab",
            "900001",
            department="Patologi",
            more=a_person("Eva Lab", "9999002")
            + "<AdditionalId><Id>1</Id><Type V='ENH'/></AdditionalId>",
        )
    )
    named = ["Name", "Id", "TypeId"]
    assert outline(hcp) == [
        [
            "Inst",
            [
                *named,
                ["Dept", named],
                ["AdditionalId", ["Id", "Type"]],
                ["HCPerson", named],
            ],
        ]
    ]


def test_wrong_data_is_mirrored_as_it_came():
    hcp = receiver(
        "<HCP><Inst><Name>Nordlap</Name><Id>XX</Id><TypeId V='???'/></Inst></HCP>"
    )
    assert hcp.child("Inst").text("Id") == "XX"
    assert hcp.child("Inst").code("TypeId") == "???"


def test_bare_text_for_an_id_is_left_out():
    hcp = receiver(
        "<HCP><Inst><AdditionalId>1</AdditionalId><AdditionalId/></Inst></HCP>"
    )
    assert outline(hcp) == ["Inst"]


def test_an_id_of_no_kind_gets_an_empty_one():
    hcp = receiver("<HCP><Inst><AdditionalId><Id>1</Id></AdditionalId></Inst></HCP>")
    assert outline(hcp.child("Inst")) == [["AdditionalId", ["Id", "Type"]]]


def test_a_professional_on_their_own():
    hcp = receiver(
        "<HCP><HCProf><Type V='LE'/><Name>Eva</Name></HCProf>"
        "<MedSpeciality V='X' S='1.2' OT='Lab' DN='L'>y</MedSpeciality></HCP>"
    )
    assert outline(hcp) == [["HCProf", ["Type", "Name"]], "MedSpeciality"]
    assert hcp.child("MedSpeciality").attribute("OT") == "Lab"
    assert hcp.child("MedSpeciality").own_text is None


def test_an_address_gets_the_kind_it_must_have():
    hcp = receiver(
        "<HCP><Inst/><Address><StreetAdr>Vei 1</StreetAdr><City>Lillevik</City>"
        "<Country V='NO' S='1'/><TeleAddress V='tel:22 00 00 00'/>"
        "<TeleAddress V='http://[x'/><TeleAddress/></Address></HCP>"
    )
    address = hcp.child("Address")
    assert outline(address) == [
        *("Type", "StreetAdr", "City", "Country", "TeleAddress")
    ]
    assert address.child("Country").attribute("S") is None


@pytest.mark.parametrize("hcp", ["", "<HCP/>", "<HCP><Inst/></HCP>"])
def test_without_a_sender_the_receiver_is_an_empty_institution(hcp):
    assert outline(receiver(hcp)) == ["Inst"]
