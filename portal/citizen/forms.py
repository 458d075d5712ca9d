"""What a citizen may narrow their log down to: days, one person, one organisation."""

import datetime
import uuid
from collections.abc import Mapping
from typing import TYPE_CHECKING

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from access.lookup import LogSelection

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


def _day(label: "StrOrPromise") -> forms.DateField:
    return forms.DateField(
        label=label,
        required=False,
        widget=forms.DateInput(
            format="%Y-%m-%d", attrs={"type": "date", "class": "ds-input"}
        ),
        error_messages={"invalid": _("Skriv en dato som finnes.")},
    )


def _key(label: "StrOrPromise") -> forms.UUIDField:
    return forms.UUIDField(
        label=label, required=False, widget=forms.Select(attrs={"class": "ds-input"})
    )


class LogFilterForm(forms.Form):
    """In an address: people and organisations are opaque keys there, and no names."""

    fra = _day(_("Fra og med"))
    til = _day(_("Til og med"))
    person = _key(_("Person"))
    virksomhet = _key(_("Virksomhet"))
    eldre = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def selection(self) -> LogSelection:
        """What is asked for, less what cannot be understood; days are Norwegian."""
        self.is_valid()
        said = self.cleaned_data
        until = said.get("til")
        return LogSelection(
            since=_beginning_of(said.get("fra")),
            until=_beginning_of(until and until + datetime.timedelta(days=1)),
            user_id=said.get("person"),
            organization_id=said.get("virksomhet"),
            before=said.get("eldre"),
        )

    def offer(
        self, people: Mapping[uuid.UUID, str], organizations: Mapping[uuid.UUID, str]
    ) -> None:
        """Those to choose among, by name."""
        everybody = [("", _("Alle"))]
        for name, choices in (("person", people), ("virksomhet", organizations)):
            by_name = sorted(choices.items(), key=lambda choice: choice[1])
            self.fields[name].widget.choices = [*everybody, *by_name]


def _beginning_of(day: datetime.date | None) -> datetime.datetime | None:
    if day is None:
        return None
    midnight = datetime.datetime.combine(day, datetime.time.min)
    return timezone.make_aware(midnight)
