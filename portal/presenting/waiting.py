"""What a citizen is told of an answer that is not shown: since when, what next, by
whom; and of a refusal also why in law, and what can be done about it."""

import datetime
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from access.lookup import ReleaseTold, WaitingReport
from access.release import Confidentiality, ReleaseState
from portal.presenting.dates import clock, long_day, machine_day, short_day, written_at
from portal.presenting.lists import Tag
from portal.presenting.titles import report_icon

_TITLES: dict[ReleaseState, str | Promise] = {
    ReleaseState.AWAITING: gettext_lazy("Svaret venter på å bli vurdert"),
    ReleaseState.PRELIMINARY: gettext_lazy("Svaret er foreløpig"),
    ReleaseState.DELAYED: gettext_lazy("Svaret vises senere"),
    ReleaseState.WITHHELD: gettext_lazy("Du er nektet innsyn i dette svaret"),
}
_TAGS: dict[ReleaseState, tuple[str | Promise, str]] = {
    ReleaseState.AWAITING: (gettext_lazy("Venter på vurdering"), "plain"),
    ReleaseState.PRELIMINARY: (gettext_lazy("Foreløpig"), "plain"),
    ReleaseState.DELAYED: (gettext_lazy("Vises senere"), "plain"),
    ReleaseState.WITHHELD: (gettext_lazy("Nektet innsyn"), "warning"),
}
_GROUNDS: dict[Confidentiality, str | Promise] = {
    Confidentiality.DANGER_TO_LIFE: gettext_lazy(
        "Loven lar helsepersonell nekte innsyn når det er påtrengende nødvendig for å "
        "hindre fare for liv eller alvorlig helseskade."
    ),
    Confidentiality.RELATIVES: gettext_lazy(
        "Loven lar helsepersonell nekte innsyn når det er klart utilrådelig av hensyn "
        "til noen som står deg nær."
    ),
}


@dataclass(frozen=True, slots=True)
class WaitingLine:
    """An answer that is not shown, in a list or at the top of its own page."""

    id: str
    title: str
    discipline: str
    icon: str
    tone: str
    tag: Tag
    taken: str
    machine_day: str
    requester: str
    since: str
    next_step: str


@dataclass(frozen=True, slots=True)
class RefusalOfAccess:
    """A refusal of access: on which ground, and until when it stands as it is."""

    ground: str
    review: str
    organization: str


@dataclass(frozen=True, slots=True)
class WaitingPage:
    """One that is not shown; `refusal` is there when it never will be by itself."""

    line: WaitingLine
    comment: str
    decided_by: str
    refusal: RefusalOfAccess | None


@dataclass(frozen=True, slots=True)
class _When:
    date: datetime.date | None
    at: datetime.datetime | None = None


def present_waiting_line(waiting: WaitingReport) -> WaitingLine:
    icon, tone = report_icon(waiting.category)
    words, colour = _TAGS[waiting.state]
    return WaitingLine(
        id=str(waiting.id),
        title=str(_TITLES[waiting.state]),
        discipline=str(waiting.category.label),
        icon=icon,
        tone=tone,
        tag=Tag(str(words), colour),
        taken=short_day(waiting.effective_at) if waiting.effective_at else "",
        machine_day=machine_day(waiting.effective_at),
        requester=waiting.requester_name,
        since=_("Svaret kom %(day)s.") % {"day": long_day(_When(None, waiting.since))},
        next_step=_next_step(waiting),
    )


def present_waiting_page(waiting: WaitingReport, told: ReleaseTold) -> WaitingPage:
    is_withheld = waiting.state is ReleaseState.WITHHELD
    return WaitingPage(
        line=present_waiting_line(waiting),
        comment=told.comment,
        decided_by=_decided_by(told),
        refusal=_refusal(told) if is_withheld else None,
    )


def present_comment(told: ReleaseTold | None) -> tuple[str, str]:
    """The requester's words to the patient about a shown answer, and whose they are."""
    if told is None or not told.comment:
        return "", ""
    return told.comment, _decided_by(told)


def _next_step(waiting: WaitingReport) -> str:
    if waiting.state is ReleaseState.PRELIMINARY:
        return _(
            "Laboratoriet er ikke ferdig, og svaret kan bli endret. Du får vite mer "
            "når det endelige svaret er her."
        )
    if waiting.state is ReleaseState.WITHHELD:
        return _("Åpne for å se hvem som bestemte det, og hvordan du kan klage.")
    if waiting.state is ReleaseState.DELAYED and waiting.until is not None:
        return _("Svaret vises fra %(day)s %(time)s.") % {
            "day": long_day(_When(None, waiting.until)),
            "time": clock(waiting.until),
        }
    if waiting.requester_name:
        return _("%(name)s skal vurdere svaret før det vises her.") % {
            "name": waiting.requester_name
        }
    return _("Den som bestilte prøven, skal vurdere svaret før det vises her.")


def _decided_by(told: ReleaseTold) -> str:
    parts = (told.decided_by, told.organization_name)
    who = ", ".join(part for part in parts if part)
    when = written_at(told.decided_at) if told.decided_at else ""
    return " · ".join(part for part in (who, when) if part)


def _refusal(told: ReleaseTold) -> RefusalOfAccess:
    ground = _GROUNDS.get(told.code) if told.code else None
    named = str(told.code.label) if told.code else ""
    return RefusalOfAccess(
        ground=str(ground) if ground else named,
        review=long_day(_When(told.review_date)) if told.review_date else "",
        organization=told.organization_name,
    )
