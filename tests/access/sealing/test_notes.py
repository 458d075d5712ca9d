"""A checkpoint is believed when a key we know has signed just those words."""

import base64
import datetime

import pytest

from access.sealing.notes import (
    NOTHING_BEFORE,
    Checkpoint,
    NotOurs,
    hash_of,
    open_note,
    public_key,
    sign,
)

KEY, ANOTHER = "0a" * 32, "0b" * 32
SAID = Checkpoint(
    number=7,
    tree="2026-11",
    size=1234,
    root=bytes(range(32)),
    before=NOTHING_BEFORE,
    form=1,
    below=99,
    at=datetime.datetime(2026, 11, 2, 9, 0, tzinfo=datetime.UTC),
)
TEXT = SAID.text("provesvar.invalid")
NOTE = sign(TEXT, name="provesvar.invalid", key=KEY)


def opened(note: str, *keys: str) -> str:
    return open_note(note, keys=[public_key(key) for key in keys or (KEY,)])


@pytest.mark.parametrize(
    ("note", "why"),
    [
        ("", "uleselig"),
        (TEXT, "uleselig"),
        (f"{TEXT}\n", "uleselig"),
        (NOTE.replace("— ", "- "), "uleselig"),
        (f"{TEXT}\n— provesvar.invalid æøå\n", "uleselig signatur"),
        (NOTE.replace("— provesvar", "— annet"), "ukjent nøkkel"),
        (NOTE.replace("\n1234\n", "\n1235\n"), "feil signatur"),
        (NOTE.replace("number 7", "number 8"), "feil signatur"),
    ],
    ids=range(8),
)
def test_what_is_not_signed_is_not_believed(note, why):
    with pytest.raises(NotOurs, match=why):
        opened(note)


def test_nor_what_somebody_else_has_signed():
    with pytest.raises(NotOurs, match="ukjent nøkkel"):
        opened(NOTE, ANOTHER)


def test_after_a_change_of_keys_both_are_known():
    new = sign(TEXT, name="provesvar.invalid", key=ANOTHER)

    assert opened(NOTE, ANOTHER, KEY) == opened(new, ANOTHER, KEY) == TEXT


def test_the_first_lines_are_those_others_know():
    """Origin, size and root: C2SP tlog-checkpoint."""
    origin, size, root, *_ours = TEXT.splitlines()

    assert (origin, size) == ("provesvar.invalid/innsynslogg/2026-11", "1234")
    assert base64.b64decode(root) == bytes(range(32))


def test_a_signature_names_its_key_as_signed_notes_do():
    """Four bytes of SHA-256 over name, line break, 0x01 and the key."""
    signature = base64.b64decode(NOTE.rsplit(" ", 1)[1])

    assert len(signature) == 4 + 64


def test_texts_that_differ_are_named_differently():
    assert hash_of(TEXT) != hash_of(TEXT.replace("below 99", "below 98"))
