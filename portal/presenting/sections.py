"""A report's results as sections of plain values, the same for every audience."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from access.lookup import ObservationDetail
from portal.presenting.cultures import (
    Culture,
    is_culture,
    is_resistance,
    present_culture,
    present_loose_agents,
)
from portal.presenting.difficult_words import DifficultWord
from portal.presenting.headings import heading_words
from portal.presenting.linking import with_linked
from portal.presenting.passages import Passage, is_passage, present_passage
from portal.presenting.results import Result, present_result, says_something


@dataclass(frozen=True, slots=True)
class Section:
    """What stands under one heading of a report; the first may have none."""

    heading: str
    results: tuple[Result, ...] = ()
    passages: tuple[Passage, ...] = ()
    cultures: tuple[Culture, ...] = ()
    words: tuple[DifficultWord, ...] = ()


def present_sections(
    observations: Sequence[ObservationDetail], *, draws_lines: bool = False
) -> tuple[Section, ...]:
    """What stands alone first, then group by group; within each, conclusions first.

    `draws_lines` adds a number line to each number with an interval.
    """
    tree = with_linked(observations)
    sections = [s for s in _sections(tree, heading="") if _has_content(s)]
    if draws_lines:
        return tuple(sections)
    return tuple(
        replace(s, results=tuple(replace(r, chart=None) for r in s.results))
        for s in sections
    )


def _sections(
    observations: Sequence[ObservationDetail], *, heading: str
) -> Iterator[Section]:
    loose = [o for o in observations if not o.members or is_culture(o)]
    yield _section(loose, heading=heading)
    for group in observations:
        if not group.members or is_culture(group):
            continue
        name = _group_heading(group, above=heading)
        alone = replace(group, members=(), name=group.name or name)
        inside = (alone, *group.members) if says_something(group) else group.members
        yield from _sections(inside, heading=name)


def _group_heading(group: ObservationDetail, *, above: str) -> str:
    name = group.name or heading_words(group.heading)
    return " – ".join(part for part in (above, name) if part)


def _section(observations: Sequence[ObservationDetail], *, heading: str) -> Section:
    """Each item is shown once: as a culture, an agent, a passage or a result."""
    sorts: dict[str, list[ObservationDetail]] = defaultdict(list)
    for observation in observations:
        sorts[_sort_of(observation)].append(observation)
    passages = [present_passage(o) for o in sorts["passage"]]
    cultures = [present_culture(o) for o in sorts["culture"]]
    if agents := sorts["agent"]:
        cultures.append(present_loose_agents(agents))
    return Section(
        heading=heading,
        results=tuple(present_result(o) for o in sorts["result"]),
        passages=tuple(sorted(passages, key=lambda p: not p.is_conclusion)),
        cultures=tuple(cultures),
    )


def _sort_of(observation: ObservationDetail) -> str:
    if is_culture(observation):
        return "culture"
    if is_resistance(observation):
        return "agent"
    return "passage" if is_passage(observation) else "result"


def _has_content(section: Section) -> bool:
    return bool(section.results or section.passages or section.cultures)
