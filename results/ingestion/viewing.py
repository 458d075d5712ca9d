"""A message as an operator may read it: laid out, its numbers and documents hidden."""

import html
import json
import re
import uuid
from collections.abc import Iterator
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from results.identity import hide_numbers
from results.ingestion.process import content_of
from results.kith import xml
from results.kith.screening import UnreadableMessage
from results.kith.xml import Element
from results.models import ReceivedMessage
from results.operations.operator_actions import Act, Refused, record
from results.vocabulary import OperatorActionKind

_ERASED = _("Innholdet er slettet.")
_INDENT = "  "
# An operator reads; a machine takes the rest.
_MOST_CHARACTERS = 400_000
_CUT = "\n[…]"
# Documents are carried as base64: long, and nothing but its letters.
_DOCUMENT = re.compile(r"[A-Za-z0-9+/\s]{160,}={0,2}")
_DOCUMENT_WITHIN = re.compile(r"[A-Za-z0-9+/\r\n]{160,}={0,2}")
_CONTAINER = "Base64Container"
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")


@transaction.atomic
def open_content(message_id: uuid.UUID, *, act: Act) -> str:
    """The message for an operator to read, and that they did. Raises Refused for one
    that is gone or erased."""
    received = ReceivedMessage.objects.filter(pk=message_id).first()
    if received is None or received.content_encrypted is None:
        raise Refused(_ERASED)
    record(OperatorActionKind.READ_CONTENT, act, received=received)
    return view(content_of(received))


def view(content: bytes) -> str:
    """Plain text, to be escaped by whoever shows it. Every run of digits that could be
    an identity number is dots, in texts, attributes and names alike; of a document
    only its size is told. What cannot be read is shown as it came, likewise hidden."""
    shown = hide_numbers(_laid_out(content))
    is_cut = len(shown) > _MOST_CHARACTERS
    return shown[:_MOST_CHARACTERS] + _CUT if is_cut else shown


def _laid_out(content: bytes) -> str:
    try:
        return json.dumps(
            _without_documents(json.loads(content)), ensure_ascii=False, indent=2
        )
    except (ValueError, RecursionError):
        pass
    try:
        root = xml.parse(content).element
    except UnreadableMessage:
        return _as_it_came(content)
    return "\n".join(_lines(root, 0))


def _lines(element: Element, depth: int) -> Iterator[str]:
    space = _INDENT * depth
    name = _local(str(element.tag))
    start = f"<{name}{_attributes(element, depth)}"
    text = _said(element.text, is_document=name == _CONTAINER)
    children = [child for child in element if isinstance(child.tag, str)]
    if not children:
        yield f"{space}{start}>{text}</{name}>" if text else f"{space}{start}/>"
        return
    yield f"{space}{start}>{text}"
    for child in children:
        yield from _lines(child, depth + 1)
        if tail := _said(child.tail):
            yield f"{space}{_INDENT}{tail}"
    yield f"{space}</{name}>"


def _attributes(element: Element, depth: int) -> str:
    """The root also tells its namespace: it is what says which standard it follows."""
    namespace = str(element.tag).rpartition("}")[0].removeprefix("{")
    pairs = [("xmlns", namespace)] if depth == 0 and namespace else []
    pairs += [(_local(str(key)), str(value)) for key, value in element.attrib.items()]
    return "".join(f' {key}="{_said(value)}"' for key, value in pairs)


def _local(name: str) -> str:
    return name.rpartition("}")[2]


def _said(text: object, *, is_document: bool = False) -> str:
    """On one line, so that a number folded over two is seen as one."""
    plain = " ".join(str(text or "").split())
    if plain and (is_document or _DOCUMENT.fullmatch(plain)):
        return _size_of(plain)
    return plain


def _size_of(encoded: str) -> str:
    letters = len("".join(encoded.split()).rstrip("="))
    return f"[base64, {letters * 3 // 4} byte]"


def _without_documents(value: Any) -> Any:  # noqa: ANN401 - whatever JSON holds
    if isinstance(value, dict):
        return {key: _without_documents(v) for key, v in value.items()}
    if isinstance(value, list):
        return [_without_documents(v) for v in value]
    return _said(value) if isinstance(value, str) else value


def _as_it_came(content: bytes) -> str:
    """As text in the likeliest encoding; character references are seen through."""
    if content.startswith(_UTF_16) or content[1:2] == b"\0":
        text = content.decode("utf-16", errors="replace")
    else:
        try:
            text = content.decode("utf-8-sig")
        except UnicodeDecodeError:
            text = content.decode("latin-1")
    text = html.unescape(text).replace("\0", "")
    return _DOCUMENT_WITHIN.sub(lambda found: _size_of(found[0]), text)
