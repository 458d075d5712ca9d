"""Every policy there is: its key, what its value may be, and what holds by default."""

import dataclasses
from dataclasses import dataclass, field
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Shape:
    """What a policy is called, and what its value may be: yes or no when there is no
    `least`, else a whole number from `least` to `most`."""

    says: str | Promise
    least: int | None = None
    most: int | None = None

    def accepts(self, value: object) -> bool:
        """Whether the value is of the shape; True is no number, and 1 no yes."""
        if self.least is None or self.most is None:
            return isinstance(value, bool)
        is_number = isinstance(value, int) and not isinstance(value, bool)
        return is_number and self.least <= int(str(value)) <= self.most


def _yes(says: str | Promise) -> Any:  # noqa: ANN401 - as `dataclasses.field` has it
    return field(default=True, metadata={"shape": Shape(says)})


def _no(says: str | Promise) -> Any:  # noqa: ANN401
    return field(default=False, metadata={"shape": Shape(says)})


def _number(
    default: int,
    says: str | Promise,
    *,
    least: int,
    most: int,
) -> Any:  # noqa: ANN401
    return field(default=default, metadata={"shape": Shape(says, least, most)})


@dataclass(frozen=True, slots=True)
class Policies:
    """What the authorities have decided, as values in force on one day.

    A key without a row has the default here. `version` is the number of the newest row
    in force; with the day it tells which rows those were.
    """

    may_see_that_restricted: bool = _yes(
        _("Helsepersonell får vite at noe er sperret for innsyn")
    )
    may_see_that_reserved: bool = _yes(
        _("Helsepersonell får vite at pasienten har reservert seg mot lagring")
    )
    grant_minutes: int = _number(
        60, _("Minutter et oppgitt behov gjelder"), least=5, most=60
    )
    emergency_text_hours: int = _number(
        24, _("Timer til en nødtilgang skal være forklart"), least=1, most=168
    )
    emergency_review_days: int = _number(
        14, _("Dager til en nødtilgang skal være kontrollert"), least=1, most=90
    )
    consent_course_days: int = _number(
        90, _("Dager et samtykke gjelder i et behandlingsforløp"), least=1, most=730
    )
    refused_searches_per_hour: int = _number(
        30, _("Avviste søk i timen før det blir stopp"), least=5, most=1000
    )
    assessment_reminder_days: int = _number(
        7, _("Dager til rekvirenten blir påminnet om å vurdere"), least=1, most=90
    )
    assessment_deputy_days: int = _number(
        14, _("Dager til virksomhetens stedfortreder skal vurdere"), least=1, most=180
    )
    assessment_escalation_days: int = _number(
        21, _("Dager til virksomheten varsles om at ingen vurderer"), least=1, most=365
    )
    automatic_release_days: int = _number(
        0, _("Dager til svar vises uten vurdering (0: aldri)"), least=0, most=365
    )
    notify_of_answers: bool = _yes(
        _("Innbyggere som vil, varsles når de kan lese et nytt svar")
    )
    quiet_from_hour: int = _number(
        21, _("Klokkeslett varsler ikke lenger sendes"), least=0, most=23
    )
    quiet_to_hour: int = _number(
        8, _("Klokkeslett varsler sendes igjen"), least=0, most=23
    )
    parents_until_age: int = _number(
        12, _("Alder der foreldre ikke lenger ser svar uten samtykke"), least=0, most=16
    )
    parents_share_address: bool = _yes(
        _("Foreldre ser svar bare når en av dem er registrert på barnets adresse")
    )
    youth_may_let_parents_see: bool = _yes(
        _("Unge som foreldre ikke ser svarene til, kan la dem se likevel")
    )
    own_access_from_age: int = _number(
        16, _("Alder der man ser sine egne svar"), least=0, most=18
    )
    representatives_see_log: bool = _no(
        _("Den som representerer en annen, ser hvem som har sett svarene")
    )
    fresh_login_minutes: int = _number(
        10, _("Minutter siden innlogging når noe viktig endres"), least=1, most=60
    )
    version: int = 0


SHAPES: dict[str, Shape] = {
    each.name: each.metadata["shape"]
    for each in dataclasses.fields(Policies)
    if "shape" in each.metadata
}
