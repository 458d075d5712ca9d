"""What happens to one citizen over the years, as reports leave the laboratories."""

import datetime
import math
import random
from collections.abc import Iterator

from portal.demo.generator import versions
from portal.demo.generator.biochemistry import Biochemistry
from portal.demo.generator.body import Body, Trend
from portal.demo.generator.conditions import CONDITIONS, Condition
from portal.demo.generator.desk import Desk
from portal.demo.generator.episodes import EPISODES
from portal.demo.generator.population import Citizen
from portal.demo.generator.services import Dispatch
from portal.demo.generator.span import Span

# Now and then a laboratory errs: so many visits apart, for the whole demonstration to
# have some of each.
_VISITS_BETWEEN_CORRECTIONS = 23
_VISITS_BETWEEN_CANCELLATIONS = 41


def course(citizen: Citizen, span: Span, chance: random.Random) -> list[Dispatch]:
    """Every version of every report about the citizen, in the order they are sent."""
    found = sorted(
        Course(citizen, span, chance).dispatches(), key=lambda dispatch: dispatch.at
    )
    return [dispatch for dispatch in found if dispatch.at.date() <= span.until]


class Course:
    """One citizen's years."""

    def __init__(self, citizen: Citizen, span: Span, chance: random.Random) -> None:
        self._conditions = [CONDITIONS[name] for name in citizen.conditions]
        self._citizen = citizen
        self._span = span
        self._chance = chance
        self._desk = Desk(citizen, chance)
        body = Body(chance, self._trends(), is_female=citizen.person.is_female)
        self._biochemistry = Biochemistry(self._desk, body, span)
        self._visits = chance.randrange(_VISITS_BETWEEN_CORRECTIONS - 3)

    def dispatches(self) -> Iterator[Dispatch]:
        """In no particular order, and some beyond the span."""
        for condition in self._conditions:
            for taken_at in self._appointments(condition.every_days):
                yield from self._visit(condition, taken_at)
            for name, per_year in condition.episodes.items():
                for taken_at in self._moments(per_year):
                    yield from self._episode(name, taken_at)

    def _trends(self) -> dict[str, Trend]:
        """Where two diseases move the same level, the one named first has its way."""
        trends: dict[str, Trend] = {}
        for condition in reversed(self._conditions):
            trends.update(condition.trends)
        return trends

    def _appointments(self, every_days: int) -> Iterator[datetime.datetime]:
        day = self._first_day() + self._chance.uniform(2, min(every_days, 60))
        while day < self._span.days:
            yield self._span.morning(day, self._chance)
            day += every_days * self._chance.uniform(0.85, 1.15)

    def _moments(self, per_year: float) -> Iterator[datetime.datetime]:
        expected = per_year * self._span.days / 365.25
        times = math.floor(expected + self._chance.random())
        if self._citizen.has_everything and expected > 0.3:
            times = max(times, 1)
        first = self._first_day()
        for _ in range(times):
            # Early enough for the answer to come before the end.
            day = self._chance.uniform(first, max(self._span.days - 12, first))
            yield self._span.morning(day, self._chance)

    def _first_day(self) -> float:
        """Nobody is tested before their first birthday."""
        born = self._citizen.person.birth_date
        return max(0, (born - self._span.start).days + 365)

    def _visit(
        self, condition: Condition, taken_at: datetime.datetime
    ) -> Iterator[Dispatch]:
        sent = self._biochemistry.visit(condition, taken_at)
        yield sent
        self._visits += 1
        after = datetime.timedelta(hours=self._chance.randint(20, 50))
        if self._visits % _VISITS_BETWEEN_CORRECTIONS == 0:
            right = self._biochemistry.measured_again(sent, condition.panel[0])
            yield versions.corrected(sent, right, after=after)
        elif self._visits % _VISITS_BETWEEN_CANCELLATIONS == 0:
            yield versions.cancelled(sent, after=after)

    def _episode(self, name: str, taken_at: datetime.datetime) -> Iterator[Dispatch]:
        if name == "acute":
            yield from self._biochemistry.acute(taken_at)
        else:
            yield from EPISODES[name](self._desk, taken_at)
