"""Difficult words in a text as written: marked where they stand, explained below it."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString

from access.lookup import ShownText
from portal.presenting.explaining import Explained, present_explanation
from portal.presenting.markup import safe_markup

_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")


@dataclass(frozen=True, slots=True)
class DifficultWord:
    """A word as it stands in the text; `anchor` is where it is explained, and the word
    itself has the same with «-her»."""

    word: str
    anchor: str
    explanation: Explained


class Marking:
    """Marks the first of each difficult word in the texts of one part of a page."""

    def __init__(self, words: Sequence[ShownText], *, part: str) -> None:
        self._texts: Mapping[str, ShownText] = {
            form.casefold(): text for text in words for form in text.forms
        }
        self._part = part
        self._found: dict[str, DifficultWord] = {}

    @property
    def found(self) -> tuple[DifficultWord, ...]:
        """The words that were marked, in the order they came."""
        return tuple(self._found.values())

    def mark(self, text: str, *, is_markup: bool) -> SafeString:
        """The text, letter for letter, with a link from each word to what it means."""
        if is_markup:
            return safe_markup(text, written=self._written)
        return self._written(text)

    def _written(self, text: str) -> SafeString:
        parts: list[SafeString] = []
        at = 0
        for match in _WORD.finditer(text):
            if found := self._first(match[0]):
                parts += [conditional_escape(text[at : match.start()]), _link(found)]
                at = match.end()
        parts.append(conditional_escape(text[at:]))
        return format_html_join("", "{}", ((part,) for part in parts))

    def _first(self, word: str) -> DifficultWord | None:
        text = self._texts.get(word.casefold())
        if text is None or text.code in self._found:
            return None
        anchor = f"ord-{self._part}-{len(self._found) + 1}"
        found = DifficultWord(word, anchor, present_explanation(text))
        self._found[text.code] = found
        return found


def _link(found: DifficultWord) -> SafeString:
    return format_html(
        '<a class="word" id="{0}-her" href="#{0}">{1}</a>', found.anchor, found.word
    )
