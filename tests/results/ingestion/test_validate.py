"""What refuses a message, and what is only told: refusals first, each by its code."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from results.ingestion import validate
from results.kith.read import read

from ..kith.messages import (
    KARI,
    MESSAGE_ID,
    REQUESTER,
    a_message,
    a_number,
    a_patient,
    a_report,
    a_specimen,
    an_item,
)

D_NUMBER = a_number("528473")
FH_NUMBER = a_number("812345")
H_NUMBER = a_number("124473")
REAL_LOOKING = a_number("120473")
ONE_WRONG = KARI[:-1] + str((int(KARI[-1]) + 1) % 10)


def find_faults(content: str, *, is_production: bool = False):
    return validate.find_faults(
        read(content.encode()),
        allow_test_numbers=not is_production,
        is_production=is_production,
    )


def codes(content: str, **where: bool) -> list[str]:
    return [fault.code for fault in find_faults(content, **where)]


def about(**patient: str) -> str:
    return a_message(a_report(a_patient(**patient)))


def warnings(content: str) -> str:
    message = read(content.encode())
    assert message.faults == ()
    return "\n".join(validate.find_warnings(message))


class TestMessageId:
    @pytest.mark.parametrize(
        "message_id",
        [
            "b46454001.dat.0",
            "0b6f0a52-7a9e-4c56-9a53",
            "0b6f0a527a9e4c569a533d1f3f0f7c11",
            f"{{{MESSAGE_ID}",
            f"urn:uuid:{MESSAGE_ID}",
            f"{MESSAGE_ID}0",
            MESSAGE_ID.replace("0", "٠"),
        ],
    )
    def test_one_that_is_no_uuid_is_refused(self, message_id):
        (fault,) = find_faults(a_message(message_id=message_id))
        assert fault.code == "E10"
        assert "UUID" in fault.text

    def test_one_that_is_missing_is_refused(self):
        (fault,) = find_faults(a_message(message_id=""))
        assert fault.code == "E10"
        assert "mangler" in fault.text

    @pytest.mark.parametrize(
        "message_id", [MESSAGE_ID, MESSAGE_ID.upper(), f"{{{MESSAGE_ID}}}"]
    )
    def test_braces_and_capitals_are_accepted(self, message_id):
        assert codes(a_message(message_id=message_id)) == []


class TestPatient:
    @pytest.mark.parametrize(
        ("patient", "code", "says"),
        [
            ({"name": ""}, "E36", "navn"),
            ({"number": ""}, "E36", "mangler fødselsnummer"),
            ({"number": "54321", "kind": "HNR"}, "E36", "Lokale numre"),
            ({"number": "2512790228"}, "E36", "Lokale numre"),
            ({"number": H_NUMBER}, "E36", "hjelpenumre"),
            ({"kind": "HNR"}, "E36", "hjelpenumre"),
            ({"kind": "PNR"}, "E36", "ikke et fødselsnummer"),
            ({"number": ONE_WRONG}, "E31", "kontrollsifre"),
            ({"number": a_number("308273")}, "E31", "dato"),
        ],
        ids=[
            *("no name", "no number", "local", "ten digits", "help number"),
            *("label of help number", "passport", "check digit", "date"),
        ],
    )
    def test_one_who_cannot_be_told_for_certain_is_refused(self, patient, code, says):
        (fault,) = find_faults(about(**patient))
        assert fault.code == code
        assert says in fault.text
        assert patient.get("number") not in fault.text.split()

    def test_no_patient_at_all(self):
        (fault,) = find_faults(a_message(a_report("")))
        assert (fault.code, fault.text) == ("E36", "Rapporten mangler pasient.")

    def test_name_and_number_missing_are_both_told(self):
        assert codes(about(name="", number="")) == ["E36", "E36"]

    def test_birth_date_and_sex_do_not_stand_in_for_a_number(self):
        born = a_patient('<DateOfBirth V="1973-04-12"/>', number="")
        assert codes(a_message(a_report(born))) == ["E36"]

    @pytest.mark.parametrize(
        ("number", "kind"),
        [
            (KARI, "FNR"),
            (KARI, "fnr"),
            (KARI, ""),
            (D_NUMBER, "DNR"),
            (FH_NUMBER, "FHN"),
        ],
        ids=["national", "small letters", "no label", "D-number", "FH-number"],
    )
    def test_one_with_a_name_and_a_number_is_accepted(self, number, kind):
        assert codes(about(number=number, kind=kind)) == []
        assert warnings(about(number=number, kind=kind)) == ""

    def test_a_blank_in_the_number_is_let_pass(self):
        assert codes(about(number=f"{KARI[:6]} {KARI[6:]}")) == []


class TestProduction:
    def test_synthetic_people_are_refused(self):
        (fault,) = find_faults(a_message(), is_production=True)
        assert fault.code == "E31"
        assert "testserie" in fault.text

    def test_others_are_accepted(self):
        assert codes(about(number=REAL_LOOKING), is_production=True) == []

    @pytest.mark.parametrize("status", ["TEST", "NAPR"])
    def test_messages_for_testing_are_refused(self, status):
        content = a_message(
            a_report(a_patient(number=REAL_LOOKING)), header=f'<Status V="{status}"/>'
        )
        assert codes(content, is_production=True) == ["X99"]

    @pytest.mark.parametrize("status", ["TEST", "NAPR"])
    def test_elsewhere_they_are_only_told_of(self, status):
        content = a_message(header=f'<Status V="{status}"/>')
        assert codes(content) == []
        assert "merket som test" in warnings(content)

    def test_an_approved_message_is_accepted(self):
        content = a_message(
            a_report(a_patient(number=REAL_LOOKING)), header='<Status V="APR"/>'
        )
        assert codes(content, is_production=True) == []


@pytest.mark.parametrize(
    "content",
    ["", "<html/>", "<svar/>", a_message(namespace="urn:x"), a_message()[:-5]],
    ids=["empty", "html", "other", "namespace", "cut off"],
)
def test_what_could_not_be_read_is_not_judged_further(content):
    assert read(content.encode()).faults
    assert find_faults(content) == ()


def test_a_report_on_an_animal_is_not_also_told_that_the_patient_is_missing():
    assert codes(a_message(a_report("<Animal/>"))) == []


def test_an_ordinary_message_gives_no_warning():
    content = a_message(a_report(a_patient(a_specimen() + an_item())))
    assert codes(content) == []
    assert warnings(content) == ""


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (a_message(generated=""), "GenDate"),
        (a_message(generated="2026"), "GenDate"),
        (a_message(a_report(report_id="")), "ServProvId"),
        (a_message(a_report(report_id=""), version="1.3"), "ServProvId"),
        (a_message(a_report(parties=REQUESTER)), "ServProvider"),
        (a_message(a_report(parties="")), "Rekvirent mangler"),
        (a_message(a_report(service_type="A", status="A")), "lovlig par"),
        (a_message(a_report(service_type="")), "lovlig par"),
        (a_message().replace("IssueDate", "Ukjent"), "IssueDate"),
        (about(number=D_NUMBER, kind="FNR"), "av et annet slag"),
        (about(number=FH_NUMBER, kind="DNR"), "av et annet slag"),
        (a_message(a_report(a_patient(an_item(service_type="M")))), "rapportens"),
        (a_message(a_report(a_patient(an_item(service_type="E")))), "kjent par"),
    ],
    ids=lambda value: value if not value.startswith("<") else "",
)
def test_what_is_only_told_of(content, says):
    assert find_faults(content) == ()
    assert says in warnings(content)


@pytest.mark.parametrize(
    ("reference", "says"),
    [
        ("<RefAnalysedSubject>9</RefAnalysedSubject>", "en prøve som ikke er med"),
        ("<RefIdResultItem>9</RefIdResultItem>", "et annet resultat som ikke er med"),
    ],
)
def test_a_reference_that_leads_nowhere_is_told_of(reference, says):
    found = a_patient(a_specimen("1") + an_item(more=reference))
    assert says in warnings(a_message(a_report(found)))


def test_a_reference_that_leads_somewhere_is_not():
    item = an_item(
        more="<IdResultItem>1</IdResultItem><RefIdResultItem>1</RefIdResultItem>"
        "<RefAnalysedSubject>1</RefAnalysedSubject>"
    )
    assert warnings(a_message(a_report(a_patient(a_specimen("1") + item)))) == ""


def test_the_same_warning_is_given_once():
    items = a_patient(an_item(service_type="H") * 3)
    assert warnings(a_message(a_report(items))).count("rapportens") == 1


@given(st.text(st.characters(codec="ascii", categories=["L", "N"]), max_size=14))
def test_no_sentence_ever_holds_the_number(number):
    sentences = [fault.text for fault in find_faults(about(number=number))]
    told = " ".join(sentences) + warnings(about(number=number))
    assert len(number) < 4 or number not in told.split()
