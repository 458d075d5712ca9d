"""Where a citizen wants to be told, and of what."""

import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from access.vocabulary import (
    Channel,
    ToldOfLooks,
)
from portal.presenting.inputs import digits_input

_INPUT = {"class": "ds-input", "autocomplete": "off"}
_NORWEGIAN = re.compile(r"^\d{8}$")
_ABROAD = re.compile(r"^\+\d{8,15}$")


class EmailForm(forms.Form):
    """An address that takes e-mail."""

    channel = forms.CharField(initial=Channel.EMAIL, widget=forms.HiddenInput)
    address = forms.EmailField(
        label=_("E-postadresse"),
        help_text=_("Velg en adresse bare du leser. Familier deler ofte."),
        max_length=254,
        widget=forms.EmailInput(attrs={**_INPUT, "required": True}),
        error_messages={
            "required": _("Skriv adressen."),
            "invalid": _("Skriv en e-postadresse, som navn@eksempel.no."),
        },
    )


class SmsForm(forms.Form):
    """A telephone number; Norwegian ones without a country."""

    channel = forms.CharField(initial=Channel.SMS, widget=forms.HiddenInput)
    address = forms.CharField(
        label=_("Mobilnummer"),
        help_text=_("Åtte siffer. Utenlandske numre begynner med + og landets nummer."),
        max_length=30,
        widget=forms.TextInput(
            attrs={**_INPUT, "inputmode": "tel", "required": True},
        ),
        error_messages={"required": _("Skriv nummeret.")},
    )

    def clean_address(self) -> str:
        """As +4712345678."""
        said = re.sub(r"[\s()-]", "", self.cleaned_data["address"])
        if _NORWEGIAN.match(said):
            return f"+47{said}"
        if _ABROAD.match(said):
            return said
        raise forms.ValidationError(_("Skriv et mobilnummer med åtte siffer."))


class CodeForm(forms.Form):
    """The code that was sent to an address."""

    channel = forms.TypedChoiceField(choices=Channel.choices, coerce=Channel)
    code = forms.RegexField(
        label=_("Kode"),
        regex=r"^\s*\d{6}\s*$",
        widget=digits_input(autocomplete="one-time-code", required=True),
        error_messages={
            "required": _("Skriv koden."),
            "invalid": _("Koden er seks siffer."),
        },
    )


class RemoveForm(forms.Form):
    """Which address is to go."""

    channel = forms.TypedChoiceField(choices=Channel.choices, coerce=Channel)


class ChoiceForm(forms.Form):
    """What the citizen wants to be told of."""

    looks = forms.TypedChoiceField(
        label=_("Når helsepersonell har sett svarene mine"),
        choices=ToldOfLooks.choices,
        coerce=ToldOfLooks,
        widget=forms.RadioSelect(attrs={"class": "ds-input"}),
        error_messages={"required": _("Velg når du vil varsles.")},
    )
    answers = forms.BooleanField(
        label=_("Varsle meg når jeg kan lese et nytt svar"),
        required=False,
        widget=forms.CheckboxInput(attrs={"class": "ds-input"}),
    )


def address_form(posted: Any = None) -> forms.Form:  # noqa: ANN401 - as Django's forms
    """The form for the kind of address that was sent."""
    is_sms = bool(posted) and posted.get("channel") == Channel.SMS
    return SmsForm(posted) if is_sms else EmailForm(posted)
