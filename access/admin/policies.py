"""Policies: entered by one, seen for what they change, approved by another."""

import uuid
from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from access.models import Policy
from access.operations.policies import answer_policy, preview
from access.switches import SHAPES
from results.admin.acting import Deed, DeedsAdmin, actor, name_of
from results.operations.operator_actions import Act


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


def _answer(*, is_approved: bool) -> Callable[[Any, dict[str, Any], Act], None]:
    def answer(key: uuid.UUID, _said: dict[str, Any], act: Act) -> None:
        answer_policy(key, by=act.by, is_approved=is_approved)

    return answer


def _is_unanswered(policy: Policy) -> bool:
    return policy.answered_at is None


@admin.register(Policy)
class PolicyAdmin(DeedsAdmin):
    """What the authorities have decided; entered by one, approved by another, and never
    rewritten."""

    form = PolicyForm
    change_form_template = "admin/access/policy.html"
    fields = ("key", "value", "valid_from", "valid_to", "decided_by", "reason")
    list_display = ("version", *fields[:-1], "proposer", "answerer", "is_approved")
    list_filter = ("key", "is_approved")
    deeds = (
        Deed(
            kind="godkjenn",
            permission="access.approve_policy",
            title=_("Godkjenn"),
            explanation=_("Policyen gjelder fra datoen som står over."),
            done=_("Policyen er godkjent."),
            do=_answer(is_approved=True),
            is_fitting=_is_unanswered,
            form=forms.Form,
        ),
        Deed(
            kind="avslaa",
            permission="access.approve_policy",
            title=_("Avslå"),
            explanation=_("Ingenting endres."),
            done=_("Forslaget er avslått."),
            do=_answer(is_approved=False),
            is_fitting=_is_unanswered,
            form=forms.Form,
        ),
    )

    @admin.display(description=_("registrert av"))
    def proposer(self, policy: Policy) -> str:
        return name_of(policy.registered_by)

    @admin.display(description=_("avgjort av"))
    def answerer(self, policy: Policy) -> str:
        return name_of(policy.answered_by)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("access.add_policy")

    def save_model(
        self, request: HttpRequest, obj: Policy, form: forms.ModelForm, change: bool
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
        """With what would have been decided otherwise, had it been in force."""
        policy = self.get_object(request, unquote(object_id))
        shown = preview(policy) if policy and _is_unanswered(policy) else None
        context = {"preview": shown, **(extra_context or {})}
        return super().change_view(request, object_id, form_url, context)
