"""What is decided of one answer, as the form on its page has it."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from access.release import (
    GROUNDS_IN_LAW,
    DecisionKind,
    ReleaseFault,
    ReleaseOrder,
)


def _text(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"class": "ds-input", "rows": rows})


class ReleaseForm(forms.Form):
    """The button that was pressed is the kind; each kind reads its own fields."""

    kind = forms.TypedChoiceField(choices=DecisionKind.choices, coerce=DecisionKind)
    version_id = forms.UUIDField(widget=forms.HiddenInput)
    comment = forms.CharField(
        label=_("Melding til pasienten (frivillig)"),
        help_text=_("Med vanlige ord. Pasienten leser den øverst på svaret."),
        widget=_text(3),
        max_length=2000,
        required=False,
    )
    until = forms.DateTimeField(
        label=_("Vis svaret fra"),
        help_text=_("La feltet stå tomt for å vente til svaret er vurdert."),
        widget=forms.DateTimeInput(
            format="%Y-%m-%dT%H:%M",
            attrs={"class": "ds-input", "type": "datetime-local"},
        ),
        input_formats=["%Y-%m-%dT%H:%M", "%d.%m.%Y %H:%M"],
        error_messages={"invalid": _("Skriv en dag og et klokkeslett som finnes.")},
        required=False,
    )
    code = forms.ChoiceField(
        label=_("Grunn i loven (pasient- og brukerrettighetsloven § 5-1)"),
        choices=[("", ""), *((code.value, code.label) for code in GROUNDS_IN_LAW)],
        widget=forms.Select(attrs={"class": "ds-input"}),
        required=False,
    )
    reasons = forms.CharField(
        label=_("Begrunnelse for avgjørelsen"),
        help_text=_("Leses av dem som vurderer en klage, ikke av pasienten her."),
        widget=_text(3),
        max_length=4000,
        required=False,
    )
    review_date = forms.DateField(
        label=_("Vurderes på nytt senest"),
        widget=forms.DateInput(
            format="%Y-%m-%d", attrs={"class": "ds-input", "type": "date"}
        ),
        error_messages={"invalid": _("Skriv en dato som finnes.")},
        required=False,
    )

    def order(self) -> ReleaseOrder | None:
        """What is asked for; None where it cannot be understood."""
        if not self.is_valid():
            return None
        said: dict[str, Any] = dict(self.cleaned_data)
        kind = said["kind"]
        if kind is not DecisionKind.DELAYED:
            said["until"] = None
        if kind is not DecisionKind.WITHHELD:
            said |= {"code": "", "reasons": "", "review_date": None}
        return ReleaseOrder(**said)

    def add_faults(self, faults: Mapping[str, ReleaseFault]) -> None:
        """What the door would not do, beside the field it is about."""
        for field, fault in faults.items():
            self.add_error(field, str(fault.label))
