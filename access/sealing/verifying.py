"""Holds the log to what was signed, and says in words which row or checkpoint is wrong.

Everything is computed anew: leaves from rows, roots from leaves, and the chain of
checkpoints from the first. Nothing in the database is trusted but by a signature.
"""

import datetime
from collections.abc import Generator, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import groupby

from django.conf import settings
from django.db.backends.utils import CursorWrapper
from django.utils import timezone

from access.models import LogCheckpoint
from access.sealing.lateness import LATE_AFTER
from access.sealing.notes import (
    NOTHING_BEFORE,
    Checkpoint,
    NotOurs,
    hash_of,
    open_note,
)
from access.sealing.rows import FORMS, lines, sealer
from access.sealing.tree import Tree, leaf_hash

_MOST_TOLD = 100
# One row for each leaf: place, key, leaf, whether its row is there, and the row.
_LEAVES = """
    SELECT s.position, s.entry_id, encode(s.leaf, 'hex'), e.id IS NOT NULL, {form}
    FROM access_sealedentry s
    LEFT JOIN access_accesslogentry e
      ON e.id = s.entry_id AND e.at >= '{first}' AND e.at < '{next}'
    WHERE s.tree = '{tree}' AND s.position >= {start} AND s.position < {end}
    ORDER BY s.position
"""
_GONE = b"-1\t\t\t\t"
_KEPT_MONTHS = 60
_ERASED = """
    SELECT jsonb_array_elements_text(report_ids),
           to_char(at AT TIME ZONE 'UTC', 'YYYY-MM')
    FROM access_accesslogentry WHERE patient_id = '00000000-0000-0000-0000-000000000000'
    AND action = 'erase-log'
"""
_UNSEALED = """
    SELECT e.id, e.at FROM access_accesslogentry e
    WHERE e.at >= %s AND e.at < %s AND (e.at < %s OR e.transaction_id < %s)
    AND NOT EXISTS (SELECT FROM access_sealedentry s WHERE s.entry_id = e.id)
    ORDER BY e.at LIMIT %s
"""


@dataclass
class Findings:
    """`rows` were held to `checkpoints`; `faults` are sentences, none when all is well,
    and not more than a hundred."""

    rows: int = 0
    checkpoints: int = 0
    erased: int = 0
    faults: list[str] = field(default_factory=list)

    def say(self, fault: str) -> None:
        if len(self.faults) < _MOST_TOLD:
            self.faults.append(fault)


def verify(*, month: str = "", anchored: Iterable[tuple[int, str]] = ()) -> Findings:
    """The whole log, or one month of it; `anchored` are numbers and notes from a place
    outside, without which nobody can tell that the end was cut off."""
    findings = Findings()
    checkpoints = list(
        LogCheckpoint.objects.using(settings.SEALER_DATABASE).order_by("number")
    )
    findings.checkpoints = len(checkpoints)
    _hold_chain(checkpoints, findings)
    _hold_anchors({c.number: c.note for c in checkpoints}, anchored, findings)
    by_tree: dict[str, list[LogCheckpoint]] = {}
    for checkpoint in checkpoints:
        by_tree.setdefault(checkpoint.tree, []).append(checkpoint)
    with sealer() as cursor:
        erased = _erased(cursor)
        for tree, those in sorted(by_tree.items()):
            if month in ("", tree):
                held = _Held(tree, findings, erased)
                _hold_tree(cursor, held, those)
        _find_unsealed(cursor, month, checkpoints, findings)
    return findings


def _hold_chain(checkpoints: Iterable[LogCheckpoint], findings: Findings) -> None:
    before = NOTHING_BEFORE
    for expected, stored in enumerate(checkpoints, start=1):
        if stored.number != expected:
            findings.say(f"Kontrollpunkt {expected} mangler.")
            return
        try:
            text = open_note(stored.note, keys=settings.SEAL_PUBLIC_KEYS)
        except NotOurs as error:
            findings.say(f"Kontrollpunkt {stored.number} har {error}.")
            text = stored.note.rpartition("\n\n")[0] + "\n"
        if text.partition("/innsynslogg/")[2] != _said_by(stored, before):
            findings.say(
                f"Kontrollpunkt {stored.number} er ikke det som ble undertegnet, eller "
                f"følger ikke av kontrollpunkt {stored.number - 1}."
            )
        before = hash_of(text)


def _said_by(stored: LogCheckpoint, before: bytes) -> str:
    """The text the columns would give, less the host, which may change."""
    said = Checkpoint(
        number=stored.number,
        tree=stored.tree,
        size=stored.size,
        root=bytes(stored.root),
        before=before,
        form=stored.form,
        below=stored.below,
        at=stored.at,
    )
    return said.text("").partition("/innsynslogg/")[2]


def _hold_anchors(
    notes: Mapping[int, str], anchored: Iterable[tuple[int, str]], findings: Findings
) -> None:
    for number, note in anchored:
        if number not in notes:
            findings.say(
                f"Kontrollpunkt {number} er kjent utenfor oss og finnes ikke her: "
                "slutten av loggen er borte."
            )
        elif notes[number] != note:
            findings.say(
                f"Kontrollpunkt {number} er et annet utenfor oss: det er byttet."
            )


@dataclass(frozen=True, slots=True)
class _Held:
    """The tree being held; `erased` tells in which month which rows were erased."""

    name: str
    findings: Findings
    erased: Mapping[str, str]

    def say(self, place: int, what: str) -> None:
        self.findings.say(f"Linje {place + 1} i {self.name} {what}")


def _hold_tree(
    cursor: CursorWrapper, held: _Held, checkpoints: list[LogCheckpoint]
) -> None:
    tree = Tree()
    start = 0
    for form, those in groupby(checkpoints, lambda c: c.form):
        run = list(those)
        leaves = _leaves(cursor, held.name, form=form, start=start, end=run[-1].size)
        for checkpoint in run:
            _take(leaves, tree, held, up_to=checkpoint.size)
            if tree.size != checkpoint.size or tree.root != bytes(checkpoint.root):
                held.findings.say(
                    f"Linjene {start + 1}–{checkpoint.size} i {held.name} gir ikke det "
                    f"som ble undertegnet i kontrollpunkt {checkpoint.number}."
                )
                leaves.close()
                return
            start = checkpoint.size


def _leaves(
    cursor: CursorWrapper, name: str, *, form: int, start: int, end: int
) -> Generator[bytes]:
    first, following = _month(name)
    query = _LEAVES.format(
        tree=name, form=FORMS[form], first=first, next=following, start=start, end=end
    )
    return lines(cursor, query)


def _take(leaves: Iterator[bytes], tree: Tree, held: _Held, *, up_to: int) -> None:
    """Add leaves up to a checkpoint, each held to its row."""
    while tree.size < up_to:
        line = next(leaves, None)
        position, key, leaf_text, is_there, content = (line or _GONE).split(b"\t", 4)
        if int(position) != tree.size:
            held.say(tree.size, "har mistet sin plass.")
            return
        leaf = bytes.fromhex(leaf_text.decode())
        if is_there != b"t":
            _judge_gone(tree.size, key.decode(), held)
        elif leaf_hash(content) != leaf:
            held.say(tree.size, f"({key.decode()}) er endret.")
        held.findings.rows += 1
        tree.append(leaf)


def _judge_gone(place: int, key: str, held: _Held) -> None:
    """Erased when its time had come, and by a row that says so; or deleted."""
    if _months_between(held.name, held.erased.get(key, held.name)) >= _KEPT_MONTHS:
        held.findings.erased += 1
    else:
        held.say(place, f"({key}) er slettet.")


def _erased(cursor: CursorWrapper) -> dict[str, str]:
    cursor.execute(_ERASED)
    return {str(key): month for key, month in cursor.fetchall()}


def _months_between(earlier: str, later: str) -> int:
    (year, month), (next_year, next_month) = (
        map(int, name.split("-")) for name in (earlier, later)
    )
    return 12 * (next_year - year) + next_month - month


def _find_unsealed(
    cursor: CursorWrapper,
    month: str,
    checkpoints: list[LogCheckpoint],
    findings: Findings,
) -> None:
    """What was written long ago, or is older than what is sealed, and has no seal."""
    first, following = _month(month) if month else ("-infinity", "infinity")
    below = max((c.below for c in checkpoints), default=0)
    late = timezone.now() - LATE_AFTER
    cursor.execute(_UNSEALED, [first, following, late, below, _MOST_TOLD])
    for key, at in cursor.fetchall():
        when = at.astimezone(datetime.UTC).strftime("%Y-%m-%d %H:%M:%S")
        findings.say(f"En linje fra {when} UTC ({key}) er ikke forseglet.")


def _month(name: str) -> tuple[str, str]:
    year, month = map(int, name.split("-"))
    years, before = divmod(month, 12)
    return f"{name}-01T00:00Z", f"{year + years:04}-{before + 1:02}-01T00:00Z"
