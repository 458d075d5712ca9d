"""Microbiology: what grew, and what it is sensitive to, as one table each."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from access.lookup import ObservationDetail
from portal.presenting.results import (
    WITHDRAWN,
    Result,
    has_answer,
    present_answer,
    present_result,
    says_something,
    status_words,
)
from portal.presenting.values import present_quantity, present_range
from results.vocabulary import Susceptibility

_RESISTANCE = "RSB"


@dataclass(frozen=True, slots=True)
class Resistance:
    """One agent: the letter, EUCAST's words for it, and the MIC when it was sent."""

    agent: str
    letter: str
    words: str
    concentration: str
    comments: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Culture:
    """What grew, how much of it, and what it is sensitive to."""

    name: str
    finding: str
    status: str
    details: tuple[Result, ...]
    resistances: tuple[Resistance, ...]
    comments: tuple[str, ...]


def is_culture(observation: ObservationDetail) -> bool:
    """Whether agents stand below it, nested or linked."""
    return any(is_resistance(member) for member in observation.members)


def present_culture(observation: ObservationDetail) -> Culture:
    """The finding with its table; what else stands below it follows as details."""
    agents = [m for m in observation.members if is_resistance(m)]
    below_agents = [below for agent in agents for below in agent.members]
    others = [m for m in observation.members if not is_resistance(m)] + below_agents
    return Culture(
        name=observation.name,
        finding=present_answer(observation) if has_answer(observation) else "",
        status=status_words(observation),
        details=tuple(present_result(o) for o in _walk(others) if says_something(o)),
        resistances=tuple(_resistance(agent) for agent in agents),
        comments=observation.comments,
    )


def present_loose_agents(observations: Iterable[ObservationDetail]) -> Culture:
    """Agents that were sent without an organism above them still make one table."""
    return Culture(
        name=_("Resistens"),
        finding="",
        status="",
        details=(),
        resistances=tuple(_resistance(agent) for agent in observations),
        comments=(),
    )


def is_resistance(observation: ObservationDetail) -> bool:
    """An agent's answer: marked S, I or R, or put under the heading for it."""
    return bool(observation.susceptibility) or observation.heading == _RESISTANCE


def _walk(observations: Iterable[ObservationDetail]) -> Iterator[ObservationDetail]:
    for observation in observations:
        yield observation
        yield from _walk(observation.members)


def _resistance(observation: ObservationDetail) -> Resistance:
    """S, I and R in words; a code the list does not know is shown as sent."""
    is_withdrawn = observation.status in WITHDRAWN
    letter = None if is_withdrawn else observation.susceptibility
    words = letter.label if letter else ", ".join(observation.coded_texts)
    return Resistance(
        agent=observation.name,
        letter=str(letter.value) if letter else "",
        words=status_words(observation) if is_withdrawn else _in_words(words),
        concentration="" if is_withdrawn else _concentration(observation),
        comments=observation.comments,
    )


def _in_words(words: object) -> str:
    return str(words) or _("Ikke vurdert")


def _concentration(observation: ObservationDetail) -> str:
    """The MIC: a number with its comparator, in `TextResultValue` or `NumResult`."""
    if observation.digits:
        return present_quantity(
            observation.digits, observation.comparator, observation.unit
        )
    text = observation.text
    is_letter = text.upper() in Susceptibility.values
    return "" if is_letter else present_range(text)
