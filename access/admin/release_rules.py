"""Which answers wait until they are assessed: entered by one, approved by another."""

from typing import Any

from django import forms
from django.contrib import admin
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from access.admin.answered import AnsweredAdmin, answering
from access.models import ReleaseRule
from access.operations.release_rules import answer_release_rule, preview_release_rule


class ReleaseRuleForm(forms.ModelForm):
    """A proposal: from tomorrow at the earliest, of a discipline, a code or both."""

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        begins, ends = cleaned.get("valid_from"), cleaned.get("valid_to")
        if begins and begins <= timezone.localdate():
            self.add_error("valid_from", _("Regelen kan tidligst gjelde fra i morgen."))
        if begins and ends and ends <= begins:
            self.add_error("valid_to", _("Regelen slutter før den begynner."))
        if not cleaned.get("category") and not cleaned.get("code"):
            self.add_error("category", _("Velg et fagområde, eller skriv en kode."))
        return cleaned


@admin.register(ReleaseRule)
class ReleaseRuleAdmin(AnsweredAdmin):
    """Never rewritten: a later rule for the same takes a rule's place."""

    form = ReleaseRuleForm
    change_form_template = "admin/access/release_rule.html"
    fields = (
        "category",
        "code",
        "needs_assessment",
        "valid_from",
        "valid_to",
        "decided_by",
        "reason",
    )
    list_display = (*fields[:-1], "proposer", "answerer", "is_approved")
    list_filter = ("category", "is_approved")
    deeds = answering(
        answer_release_rule,
        permission="access.approve_releaserule",
        explanation=_("Regelen gjelder svar som kommer fra datoen over."),
        done=_("Regelen er godkjent."),
    )

    def preview(self, row: ReleaseRule) -> int:
        return preview_release_rule(row)
