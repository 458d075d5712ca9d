"""Why a decision fell as it did, told to whoever follows it up."""

from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from access.cases import NotYours, log_followed_by
from access.explaining import explain_to
from access.models import AccessLogEntry, User


class EntryForm(forms.Form):
    """Which decision: the key stands on the page of a case."""

    entry_id = forms.UUIDField(
        label=_("Nøkkelen til oppslaget"),
        help_text=_("Står under oppslaget på saken. At du spør, loggføres."),
        error_messages={
            "required": _("Skriv nøkkelen til oppslaget."),
            "invalid": _("Nøkkelen er ikke fullstendig."),
        },
        widget=forms.TextInput(attrs={"size": 40, "autocomplete": "off"}),
    )


@admin.register(AccessLogEntry)
class ExplainedAdmin(admin.ModelAdmin):
    """One page and no list: the log is read by its patient. Nothing clinical is told,
    and an explanation answers a POST, so that it cannot be linked to."""

    def has_module_permission(self, request: HttpRequest) -> bool:
        return _follows_up(request)

    def has_view_permission(
        self, request: HttpRequest, obj: AccessLogEntry | None = None
    ) -> bool:
        return obj is None and _follows_up(request)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(
        self, request: HttpRequest, obj: AccessLogEntry | None = None
    ) -> bool:
        return False

    def has_delete_permission(
        self, request: HttpRequest, obj: AccessLogEntry | None = None
    ) -> bool:
        return False

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        if not _follows_up(request):
            raise PermissionDenied
        form = EntryForm(request.POST if request.method == "POST" else None)
        told: tuple[str, ...] = ()
        if form.is_valid() and isinstance(request.user, User):
            try:
                told = explain_to(request.user.pk, form.cleaned_data["entry_id"])
            except NotYours:
                form.add_error(
                    "entry_id", _("Du følger ikke opp noe oppslag med den nøkkelen.")
                )
        context = {
            **self.admin_site.each_context(request),
            "title": _("Hvorfor en avgjørelse falt som den gjorde"),
            "form": form,
            "told": told,
        }
        status = 422 if form.errors else 200
        return render(request, "admin/access/explain.html", context, status=status)


def _follows_up(request: HttpRequest) -> bool:
    user = request.user
    return isinstance(user, User) and user.is_active and bool(log_followed_by(user.pk))
