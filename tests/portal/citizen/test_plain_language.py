"""What the citizen's pages say by themselves is said in short sentences."""

import re
import statistics
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from django.conf import settings

from portal.demo.explanations import load_explanations
from results.models import Explanation

CATALOGUE = settings.BASE_DIR / "portal/locale/nn/LC_MESSAGES/django.po"
# Where a citizen's words stand; what they share with others is theirs too.
PLACES = (
    "portal/citizen/",
    "portal/presenting/courses.py",
    "portal/presenting/explaining.py",
    "portal/presenting/own_reports.py",
    "portal/presenting/refusals.py",
    "portal/presenting/waiting.py",
    "templates/citizen/",
    "templates/components/",
)
MOST_WORDS_ON_AVERAGE = 15
LONGEST = 30
_GAP = re.compile(r"%\(\w+\)s")
_END = re.compile(r"(?<=[.!?])\s+")
_WORD = re.compile(r"[\w–-]+")


def sentences(language: str) -> list[str]:
    """Every sentence of the pages' own; labels and headings have no full stop."""
    with Path(CATALOGUE).open("rb") as file:
        catalogue = read_po(file)
    texts = [
        said
        for message in catalogue
        if message.id
        and any(place.startswith(PLACES) for place, _n in message.locations)
        for said in _said(message, language)
    ]
    parts = (part for text in texts for part in _END.split(_GAP.sub("navn", text)))
    return [part for part in parts if part.endswith((".", "?", "!"))]


def _said(message, language: str) -> tuple[str, ...]:
    said = message.id if language == "nb" else message.string
    return said if isinstance(said, tuple) else (said,)


def words(sentence: str) -> int:
    return len(_WORD.findall(sentence))


@pytest.mark.parametrize("language", ["nb", "nn"])
def test_sentences_are_short_on_average(language):
    lengths = [words(sentence) for sentence in sentences(language)]

    assert len(lengths) > 100
    assert statistics.mean(lengths) < MOST_WORDS_ON_AVERAGE


@pytest.mark.parametrize("language", ["nb", "nn"])
def test_no_sentence_is_very_long(language):
    assert [s for s in sentences(language) if words(s) > LONGEST] == []


@pytest.mark.django_db
def test_explanations_are_as_short():
    load_explanations()
    texts = Explanation.objects.values_list("text", flat=True)
    lengths = [words(part) for text in texts for part in _END.split(text)]

    assert statistics.mean(lengths) < MOST_WORDS_ON_AVERAGE
    assert max(lengths) <= LONGEST


def test_a_long_sentence_would_be_found():
    assert words("Dette er " + "meget " * 40 + "langt.") > LONGEST
