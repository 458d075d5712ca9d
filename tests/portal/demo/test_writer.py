"""What the generator writes is what the standard says, in both versions."""

import dataclasses

import pytest
from django.conf import settings
from lxml import etree

from portal.demo.generator.drafts import NCRP, REPORT_COMMENT, Code
from tests import builders
from tests.cast import FJORD_RADIOLOGI, KARI, PER

SCHEMAS = settings.BASE_DIR.parent / "shared" / "samples" / "schemas" / "local"
NAMES = {
    "1.4": "{http://www.kith.no/xmlstds/labsvar/2012-02-15}",
    "1.3": "{http://www.kith.no/xmlstds/labsvar/2008-12-01}",
}


def read(content: bytes) -> etree._Element:
    return etree.fromstring(content)


def texts(root: etree._Element, name: str) -> list[str | None]:
    return [each.text for each in root.iter(f"{{*}}{name}")]


def values(root: etree._Element, name: str) -> list[str | None]:
    return [each.get("V") for each in root.iter(f"{{*}}{name}")]


def everything(**more) -> bytes:
    """A message that uses every element the writer knows."""
    result = builders.a_number(
        comparator="LT",
        deviation="2",
        comment="Hemolysert",
        id="1",
        is_accredited=False,
        examined_at=builders.NOON,
        described_at=builders.NOON,
        specifications=(Code("ZTX0EA", NCRP, "Intravenøs kontrast"),),
        responsible=builders.someone_responsible(),
    )
    grown = builders.a_text(
        "<p>Vekst av <b>E. coli</b></p>",
        is_markup=True,
        id="2",
        members=(builders.a_susceptibility("Mecillinam", "S", mic="0,25"),),
    )
    flat = builders.a_susceptibility("Trimetoprim", "R", refers_to="2")
    sender = dataclasses.replace(
        builders.a_sender(), department="Mikrobiologi", department_her_id="900104"
    )
    return builders.a_message(
        results=[result, builders.a_heading(grown, flat)],
        sender=sender,
        comment="Flere svar følger",
        coded_comments=(Code("TA", REPORT_COMMENT, "Telefonsvar avgitt"),),
        approved_at=builders.NOON,
        clinical_information="Feber & frostrier",
        requisition=builders.Requisition(
            id="LL-1",
            issued_on=builders.MORNING.date(),
            received_at=builders.NOON,
            id_by_laboratory="R-1",
            reason="Urinveisinfeksjon?",
            comment="Ring ved positivt funn",
        ),
        specimens=[
            builders.a_specimen(
                text="Morgenurin", origin="Blære", comment="Lite", is_accredited=True
            )
        ],
        copies=(builders.the_gp_office(),),
        is_test=True,
        **more,
    )


@pytest.mark.shared
@pytest.mark.skipif(not SCHEMAS.exists(), reason="../shared is not here")
@pytest.mark.parametrize(
    ("version", "driver"),
    [("1.4", "driver-svar-v1.4.xsd"), ("1.3", "driver-svar-v13.xsd")],
)
@pytest.mark.parametrize("encoding", ["UTF-8", "ISO-8859-1"])
def test_the_fullest_message_follows_the_schema(version, driver, encoding):
    schema = etree.XMLSchema(etree.parse(SCHEMAS / driver))
    plain = builders.a_message(version=version, encoding=encoding)
    full = everything(version=version, encoding=encoding)

    for content in (plain, full):
        schema.assertValid(read(content))


def test_what_is_written_cannot_break_out_of_its_element():
    root = read(
        builders.a_message(
            results=[builders.a_text("a < b & c > d", name='Prøve "<&')],
            comment="]]></Comment><Injected/>",
        )
    )

    assert "a < b & c > d" in texts(root, "TextResultValue")
    assert list(root.iter("{*}Injected")) == []
    assert root.find(".//{*}Investigation/{*}Id").get("DN") == 'Prøve "<&'


def test_versions_differ_in_name_and_type():
    new, old = (
        read(builders.a_message(version=v, sent_by=FJORD_RADIOLOGI, type_code="CT"))
        for v in ("1.4", "1.3")
    )

    assert new.tag == NAMES["1.4"] + "Message"
    assert values(new, "Type")[0] == "SVAR_RTG"
    assert old.tag == NAMES["1.3"] + "Message"
    assert values(old, "Type")[0] == "S"


def test_latin_1_keeps_norwegian_letters_and_escapes_the_rest():
    content = builders.a_message(
        encoding="ISO-8859-1", results=[builders.a_text("Prøve – ≥ 5 µmol")]
    )

    assert "Prøve".encode("latin-1") in content
    assert "Prøve – ≥ 5 µmol" in texts(read(content), "TextResultValue")


def test_kari_is_named_family_name_first():
    root = read(builders.a_message(about=KARI))

    assert "Prøve, Kari" in texts(root, "Name")
    assert texts(root, "OffId") == [KARI.number]
    assert values(root, "Sex") == ["2"]
    assert values(root, "DateOfBirth") == ["1984-04-12"]


def test_a_person_with_one_name_keeps_it():
    person = builders.a_person(PER, name="Madonna")

    assert person.reported_name == "Madonna"


def test_a_number_is_written_with_its_mark_and_comparator():
    root = read(
        builders.a_message(
            results=[builders.a_number(number="1", comparator="LT", deviation="2")]
        )
    )

    assert values(root, "NumResultValue") == ["1"]
    assert values(root, "ArithmeticComp") == ["LT"]
    assert values(root, "DevResultInd") == ["2"]


def test_resistance_is_a_code_with_its_mic_beside_it():
    answer = builders.a_susceptibility("Mecillinam", "S", mic="0,25", refers_to="1")
    root = read(builders.a_message(results=[answer]))

    assert values(root, "TextCode") == ["S"]
    assert texts(root, "TextResultValue") == ["0,25"]
    assert texts(root, "RefIdResultItem") == ["1"]


def test_a_message_without_results_has_none():
    root = read(builders.a_message(results=[], service_type="C"))

    assert list(root.iter("{*}ResultItem")) == []


def test_a_requester_may_be_missing():
    root = read(builders.a_message(requester=None, responsible=None, requisition=None))

    for absent in ("ResponsibleHcp", "RelServProv", "ServReq"):
        assert list(root.iter(f"{{*}}{absent}")) == []


def test_everyone_who_gets_a_copy_is_named():
    root = read(everything())

    assert len(list(root.iter("{*}CopyDest"))) == 1
    assert values(root, "Status")[0] == "TEST"
