"""Receipts: who they are from and to, what they answer, and that they mirror whole."""

import datetime
import tomllib

import pytest
from django.conf import settings
from hypothesis import given
from hypothesis import strategies as st

from results.kith import apprec, xml
from results.kith.apprec import Recipient
from results.parsed import MessageFault

from .messages import (
    MESSAGE_ID,
    PROVIDER,
    REPORT_ID,
    REQUESTER,
    a_message,
    a_report,
    a_unit,
)

OURS = Recipient(
    name="Pasientens prøvesvar", her_id="900100", organization_number="999000118"
)
OWN_ID = "7f2f9c3e-6a0c-4b8e-9e43-5f5c7f6d1a01"
NOW = datetime.datetime(2026, 3, 2, 9, 6, 7, 89, tzinfo=datetime.UTC)
NO_NAME = MessageFault("E36", "Pasienten mangler navn.")


def a_receipt(content: str | bytes, *, status: int = 1, faults=()) -> xml.Node | None:
    written = apprec.write(
        content if isinstance(content, bytes) else content.encode(),
        status=status,
        faults=faults,
        recipient=OURS,
        apprec_id=OWN_ID,
        generated_at=NOW,
    )
    return xml.parse(written) if written else None


def inst(receipt: xml.Node, party: str) -> xml.Node:
    return receipt.child(party).child("HCP").child("Inst")


class TestNoReceipt:
    @pytest.mark.parametrize(
        "content",
        [
            b"",
            b"<html/>",
            b"%PDF-1.7",
            b"<svar/>",
            b'<AppRec xmlns="http://www.kith.no/xmlstds/apprec/2012-02-15"/>',
            b'<MsgHead xmlns="http://www.kith.no/xmlstds/msghead/2006-05-24"/>',
            b'<Message xmlns="http://www.kith.no/xmlstds/rekvisisjon/2012-02-15"/>',
        ],
        ids=["empty", "html", "pdf", "other", "receipt", "head", "requisition"],
    )
    def test_what_is_no_report_is_not_answered(self, content):
        assert a_receipt(content, status=2, faults=[NO_NAME]) is None


class TestRefusal:
    def test_it_says_why_in_code_and_words(self):
        wrong = MessageFault("E31", "Pasientens nummer er feil.")
        receipt = a_receipt(a_message(), status=2, faults=[NO_NAME, wrong])
        assert receipt.code("Status") == "2"
        told = [
            (e.attribute("V"), e.attribute("DN"), e.attribute("OT"))
            for e in receipt.children("Error")
        ]
        assert told == [
            ("E36", "Utilstrekkelige pasientopplysninger", "Pasienten mangler navn."),
            ("E31", "Pasientens fødselsnummer er feil", "Pasientens nummer er feil."),
        ]
        assert receipt.child("Error").attribute("S").endswith(".8221")

    def test_badly_formed_xml_is_answered_when_its_sender_can_be_made_out(self):
        broken = a_message().replace("</OffId>", "")
        unreadable = MessageFault("T01", "Meldingen er ikke gyldig XML.")
        receipt = a_receipt(broken, status=2, faults=[unreadable])
        assert inst(receipt, "Receiver").text("Name") == "Nordlab"
        assert receipt.child("OriginalMsgId").text("Id") == MESSAGE_ID

    def test_an_unknown_version_is_answered_in_the_newest(self):
        newer = "http://www.kith.no/xmlstds/labsvar/2031-01-01"
        receipt = a_receipt(
            a_message(namespace=newer),
            status=2,
            faults=[MessageFault("T10", "Ukjent navnerom.")],
        )
        assert receipt.text("MIGversion") == "v1.1 2012-02-15"
        assert inst(receipt, "Receiver").text("Name") == "Nordlab"
        assert receipt.child("OriginalMsgId").text("Id") == MESSAGE_ID


class TestVersions:
    def test_1_4_is_answered_by_1_1_on_its_message_id(self):
        receipt = a_receipt(a_message())
        assert receipt.namespace.endswith("/apprec/2012-02-15")
        assert receipt.text("MIGversion") == "v1.1 2012-02-15"
        assert receipt.child("OriginalMsgId").text("Id") == MESSAGE_ID
        assert receipt.child("Receiver").code("Role") == "AVS"

    @pytest.mark.parametrize("version", ["1.3", "1.2"])
    def test_the_older_are_answered_by_1_0_on_the_reports_id(self, version):
        receipt = a_receipt(a_message(version=version))
        assert receipt.namespace.endswith("/apprec/2004-11-21")
        assert receipt.text("MIGversion") == "1.0 2004-11-21"
        assert receipt.child("OriginalMsgId").text("Id") == REPORT_ID
        assert receipt.child("Receiver").code("Role") == "RECEIVER"

    def test_an_older_report_without_an_id_is_answered_on_its_message_id(self):
        receipt = a_receipt(a_message(a_report(report_id=""), version="1.3"))
        assert receipt.child("OriginalMsgId").text("Id") == MESSAGE_ID


class TestHeader:
    def test_its_own(self):
        receipt = a_receipt(a_message())
        assert receipt.code("MsgType") == "APPREC"
        assert receipt.text("SoftwareName") == "Prøvesvar"
        assert receipt.text("GenDate") == "2026-03-02T10:06:07+01:00"
        assert receipt.text("Id") == OWN_ID
        assert receipt.code("Status") == "1"
        assert receipt.children("Error") == []

    def test_the_originals_type_is_repeated_as_it_came(self):
        original = a_receipt(a_message().replace("SVAR_LAB", "S")).child(
            "OriginalMsgId"
        )
        assert original.code("MsgType") == "S"
        assert original.child("MsgType").attribute("DN") == "Svarrapport"

    @pytest.mark.parametrize(
        ("sent", "repeated"),
        [
            ("2026-03-02T10:05:00.1234567Z", "2026-03-02T10:05:00.1234567Z"),
            ("2026-03-02", "2026-03-02T00:00:00"),
            ("", "2026-03-02T10:06:07+01:00"),
            ("i går", "2026-03-02T10:06:07+01:00"),
        ],
    )
    def test_the_originals_time_is_made_a_full_one(self, sent, repeated):
        original = a_receipt(a_message(generated=sent)).child("OriginalMsgId")
        assert original.text("IssueDate") == repeated

    @pytest.mark.parametrize("message_id", ["{0B6F}", "b46454001.dat.0"])
    def test_a_message_id_is_echoed_unchanged(self, message_id):
        original = a_receipt(a_message(message_id=message_id)).child("OriginalMsgId")
        assert original.text("Id") == message_id

    def test_a_missing_message_id_is_an_empty_one(self):
        original = a_receipt(a_message(message_id="")).child("OriginalMsgId")
        assert original.child("Id") is not None
        assert original.text("Id") is None


class TestSender:
    """Which of the recipients we are."""

    def sender(self, *parties: str, version: str = "1.4"):
        report = a_report(parties=PROVIDER + "".join(parties))
        receipt = a_receipt(a_message(report, version=version))
        return receipt.child("Sender").code("Role"), inst(receipt, "Sender")

    def test_our_own_organisation_when_no_recipient_is_ours(self):
        role, who = self.sender(REQUESTER)
        assert role == "COP"
        assert who.text("Name") == OURS.name
        assert (who.code("TypeId"), who.text("Id")) == ("HER", OURS.her_id)
        assert who.child("AdditionalId").text("Id") == OURS.organization_number

    @pytest.mark.parametrize(("version", "role"), [("1.4", "PRIM"), ("1.3", "REQ")])
    def test_the_primary_recipient_when_it_is_ours(self, version, role):
        ours = f"<Requester>{a_unit('Vårt navn', OURS.her_id)}</Requester>"
        found, who = self.sender(ours, version=version)
        assert (found, who.text("Name")) == (role, "Vårt navn")

    def test_a_copy_recipient_when_it_is_ours(self):
        other = f"<CopyDest>{a_unit('Lillevik kommune', '900009')}</CopyDest>"
        ours = f"<CopyDest>{a_unit('NHN', OURS.her_id)}</CopyDest>"
        role, who = self.sender(REQUESTER, other, ours)
        assert (role, who.text("Name")) == ("COP", "NHN")

    @pytest.mark.parametrize(
        "within",
        [
            f"<Inst><Dept><Id>{OURS.her_id}</Id><TypeId V='HER'/></Dept></Inst>",
            "<Inst><HCPerson>"
            f"<Id>{OURS.her_id}</Id><TypeId V='HER'/></HCPerson></Inst>",
            f"<Inst><Id>{OURS.organization_number}</Id><TypeId V='ENH'/></Inst>",
            "<Inst><AdditionalId>"
            f"<Id>{OURS.her_id}</Id><Type V='HER'/></AdditionalId></Inst>",
        ],
        ids=["department", "person", "organisation number", "additional"],
    )
    def test_our_id_is_found_on_every_level(self, within):
        role, _ = self.sender(f"<Requester><HCP>{within}</HCP></Requester>")
        assert role == "PRIM"

    def test_the_same_digits_of_another_kind_are_not_ours(self):
        other = f"<HCP><Inst><Id>{OURS.her_id}</Id><TypeId V='LOK'/></Inst></HCP>"
        role, who = self.sender(f"<Requester>{other}</Requester>")
        assert (role, who.text("Name")) == ("COP", OURS.name)

    def test_an_id_we_do_not_have_matches_nobody(self):
        blank = Recipient(name="Vi", her_id="", organization_number="")
        report = a_report(parties="<Requester><HCP><Inst/></HCP></Requester>")
        written = apprec.write(
            a_message(report).encode(),
            status=1,
            faults=(),
            recipient=blank,
            apprec_id=OWN_ID,
            generated_at=NOW,
        )
        assert xml.parse(written).child("Sender").code("Role") == "COP"


@given(st.text(max_size=30))
def test_any_sentence_can_be_sent(text):
    receipt = a_receipt(a_message(), status=2, faults=[MessageFault("X99", text)])
    assert receipt.code("Status") == "2"


def test_the_software_version_is_the_projects():
    project = tomllib.loads((settings.BASE_DIR / "pyproject.toml").read_text())
    receipt = a_receipt(a_message())
    assert receipt.text("SoftwareVersion") == project["project"]["version"]
