"""The laboratory's formatted text (XHTML subset of HIS 1155), let through by tag."""

from collections.abc import Callable
from html.parser import HTMLParser

from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe

# fmt: off
_KEPT = frozenset({
    "abbr", "acronym", "address", "b", "big", "blockquote", "br", "caption",
    "cite", "code", "dd", "dfn", "div", "dl", "dt", "em", "hr", "i", "kbd", "li",
    "ol", "p", "pre", "q", "samp", "small", "span", "strong", "sub", "sup",
    "table", "tbody", "td", "th", "thead", "tr", "tt", "ul", "var",
})
# fmt: on
# A heading inside a laboratory's text would break the page's own outline.
_REPLACED = {f"h{level}": "strong" for level in range(1, 7)}
_EMPTY = frozenset({"br", "hr"})
_BLOCKS = frozenset(
    {"address", "blockquote", "caption", "dd", "div", "dl", "dt", "hr", "li", "ol"}
    | {"p", "pre", "table", "tr", "ul", *_REPLACED}
)
_CELLS = frozenset({"td", "th"})
_DROPPED_WHOLE = frozenset({"script", "style", "iframe", "object", "template", "svg"})


def safe_markup(
    text: str, *, written: Callable[[str], SafeString] = conditional_escape
) -> SafeString:
    """The text with the allowed tags alone, every attribute gone, every tag closed;
    `written` escapes what stands between them.

    The reader has already cleaned it once; this is the second look, where it is shown.
    """
    cleaner = _Cleaner(written)
    cleaner.feed(text)
    cleaner.close()
    return cleaner.result()


def plain_text(text: str, *, is_markup: bool = True) -> str:
    """The words of formatted text, a line for each block and a tab between cells; text
    that is not formatted as it is."""
    if not is_markup:
        return text
    reader = _Reader()
    reader.feed(text)
    reader.close()
    lines = (line.strip(" ") for line in "".join(reader.parts).splitlines())
    return "\n".join(lines).strip()


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._dropping = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._dropping += tag in _DROPPED_WHOLE
        if tag == "br" or (tag in _BLOCKS and self.parts):
            self._end_line(always=tag == "br")
        elif tag in _CELLS and self.parts and not self.parts[-1].endswith("\n"):
            self.parts.append("\t")

    def handle_endtag(self, tag: str) -> None:
        if tag in _DROPPED_WHOLE:
            self._dropping = max(0, self._dropping - 1)
        if tag in _BLOCKS:
            self._end_line()

    def handle_data(self, data: str) -> None:
        if not self._dropping and (data.strip() or self.parts):
            self.parts.append(data)

    def _end_line(self, *, always: bool = False) -> None:
        if always or not "".join(self.parts[-1:]).endswith("\n"):
            self.parts.append("\n")


class _Cleaner(HTMLParser):
    def __init__(self, written: Callable[[str], SafeString]) -> None:
        super().__init__(convert_charrefs=True)
        self._written = written
        self._parts: list[str] = []
        self._open: list[str] = []
        self._dropping = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _DROPPED_WHOLE:
            self._dropping += 1
        kept = _REPLACED.get(tag, tag)
        if self._dropping or kept not in _KEPT:
            return
        self._parts.append(format_html("<{}>", kept))
        if kept not in _EMPTY:
            self._open.append(kept)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in _EMPTY:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in _DROPPED_WHOLE:
            self._dropping = max(0, self._dropping - 1)
            return
        kept = _REPLACED.get(tag, tag)
        if self._dropping or kept not in self._open:
            return
        while (closed := self._open.pop()) != kept:
            self._parts.append(format_html("</{}>", closed))
        self._parts.append(format_html("</{}>", kept))

    def handle_data(self, data: str) -> None:
        if not self._dropping:
            self._parts.append(self._written(data))

    def result(self) -> SafeString:
        """What was let through, with whatever was left open closed."""
        closing = [format_html("</{}>", tag) for tag in reversed(self._open)]
        # Every part is either escaped text or a tag from the list above.
        return mark_safe("".join([*self._parts, *closing]))  # noqa: S308
