"""What every page where an operator acts has: who it is, why, and only by POST."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseRedirect
from django.urls import URLPattern, path, reverse
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from results.operations.operator_actions import Act, Refused

_SYSTEM_NAMES = {"": "–", "system": _("systemet selv")}
_SEE_OTHER = 303


class ReasonForm(forms.Form):
    """Whatever is done, it is told why; the reason is kept for ever."""

    reason = forms.CharField(
        label=_("Begrunnelse"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2, "cols": 60}),
        help_text=_("Blir loggført. Skriv ingenting om pasienten."),
    )


@dataclass(frozen=True, slots=True)
class Deed:
    """Something an operator may do with a row: under which permission, asked for by
    which form, and when there is any use for it."""

    kind: str
    permission: str
    title: str | Promise
    explanation: str | Promise
    done: str | Promise
    do: Callable[[uuid.UUID, dict[str, Any], Act], Any]
    is_fitting: Callable[[Any], bool] = lambda row: True
    form: type[forms.Form] = ReasonForm
    is_harmful: bool = False


@dataclass(frozen=True, slots=True)
class OfferedDeed:
    """A deed as a page offers it."""

    deed: Deed
    form: forms.Form
    url: str


class ReadOnlyAdmin(admin.ModelAdmin):
    """Rows come to be, and change, by what is done; nobody edits them."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(
        self,
        request: HttpRequest,
        obj: Any = None,  # noqa: ANN401 - as Django has it
    ) -> bool:
        return False

    def has_delete_permission(
        self,
        request: HttpRequest,
        obj: Any = None,  # noqa: ANN401
    ) -> bool:
        return False


class DeedsAdmin(ReadOnlyAdmin):
    """Rows that are changed by deeds alone: each a form on the row's page, a POST to
    an address of its own."""

    change_form_template = "admin/results/with_deeds.html"
    deeds: tuple[Deed, ...] = ()

    def get_urls(self) -> list[URLPattern]:
        name = f"{self.opts.app_label}_{self.opts.model_name}_deed"
        doing = path(
            "<uuid:key>/gjor/<str:kind>/",
            self.admin_site.admin_view(require_POST(self.do_deed)),
            name=name,
        )
        return [doing, *super().get_urls()]

    def do_deed(self, request: HttpRequest, key: uuid.UUID, kind: str) -> HttpResponse:
        """One deed with one row. 404 for what cannot be done, 403 for who may not."""
        deed = next((d for d in self.deeds if d.kind == kind), None)
        if deed is None:
            raise Http404
        return _perform(deed, key, request=request, back=self._url("change", key))

    def offered(
        self,
        row: Any,  # noqa: ANN401 - a row of the admin's model
        request: HttpRequest,
    ) -> list[OfferedDeed]:
        """What this operator may do with this row now, with an empty form for each."""
        return [
            OfferedDeed(
                deed,
                deed.form(auto_id=f"{deed.kind}_%s"),
                self._url("deed", row.pk, deed.kind),
            )
            for deed in self.deeds
            if may(request, deed.permission) and deed.is_fitting(row)
        ]

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        row = self.get_object(request, unquote(object_id))
        deeds = self.offered(row, request) if row is not None else []
        context = {"deeds": deeds, **(extra_context or {})}
        return super().change_view(request, object_id, form_url, context)

    def _url(self, page: str, *args: object) -> str:
        name = f"admin:{self.opts.app_label}_{self.opts.model_name}_{page}"
        return reverse(name, args=args)


def actor(request: HttpRequest) -> str:
    """The opaque key of whoever asks, as it is written down."""
    return str(request.user.pk)


def name_of(key: str) -> str:
    """Who that was, for other operators."""
    if key in _SYSTEM_NAMES:
        return str(_SYSTEM_NAMES[key])
    try:
        user = get_user_model()._default_manager.filter(pk=key).first()
    except (ValidationError, ValueError):
        return key  # from the machine's own command line
    return str(user) if user else key


def link_to_message(key: uuid.UUID | None) -> str:
    """The way to a message's page, as safe HTML."""
    if key is None:
        return "–"
    url = reverse("admin:results_receivedmessage_change", args=[key])
    return format_html('<a href="{}">{}</a>', url, _("Åpne meldingen"))


def may(request: HttpRequest, permission: str) -> bool:
    """Whether this operator has the permission: one of `results`, unless it says."""
    whole = permission if "." in permission else f"results.{permission}"
    return request.user.has_perm(whole)


def _perform(
    deed: Deed, key: uuid.UUID, *, request: HttpRequest, back: str
) -> HttpResponse:
    """Do it, if the operator may, and lead back with word of how it went. Whether it
    fits is judged where it is done, under a lock."""
    if not may(request, deed.permission):
        raise PermissionDenied
    form = deed.form(request.POST)
    if not form.is_valid():
        for problems in form.errors.values():
            messages.error(request, f"{deed.title}: {problems[0]}")
        return see(back)
    try:
        reason = form.cleaned_data.pop("reason", "")
        told = deed.do(key, form.cleaned_data, _act(request, reason))
        messages.success(request, f"{deed.done} {told or ''}".strip())
    except Refused as refused:
        messages.error(request, f"{deed.title}: {refused}")
    return see(back)


def see(url: str) -> HttpResponse:
    """Look there, by GET."""
    response = HttpResponseRedirect(url)
    response.status_code = _SEE_OTHER
    return response


def _act(request: HttpRequest, reason: str) -> Act:
    # What is decided about another's proposal has the proposal's reason.
    return Act(actor(request), reason or "–")
