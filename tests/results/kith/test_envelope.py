"""Which element is the svarrapport, and who sent it."""

import pytest

from results.kith.envelope import open_envelope, salvage_envelope
from results.kith.screening import UnreadableMessage
from results.vocabulary import MessageFormat

from .messages import MESSAGE_ID, PROVIDER, REQUESTER, a_message, a_report

FORMATS = {
    "1.4": MessageFormat.KITH_1_4,
    "1.3": MessageFormat.KITH_1_3,
    "1.2": MessageFormat.KITH_1_2,
}


def test_what_is_no_xml_opens_to_nothing():
    with pytest.raises(UnreadableMessage):
        open_envelope(b"{}")
    assert salvage_envelope(b"{}") is None


@pytest.mark.parametrize("root", ["svar", "Message", "MsgHead", "EI_fellesformat"])
def test_another_root_has_a_fault_and_no_version(root):
    envelope = open_envelope(f"<{root}/>".encode())
    assert envelope.fault.code == "T10"
    assert envelope.version is None


@pytest.mark.parametrize("version", FORMATS)
def test_the_namespace_tells_the_version(version):
    envelope = open_envelope(a_message(version=version, mig_version="x").encode())
    assert envelope.fault is None
    assert envelope.version.format is FORMATS[version]
    assert len(envelope.reports) == 1


def test_any_prefix_will_do():
    content = a_message().replace("<", "<k:").replace("<k:/", "</k:")
    envelope = open_envelope(content.replace("xmlns=", "xmlns:k=").encode())
    assert envelope.version.format is MessageFormat.KITH_1_4
    assert envelope.message.text("MsgId") == MESSAGE_ID


def test_the_sender_is_the_reports_own():
    assert open_envelope(a_message().encode()).service_provider


def test_a_sender_astray_is_found_in_badly_formed_xml():
    broken = a_message().replace("</OffId>", "")
    assert salvage_envelope(broken.encode()).service_provider


def test_of_several_reports_the_first_that_names_a_sender_tells():
    nobodys = a_report(parties=REQUESTER)
    content = a_message(nobodys + a_report(parties=PROVIDER)).encode()
    assert open_envelope(content).service_provider


def test_no_sender_is_no_sender():
    content = a_message(a_report(parties=REQUESTER)).encode()
    assert open_envelope(content).service_provider is None
