"""Which answers wait until they are assessed: entered by one, approved by another."""

import uuid
from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from access.models import ReleaseRule
from access.operations.release_rules import answer_release_rule, preview_release_rule
from results.admin.acting import Deed, DeedsAdmin, actor, name_of
from results.operations.operator_actions import Act


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


def _answer(*, is_approved: bool) -> Callable[[Any, dict[str, Any], Act], None]:
    def answer(key: uuid.UUID, _said: dict[str, Any], act: Act) -> None:
        answer_release_rule(key, by=act.by, is_approved=is_approved)

    return answer


def _is_unanswered(rule: ReleaseRule) -> bool:
    return rule.answered_at is None


@admin.register(ReleaseRule)
class ReleaseRuleAdmin(DeedsAdmin):
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
    deeds = (
        Deed(
            kind="godkjenn",
            permission="access.approve_releaserule",
            title=_("Godkjenn"),
            explanation=_("Regelen gjelder svar som kommer fra datoen over."),
            done=_("Regelen er godkjent."),
            do=_answer(is_approved=True),
            is_fitting=_is_unanswered,
            form=forms.Form,
        ),
        Deed(
            kind="avslaa",
            permission="access.approve_releaserule",
            title=_("Avslå"),
            explanation=_("Ingenting endres."),
            done=_("Forslaget er avslått."),
            do=_answer(is_approved=False),
            is_fitting=_is_unanswered,
            form=forms.Form,
        ),
    )

    @admin.display(description=_("registrert av"))
    def proposer(self, rule: ReleaseRule) -> str:
        return name_of(rule.registered_by)

    @admin.display(description=_("avgjort av"))
    def answerer(self, rule: ReleaseRule) -> str:
        return name_of(rule.answered_by)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("access.add_releaserule")

    def save_model(
        self,
        request: HttpRequest,
        obj: ReleaseRule,
        form: forms.ModelForm,
        change: bool,
    ) -> None:
        obj.registered_by = actor(request)
        super().save_model(request, obj, form, change)

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """With how many answers of late it would have spoken of."""
        rule = self.get_object(request, unquote(object_id))
        is_open = rule is not None and _is_unanswered(rule)
        shown = preview_release_rule(rule) if rule is not None and is_open else None
        context = {"preview": shown, **(extra_context or {})}
        return super().change_view(request, object_id, form_url, context)
