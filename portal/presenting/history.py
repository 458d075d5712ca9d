"""What each version of a report changed, in words: the new value first, both dated."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from access.lookup import (
    Change,
    ChangeKind,
    ObservationDetail,
    ReportDetail,
    VersionHead,
    VersionStep,
)
from portal.presenting.dates import written_at
from portal.presenting.headings import heading_words
from portal.presenting.judgements import judge
from portal.presenting.markup import plain_text
from portal.presenting.results import anchor_of, present_answer, present_facts
from portal.presenting.values import NO_BREAK_SPACE, present_range
from results.vocabulary import ReportStatus

# More than this are counted; nobody reads on, and the report itself has them all.
_MOST_LINES = 100


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """One change: what it is of, what kind, and what was said `now` and `before`."""

    name: str
    code: str
    kind: str
    tone: str
    now: str
    before: str


@dataclass(frozen=True, slots=True)
class ShownStep:
    """A version: when it was made, its status, what it replaced, what it changed."""

    made: str
    stored: str
    status: str
    replaced: str
    is_first: bool
    is_withdrawn: bool
    lines: tuple[ChangeLine, ...]
    more: str


def present_history(
    detail: ReportDetail, *, shows_withdrawn: bool = True
) -> tuple[ShownStep, ...]:
    """Newest first; nothing for a report of one version. `shows_withdrawn`: what a
    result said before it was taken back is for those who may have acted on it."""
    hidden: set[tuple[str, str]] = set()
    steps = []
    for step in detail.history:
        if not shows_withdrawn:
            hidden |= {
                _sign(change)
                for change in step.changes
                if change.kind is ChangeKind.WITHDRAWN
            }
        steps.append(_step(step, frozenset(hidden)))
    return tuple(steps)


def _sign(change: Change) -> tuple[str, str]:
    return (change.item.code, change.item.name)


def _step(step: VersionStep, hidden: frozenset[tuple[str, str]]) -> ShownStep:
    lines = _lines(step, hidden)
    shown = tuple(islice(lines, _MOST_LINES))
    rest = sum(1 for _line in lines)
    status = step.head.status
    return ShownStep(
        made=written_at(step.head.made_at),
        stored=written_at(step.head.stored_at),
        status="" if status is ReportStatus.UNKNOWN else str(status.label),
        replaced=written_at(step.before.made_at) if step.before else "",
        is_first=step.before is None,
        is_withdrawn=step.head.is_withdrawn,
        lines=shown,
        more=_more(rest) if rest else "",
    )


def corrections_in(detail: ReportDetail) -> dict[str, str]:
    """When each result of the version in force was corrected, by its place on the page:
    «Rettet 02.03.2026 kl. 12.05»; only what the newest version changed."""
    if not detail.history:
        return {}
    step = detail.history[0]
    words = _("Rettet %(at)s") % {"at": written_at(step.head.made_at)}
    return {
        anchor_of(change.after): words
        for change in step.changes
        if change.kind is ChangeKind.CHANGED and change.after is not None
    }


def _more(count: int) -> str:
    return ngettext(
        "Og %(count)s endring til.", "Og %(count)s endringer til.", count
    ) % {"count": count}


def _lines(
    step: VersionStep, hidden: frozenset[tuple[str, str]]
) -> Iterator[ChangeLine]:
    if step.before is not None and not step.head.is_withdrawn:
        yield from _head_lines(step.head, step.before)
    for change in step.changes:
        yield _line(change, is_hidden=_sign(change) in hidden)


def _head_lines(now: VersionHead, before: VersionHead) -> Iterator[ChangeLine]:
    """What is said of the report as a whole, where it is another than before."""
    pairs = (
        (_("Kommentar til hele svaret"), now.comment, before.comment),
        (_("Laboratorium"), now.performer_name, before.performer_name),
        (_("Bestilt av"), now.requester_name, before.requester_name),
        (_("Ansvarlig"), now.responsible_name, before.responsible_name),
    )
    if before.is_withdrawn:
        return
    for name, new, old in pairs:
        if new != old:
            kind = ChangeKind.CHANGED if new and old else _came_or_went(new)
            yield ChangeLine(name, "", _WORDS[kind](), _TONES[kind], new, old)


def _came_or_went(new: str) -> ChangeKind:
    return ChangeKind.ADDED if new else ChangeKind.NOT_REPEATED


def _line(change: Change, *, is_hidden: bool) -> ChangeLine:
    item = change.item
    return ChangeLine(
        name=item.name or str(heading_words(item.heading) or _("Svar")),
        code=item.code,
        kind=_WORDS[change.kind](),
        tone=_TONES[change.kind],
        now="" if is_hidden else _said(change.after, other=change.before),
        before="" if is_hidden else _said(change.before, other=change.after),
    )


def _said(item: ObservationDetail | None, *, other: ObservationDetail | None) -> str:
    """Value and unit; what else differs from the other version follows, in words."""
    if item is None:
        return ""
    answer = plain_text(present_answer(item), is_markup=item.is_markup)
    value = f"{answer}{NO_BREAK_SPACE}{item.unit}" if answer and item.unit else answer
    said = [value] if value else []
    if other is not None:
        said.extend(_besides(item, other))
    return "; ".join(said) or "–"


def _besides(item: ObservationDetail, other: ObservationDetail) -> Iterator[str]:
    if item.reference_ranges != other.reference_ranges:
        ranges = ", ".join(map(present_range, item.reference_ranges)) or "–"
        yield _("referanse %(range)s") % {"range": ranges}
    if item.interpretation != other.interpretation:
        judgement = judge(item)
        yield str(judgement.words) if judgement else _("ikke vurdert")
    if item.status != other.status:
        yield _("status %(status)s") % {"status": str(item.status.label).lower()}
    if item.comments != other.comments:
        comments = " ".join(item.comments) or "–"
        yield _("kommentar: %(text)s") % {"text": comments}
    for label, fact in present_facts(item):
        if (label, fact) not in present_facts(other):
            yield f"{label}: {fact}"


_WORDS = {
    ChangeKind.ADDED: lambda: _("Lagt til"),
    ChangeKind.CHANGED: lambda: _("Endret"),
    ChangeKind.WITHDRAWN: lambda: _("Trukket"),
    ChangeKind.NOT_REPEATED: lambda: _("Ikke gjentatt"),
}
_TONES = {
    ChangeKind.ADDED: "new",
    ChangeKind.CHANGED: "warning",
    ChangeKind.WITHDRAWN: "danger",
    ChangeKind.NOT_REPEATED: "plain",
}
