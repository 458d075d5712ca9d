"""A message opened once serves reading, the schema and every receipt."""

import datetime
import itertools

import pytest

from results.kith import apprec, schemas, xml
from results.kith.apprec import Recipient, Stamp
from results.kith.read import open_message, read
from results.parsed import MessageFault

from .messages import PROVIDER, REQUESTER, a_message, a_report, a_unit

OURS = Recipient("Pasientens prøvesvar", "900100", "999000118")
NOW = datetime.datetime(2026, 3, 2, tzinfo=datetime.UTC)
TAKEN_OVER = Stamp(1, (), OURS, NOW)
REFUSED = Stamp(2, (MessageFault("E36", "Navn mangler."),), OURS, NOW)

TO_US = a_unit("Pasientens prøvesvar", "900100", department="Svar")
AS_COPY = f"<CopyDest>{TO_US}</CopyDest>"


def answers(content: str, stamp: Stamp = TAKEN_OVER) -> list[xml.Node]:
    numbers = itertools.count(1)
    envelope = open_message(content.encode()).envelope
    written = apprec.answer(envelope, stamp, new_id=lambda: f"id-{next(numbers)}")
    return [xml.parse(receipt) for receipt in written]


def roles(content: str) -> list[str]:
    return [receipt.child("Sender").code("Role") for receipt in answers(content)]


@pytest.mark.parametrize("content", ["", "<html/>", "<svar/>", "<AppRec/>"])
def test_what_cannot_be_answered_is_not(content):
    assert answers(content, REFUSED) == []


def test_nobody_of_ours_gives_one_from_our_own_organisation():
    (receipt,) = answers(a_message())
    inst = receipt.child("Sender").child("HCP").child("Inst")
    assert inst.text("Name") == "Pasientens prøvesvar"
    assert receipt.text("Id") == "id-1"


@pytest.mark.parametrize(
    ("parties", "expected"),
    [
        (REQUESTER + AS_COPY, ["COP"]),
        (f"<Requester>{TO_US}</Requester>", ["PRIM"]),
        (f"<Requester>{TO_US}</Requester>" + AS_COPY, ["PRIM", "COP"]),
        (REQUESTER + AS_COPY + "<CopyDest/>" + AS_COPY, ["COP", "COP"]),
    ],
    ids=["a copy", "the primary", "both", "two copies"],
)
def test_each_recipient_of_ours_answers_for_itself(parties, expected):
    assert roles(a_message(a_report(parties=PROVIDER + parties))) == expected


def test_each_receipt_has_an_id_of_its_own_and_the_same_verdict():
    both = f"<Requester>{TO_US}</Requester>" + AS_COPY
    content = a_message(a_report(parties=PROVIDER + both))
    receipts = answers(content, REFUSED)
    assert [r.text("Id") for r in receipts] == ["id-1", "id-2"]
    assert [r.code("Error") for r in receipts] == ["E36", "E36"]


@pytest.mark.parametrize(
    "content",
    [a_message(), a_message(version="1.3"), a_message().replace("</OffId>", "")],
    ids=["1.4", "1.3", "badly formed"],
)
def test_the_receipt_to_bytes_is_the_first_of_the_opened(content):
    written = apprec.write(
        content.encode(),
        status=2,
        faults=REFUSED.faults,
        recipient=OURS,
        apprec_id="id-1",
        generated_at=NOW,
    )
    envelope = open_message(content.encode()).envelope
    assert written == next(apprec.answer(envelope, REFUSED, new_id=lambda: "id-1"))


def test_reading_is_what_is_opened():
    content = a_message().encode()
    assert read(content) == open_message(content).message
    assert open_message(b"").envelope is None


def test_without_a_schema_there_is_nothing_to_hold_it_to(tmp_path, settings):
    settings.SCHEMA_DIR = tmp_path
    envelope = open_message(a_message().encode()).envelope
    assert schemas.envelope_problems(envelope) is None
    unknown = open_message(b"<svar/>").envelope
    assert schemas.envelope_problems(unknown) is None
