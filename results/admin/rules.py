"""The authorities' decisions: dated, signed, never rewritten; ended and made anew."""

import datetime
from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from results.admin.acting import actor, name_of
from results.models import AttachmentRule, PurposeRule, RetentionRule, SharingRule
from results.vocabulary import RetentionKind

_DATED = ("valid_from", "valid_to", "decided_by", "reason")
_ACCEPTS = "accepts_contradiction"
# What never became a report has no discipline.
_BY_DISCIPLINE = (
    RetentionKind.DISPLAY,
    RetentionKind.CONTENT,
    RetentionKind.ATTACHMENT,
)

_Values = dict[str, Any]


class DatedRuleForm(forms.ModelForm):
    """A rule begins today at the earliest, and ends today at the earliest: what has
    been in force has been. `matters` is what the rule is about, `decides` what it says;
    of two that may meet and say differently the operator must have seen both."""

    matters: tuple[str, ...] = ()
    decides: str = ""
    accepts_contradiction = forms.BooleanField(
        label=_("Jeg har sett at en annen regel sier noe annet"),
        required=False,
        help_text=_("Bare når det meldes at en annen regel sier noe annet."),
    )

    def clean(self) -> _Values:
        cleaned: _Values = super().clean() or {}
        today = timezone.localdate()
        begins, ends = self._said("valid_from"), self._said("valid_to")
        if "valid_from" in self.fields and begins and begins < today:
            self.add_error("valid_from", _("En regel kan ikke gjelde bakover i tid."))
        if "valid_to" in self.changed_data and ends and ends < today:
            self.add_error("valid_to", _("En regel kan ikke avsluttes bakover i tid."))
        if begins and ends and ends <= begins:
            self.add_error("valid_to", _("Regelen slutter før den begynner."))
        if not self.errors and not cleaned.get(_ACCEPTS):
            self._warn_of_others()
        return cleaned

    def contradicts(self, other: Any) -> bool:  # noqa: ANN401 - a row of the same kind
        """Whether both may speak of one and the same, with equal weight, and differ."""
        pairs = [(self._said(name), getattr(other, name)) for name in self.matters]
        meets = all(not mine or not its or mine == its for mine, its in pairs)
        weighs_the_same = sum(bool(m) for m, _i in pairs) == sum(
            bool(its) for _m, its in pairs
        )
        differs = self._said(self.decides) != getattr(other, self.decides)
        return meets and weighs_the_same and differs

    def _said(self, name: str) -> Any:  # noqa: ANN401 - whatever the field holds
        if name in self.cleaned_data:
            return self.cleaned_data[name]
        return getattr(self.instance, name)

    def _warn_of_others(self) -> None:
        others = self._meta.model._default_manager.exclude(pk=self.instance.pk)
        for other in others:
            if self._overlaps(other) and self.contradicts(other):
                self.add_error(
                    _ACCEPTS if _ACCEPTS in self.fields else None,
                    _("En regel fra %(day)s, besluttet av %(by)s, sier noe annet.")
                    % {"day": other.valid_from, "by": other.decided_by},
                )

    def _overlaps(self, other: Any) -> bool:  # noqa: ANN401
        far = datetime.date.max
        begins, ends = self._said("valid_from"), self._said("valid_to") or far
        other_ends: datetime.date = other.valid_to or far
        return bool(begins < other_ends and other.valid_from < ends)


class DatedRuleAdmin(admin.ModelAdmin):
    """A rule that has begun may only be given an end; one that is over is history."""

    about: tuple[str, ...] = ()
    ordering = ("-valid_from", "id")

    @admin.display(description=_("registrert av"))
    def signed_by(self, rule: Any) -> str:  # noqa: ANN401
        return name_of(rule.registered_by)

    def get_fields(
        self,
        request: HttpRequest,
        obj: Any = None,  # noqa: ANN401
    ) -> list[Any]:
        kept = ["signed_by", "registered_at"] if obj else []
        asked = [] if _is_over(obj) else [_ACCEPTS]
        return [*self.about, *_DATED, *asked, *kept]

    def get_readonly_fields(
        self,
        request: HttpRequest,
        obj: Any = None,  # noqa: ANN401
    ) -> list[str]:
        signed = ["signed_by", "registered_at"]
        if not _has_begun(obj):
            return signed
        past = [*self.about, "valid_from", "decided_by", "reason", *signed]
        return [*past, "valid_to"] if _is_over(obj) else past

    def has_delete_permission(
        self,
        request: HttpRequest,
        obj: Any = None,  # noqa: ANN401
    ) -> bool:
        """Only what has not begun to apply."""
        is_future = obj is not None and not _has_begun(obj)
        return is_future and super().has_delete_permission(request, obj)

    def save_model(
        self,
        request: HttpRequest,
        obj: Any,  # noqa: ANN401
        form: forms.ModelForm,
        change: bool,
    ) -> None:
        if not change:
            obj.registered_by = actor(request)
        super().save_model(request, obj, form, change)


def _has_begun(rule: Any) -> bool:  # noqa: ANN401
    return rule is not None and rule.valid_from <= timezone.localdate()


def _is_over(rule: Any) -> bool:  # noqa: ANN401
    if rule is None or rule.valid_to is None:
        return False
    return bool(rule.valid_to <= timezone.localdate())


class SharingRuleForm(DatedRuleForm):
    matters = ("producer", "requester", "category")
    decides = "is_shared"


@admin.register(SharingRule)
class SharingRuleAdmin(DatedRuleAdmin):
    """What is shared at all: «flere rekvirenter og fagområder», one by one."""

    form = SharingRuleForm
    about = ("producer", "requester", "category", "is_shared")
    list_display = ("valid_from", "valid_to", *about, "decided_by", "signed_by")
    list_filter = ("is_shared", "category")
    list_select_related = ("producer", "requester")


class PurposeRuleForm(DatedRuleForm):
    decides = "is_health_care"

    def contradicts(self, other: PurposeRule) -> bool:
        """Purposes are compared without case."""
        mine: str = self._said("purpose")
        is_same = mine.casefold().strip() == other.purpose.casefold().strip()
        return is_same and super().contradicts(other)


@admin.register(PurposeRule)
class PurposeRuleAdmin(DatedRuleAdmin):
    """Which purposes are health care."""

    form = PurposeRuleForm
    about = ("purpose", "is_health_care")
    list_display = ("purpose", "is_health_care", "valid_from", "valid_to", "signed_by")
    search_fields = ("purpose",)


class RetentionRuleForm(DatedRuleForm):
    decides = "days"

    def contradicts(self, other: RetentionRule) -> bool:
        """A rule for one discipline is meant to differ from the one for all."""
        mine = (self._said("kind"), self._said("category"))
        return mine == (other.kind, other.category) and super().contradicts(other)

    def clean(self) -> _Values:
        cleaned = super().clean()
        kind = self._said("kind")
        if self._said("category") and kind and kind not in _BY_DISCIPLINE:
            self.add_error(
                "category", _("Det som ikke er lest inn, har ikke noe fagområde.")
            )
        return cleaned


@admin.register(RetentionRule)
class RetentionRuleAdmin(DatedRuleAdmin):
    """How long things are kept and shown."""

    form = RetentionRuleForm
    about = ("kind", "category", "days")
    list_display = (*about, "valid_from", "valid_to", "decided_by", "signed_by")
    list_filter = ("kind",)


class AttachmentRuleForm(DatedRuleForm):
    decides = "is_kept"

    def contradicts(self, other: AttachmentRule) -> bool:
        """A rule for one producer is meant to differ from the one for all."""
        is_same = self._said("producer") == other.producer
        return is_same and super().contradicts(other)


@admin.register(AttachmentRule)
class AttachmentRuleAdmin(DatedRuleAdmin):
    """Whose documents are kept."""

    form = AttachmentRuleForm
    about = ("producer", "is_kept")
    list_display = (*about, "valid_from", "valid_to", "decided_by", "signed_by")
    list_select_related = ("producer",)
