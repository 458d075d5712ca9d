"""What microbes were sensitive to, over time: agents by isolates, newest first."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from access.lookup import ObservationDetail, ReadReports, ReportDetail
from portal.presenting.cultures import (
    Resistance,
    is_culture,
    is_resistance,
    present_culture,
)
from portal.presenting.dates import machine_day, short_day
from portal.presenting.linking import with_linked
from portal.presenting.results import status_words
from portal.presenting.titles import status_tag

MOST_ISOLATES = 12
AgentKey = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Isolate:
    """One microbe of one specimen: a column. `state` tells what is not final."""

    name: str
    finding: str
    day: str
    machine_day: str
    specimen: str
    state: str
    url: str


@dataclass(frozen=True, slots=True)
class AgentRow:
    """An agent as sent, and its answers in the order of the isolates."""

    agent: str
    answers: tuple[Resistance | None, ...]


@dataclass(frozen=True, slots=True)
class ResistanceTable:
    """`left_out` is how many isolates of the page's reports are not in it."""

    isolates: tuple[Isolate, ...]
    rows: tuple[AgentRow, ...]
    left_out: int


def present_isolates(
    found: ReadReports, address_of: Mapping[str, str]
) -> ResistanceTable | None:
    """None when nothing that was read was tested for resistance."""
    columns: list[tuple[Isolate, dict[AgentKey, Resistance]]] = []
    names: dict[AgentKey, str] = {}
    for report in found.page:
        detail = found.details.get(report.id)
        if detail is None:
            continue
        for culture in _cultures(with_linked(detail.observations)):
            answers = _answers(culture, names)
            isolate = _isolate(detail, culture, address_of[str(report.id)])
            columns.append((isolate, answers))
    if not columns:
        return None
    shown = columns[:MOST_ISOLATES]
    keys = sorted(names, key=lambda key: names[key].casefold())
    rows = (
        AgentRow(names[key], tuple(answers.get(key) for _isolate, answers in shown))
        for key in keys
    )
    return ResistanceTable(
        isolates=tuple(isolate for isolate, _answers in shown),
        rows=tuple(row for row in rows if any(row.answers)),
        left_out=len(columns) - len(shown),
    )


def _cultures(observations: Iterable[ObservationDetail]) -> Iterator[ObservationDetail]:
    for observation in observations:
        if is_culture(observation):
            yield observation
        else:
            yield from _cultures(observation.members)


def _answers(
    culture: ObservationDetail, names: dict[AgentKey, str]
) -> dict[AgentKey, Resistance]:
    """By agent: its code as sent, or its name where it has none."""
    agents = [member for member in culture.members if is_resistance(member)]
    answers = {}
    for agent, answer in zip(agents, present_culture(culture).resistances, strict=True):
        key = (agent.code, agent.code_system) if agent.code else (agent.name, "")
        names.setdefault(key, agent.name or agent.code)
        answers[key] = answer
    return answers


def _isolate(detail: ReportDetail, culture: ObservationDetail, url: str) -> Isolate:
    summary = detail.summary
    tag = status_tag(summary)
    specimens = {s.accession: s.type_text for s in detail.specimens}
    own = (specimens.get(key, "") for key in culture.specimen_accessions)
    moment = culture.effective_at or summary.effective_at
    shown = present_culture(culture)
    return Isolate(
        name=shown.name,
        finding=shown.finding,
        day=short_day(moment),
        machine_day=machine_day(moment),
        specimen=next(filter(None, own), summary.specimen_text),
        state=status_words(culture) or (tag[0] if tag else ""),
        url=url,
    )
