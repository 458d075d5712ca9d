"""The laboratory's mark: above, below, outside; S, I or R; or in words."""

from collections.abc import Iterable
from dataclasses import dataclass

from results.fhir import names
from results.fhir.items import Item
from results.fhir.read import values
from results.kith import status
from results.parsed import ParsedCoding
from results.vocabulary import Interpretation, Susceptibility

_HIGH, _LOW, _OTHER = (
    Interpretation.HIGH,
    Interpretation.LOW,
    Interpretation.ABNORMAL,
)
# v3 ObservationInterpretation, and the words for what our three marks do not hold.
_MARKS = {
    "H": (_HIGH, None),
    "HH": (_HIGH, "Kritisk høy"),
    "HU": (_HIGH, "Betydelig forhøyet"),
    ">": (_HIGH, "Over måleområdet"),
    "L": (_LOW, None),
    "LL": (_LOW, "Kritisk lav"),
    "LU": (_LOW, "Betydelig senket"),
    "<": (_LOW, "Under måleområdet"),
    "A": (_OTHER, None),
    "AA": (_OTHER, "Kritisk avvik"),
    "N": (None, None),
}
_WORDS = {
    "POS": "Positiv",
    "NEG": "Negativ",
    "IND": "Ikke konklusivt",
    "E": "Tvetydig",
    "DET": "Påvist",
    "ND": "Ikke påvist",
    "B": "Bedre enn før",
    "W": "Verre enn før",
    "U": "Betydelig høyere enn før",
    "D": "Betydelig lavere enn før",
    "RR": "Reaktiv",
    "NR": "Ikke reaktiv",
    "WR": "Svakt reaktiv",
    "EXP": "Som forventet",
    "UNE": "Uventet",
}
# SNOMED CT where a laboratory codes the answer itself.
_SUSCEPTIBILITY = {
    "131196009": Susceptibility.SENSITIVE,
    "1255965005": Susceptibility.INCREASED_EXPOSURE,
    "264841006": Susceptibility.INCREASED_EXPOSURE,
    "30714006": Susceptibility.RESISTANT,
}


@dataclass(frozen=True, slots=True)
class Interpreted:
    """The mark, the susceptibility as Volven 8271 has it, and what is said besides."""

    mark: Interpretation | None = None
    susceptibility: ParsedCoding | None = None
    remarks: tuple[str, ...] = ()


def interpret(concepts: Iterable[Item]) -> Interpreted:
    """What `interpretation` says. What no code of ours holds is kept in words."""
    marks: list[Interpretation] = []
    answers: list[ParsedCoding] = []
    remarks: dict[str, None] = {}
    for concept in concepts:
        found = _of_concept(concept)
        marks += [found.mark] if found.mark else []
        answers += [found.susceptibility] if found.susceptibility else []
        remarks |= dict.fromkeys(found.remarks)
    return Interpreted(
        mark=next(iter(marks), None),
        susceptibility=next(iter(answers), None),
        remarks=tuple(remarks),
    )


def susceptibility_in(codings: Iterable[ParsedCoding]) -> ParsedCoding | None:
    """S, I or R where a result's value says it in SNOMED CT."""
    for coding in codings:
        if coding.system == names.SNOMED and coding.code in _SUSCEPTIBILITY:
            return _answer(_SUSCEPTIBILITY[coding.code])
    return None


def _of_concept(concept: Item) -> Interpreted:
    for system, code in values.coding_pairs([concept]):
        if code and (found := _of_code(system, code)):
            text = concept.text("text")
            is_told = found.remarks or text is None or text == code
            return found if is_told else _with_remark(found, text)
    words = values.concept_text(concept)
    return Interpreted(remarks=(_remark(words),) if words else ())


def _of_code(system: str | None, code: str) -> Interpreted | None:
    if system == names.DEVIATIONS:
        return Interpreted(mark=status.interpretation(code))
    if system == names.RESISTANCE and code in Susceptibility.values:
        return Interpreted(susceptibility=_answer(Susceptibility(code)))
    if system is not None and system not in names.INTERPRETATIONS:
        return None
    if code in {"S", "I", "R"}:
        return Interpreted(susceptibility=_answer(Susceptibility(code)))
    if code in _MARKS:
        mark, words = _MARKS[code]
        return Interpreted(mark=mark, remarks=(_remark(words),) if words else ())
    words = _WORDS.get(code)
    return Interpreted(remarks=(_remark(words),)) if words else None


def _with_remark(found: Interpreted, text: str | None) -> Interpreted:
    """The laboratory's own words beside a susceptibility («I» has had two meanings)."""
    if found.susceptibility is None or text is None:
        return found
    return Interpreted(found.mark, found.susceptibility, (_remark(text),))


def _remark(words: str) -> str:
    return f"Laboratoriets vurdering: {words}"


def _answer(letter: Susceptibility) -> ParsedCoding:
    return ParsedCoding(code=letter.value, system=names.RESISTANCE)
