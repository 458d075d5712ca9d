"""«Utsatt innsyn»: when a citizen is shown an answer, and what is decided of it."""

import datetime
import uuid
from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext_lazy as _

from results.vocabulary import Discipline, ReportStatus


class ReleaseState(models.TextChoices):
    """What a citizen is shown of an answer now; personnel are shown all of it."""

    SHOWN = "shown", _("Vises")
    TOMBSTONE = "tombstone", _("Trukket tilbake uten innhold")
    PRELIMINARY = "preliminary", _("Foreløpig svar")
    AWAITING = "awaiting", _("Venter på vurdering")
    DELAYED = "delayed", _("Vises senere")
    WITHHELD = "withheld", _("Unntatt fra innsyn")


# What of an answer may be read: all, or that it was taken back.
READABLE = (ReleaseState.SHOWN, ReleaseState.TOMBSTONE)


class DecisionKind(models.TextChoices):
    """What somebody has decided of one answer, in the single case."""

    RELEASED = "released", _("Vis svaret")
    DELAYED = "delayed", _("Vent med å vise svaret")
    WITHHELD = "withheld", _("Unnta svaret fra innsyn")


class Confidentiality(models.TextChoices):
    """Why, in the codes of Volven 9603; NORU delays, the others refuse."""

    DELAYED = "NORU", _("Vises senere")
    DANGER_TO_LIFE = "NORN_FFL", _("Fare for liv eller alvorlig helseskade")
    RELATIVES = "NORN_KUT", _("Klart utilrådelig av hensyn til nærstående")
    OWN_WISH = "NORN_EPO", _("Pasientens eget ønske")
    ALL = "NORN_ALL", _("Unntatt fra innsyn for alle")
    OLDER = "NORN_FOR", _("Eldre enn tjenesten")
    PERSONNEL_AT_RISK = "NORN_FFH", _("Fare for helsepersonell")
    SOUND_TREATMENT = "NORN_FPB", _("Hensynet til forsvarlig behandling")
    DUPLICATE = "NORN_DUP", _("Samme svar er vist fra før")
    REVOKED = "NORN_ANG", _("Svaret er angret")


# The grounds the law knows for refusing a patient their own record (pbrl § 5-1).
GROUNDS_IN_LAW = (Confidentiality.DANGER_TO_LIFE, Confidentiality.RELATIVES)
# Where a word before the last one may mean something else than the last one.
PRELIMINARY_HIDDEN = (
    Discipline.PAT,
    Discipline.RAD,
    Discipline.NUK,
    Discipline.MBIO,
)


@dataclass(frozen=True, slots=True)
class Decision:
    """What stands of one answer. `version_id` is what was assessed, None where nobody
    has; `until` is when a delay ends, None where only an assessment ends it.
    `ended_wait`: the answer was not shown before it."""

    id: uuid.UUID
    kind: DecisionKind
    at: datetime.datetime
    code: str = ""
    version_id: uuid.UUID | None = None
    until: datetime.datetime | None = None
    review_date: datetime.date | None = None
    ended_wait: bool = True


@dataclass(frozen=True, slots=True)
class ReleaseFacts:
    """What a release rests on: the version in force, the rules that held when it came,
    and the decision that stands. `is_unfinished`: it, or a result in it, is preliminary
    or written and not signed (8245: 8 to 10)."""

    report_id: uuid.UUID
    version_id: uuid.UUID
    category: str
    status: ReportStatus
    stored_at: datetime.datetime
    is_unfinished: bool = False
    needs_assessment: bool = False
    decision: Decision | None = None


@dataclass(frozen=True, slots=True)
class Release:
    """What a citizen is shown of one version, since when it waits, and until when."""

    report_id: uuid.UUID
    version_id: uuid.UUID
    state: ReleaseState
    since: datetime.datetime
    until: datetime.datetime | None = None
    decision: Decision | None = None


@dataclass(frozen=True, slots=True)
class ReleaseOrder:
    """What somebody asks to be decided of one version of a report. `comment` is for the
    patient, in plain words; `reasons` for those who review a refusal."""

    kind: DecisionKind
    version_id: uuid.UUID
    comment: str = ""
    until: datetime.datetime | None = None
    code: str = ""
    reasons: str = ""
    review_date: datetime.date | None = None


class ReleaseFault(models.TextChoices):
    """Why an order cannot be carried out."""

    UNTIL_PAST = "UNTIL_PAST", _("Velg en dag frem i tid.")
    GROUND_MISSING = "GROUND_MISSING", _("Velg grunnen loven gir for å nekte innsyn.")
    REASONS_MISSING = "REASONS_MISSING", _("Skriv hvorfor svaret unntas fra innsyn.")
    REVIEW_MISSING = (
        "REVIEW_MISSING",
        _("Velg en dag frem i tid da avgjørelsen skal vurderes på nytt."),
    )


def faults_in(
    order: ReleaseOrder, *, at: datetime.datetime, day: datetime.date
) -> dict[str, ReleaseFault]:
    """What is wrong, by the field it is wrong in. To refuse is a decision in the single
    case: with a ground in the law, reasons, and a day when it is judged again."""
    if order.kind is DecisionKind.DELAYED:
        is_past = order.until is not None and order.until <= at
        return {"until": ReleaseFault.UNTIL_PAST} if is_past else {}
    if order.kind is not DecisionKind.WITHHELD:
        return {}
    is_reviewed = order.review_date is not None and order.review_date > day
    checks = (
        ("code", order.code in GROUNDS_IN_LAW, ReleaseFault.GROUND_MISSING),
        ("reasons", bool(order.reasons.strip()), ReleaseFault.REASONS_MISSING),
        ("review_date", is_reviewed, ReleaseFault.REVIEW_MISSING),
    )
    return {field: fault for field, is_right, fault in checks if not is_right}
