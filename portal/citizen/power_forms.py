"""To whom a power of attorney is given, over what, and until when."""

import datetime
from collections.abc import Mapping
from typing import TYPE_CHECKING

from django import forms
from django.utils.translation import gettext_lazy as _

from access.lookup import PowerOrder
from access.representation import Scope
from portal.presenting.inputs import digits_input
from results.identity import NumberFault
from results.vocabulary import Discipline

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

NUMBER_FAULTS = {
    NumberFault.MISSING: _("Skriv fødselsnummeret til den som skal se svarene."),
    NumberFault.NOT_NATIONAL: _("Skriv 11 siffer."),
    NumberFault.WRONG_CHECK_DIGITS: _(
        "Nummeret er ikke gyldig. Kontroller at alle 11 sifrene er riktige."
    ),
    NumberFault.TEST_NUMBER: _("Testnummer kan ikke brukes her."),
}
_ONE_DAY = datetime.timedelta(days=1)


def _day(label: "StrOrPromise", help_text: "StrOrPromise" = "") -> forms.DateField:
    return forms.DateField(
        label=label,
        help_text=help_text,
        required=False,
        widget=forms.DateInput(
            format="%Y-%m-%d", attrs={"type": "date", "class": "ds-input"}
        ),
        error_messages={"invalid": _("Skriv en dato som finnes.")},
    )


class LimitForm(forms.Form):
    """What is seen, and until when; days are the last that count."""

    categories = forms.MultipleChoiceField(
        label=_("Hvilke svar"),
        choices=Discipline.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    reports_from = _day(_("Svar på prøver fra og med"))
    reports_to = _day(_("Svar på prøver til og med"))
    includes_log = forms.BooleanField(
        label=_("Personen kan også se hvem som har sett svarene mine"), required=False
    )
    valid_to = _day(
        _("Fullmakten gjelder til og med"),
        _("Uten dato gjelder den til en av dere avslutter den."),
    )

    def order(self) -> PowerOrder:
        """Of a valid form."""
        said = self.cleaned_data
        return PowerOrder(
            valid_to=_after(said["valid_to"]),
            scope=Scope(
                categories=frozenset(said["categories"]),
                reports_from=said["reports_from"],
                reports_to=_after(said["reports_to"]),
                includes_log=said["includes_log"],
            ),
        )


class PowerForm(LimitForm):
    """The number goes in the form, and stands in no address and on no page after."""

    number = forms.CharField(
        label=_("Fødselsnummer eller D-nummer"),
        help_text=_("Til den som skal se svarene dine. 11 siffer."),
        max_length=20,
        error_messages={"required": NUMBER_FAULTS[NumberFault.MISSING]},
        widget=digits_input(),
    )
    field_order = ("number",)


def initial_of(scope: Scope, valid_to: datetime.date | None) -> Mapping[str, object]:
    """A power as its form shows it."""
    return {
        "categories": sorted(scope.categories),
        "reports_from": scope.reports_from,
        "reports_to": _before(scope.reports_to),
        "includes_log": scope.includes_log,
        "valid_to": _before(valid_to),
    }


def _after(day: datetime.date | None) -> datetime.date | None:
    return day + _ONE_DAY if day and day < datetime.date.max else day


def _before(day: datetime.date | None) -> datetime.date | None:
    return day - _ONE_DAY if day else None
