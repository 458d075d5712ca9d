"""What one enters, another sees the effect of, and approves or declines."""

import uuid
from collections.abc import Callable
from typing import Any, Protocol

from django import forms
from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.http import HttpRequest, HttpResponse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from access.models.answered import Answered
from results.admin.acting import Deed, DeedsAdmin, actor, name_of
from results.operations.operator_actions import Act


class Answer(Protocol):
    """Approves or declines; raises Refused."""

    def __call__(self, key: uuid.UUID, /, *, by: str, is_approved: bool) -> object: ...


def answering(
    answer: Answer, *, permission: str, explanation: Promise, done: Promise
) -> tuple[Deed, Deed]:
    """To approve, with what that does and what is said when it is done; and to
    decline."""
    return (
        Deed(
            kind="godkjenn",
            permission=permission,
            title=_("Godkjenn"),
            explanation=explanation,
            done=done,
            do=_do(answer, is_approved=True),
            is_fitting=_is_unanswered,
            form=forms.Form,
        ),
        Deed(
            kind="avslaa",
            permission=permission,
            title=_("Avslå"),
            explanation=_("Ingenting endres."),
            done=_("Forslaget er avslått."),
            do=_do(answer, is_approved=False),
            is_fitting=_is_unanswered,
            form=forms.Form,
        ),
    )


def _do(
    answer: Answer, *, is_approved: bool
) -> Callable[[Any, dict[str, Any], Act], None]:
    def do(key: uuid.UUID, _said: dict[str, Any], act: Act) -> None:
        answer(key, by=act.by, is_approved=is_approved)

    return do


def _is_unanswered(row: Answered) -> bool:
    return row.answered_at is None


class AnsweredAdmin(DeedsAdmin):
    """Entered by one, approved by another, and never rewritten."""

    def preview(self, row: Any) -> object:  # noqa: ANN401 - a row of the admin's model
        """What a proposal would do, for its page."""
        raise NotImplementedError

    @admin.display(description=_("registrert av"))
    def proposer(self, row: Answered) -> str:
        return name_of(row.registered_by)

    @admin.display(description=_("avgjort av"))
    def answerer(self, row: Answered) -> str:
        return name_of(row.answered_by)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm(f"access.add_{self.opts.model_name}")

    def save_model(
        self, request: HttpRequest, obj: Answered, form: forms.ModelForm, change: bool
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
        """With what would be otherwise, had it been in force."""
        row = self.get_object(request, unquote(object_id))
        shown = self.preview(row) if row and _is_unanswered(row) else None
        context = {"preview": shown, **(extra_context or {})}
        return super().change_view(request, object_id, form_url, context)
