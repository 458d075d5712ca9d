"""A citizen chooses where to be told, and of what; an address is shown to be theirs."""

from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from access import lookup
from access.lookup import Answer
from access.vocabulary import (
    Channel,
)
from portal.citizen.notice_forms import (
    ChoiceForm,
    CodeForm,
    EmailForm,
    RemoveForm,
    SmsForm,
    address_form,
)
from portal.citizen.views import own_record, refused
from portal.middleware import AudienceRequest


@require_GET
def notices(request: AudienceRequest) -> HttpResponse:
    return _page(request)


@require_POST
def choose(request: AudienceRequest) -> HttpResponse:
    """Of what."""
    form = ChoiceForm(request.POST)
    if not form.is_valid():
        return _page(request, choice=form, status=422)
    answer = lookup.choose_notices(
        request.viewer,
        patient_id=own_record(request.viewer),
        language=get_language() or "nb",
        **form.cleaned_data,
    )
    return _done(request, answer)


@require_POST
def set_contact(request: AudienceRequest) -> HttpResponse:
    """Where: a code goes there."""
    form = address_form(request.POST)
    channel = Channel.SMS if isinstance(form, SmsForm) else Channel.EMAIL
    if not form.is_valid():
        return _page(request, status=422, **{channel.value: form})
    answer = lookup.set_contact(
        request.viewer,
        patient_id=own_record(request.viewer),
        channel=channel,
        address=form.cleaned_data["address"],
    )
    if answer.value is False:
        form.add_error("address", _("Vi sendte nettopp en kode. Vent et minutt."))
        return _page(request, status=422, **{channel.value: form})
    return _done(request, answer)


@require_POST
def confirm(request: AudienceRequest) -> HttpResponse:
    """The code that came."""
    form = CodeForm(request.POST)
    if not form.is_valid():
        return _page(request, code=form, status=422)
    answer = lookup.confirm_contact(
        request.viewer,
        patient_id=own_record(request.viewer),
        channel=form.cleaned_data["channel"],
        code=form.cleaned_data["code"].strip(),
    )
    if answer.value is False:
        said = _("Koden stemmer ikke, eller den er for gammel. Be om en ny.")
        form.add_error("code", said)
        return _page(request, code=form, status=422)
    return _done(request, answer)


@require_POST
def remove(request: AudienceRequest) -> HttpResponse:
    form = RemoveForm(request.POST)
    if not form.is_valid():
        return _page(request, status=422)
    answer = lookup.remove_contact(
        request.viewer,
        patient_id=own_record(request.viewer),
        channel=form.cleaned_data["channel"],
    )
    return _done(request, answer)


def _page(
    request: AudienceRequest, *, status: int = 200, **bound: forms.Form
) -> HttpResponse:
    answer = lookup.read_notices(request.viewer, patient_id=own_record(request.viewer))
    page = answer.value
    if page is None:
        return refused(request, answer.verdict)
    chosen = {"looks": page.looks.value, "answers": page.answers}
    forms_shown: dict[str, Any] = {
        "email": EmailForm(auto_id="email_%s"),
        "sms": SmsForm(auto_id="sms_%s"),
        "code": CodeForm(auto_id="code_%s"),
        "choice": ChoiceForm(initial=chosen),
        **bound,
    }
    contacts = {line.channel.value: line for line in page.contacts}
    rows = [
        {
            "channel": channel.value,
            "label": channel.label,
            "line": contacts.get(channel.value),
            "form": forms_shown[channel.value],
        }
        for channel in Channel
    ]
    context = {"rows": rows, "code": forms_shown["code"], "form": forms_shown["choice"]}
    return render(request, "citizen/notices.html", context, status=status)


def _done(request: AudienceRequest, answer: Answer[bool]) -> HttpResponse:
    if answer.value is None:
        return refused(request, answer.verdict)
    return redirect("citizen:notices")
