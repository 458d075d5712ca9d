"""What touches many messages is only proposed here; another operator confirms."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from results.admin.acting import ReasonForm, actor, see
from results.admin.message_deeds import ReassignForm, RejectForm
from results.models import ReceivedMessage
from results.operations import proposing
from results.operations.operator_actions import Act, Refused, check_no_number
from results.vocabulary import OperatorActionKind

_MOST = 10_000
_TOO_MANY = _("Velg færre meldinger om gangen.")

_Action = Callable[
    [admin.ModelAdmin, HttpRequest, QuerySet[ReceivedMessage]], HttpResponse | None
]


def _proposal(
    kind: OperatorActionKind, name: str, title: str | Promise, form: type[forms.Form]
) -> _Action:
    """An action of the list: a page that asks for the reason, then a proposal."""

    @admin.action(description=title, permissions=["handle"])  # type: ignore[arg-type]
    def propose(
        page: admin.ModelAdmin,
        request: HttpRequest,
        chosen: QuerySet[ReceivedMessage],
    ) -> HttpResponse | None:
        filled = form(request.POST if "foreslaa" in request.POST else None)
        if filled.is_valid():
            return _keep(kind, filled.cleaned_data, request, chosen)
        context = {
            **page.admin_site.each_context(request),
            "opts": page.opts,
            "title": title,
            "form": filled,
            "count": chosen.count(),
            "action": name,
            "chosen": request.POST.getlist(ACTION_CHECKBOX_NAME),
            "select_across": request.POST.get("select_across", "0"),
            "checkbox": ACTION_CHECKBOX_NAME,
        }
        return TemplateResponse(
            request, "admin/results/receivedmessage/propose.html", context
        )

    propose.__name__ = name
    return propose


def _keep(
    kind: OperatorActionKind,
    said: dict[str, Any],
    request: HttpRequest,
    chosen: QuerySet[ReceivedMessage],
) -> HttpResponse | None:
    keys = list(
        chosen.order_by("received_at").values_list("pk", flat=True)[: _MOST + 1]
    )
    try:
        if len(keys) > _MOST:
            raise Refused(_TOO_MANY)
        check_no_number(said.get("text", ""))
        proposal = proposing.propose(
            kind,
            message_ids=keys,
            act=Act(actor(request), said["reason"]),
            details=_details(said),
        )
    except Refused as refused:
        messages.error(request, str(refused))
        return None
    messages.success(
        request, _("Forslaget er lagret. En annen operatør må bekrefte det.")
    )
    return see(reverse("admin:results_operatorproposal_change", args=[proposal.pk]))


def _details(said: dict[str, Any]) -> dict[str, str]:
    if organization := said.get("organization"):
        return {"organization_id": str(organization.pk), "name": str(organization)}
    return {"text": said["text"]} if "text" in said else {}


PROPOSALS = [
    _proposal(
        OperatorActionKind.REPLAY,
        "propose_replay",
        _("Foreslå å behandle på nytt"),
        ReasonForm,
    ),
    _proposal(
        OperatorActionKind.REJECT, "propose_reject", _("Foreslå å avvise"), RejectForm
    ),
    _proposal(
        OperatorActionKind.REASSIGN,
        "propose_reassign",
        _("Foreslå å flytte til annen avsender"),
        ReassignForm,
    ),
]
