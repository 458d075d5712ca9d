"""What health personnel state before they look."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from access.terms import (
    AccessBasis,
    EmergencyReason,
    ExemptGround,
    Exemption,
    PurposeOfUse,
)
from portal.presenting.inputs import digits_input
from results.identity import NumberFault

# The elevated bases open what a patient has restricted; they have a page of their own.
_BASES = (AccessBasis.CONSENT, AccessBasis.EXEMPT, AccessBasis.EMERGENCY)
_PURPOSES = (PurposeOfUse.TREAT, PurposeOfUse.COC, PurposeOfUse.ETREAT)

NUMBER_FAULTS = {
    NumberFault.MISSING: _("Skriv fødselsnummeret til pasienten."),
    NumberFault.NOT_NATIONAL: _(
        "Skriv 11 siffer. Hjelpenummer fra sykehus kan ikke brukes her."
    ),
    NumberFault.WRONG_CHECK_DIGITS: _(
        "Nummeret er ikke gyldig. Kontroller at alle 11 sifrene er riktige."
    ),
    NumberFault.TEST_NUMBER: _("Testnummer kan ikke brukes her."),
}


class NeedForm(forms.Form):
    """Basis and purpose. Neither is demanded here: the decision demands them, so that
    a look without them is refused and logged like any other."""

    basis = forms.TypedChoiceField(
        label=_("Tilgangsgrunnlag"),
        help_text=_("Hva gir deg rett til å se svarene?"),
        choices=[(b.value, b.label) for b in _BASES],
        widget=forms.RadioSelect,
        coerce=AccessBasis,
        empty_value=None,
        required=False,
    )
    purpose = forms.TypedChoiceField(
        label=_("Formål"),
        help_text=_("Hva skal svarene brukes til?"),
        choices=[(p.value, p.label) for p in _PURPOSES],
        widget=forms.RadioSelect,
        coerce=PurposeOfUse,
        empty_value=None,
        required=False,
    )
    ground = forms.TypedChoiceField(
        label=_("Hvorfor er samtykke ikke nødvendig? (ved unntak)"),
        choices=ExemptGround.choices,
        widget=forms.RadioSelect,
        coerce=ExemptGround,
        empty_value=None,
        required=False,
    )
    assessed_by = forms.CharField(
        label=_("Hvem vurderte samtykkekompetansen?"),
        widget=forms.TextInput(attrs={"class": "ds-input"}),
        max_length=200,
        required=False,
    )
    assessed_on = forms.DateField(
        label=_("Hvilken dag?"),
        widget=forms.DateInput(attrs={"class": "ds-input", "type": "date"}),
        required=False,
    )
    justification = forms.CharField(
        label=_("Begrunnelse (frivillig)"),
        help_text=_("Kort. Skriv ikke navn eller fødselsnummer."),
        widget=forms.TextInput(attrs={"class": "ds-input"}),
        max_length=200,
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        """The ground of an exemption as the door takes it: one thing, or none."""
        said: dict[str, Any] = super().clean() or {}
        ground, by = said.pop("ground", None), said.pop("assessed_by", "")
        day = said.pop("assessed_on", None)
        said["exemption"] = Exemption(ground, by, day) if ground else None
        return said


class SearchForm(NeedForm):
    """Which patient, and why; the number is never kept, echoed in a URL or logged."""

    number = forms.CharField(
        label=_("Fødselsnummer eller D-nummer"),
        help_text=_("11 siffer. Mellomrom er greit."),
        widget=digits_input(spellcheck="false", required=True),
        max_length=30,
        error_messages={
            "required": NUMBER_FAULTS[NumberFault.MISSING],
            "max_length": NUMBER_FAULTS[NumberFault.NOT_NATIONAL],
        },
    )

    def add_number_fault(self, fault: NumberFault) -> None:
        """The door's judgement of the number, as a sentence beside the field."""
        self.add_error("number", str(NUMBER_FAULTS[fault]))


class ElevationForm(forms.Form):
    """Either the patient agrees now, or it is an emergency and this is why."""

    how = forms.ChoiceField(
        label=_("Hvorfor kan du åpne det som er sperret?"),
        choices=[
            ("consent", _("Pasienten samtykker til det nå")),
            *EmergencyReason.choices,
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Velg hvorfor.")},
    )

    def clean(self) -> dict[str, object]:
        """As the door is asked: basis, purpose, and in an emergency its reason."""
        how = (super().clean() or {}).get("how")
        if how == "consent":
            return {
                "basis": AccessBasis.ELEVATED_CONSENT,
                "purpose": PurposeOfUse.TREAT,
            }
        return {
            "basis": AccessBasis.ELEVATED_EMERGENCY,
            "purpose": PurposeOfUse.BTG,
            "emergency_reason": EmergencyReason(how) if how else None,
        }


class ExplanationForm(forms.Form):
    """In one's own words, afterwards."""

    override_id = forms.UUIDField(widget=forms.HiddenInput)
    text = forms.CharField(
        label=_("Hva var det som hastet?"),
        help_text=_("Leses av den som kontrollerer nødtilganger i virksomheten."),
        widget=forms.Textarea(attrs={"class": "ds-input", "rows": 4}),
        max_length=2000,
        error_messages={"required": _("Skriv en forklaring.")},
    )
