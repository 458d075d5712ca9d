"""Plain-language texts: written by one, vouched for by a clinician, then published."""

import uuid
from typing import Any

from django import forms
from django.contrib import admin
from django.core.validators import RegexValidator
from django.db.models import Model
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from results.admin.acting import Deed, DeedsAdmin, actor, may, name_of
from results.codes import NLK
from results.models import Explanation
from results.operations import explanations
from results.operations.operator_actions import Act
from results.vocabulary import ExplanationKind, ExplanationState


class ReviewForm(forms.Form):
    """Who vouches for the text: shown with it."""

    reviewer_name = forms.CharField(label=_("Fagpersonens navn"), max_length=200)
    hpr_number = forms.CharField(
        label=_("HPR-nummer"),
        validators=[RegexValidator(r"\A\d{7,9}\Z", _("HPR-nummer har 7 til 9 sifre."))],
    )


def _review(key: uuid.UUID, said: dict[str, Any], act: Act) -> None:
    reviewer = explanations.Reviewer(said["reviewer_name"], said["hpr_number"])
    explanations.review(key, reviewer=reviewer, by=act.by)


def _publish(key: uuid.UUID, _said: dict[str, Any], act: Act) -> None:
    explanations.publish(key, by=act.by)


def _retire(key: uuid.UUID, _said: dict[str, Any], act: Act) -> None:
    explanations.retire(key, by=act.by)


DEEDS = (
    Deed(
        kind="gjennomgaa",
        permission="review_explanation",
        title=_("Gjennomgått"),
        explanation=_("En fagperson har lest teksten og går god for den."),
        done=_("Gjennomgangen er ført."),
        do=_review,
        is_fitting=lambda row: _may_change(row),
        form=ReviewForm,
    ),
    Deed(
        kind="publiser",
        permission="publish_explanation",
        title=_("Publiser"),
        explanation=_("Teksten vises straks for alle som har et slikt svar."),
        done=_("Teksten er publisert."),
        do=_publish,
        is_fitting=lambda row: row.state == ExplanationState.REVIEWED,
        form=forms.Form,
    ),
    Deed(
        kind="trekk",
        permission="publish_explanation",
        title=_("Trekk"),
        explanation=_("Teksten vises ikke mer. En ny tekst kan skrives."),
        done=_("Teksten er trukket."),
        do=_retire,
        is_fitting=lambda row: _is_checked(row),
        form=forms.Form,
        is_harmful=True,
    ),
)


class ExplanationForm(forms.ModelForm):
    """A test has a code system; a word has none."""

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        is_word = said.get("kind") == ExplanationKind.WORD
        said["system"] = "" if is_word else said.get("system") or NLK
        if not is_word and said.get("forms"):
            self.add_error("forms", _("Bare et ord har andre former."))
        return said


@admin.register(Explanation)
class ExplanationAdmin(DeedsAdmin):
    """Drafts may be changed; whatever has been vouched for stands as it was."""

    form = ExplanationForm
    deeds = DEEDS
    fields = (
        "kind",
        "code",
        "forms",
        "system",
        "language",
        "text",
        "source",
        "state",
        "is_demonstration",
        "writer",
        "reviewer_name",
        "reviewer_hpr",
        "reviewed_at",
        "published_at",
        "retired_at",
    )
    readonly_fields = fields[7:]
    list_display = ("code", "kind", "language", "state", "reviewer_name", "writer")
    list_filter = ("state", "kind", "language", "is_demonstration")
    search_fields = ("code", "text")
    ordering = ("code", "language", "-id")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return may(request, "add_explanation")

    def has_change_permission(
        self, request: HttpRequest, obj: Explanation | None = None
    ) -> bool:
        return _may_change(obj) and may(request, "change_explanation")

    def save_model(
        self, request: HttpRequest, obj: Model, form: forms.ModelForm, change: bool
    ) -> None:
        obj.written_by = actor(request)  # type: ignore[attr-defined]
        super().save_model(request, obj, form, change)

    @admin.display(description=_("skrevet av"))
    def writer(self, explanation: Explanation) -> str:
        return name_of(explanation.written_by)


def _may_change(row: Explanation | None) -> bool:
    if row is None:
        return True
    return row.state == ExplanationState.DRAFT and not row.is_demonstration


def _is_checked(row: Explanation) -> bool:
    states = (ExplanationState.REVIEWED, ExplanationState.PUBLISHED)
    return row.state in states and not row.is_demonstration
