"""What is sealed opens with its key and in its place, and nowhere else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from results.encryption import CannotDecrypt, decrypt, encrypt, lookup_hash


@given(st.binary(max_size=200))
def test_what_is_sealed_opens_again(plain):
    assert decrypt(encrypt(plain, context="a"), context="a") == plain


@given(
    st.binary(min_size=1, max_size=40), st.integers(min_value=0), st.integers(1, 255)
)
def test_a_changed_byte_is_noticed(plain, position, change):
    sealed = bytearray(encrypt(plain, context="a"))
    sealed[position % len(sealed)] ^= change

    with pytest.raises(CannotDecrypt):
        decrypt(bytes(sealed), context="a")


def test_a_value_moved_to_another_column_does_not_open():
    with pytest.raises(CannotDecrypt):
        decrypt(encrypt(b"Kari", context="name"), context="comment")


def test_another_key_opens_nothing(settings):
    sealed = encrypt(b"Kari", context="name")
    settings.ENCRYPTION_KEY = "00" * 32

    with pytest.raises(CannotDecrypt):
        decrypt(sealed, context="name")


@pytest.mark.parametrize("scrap", [b"", b"\x01", b"\x02" + bytes(40)])
def test_scraps_are_refused(scrap):
    with pytest.raises(CannotDecrypt):
        decrypt(scrap, context="a")


def test_the_same_text_is_never_sealed_the_same_way():
    assert encrypt(b"Kari", context="a") != encrypt(b"Kari", context="a")


def test_the_hash_finds_and_tells_nothing_without_the_key(settings):
    found = lookup_hash("Kari", context="a")

    assert found == lookup_hash("Kari", context="a")
    assert found != lookup_hash("Kari", context="b")
    settings.LOOKUP_KEY = "00" * 32
    assert found != lookup_hash("Kari", context="a")
