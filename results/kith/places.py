"""Where in the text an element begins, for whoever must mend it."""

import re
from dataclasses import dataclass

# What looks like a tag in these is none; blanked out, so that columns stay.
_NOT_TAGS = re.compile(r"<!--.*?-->|<!\[CDATA\[.*?\]\]>|<\?.*?\?>", re.DOTALL)
_LINES_BACK = 40
_MARKS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)


@dataclass(frozen=True, slots=True)
class Problem:
    """Where an element departs from a schema: its name, the line on which its start
    tag ends, and how many of the same name end there before it. Never a value."""

    text: str
    line: int = 0
    element: str = ""
    before: int = 0


@dataclass(frozen=True, slots=True)
class Place:
    """Line and column in the text as sent, both from 1."""

    line: int
    column: int


class Text:
    """A message as its sender sees it in an editor."""

    def __init__(self, content: bytes) -> None:
        text = _decoded(content)
        bare = text.lstrip(" \t\r\n\ufeff")
        # The parser is handed the text from its first character that is not blank.
        self._skipped = text[: len(text) - len(bare)].count("\n")
        self._lines = _NOT_TAGS.sub(_blanked, bare).split("\n")

    def place_of(self, problem: Problem) -> Place | None:
        """Where the element of a problem begins; the start of the line when it cannot
        be told, and None when not even that is known."""
        if not problem.line:
            return None
        first = max(problem.line - _LINES_BACK, 1)
        starts = self._starts(problem.element, problem.line)
        if len(starts) > problem.before:
            return self.place(problem.line, starts[problem.before])
        for line in range(problem.line - 1, first - 1, -1):
            # A start tag may be spread over lines, and is known by its last.
            if starts := self._starts(problem.element, line):
                return self.place(line, starts[-1])
        return self.place(problem.line, 1)

    def place(self, line: int, column: int) -> Place:
        """A place as the parser tells it, in the text as sent."""
        return Place(line + self._skipped, max(column, 1))

    def _starts(self, name: str, line: int) -> list[int]:
        if not name or line > len(self._lines):
            return []
        tag = re.compile(rf"<(?:[\w.-]+:)?{re.escape(name)}(?=[\s/>]|$)")
        return [found.start() + 1 for found in tag.finditer(self._lines[line - 1])]


def _decoded(content: bytes) -> str:
    encoding = next(
        (name for mark, name in _MARKS if content.startswith(mark)), "utf-8"
    )
    try:
        return content.decode(encoding)
    except UnicodeError:
        return content.decode("latin-1")


def _blanked(found: re.Match[str]) -> str:
    return re.sub(r"[^\n]", " ", found[0])
