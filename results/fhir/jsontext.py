"""JSON as bytes and back: bounded, strict, and with every digit of a number kept."""

import codecs
import json
import re
from collections.abc import Iterator
from typing import Any, NoReturn

from results.parsed import MessageFault

MAX_BYTES = 10 * 1024 * 1024
MAX_DEPTH = 64
# Ceilings over the bytes, so that a flood of tiny values is refused before it is built:
# a container costs a bracket, any other value a comma.
MAX_CONTAINERS = 300_000
MAX_VALUES = 700_000

# A string, also one that never ends; possessive, so that it is never read twice.
_STRING = re.compile(r'"(?:[^"\\]++|\\.)*+(?:"|\\?\Z)', re.DOTALL)
_NOT_BRACKET = re.compile(r"[^\[\]{}]+")
_ESCAPED = re.compile(r"\\u(?:00[01]|[dD][89a-fA-F])")
# FHIR strings hold no control characters (R4 §2.24.0.1), and half a character is none.
_FORBIDDEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff]")


class NotReadable(ValueError):
    """The bytes cannot be read as JSON; `fault` says why, to the sender."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.fault = MessageFault("T01", text)


class Number(str):
    """A JSON number, as its text: «1.50» stays apart from «1.5»."""

    __slots__ = ()


def parse(content: bytes) -> dict[str, Any]:
    """The object that the bytes hold. Raises NotReadable (T01).

    UTF-8 only (RFC 8259 §8.1), a byte order mark let pass. Refused: more than 10 MB, 64
    levels or the counts above, a name twice in one object, NaN and Infinity, and
    characters that FHIR forbids.
    """
    text = _decoded(content)
    _check_size(text)
    try:
        found = json.loads(
            text,
            parse_float=Number,
            parse_int=Number,
            parse_constant=_refuse_constant,
            object_pairs_hook=_object,
        )
    except json.JSONDecodeError as error:
        raise NotReadable(
            f"Meldingen er ikke gyldig JSON (linje {error.lineno}, "
            f"kolonne {error.colno})."
        ) from None
    if _ESCAPED.search(text):
        _check_characters(found)
    if not isinstance(found, dict):
        raise NotReadable("Meldingen er ikke et JSON-objekt.")
    return found


def is_json(content: bytes) -> bool:
    """Whether the bytes begin as an object or a list does; XML never does."""
    bare = content[:64].removeprefix(codecs.BOM_UTF8).lstrip()
    return bare.startswith((b"{", b"["))


def write(value: object) -> bytes:
    """The same bytes for the same content: names in the order they have, no blanks."""
    return "".join(_pieces(value)).encode()


def _decoded(content: bytes) -> str:
    if len(content) > MAX_BYTES:
        raise NotReadable("Meldingen er større enn 10 MB.")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise NotReadable("Meldingen er ikke i tegnsettet UTF-8.") from None


def _check_size(text: str) -> None:
    """Counts outside strings: the parser itself goes as deep as it is told to."""
    bare = _STRING.sub("", text)
    if bare.count(",") > MAX_VALUES:
        raise NotReadable("Meldingen har for mange elementer.")
    brackets = _NOT_BRACKET.sub("", bare)
    if len(brackets) > 2 * MAX_CONTAINERS:
        raise NotReadable("Meldingen har for mange elementer.")
    depth = 0
    for bracket in brackets:
        depth += 1 if bracket in "[{" else -1
        if depth > MAX_DEPTH:
            raise NotReadable("Meldingen har for mange nivåer.")


def _refuse_constant(name: str) -> NoReturn:
    raise NotReadable("Meldingen har et tall som ikke er et tall (NaN, Infinity).")


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise NotReadable("Meldingen har samme navn to ganger i ett objekt.")
    return found


def _check_characters(value: object) -> None:
    for text in _texts(value):
        if _FORBIDDEN.search(text):
            raise NotReadable("Meldingen har tegn som ikke er lov i FHIR.")


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for name, inner in value.items():
            yield name
            yield from _texts(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _texts(inner)


def _pieces(value: object) -> Iterator[str]:
    if isinstance(value, Number):
        yield str(value)
    elif isinstance(value, dict):
        yield from _joined("{", _members(value), "}")
    elif isinstance(value, list):
        yield from _joined("[", map(_pieces, value), "]")
    else:
        yield json.dumps(value, ensure_ascii=False)


def _members(value: dict[str, Any]) -> Iterator[Iterator[str]]:
    for name, inner in value.items():
        yield _member(name, inner)


def _member(name: str, inner: object) -> Iterator[str]:
    yield json.dumps(name, ensure_ascii=False) + ":"
    yield from _pieces(inner)


def _joined(start: str, parts: Iterator[Iterator[str]], end: str) -> Iterator[str]:
    yield start
    for position, part in enumerate(parts):
        if position:
            yield ","
        yield from part
    yield end
