"""The test bench: a message in, what would become of it out, and nothing kept."""

import functools
import json
from collections.abc import Callable

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import RequestDataTooBig
from django.core.signing import BadSignature
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from portal.producers import results
from portal.producers.examples import EXAMPLES, example_named
from portal.producers.forms import MessageForm
from portal.producers.presenters import present_result
from portal.producers.uploads import LARGEST_REQUEST, InMemory
from results.ingestion.check import examine

_View = Callable[..., HttpResponse]


def _open(view: _View) -> _View:
    """For everybody, where the bench is at all: never in production."""

    @login_not_required
    @functools.wraps(view)
    def shown(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        if not settings.TEST_BENCH_IS_OPEN:
            raise Http404
        return view(request, *args, **kwargs)

    return shown


# The form is read below, once it is known to stay in memory; then it is protected.
@csrf_exempt
@_open
@require_http_methods(["GET", "POST"])
def bench(request: HttpRequest) -> HttpResponse:
    if request.method == "GET":
        return _form_page(request, MessageForm())
    if _length(request) > LARGEST_REQUEST:
        return _too_large(request)
    request.upload_handlers = [InMemory(request)]
    try:
        return _tried(request)
    except RequestDataTooBig:
        return _too_large(request)


@csrf_protect
def _tried(request: HttpRequest) -> HttpResponse:
    form = MessageForm(request.POST, request.FILES)
    if not form.is_valid():
        return _form_page(request, form, status=400)
    found = examine(form.cleaned_data["content"])
    shown = present_result(found, today=timezone.localdate())
    context = {"result": shown, "sealed": results.sealed(found)}
    return render(request, "producers/result.html", context)


@_open
@require_POST
def result(request: HttpRequest) -> HttpResponse:
    """The result as a file; it comes back from the page, so its seal is looked at."""
    try:
        content = results.opened(request.POST.get("result", ""))
    except BadSignature:
        form = MessageForm({})
        words = _("Resultatet er for gammelt eller endret. Test meldingen på nytt.")
        form.add_error(None, words)
        return _form_page(request, form, status=400)
    text = json.dumps(content, ensure_ascii=False, indent=2)
    return _as_file(text.encode(), "testresultat.json", "application/json")


@_open
@require_GET
def example(request: HttpRequest, name: str) -> HttpResponse:
    found = example_named(name)
    if found is None:
        raise Http404
    return _as_file(found.content(), found.file_name, found.media_type)


@_open
@require_GET
def approval(request: HttpRequest) -> HttpResponse:
    return render(request, "producers/approval.html")


def _form_page(
    request: HttpRequest, form: MessageForm, *, status: int = 200
) -> HttpResponse:
    context = {"form": form, "examples": EXAMPLES}
    return render(request, "producers/bench.html", context, status=status)


def _too_large(request: HttpRequest) -> HttpResponse:
    form = MessageForm({})
    form.add_error("file", _("Meldingen er større enn 10 MB, eller teksten for lang."))
    return _form_page(request, form, status=413)


def _length(request: HttpRequest) -> int:
    declared = request.META.get("CONTENT_LENGTH") or "0"
    return int(declared) if declared.isdecimal() else 0


def _as_file(content: bytes, name: str, media_type: str) -> HttpResponse:
    response = HttpResponse(content, content_type=f"{media_type}; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
