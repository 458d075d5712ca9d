"""«Representasjon»: who may see answers on another's behalf, and what that rests on."""

import datetime
import enum
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field

from django.db import models
from django.utils.translation import gettext_lazy as _

# From this age health law treats a person as an adult (pbrl § 4-3).
ADULT_IN_HEALTH = 16
MAJORITY = 18


class RepresentationBasis(models.TextChoices):
    """Why somebody sees another's answers; the service's own values."""

    SELF = "SEGSELV", _("Deg selv")
    PARENTAL_RESPONSIBILITY = "FORELDREREPRESENTASJON", _("Foreldreansvar")
    POWER_OF_ATTORNEY = "FULLMAKT", _("Fullmakt")
    GUARDIANSHIP = "VERGEMAL", _("Vergemål")
    AFTER_DEATH = "ETTERLATTE", _("Innsyn etter dødsfall")


class RegisterSource(models.TextChoices):
    """Who says so."""

    REGISTER = "register", _("Folkeregisteret")
    DOCUMENT = "document", _("Dokument, kontrollert av to")
    PERSON = "person", _("Personen selv")


class FactKind(models.TextChoices):
    """What a register or a document tells of one person."""

    ADDRESS_PROTECTION = "address", _("Adressesperre")
    DEATH = "death", _("Død")
    CARE_ORDER = "care-order", _("Omsorgsovertakelse")


class ReportMarking(models.TextChoices):
    """Of one answer: who is not shown it (Volven 9603)."""

    NOT_FOR_PARENTS = "NORN_FORANS", _("Vises ikke for foreldre")
    NOT_FOR_YOUTH = "NORN_UNGDOM", _("Vises ikke for den unge selv")


class RepresentationFault(enum.StrEnum):
    """Why a representation cannot be registered, given or changed."""

    ONESELF = "ONESELF"
    GIVER_TOO_YOUNG = "GIVER_TOO_YOUNG"
    RECEIVER_TOO_YOUNG = "RECEIVER_TOO_YOUNG"
    DATES_REVERSED = "DATES_REVERSED"
    IN_THE_PAST = "IN_THE_PAST"
    OVERLAPS = "OVERLAPS"
    ADDRESS_PROTECTED = "ADDRESS_PROTECTED"
    DECEASED = "DECEASED"
    NOT_DECEASED = "NOT_DECEASED"
    NOT_A_YOUTH = "NOT_A_YOUTH"
    NOT_A_PARENT = "NOT_A_PARENT"
    TOO_MANY = "TOO_MANY"


class RepresentationRefused(Exception):
    """It cannot be registered; `fault` says why, without naming anybody."""

    def __init__(self, fault: RepresentationFault) -> None:
        super().__init__(fault.value)
        self.fault = fault


@dataclass(frozen=True, slots=True)
class Scope:
    """What of the answers is seen: of these disciplines (of all when empty), sampled in
    this period (the end exclusive), and whether the log of looks is."""

    categories: frozenset[str] = frozenset()
    reports_from: datetime.date | None = None
    reports_to: datetime.date | None = None
    includes_log: bool = False

    def holds(self, category: str, day: datetime.date | None) -> bool:
        """Whether an answer is in it; one without a day is in no period."""
        if self.categories and category not in self.categories:
            return False
        if self.reports_from is None and self.reports_to is None:
            return True
        if day is None or (self.reports_from and day < self.reports_from):
            return False
        return self.reports_to is None or day < self.reports_to


@dataclass(frozen=True, slots=True)
class Held:
    """One representation the viewer holds of the patient. `is_over`: it has been.
    `may_change` is the patient's limits, `may_opt_out` reservation."""

    id: uuid.UUID
    basis: RepresentationBasis
    is_over: bool = False
    scope: Scope = field(default_factory=Scope)
    may_change: bool = False
    may_opt_out: bool = False


@dataclass(frozen=True, slots=True)
class PersonFacts:
    """What is known of one person today; without a birth date no age is."""

    birth_date: datetime.date | None = None
    is_address_protected: bool = False
    is_dead: bool = False
    is_in_care: bool = False

    def age(self, day: datetime.date) -> int | None:
        return age_on(self.birth_date, day) if self.birth_date else None


@dataclass(frozen=True, slots=True)
class PeopleFacts:
    """What a citizen's look at this patient rests on. `consent` is the youth's to this
    parent: given, taken back, or never given. `report_days` and `markings` are by
    report; days are there when a representation has a period. `version` is that of the
    patient's limits, which representations are counted with."""

    patient: PersonFacts = field(default_factory=PersonFacts)
    viewer: PersonFacts = field(default_factory=PersonFacts)
    held: tuple[Held, ...] = ()
    does_parent_share_address: bool = False
    consent: bool | None = None
    report_days: Mapping[uuid.UUID, datetime.date | None] = field(default_factory=dict)
    markings: Mapping[uuid.UUID, frozenset[str]] = field(default_factory=dict)
    version: int | None = None


def age_on(birth_date: datetime.date, day: datetime.date) -> int:
    """Whole years lived by that day. Born 29 February one grows older on 1 March in
    years without the day: first then has the year passed."""
    had_birthday = (day.month, day.day) >= (birth_date.month, birth_date.day)
    return day.year - birth_date.year - (0 if had_birthday else 1)
