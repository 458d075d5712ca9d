"""Whether a report's patient is shown it, as told to personnel: since when, by whom."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from access.lookup import ReleaseTold
from access.release import ReleaseState
from portal.presenting.dates import written_at

_SENTENCES: dict[ReleaseState, str | Promise] = {
    ReleaseState.SHOWN: gettext_lazy("Pasienten kan lese svaret."),
    ReleaseState.TOMBSTONE: gettext_lazy(
        "Pasienten ser bare at svaret er trukket tilbake."
    ),
    ReleaseState.PRELIMINARY: gettext_lazy(
        "Pasienten ser at det finnes et foreløpig svar, men ikke hva det sier."
    ),
    ReleaseState.AWAITING: gettext_lazy(
        "Pasienten ser ikke svaret før det er vurdert."
    ),
    ReleaseState.DELAYED: gettext_lazy("Pasienten ser svaret senere."),
    ReleaseState.WITHHELD: gettext_lazy("Pasienten er nektet innsyn i svaret."),
}


@dataclass(frozen=True, slots=True)
class ShownRelease:
    """For the panel on the report's page."""

    sentence: str
    decided: str
    comment: str
    reasons: str
    version_id: str
    may_decide: bool
    is_shown: bool


def present_release(told: ReleaseTold | None) -> ShownRelease | None:
    if told is None:
        return None
    state = told.release.state
    is_settled = state in (ReleaseState.TOMBSTONE, ReleaseState.PRELIMINARY)
    return ShownRelease(
        sentence=_sentence(told),
        decided=_decided(told),
        comment=told.comment,
        reasons=told.reasons,
        version_id=str(told.release.version_id),
        may_decide=told.may_decide and not is_settled,
        is_shown=state is ReleaseState.SHOWN,
    )


def _sentence(told: ReleaseTold) -> str:
    release = told.release
    if release.state is ReleaseState.DELAYED and release.until is not None:
        return _("Pasienten ser svaret fra %(when)s.") % {
            "when": written_at(release.until)
        }
    return str(_SENTENCES[release.state])


def _decided(told: ReleaseTold) -> str:
    if told.decided_at is None:
        return ""
    who = ", ".join(p for p in (told.decided_by, told.organization_name) if p)
    return _("Bestemt av %(who)s, %(when)s.") % {
        "who": who,
        "when": written_at(told.decided_at),
    }
