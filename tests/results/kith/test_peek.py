"""What receiving learns at a glance is what reading says in full."""

import pytest
from django.conf import settings
from hypothesis import given
from hypothesis import strategies as st

from results.kith.peek import Peek, peek
from results.kith.read import read
from results.vocabulary import MessageFormat

from .messages import MESSAGE_ID, PROVIDER, a_message, a_report

SAMPLES = settings.BASE_DIR.parent / "shared" / "samples"


def as_read(content: bytes) -> Peek:
    message = read(content)
    return Peek(message.format, message.message_id, message.sender)


@pytest.mark.parametrize("content", [b"", b"<html/>", b"%PDF-1.7", b"<!DOCTYPE x><x/>"])
def test_what_is_no_message_tells_nothing(content):
    assert peek(content) == Peek()
    assert as_read(content) == Peek()


def test_a_message_tells_its_format_its_id_and_its_sender():
    seen = peek(a_message().encode())
    assert seen.format is MessageFormat.KITH_1_4
    assert seen.message_id == MESSAGE_ID
    assert seen.sender.id_of("HER") == "900001"


def test_badly_formed_xml_tells_what_can_be_made_out():
    broken = a_message().replace("</ServReport>", "").encode()
    assert peek(broken).sender.name == "Nordlab, Medisinsk biokjemi"
    assert peek(broken) == as_read(broken)


@pytest.mark.parametrize(
    "content",
    [
        a_message(a_report() * 2),
        a_message(""),
        a_message(message_id=""),
        a_message(a_report(parties="")),
        a_message(a_report(parties="") + a_report(parties=PROVIDER), version="1.3"),
        a_message(namespace=""),
        a_message(namespace="urn:x"),
        f"<EI_fellesformat>{a_message()}</EI_fellesformat>",
        f"<MsgHead>{a_message() * 2}</MsgHead>",
        "<AppRec/>",
    ],
    ids=[
        *("two reports", "none", "no id", "no parties", "sender in the second"),
        *("no namespace", "unknown version", "wrapped", "two wrapped", "receipt"),
    ],
)
def test_a_glance_and_a_reading_agree(content):
    assert peek(content.encode()) == as_read(content.encode())


@given(st.data())
def test_they_agree_on_whatever_has_been_damaged(data):
    content = bytearray(a_message().encode())
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(content) - 1))
        content[at] = data.draw(st.integers(0, 255))
    assert peek(bytes(content)) == as_read(bytes(content))


@pytest.mark.shared
@pytest.mark.skipif(not SAMPLES.is_dir(), reason="../shared/samples is not there")
def test_they_agree_on_every_public_sample():
    paths = sorted(SAMPLES.rglob("*.xml"))
    differing = [
        path.name
        for path in paths
        if peek(content := path.read_bytes()) != as_read(content)
    ]
    assert paths
    assert differing == []
