"""Which answers are asked about before a citizen opens them."""

from typing import Any

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from access.models import SensitiveKind
from results.admin.rules import DatedRuleAdmin, DatedRuleForm
from results.codes import NLK


class SensitiveKindForm(DatedRuleForm):
    matters = ("category", "system", "code")
    decides = "asks_first"

    def clean(self) -> dict[str, Any]:
        """A discipline or a code; a code is the national list's unless it is said."""
        if self._said("code") and "system" in self.cleaned_data:
            self.cleaned_data["system"] = self._said("system") or NLK
        cleaned = super().clean()
        if bool(self._said("category")) == bool(self._said("code")):
            self.add_error(None, _("Oppgi enten et fagområde eller en kode."))
        return cleaned

    def contradicts(self, other: SensitiveKind) -> bool:
        """One for a code is meant to differ from the one for its discipline."""
        mine = tuple(self._said(name) for name in self.matters)
        is_same = mine == (other.category, other.system, other.code)
        return is_same and super().contradicts(other)


@admin.register(SensitiveKind)
class SensitiveKindAdmin(DatedRuleAdmin):
    """Dated and signed as every other rule."""

    form = SensitiveKindForm
    about = ("category", "system", "code", "asks_first")
    list_display = (*about, "valid_from", "valid_to", "decided_by", "signed_by")
    list_filter = ("category",)
