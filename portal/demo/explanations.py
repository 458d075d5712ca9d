"""What tests and words mean, written for the demonstration and reviewed by nobody."""

import csv
from collections.abc import Iterator
from pathlib import Path

from access.operations import DemonstrationText, load_demonstration_texts
from results.codes import NLK
from results.vocabulary import ExplanationKind

_HERE = Path(__file__).parent
_LANGUAGES = ("nb", "nn")
_SOURCE = "Skrevet for demonstrasjonen"


def load_explanations() -> int:
    """Put every text in place; may be run again. Gives how many there are."""
    return load_demonstration_texts([*_tests(), *_words()])


def _tests() -> Iterator[DemonstrationText]:
    for row in _rows("explanations.csv"):
        for code in row["codes"].split():
            for language in _LANGUAGES:
                yield DemonstrationText(
                    kind=ExplanationKind.TEST,
                    system=NLK,
                    code=code,
                    language=language,
                    text=row[language],
                    source=_SOURCE,
                )


def _words() -> Iterator[DemonstrationText]:
    for row in _rows("words.csv"):
        for language in _LANGUAGES:
            yield DemonstrationText(
                kind=ExplanationKind.WORD,
                system="",
                code=row["word"],
                forms=row["forms"],
                language=language,
                text=row[language],
                source=_SOURCE,
            )


def _rows(name: str) -> Iterator[dict[str, str]]:
    with (_HERE / name).open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)
