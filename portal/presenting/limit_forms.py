"""What is closed, and to whom: by the citizen, or by personnel for them."""

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from access.limits import RestrictionScope
from portal.presenting.inputs import digits_input
from results.vocabulary import Discipline

# What a form carries that has been asked about once more.
CONFIRMED = "bekreftet"


class RestrictForm(forms.Form):
    """All, a discipline or a report; to everyone, or to one organisation's people."""

    scope = forms.TypedChoiceField(
        choices=RestrictionScope.choices, coerce=RestrictionScope
    )
    category = forms.ChoiceField(
        label=_("Fagområde"), choices=Discipline.choices, required=False
    )
    report_id = forms.UUIDField(required=False)
    organization_id = forms.UUIDField(required=False)

    def clean(self) -> dict[str, object]:
        said = super().clean() or {}
        scope = said.get("scope")
        needs = {
            RestrictionScope.DISCIPLINE: "category",
            RestrictionScope.REPORT: "report_id",
        }
        for of, name in needs.items():
            if scope is not of:
                said[name] = None if name == "report_id" else ""
            elif not said.get(name):
                self.add_error(name, _("Velg hva som skal sperres."))
        return said

    def what_is_closed(self) -> str:
        """A sentence, once the form is valid."""
        said = self.cleaned_data
        if said["scope"] is RestrictionScope.REPORT:
            return gettext("Dette svaret sperres for helsepersonell.")
        if said["scope"] is RestrictionScope.DISCIPLINE:
            return gettext("Alle svar fra fagområdet «%(name)s» sperres.") % {
                "name": Discipline(said["category"]).label
            }
        return gettext("Alle svarene sperres, også de som kommer senere.")


class BlockForm(forms.Form):
    """One person, chosen among those who have looked or by number."""

    hpr_number = forms.CharField(
        label=_("Blokker en annen, med HPR-nummer"),
        help_text=_("Nummeret står i Helsepersonellregisteret, som er åpent for alle."),
        validators=[RegexValidator(r"^\d{1,9}$", _("Skriv bare siffer."))],
        max_length=9,
        widget=digits_input(required=True),
    )
