"""«Fullmakter»: who may see for me, and whom I may see for; given, limited, ended.

Always about oneself: nobody gives powers on another's behalf. To give shows who one is
anew; to end does not.
"""

import uuid

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from access import lookup
from access.lookup import Answer, Outcome, PowerLine, PowersPage
from portal.citizen.power_forms import (
    NUMBER_FAULTS,
    LimitForm,
    PowerForm,
    initial_of,
)
from portal.citizen.views import refused
from portal.fresh_login import needs_fresh_login
from portal.middleware import AudienceRequest
from portal.on_behalf import for_oneself
from portal.presenting.people import (
    fault_in_words,
    in_words,
    present_parents,
    present_people,
    present_powers,
)
from results.identity import InvalidIdentityNumber

_UNDERSTOOD_NOT = 422


@require_GET
@for_oneself
def powers(request: AudienceRequest) -> HttpResponse:
    answer = lookup.read_powers(request.viewer)
    if answer.value is None:
        return refused(request, answer.verdict)
    return _page(request, answer.value)


@require_http_methods(["GET", "POST"])
@for_oneself
@needs_fresh_login
def give(request: AudienceRequest) -> HttpResponse:
    form = PowerForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return _form(request, form, status=_UNDERSTOOD_NOT if form.is_bound else 200)
    try:
        answer = lookup.give_power(
            request.viewer, number=form.cleaned_data["number"], order=form.order()
        )
    except InvalidIdentityNumber as error:
        form.add_error("number", NUMBER_FAULTS[error.fault])
        return _form(request, form, status=_UNDERSTOOD_NOT)
    return _after(request, answer, form=form)


@require_http_methods(["GET", "POST"])
@for_oneself
@needs_fresh_login
def limit(request: AudienceRequest, power_id: uuid.UUID) -> HttpResponse:
    """Another in its place, with what is said now."""
    power = _one_of(request, power_id)
    initial = dict(initial_of(power.scope, power.valid_to))
    said = request.POST if request.method == "POST" else None
    form = LimitForm(said, initial=initial)
    if not form.is_valid():
        status = _UNDERSTOOD_NOT if form.is_bound else 200
        return _form(request, form, status=status, power=power)
    answer = lookup.limit_power(request.viewer, power_id=power_id, order=form.order())
    return _after(request, answer, form=form, power=power)


@require_POST
@for_oneself
def end(request: AudienceRequest, power_id: uuid.UUID) -> HttpResponse:
    """At once, and without a question: it can be given again."""
    return _after(request, lookup.end_power(request.viewer, power_id=power_id))


@require_POST
@for_oneself
def parents(request: AudienceRequest) -> HttpResponse:
    """A youth says yes or no to a parent."""
    try:
        parent_id = uuid.UUID(request.POST.get("parent", ""))
    except ValueError:
        raise Http404 from None
    may_see = request.POST.get("svar") == "ja"
    answer = lookup.decide_for_parent(
        request.viewer, parent_id=parent_id, may_see=may_see
    )
    return _after(request, answer)


def _one_of(request: AudienceRequest, power_id: uuid.UUID) -> PowerLine:
    """One that was given and stands; what is not is as another's: not found."""
    answer = lookup.read_powers(request.viewer)
    given = answer.value.given if answer.value else ()
    power = next((one for one in given if one.id == power_id), None)
    if power is None:
        raise Http404
    return power


def _after(
    request: AudienceRequest,
    answer: Answer[Outcome],
    *,
    form: LimitForm | None = None,
    power: PowerLine | None = None,
) -> HttpResponse:
    outcome = answer.value
    if outcome is None:
        return refused(request, answer.verdict)
    if outcome.fault is None:
        return redirect("citizen:powers")
    if form is None:
        page = lookup.read_powers(request.viewer)
        if page.value is None:
            return refused(request, page.verdict)
        words = fault_in_words(outcome.fault)
        return _page(request, page.value, fault=words, status=_UNDERSTOOD_NOT)
    form.add_error(None, fault_in_words(outcome.fault))
    return _form(request, form, status=_UNDERSTOOD_NOT, power=power)


def _page(
    request: AudienceRequest, found: PowersPage, *, fault: str = "", status: int = 200
) -> HttpResponse:
    context = {
        "given": present_powers(found.given),
        "received": present_people(found.received),
        "others": present_people(found.others),
        "parents": present_parents(found.parents),
        "may_give": found.may_give,
        "fault": fault,
    }
    return render(request, "citizen/powers.html", context, status=status)


def _form(
    request: AudienceRequest,
    form: LimitForm,
    *,
    status: int,
    power: PowerLine | None = None,
) -> HttpResponse:
    context = {
        "form": form,
        "receiver": power.masked_number if power else "",
        "what": in_words(power.scope) if power else "",
    }
    return render(request, "citizen/power_form.html", context, status=status)
