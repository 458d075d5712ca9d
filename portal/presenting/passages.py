"""Texts as written, under the headings laboratories give them."""

from dataclasses import dataclass

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from access.lookup import ObservationDetail
from portal.presenting.headings import heading_words, is_conclusion
from portal.presenting.results import WITHDRAWN, present_facts, status_words
from results.vocabulary import ValueKind

_LONGEST_SHORT_TEXT = 80


@dataclass(frozen=True, slots=True)
class Passage:
    """A text as written, under the heading the laboratory gave it; `marked` is the
    same with its difficult words marked."""

    heading: str
    text: str
    is_markup: bool
    is_conclusion: bool
    status: str
    comments: tuple[str, ...]
    facts: tuple[tuple[str, str], ...]
    marked: SafeString | None = None


def is_passage(observation: ObservationDetail) -> bool:
    """Long, formatted, or under a heading of its own: read as text, not as a value."""
    if observation.kind is not ValueKind.TEXT:
        return False
    is_long = len(observation.text) > _LONGEST_SHORT_TEXT or "\n" in observation.text
    return is_long or observation.is_markup or bool(heading_words(observation.heading))


def present_passage(observation: ObservationDetail) -> Passage:
    return Passage(
        heading=heading_words(observation.heading) or observation.name or _("Svar"),
        text="" if observation.status in WITHDRAWN else observation.text,
        is_markup=observation.is_markup,
        is_conclusion=is_conclusion(observation.heading),
        status=status_words(observation),
        comments=observation.comments,
        facts=present_facts(observation),
    )
