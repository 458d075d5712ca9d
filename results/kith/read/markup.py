"""Mixed content: plain text, or the part of XHTML that HISD 1155 allows."""

import html
from collections.abc import Iterator

from results.kith.names import XHTML
from results.kith.xml import Node

# fmt: off
_INLINE = frozenset({
    "abbr", "acronym", "b", "big", "br", "cite", "code", "dfn", "em", "i", "kbd", "q",
    "samp", "small", "span", "strong", "sub", "sup", "tt", "var",
})
_BLOCKS = frozenset({
    "address", "blockquote", "caption", "dd", "div", "dl", "dt", "h1", "h2", "h3", "h4",
    "h5", "h6", "hr", "li", "ol", "p", "pre", "table", "td", "th", "tr", "ul",
})
# fmt: on
_ALLOWED = _INLINE | _BLOCKS
_EMPTY = frozenset({"br", "hr"})
# These say nothing about the text they hold, or are no text at all.
_TRANSPARENT = frozenset({"a", "body", "font", "html", "tbody", "tfoot", "thead", "u"})
_DROPPED = frozenset({"head", "link", "meta", "script", "style", "title"})

_SPANS = ("colspan", "rowspan")
_CELLS = frozenset({"td", "th"})
_WIDEST_SPAN = 3


def has_markup(node: Node) -> bool:
    """Whether any element within is XHTML."""
    return any(
        piece.namespace == XHTML or has_markup(piece)
        for piece in node.pieces()
        if isinstance(piece, Node)
    )


def as_markup(node: Node) -> str | None:
    """The allowed elements without attributes; all else escaped, tags and text alike.

    A tag that is not allowed is shown as text and not merely left out, for one like
    `<del>` may turn a finding round. Scripts and style sheets are dropped.
    """
    return "".join(_markup(node)).strip() or None


def as_text(node: Node) -> str | None:
    """Plain text, with a line for each block of XHTML; other tags shown as text."""
    if not node.has_elements:
        return node.own_text
    lines = "".join(_plain(node)).splitlines()
    kept = [
        line.rstrip()
        for line, before in zip(lines, ["", *lines], strict=False)
        if line.strip() or before.strip()
    ]
    return "\n".join(kept).strip() or None


def _markup(node: Node) -> Iterator[str]:
    for piece in node.pieces():
        if isinstance(piece, str):
            yield html.escape(piece, quote=False)
        else:
            yield from _element(piece)


def _element(node: Node) -> Iterator[str]:
    name = node.name.lower()
    if node.namespace != XHTML or name not in (_ALLOWED | _TRANSPARENT | _DROPPED):
        yield html.escape(f"<{node.name}>", quote=False)
        yield from _markup(node)
        yield html.escape(f"</{node.name}>", quote=False)
    elif name in _TRANSPARENT:
        yield from _markup(node)
    elif name in _EMPTY:
        yield f"<{name}>"
    elif name in _ALLOWED:
        yield f"<{name}{_spans(node, name)}>"
        yield from _markup(node)
        yield f"</{name}>"


def _spans(node: Node, name: str) -> str:
    if name not in _CELLS:
        return ""
    spans = ((span, node.attribute(span) or "") for span in _SPANS)
    return "".join(
        f' {span}="{count}"'
        for span, count in spans
        if count.isascii() and count.isdigit() and len(count) <= _WIDEST_SPAN
    )


def _plain(node: Node) -> Iterator[str]:
    for piece in node.pieces():
        if isinstance(piece, str):
            yield piece
            continue
        name = piece.name.lower()
        if piece.namespace != XHTML:
            yield f"<{piece.name}>"
            yield from _plain(piece)
            yield f"</{piece.name}>"
        elif name not in _DROPPED:
            is_block = name in _BLOCKS or name == "br"
            yield "\n" if is_block else ""
            yield from _plain(piece)
            yield "\n" if is_block and name not in _EMPTY else ""
