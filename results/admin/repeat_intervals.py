"""How soon tests are worth repeating: entered by whoever was told by the profession."""

from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from results import codes
from results.admin.rules import DatedRuleAdmin, DatedRuleForm
from results.models import RepeatInterval


class RepeatIntervalForm(DatedRuleForm):
    """Only of codes that are known here: an interval for a misspelt one is silent."""

    matters = ("system", "code")
    decides = "days"

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        code, system = cleaned.get("code"), cleaned.get("system")
        known = codes.find(code, system) if code and system else None
        if code and system and known is None:
            self.add_error("code", _("Koden finnes ikke i kodeverkene som er lastet."))
        if known is not None:
            cleaned |= {"code": known.code, "system": known.system}
        return cleaned


@admin.register(RepeatInterval)
class RepeatIntervalAdmin(DatedRuleAdmin):
    """Shown to doctors as what was taken lately; a blank list shows nothing."""

    form = RepeatIntervalForm
    about = ("system", "code", "days", "source")
    list_display = ("code", "days", "valid_from", "valid_to", "source", "signed_by")
    search_fields = ("code", "source")

    def save_model(
        self,
        request: HttpRequest,
        obj: Any,  # noqa: ANN401 - as Django has it
        form: forms.ModelForm,
        change: bool,
    ) -> None:
        super().save_model(request, obj, form, change)
        codes.bump(obj.system)

    def delete_model(self, request: HttpRequest, obj: Any) -> None:  # noqa: ANN401
        super().delete_model(request, obj)
        codes.bump(obj.system)
