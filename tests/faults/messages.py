"""What is sent in a run: versions of many reports, shuffled, and worse among them."""

import datetime
import random
import uuid
from dataclasses import dataclass

from portal.demo import people
from portal.demo.generator.drafts import Message
from portal.demo.generator.writer import write
from tests.builders import NOON, a_number, a_person, a_report
from tests.faults.workers import POISON

MINUTE = datetime.timedelta(minutes=1)
ABOUT = (people.KARI, people.PER, people.NORA, people.JONAS)
GOOD, INVALID, POISONED, MISPLACED = "good", "invalid", "poison", "wrong patient"


@dataclass(frozen=True)
class Sent:
    """One message; `order` is by what its sender says: time, then MsgId."""

    id: str
    kind: str
    report: str
    order: tuple[datetime.datetime, str]
    content: bytes


class Laboratory:
    """Nordlab's day, made from a seed."""

    def __init__(self, rng: random.Random, name: str = "NL") -> None:
        self._rng, self._name = rng, name

    def day(self, reports: int) -> list[Sent]:
        """One to six versions each; some in a hundred invalid; four that kill."""
        rng = self._rng
        sent = [v for n in range(reports) for v in self._versions(f"{self._name}-{n}")]
        for n in range(max(1, reports // 50)):
            key = f"{self._name}-ugyldig-{n}"
            sent.append(self._message(INVALID, key, about=a_person(name="")))
        for n in range(4):
            sent.append(self._message(POISONED, f"{self._name}-gift-{n}"))
        rng.shuffle(sent)
        return sent

    def mistakes(self, day: list[Sent], count: int) -> list[Sent]:
        """The keys of reports that are stored, for another patient."""
        keys = sorted({s.report for s in day if s.kind == GOOD})
        return [
            self._message(MISPLACED, key, about=a_person(people.TOR))
            for key in self._rng.sample(keys, count)
        ]

    def _versions(self, key: str) -> list[Sent]:
        rng = self._rng
        about = rng.choice(ABOUT)
        minute, made = 0, []
        for place in range(rng.randint(1, 6)):
            kind = "N" if place == 0 else rng.choice("MMC")
            # Now and then two within the same minute: then MsgId decides.
            minute += rng.random() < 0.9
            made.append(
                self._message(GOOD, key, minute=minute, service_type=kind, about=about)
            )
        return made

    def _message(self, kind: str, key: str, *, minute: int = 0, **said) -> Sent:
        id = str(uuid.UUID(int=self._rng.getrandbits(128), version=4))
        if kind == POISONED:
            id = POISON + id[len(POISON) :]
        at = NOON + minute * MINUTE
        results = [a_number(number=str(self._rng.randint(90, 180) / 10))]
        report = a_report(id=key, results=results, **said)
        content = write(Message(id=id, generated_at=at, report=report))
        return Sent(id, kind, key, (at, id), content)


def heads(sent: list[Sent]) -> dict[str, str]:
    """The oracle: by report, the MsgId of the version that must be current."""
    good = [s for s in sent if s.kind == GOOD]
    return {s.report: s.id for s in sorted(good, key=lambda s: s.order)}
