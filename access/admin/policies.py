"""Policies: entered by one, seen for what they change, approved by another."""

from typing import Any

from django import forms
from django.contrib import admin
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from access.admin.answered import AnsweredAdmin, answering
from access.models import Policy
from access.operations.policies import answer_policy, preview
from access.switches import SHAPES


class PolicyForm(forms.ModelForm):
    """A proposal: from today at the earliest, with a value of the policy's shape."""

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        shape = SHAPES.get(cleaned.get("key", ""))
        if shape and not shape.accepts(cleaned.get("value")):
            self.add_error("value", _expected(shape.least, shape.most))
        begins = cleaned.get("valid_from")
        if begins and begins < timezone.localdate():
            self.add_error("valid_from", _("En policy kan ikke gjelde bakover i tid."))
        return cleaned


def _expected(least: int | None, most: int | None) -> str:
    if least is None:
        return str(_("Skriv true eller false."))
    return _("Skriv et helt tall fra %(least)s til %(most)s.") % {
        "least": least,
        "most": most,
    }


@admin.register(Policy)
class PolicyAdmin(AnsweredAdmin):
    """What the authorities have decided; entered by one, approved by another, and never
    rewritten."""

    form = PolicyForm
    change_form_template = "admin/access/policy.html"
    fields = ("key", "value", "valid_from", "valid_to", "decided_by", "reason")
    list_display = ("version", *fields[:-1], "proposer", "answerer", "is_approved")
    list_filter = ("key", "is_approved")
    deeds = answering(
        answer_policy,
        permission="access.approve_policy",
        explanation=_("Policyen gjelder fra datoen som står over."),
        done=_("Policyen er godkjent."),
    )

    def preview(self, row: Policy) -> dict[str, int]:
        return preview(row)
