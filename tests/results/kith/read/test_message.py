"""The message around the report: version, sender, and what cannot be read at all."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from results.kith.read import read
from results.vocabulary import MessageFormat

from ..messages import (
    KARI,
    MESSAGE_ID,
    PROVIDER,
    REPORT_ID,
    REQUESTER,
    a_message,
    a_report,
    an_item,
)


def codes(message):
    return [fault.code for fault in message.faults]


def test_a_page_of_html_has_a_fault_and_nothing_else():
    message = read(b"<html><body>Logg inn</body></html>")
    assert message.format is MessageFormat.UNKNOWN
    assert codes(message) == ["T01"]
    assert (message.message_id, message.sender, message.report) == (None, None, None)


def test_of_badly_formed_xml_the_header_and_sender_are_made_out():
    broken = a_message().replace("</OffId>", "")
    message = read(broken.encode())
    assert codes(message) == ["T01"]
    assert message.message_id == MESSAGE_ID
    assert message.sender.organization.name == "Nordlab"
    assert message.format is MessageFormat.KITH_1_4
    assert message.report is None


@pytest.mark.parametrize(
    "content",
    [
        a_message(namespace="http://www.kith.no/xmlstds/labsvar/2031-01-01"),
        a_message(namespace=""),
        a_message(namespace="http://www.kith.no/xmlstds/rekvisisjon/2012-02-15"),
        '<AppRec xmlns="http://www.kith.no/xmlstds/apprec/2012-02-15"/>',
        "<svar/>",
    ],
    ids=["newer", "none", "requisition", "receipt", "other"],
)
def test_another_namespace_is_a_format_we_do_not_support(content):
    message = read(content.encode())
    assert codes(message) == ["T10"]
    assert message.format is MessageFormat.UNKNOWN
    assert message.report is None


def test_of_an_unknown_version_the_sender_is_still_made_out():
    newer = a_message(namespace="http://www.kith.no/xmlstds/labsvar/2031-01-01")
    message = read(newer.encode())
    assert message.message_id == MESSAGE_ID
    assert message.sender.id_of("HER") == "900001"


@pytest.mark.parametrize("version", ["1.4", "1.3", "1.2"])
def test_several_reports_in_one_message_are_refused(version):
    message = read(a_message(a_report() + a_report(), version=version).encode())
    assert codes(message) == ["X99"]
    assert "flere" in message.faults[0].text
    assert message.report is None


def test_a_message_without_a_report_is_refused():
    assert codes(read(a_message("").encode())) == ["X99"]


@pytest.mark.parametrize("subject", ["Animal", "Material"])
def test_what_is_not_about_a_person_is_refused(subject):
    content = a_message(a_report(f"<{subject}>{an_item()}</{subject}>"))
    message = read(content.encode())
    assert codes(message) == ["X99"]
    assert "ikke en pasient" in message.faults[0].text
    assert message.report is None


@pytest.mark.parametrize(
    ("version", "expected"),
    [
        ("1.4", MessageFormat.KITH_1_4),
        ("1.3", MessageFormat.KITH_1_3),
        ("1.2", MessageFormat.KITH_1_2),
    ],
)
def test_three_versions_are_read_alike(version, expected):
    message = read(a_message(version=version).encode())
    assert message.format is expected
    assert message.faults == ()
    assert message.warnings == ()
    assert message.message_id == MESSAGE_ID
    assert message.report.id == REPORT_ID
    assert message.report.patient.name == "Prøve, Kari"


def test_the_namespace_decides_over_the_version_text():
    message = read(a_message(mig_version="v1.3 2008-12-01").encode())
    assert message.format is MessageFormat.KITH_1_4
    assert message.faults == ()
    assert any("MIGversion" in warning for warning in message.warnings)


def test_sender_and_recipient_are_who_they_say():
    message = read(a_message().encode())
    assert message.sender.name == "Nordlab, Medisinsk biokjemi"
    assert message.primary_recipient.name == "Lillevik legesenter"
    assert message.generated_at.as_sent == "2026-03-02T10:05:00"


@pytest.mark.parametrize("parties", ["", "<ServProvider/><Requester/>", REQUESTER])
def test_a_missing_sender_is_no_fault(parties):
    message = read(a_message(a_report(parties=parties)).encode())
    assert message.faults == ()
    assert message.sender is None
    assert message.report is not None


@pytest.mark.parametrize(
    ("status", "is_test"),
    [("TEST", True), ("NAPR", True), ("APR", False), ("", False)],
)
def test_a_message_for_testing_is_marked(status, is_test):
    header = f'<Status V="{status}"/>'
    assert read(a_message(header=header).encode()).is_test is is_test


class TestWrapped:
    """A svarrapport is its own root; some producers wrap it by mistake."""

    def wrapped(self, *messages: str) -> bytes:
        documents = "".join(
            f"<Document><RefDoc><Content>{m}</Content></RefDoc></Document>"
            for m in messages
        )
        head = "http://www.kith.no/xmlstds/msghead/2006-05-24"
        return f'<MsgHead xmlns="{head}">{documents}</MsgHead>'.encode()

    def test_one_report_in_a_head_is_unwrapped_with_a_warning(self):
        message = read(self.wrapped(a_message()))
        assert message.report.id == REPORT_ID
        assert any("hodemelding" in warning for warning in message.warnings)

    def test_a_head_in_another_wrapping_is_unwrapped_too(self):
        content = (
            b"<EI_fellesformat>" + self.wrapped(a_message()) + b"</EI_fellesformat>"
        )
        assert read(content).report.id == REPORT_ID

    def test_two_reports_in_a_head_are_refused(self):
        assert codes(read(self.wrapped(a_message(), a_message()))) == ["T10"]

    def test_a_head_with_something_else_is_refused(self):
        assert codes(read(self.wrapped("<dialog/>"))) == ["T10"]


def test_order_and_unknown_elements_do_not_matter():
    shuffled = (
        f'<ServReport><Hund/>{REQUESTER}<Status V="F"/>'
        f"<Patient><Ukjent><OffId>1</OffId></Ukjent><Name>Prøve, Kari</Name>"
        f"<OffId>{KARI}</OffId></Patient>{PROVIDER}"
        f'stray text<ServType V="N">x</ServType></ServReport>'
    )
    message = read(a_message(shuffled).encode())
    assert message.faults == ()
    assert message.report.status == "final"
    assert message.report.patient.identity_number == KARI
    assert message.sender.name == "Nordlab, Medisinsk biokjemi"


@given(st.binary(max_size=300))
def test_no_bytes_are_a_crash(content):
    assert read(content).faults


@given(st.data())
def test_no_damage_to_a_message_is_a_crash(data):
    content = bytearray(a_message(a_report()).encode())
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(content) - 1))
        content[at] = data.draw(st.integers(0, 255))
    read(bytes(content))
