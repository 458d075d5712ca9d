"""The little XML that writing needs: elements as text, escaped, one a line."""

import datetime
from xml.sax.saxutils import escape

from portal.demo.generator.drafts import Code

_TEXT = {"\n": "&#10;"}
_ATTRIBUTE = {'"': "&quot;", "\n": "&#10;", "\t": "&#9;"}


def element(name: str, *children: str) -> str:
    """An element around what is inside; nothing at all when nothing is inside."""
    inside = "".join(children)
    if not inside:
        return ""
    indented = inside[:-1].replace("\n", "\n\t")
    return f"<{name}>\n\t{indented}\n</{name}>\n"


def text(name: str, content: str) -> str:
    """An element with text, or nothing. Line breaks are references, so that indenting
    what is around the text does not change it."""
    return f"<{name}>{escape(content, _TEXT)}</{name}>\n" if content else ""


def value(name: str, v: str, **more: str) -> str:
    """An element with its value in attributes (CS, CV, TS, PQ); nothing when all are
    empty. An empty attribute is left out."""
    attributes = {"V": v, **more}
    inside = "".join(
        f' {key}="{escape(each, _ATTRIBUTE)}"'
        for key, each in attributes.items()
        if each
    )
    return f"<{name}{inside}/>\n" if inside else ""


def coded(name: str, code: str, words: dict[str, str]) -> str:
    """A code whose list the standard implies (CS), with its words where known."""
    return value(name, code, DN=words.get(code, "")) if code else ""


def code_value(name: str, code: Code | None) -> str:
    """A code that says its list (CV), or nothing."""
    if code is None:
        return ""
    return value(
        name, code.value, S=code.system, DN=code.display, OT=code.original_text
    )


def moment(at: datetime.datetime | None) -> str:
    """Local time without a zone, as laboratories send it; empty for None."""
    return at.isoformat(timespec="seconds") if at else ""
