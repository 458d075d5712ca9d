"""Where in a text the words that were looked for stand, with them marked."""

import re
from collections.abc import Iterable, Iterator
from html import unescape

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

_BEFORE, _LONGEST = 90, 280
_TAGS = re.compile(r"<[^>]*>")
_BLANKS = re.compile(r"\s+")


def excerpt(text: str, stems: Iterable[str], *, is_markup: bool) -> SafeString:
    """The text around the first word that begins like a stem, every such word marked.
    Nothing of the text is markup any more."""
    bare = unescape(_TAGS.sub(" ", text)) if is_markup else text
    line = _BLANKS.sub(" ", bare).strip()
    words = _pattern(stems)
    first = words.search(line)
    start = _begin(line, first.start() if first else 0)
    end = min(len(line), start + _LONGEST)
    shown = line[start:end]
    return format_html(
        "{}{}{}",
        "… " if start else "",
        format_html_join("", "{}", ((part,) for part in _marked(shown, words))),
        " …" if end < len(line) else "",
    )


def _pattern(stems: Iterable[str]) -> re.Pattern[str]:
    """As PostgreSQL finds them: at the beginning of a word, whatever its ending."""
    longest_first = sorted(map(re.escape, stems), key=len, reverse=True)
    if not longest_first:
        return re.compile(r"(?!)")
    return re.compile(rf"(?<![^\W_])(?:{'|'.join(longest_first)})[^\W_]*", re.I)


def _begin(line: str, place: int) -> int:
    """A little before, at the beginning of a word."""
    if place <= _BEFORE:
        return 0
    return line.find(" ", place - _BEFORE, place) + 1 or place


def _marked(line: str, words: re.Pattern[str]) -> Iterator[str]:
    end = 0
    for match in words.finditer(line):
        yield line[end : match.start()]
        yield format_html("<mark>{}</mark>", match[0])
        end = match.end()
    yield line[end:]
