"""JSON before it is FHIR: what is refused, and that no digit is lost."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from results.fhir import jsontext
from results.fhir.jsontext import NotReadable, Number, parse, write


def why(content: bytes) -> str:
    with pytest.raises(NotReadable) as refusal:
        parse(content)
    assert refusal.value.fault.code == "T01"
    return refusal.value.fault.text


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "ikke gyldig JSON (linje 1, kolonne 1)"),
        (b'{"a": 1,}', "ikke gyldig JSON"),
        (b'{"a": "\n"}', "ikke gyldig JSON"),
        (b'{"a": "b', "ikke gyldig JSON"),
        (b'{"a": "b\\', "ikke gyldig JSON"),
        (b"{} {}", "ikke gyldig JSON"),
        (b"[]", "ikke et JSON-objekt"),
        (b'"text"', "ikke et JSON-objekt"),
        ('{"a": "\xe5"}'.encode("latin-1"), "UTF-8"),
        ('{"a": 1}'.encode("utf-16"), "UTF-8"),
        (b'{"a": 1, "a": 2}', "to ganger"),
        (b'{"b": {"a": 1, "a": 1}}', "to ganger"),
        (b'{"a": NaN}', "NaN"),
        (b'{"a": [-Infinity]}', "NaN, Infinity"),
        (b'{"a": "\\u0000"}', "tegn som ikke er lov"),
        (b'{"\\u001f": 1}', "tegn som ikke er lov"),
        (b'{"a": ["\\ud800"]}', "tegn som ikke er lov"),
    ],
)
def test_what_is_no_good_json_is_refused_in_words(content, words):
    assert words in why(content)


@pytest.mark.parametrize("bracket", ["[", '{"a":'])
def test_a_bottomless_pit_is_refused_before_it_is_entered(bracket):
    assert "nivåer" in why((bracket * 100_000).encode())


def test_the_deepest_that_is_let_in_and_one_more():
    deep = jsontext.MAX_DEPTH - 1
    assert parse(b'{"a":' + b"[" * deep + b"]" * deep + b"}")
    assert "nivåer" in why(b'{"a":' + b"[" * (deep + 1) + b"]" * (deep + 1) + b"}")


def test_brackets_in_strings_are_only_text():
    deep = "[{" * 1000 + '\\"' + "[" * 1000
    assert parse(f'{{"a": "{deep}"}}'.encode())


def test_a_flood_of_small_values_is_refused():
    assert "for mange" in why(b'{"a":[' + b"0," * jsontext.MAX_VALUES + b"0,0]}")
    assert "for mange" in why(b'{"a":[' + b"{}" * (jsontext.MAX_CONTAINERS + 1))


def test_more_than_ten_megabytes_is_refused():
    assert "10 MB" in why(b" " * (jsontext.MAX_BYTES + 1))


def test_a_string_full_of_quotes_that_never_ends_is_read_once():
    """Read anew from each quote, four megabytes would take days."""
    assert "JSON" in why(b'{"a": "' + b'\\"' * 2_000_000)


def test_a_byte_order_mark_is_let_pass():
    assert parse(b'\xef\xbb\xbf{"a": true}') == {"a": True}


def test_characters_outside_the_first_plane_are_ordinary():
    assert parse(b'{"a": "\\ud83e\\uddea"}') == {"a": "\N{TEST TUBE}"}


def test_a_backslash_before_u_is_no_escape():
    assert parse(b'{"a": "\\\\u0000"}') == {"a": "\\u0000"}


@pytest.mark.parametrize("digits", ["1.50", "4.0", "0", "-0.0", "1E+3", "1e400"])
def test_a_number_is_its_text(digits):
    found = parse(f'{{"a": {digits}}}'.encode())["a"]

    assert (found, type(found)) == (digits, Number)


def test_a_number_longer_than_python_converts_is_kept():
    digits = "9" * 5000
    assert parse(f'{{"a": {digits}}}'.encode())["a"] == digits


NUMBERS = st.decimals(allow_nan=False, allow_infinity=False).map(
    lambda d: Number(format(d, "f"))
)
TEXTS = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=8)
VALUES = st.recursive(
    st.none() | st.booleans() | TEXTS | NUMBERS,
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(TEXTS, inner, max_size=4)
    ),
    max_leaves=20,
)


@given(st.dictionaries(TEXTS, VALUES, max_size=5))
def test_what_is_written_is_read_again_the_same(content):
    written = write(content)

    assert parse(written) == content
    assert write(parse(written)) == written


@given(st.dictionaries(TEXTS, VALUES, max_size=5))
def test_what_is_written_is_json_to_everybody(content):
    assert json.loads(write(content)) is not None
