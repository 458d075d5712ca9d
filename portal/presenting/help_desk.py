"""What the help desk sees of somebody: what is closed and reserved, and no answers."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from access.lookup import BlockLine, HelpDeskPage, RestrictionLine
from access.vocabulary import (
    HelpDeskDeed,
)
from portal.presenting.patients import record_name


@dataclass(frozen=True, slots=True)
class Deed:
    """A button; `warning` is read to the person before it is pressed."""

    value: str
    label: str
    warning: str = ""
    limit_id: str = ""


@dataclass(frozen=True, slots=True)
class HelpSection:
    heading: str
    now: str
    deeds: tuple[Deed, ...]


@dataclass(frozen=True, slots=True)
class HelpShown:
    id: str
    name: str
    masked_number: str
    sections: tuple[HelpSection, ...]


def present_help(page: HelpDeskPage) -> HelpShown:
    """Each of what may be changed, as it is now, with what may be done."""
    patient = page.patient
    return HelpShown(
        id=str(patient.patient_id),
        name=record_name(patient.name) or _("Uten navn"),
        masked_number=patient.masked_number,
        sections=(_limits(page), _storing(page), _digital(page)),
    )


def _limits(page: HelpDeskPage) -> HelpSection:
    lines: tuple[RestrictionLine | BlockLine, ...] = (*page.restrictions, *page.blocks)
    lift = HelpDeskDeed.LIFT
    return HelpSection(
        heading=_("Sperre og blokkere"),
        now=_("%(count)s gjelder nå.") % {"count": len(lines)},
        deeds=(
            _deed(HelpDeskDeed.RESTRICT),
            *(
                Deed(lift.value, f"{lift.label}: {_what(line)}", limit_id=str(line.id))
                for line in lines
            ),
        ),
    )


def _what(line: RestrictionLine | BlockLine) -> str:
    if isinstance(line, BlockLine):
        return line.name or line.hpr_number
    return str(line.category.label if line.category else line.scope.label)


def _storing(page: HelpDeskPage) -> HelpSection:
    heading = _("Mot at svar lagres")
    if page.reservation.reserved_at:
        return HelpSection(
            heading,
            _("Ingen svar lagres."),
            (
                _deed(
                    HelpDeskDeed.END_RESERVATION,
                    _("Bare svar som kommer fra nå av, blir lagret."),
                ),
            ),
        )
    said = _(
        "Les opp: Alle svar slettes for godt, og kommer ikke tilbake om du angrer."
    )
    return HelpSection(heading, _("Svar lagres."), (_deed(HelpDeskDeed.RESERVE, said),))


def _digital(page: HelpDeskPage) -> HelpSection:
    is_closed = page.reservation.digital_at is not None
    return HelpSection(
        _("Mot tilgang på nett"),
        _("Tilgangen er stengt") if is_closed else _("Tilgangen er åpen."),
        (
            _deed(
                HelpDeskDeed.OPEN_DIGITAL if is_closed else HelpDeskDeed.CLOSE_DIGITAL
            ),
        ),
    )


def _deed(deed: HelpDeskDeed, warning: str = "") -> Deed:
    return Deed(deed.value, str(deed.label), warning)
