"""Why a decision fell as it did, told to whoever follows it up."""

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from access.cases import NotYours, log_followed_by
from access.explaining import explain_to
from access.models import User


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


@require_http_methods(["GET", "POST"])
def explain_page(request: HttpRequest) -> HttpResponse:
    """One page and no list: the log is read by its patient, and its model is not in the
    administration. Nothing clinical is told, and an explanation answers a POST, so that
    it cannot be linked to."""
    user = request.user
    if not isinstance(user, User) or not log_followed_by(user.pk):
        raise PermissionDenied
    form = EntryForm(request.POST if request.method == "POST" else None)
    told: tuple[str, ...] = ()
    if form.is_valid():
        try:
            told = explain_to(user.pk, form.cleaned_data["entry_id"])
        except NotYours:
            form.add_error(
                "entry_id", _("Du følger ikke opp noe oppslag med den nøkkelen.")
            )
    context = {
        **admin.site.each_context(request),
        "title": _("Hvorfor en avgjørelse falt som den gjorde"),
        "form": form,
        "told": told,
    }
    status = 422 if form.errors else 200
    return render(request, "admin/access/explain.html", context, status=status)
