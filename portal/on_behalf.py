"""`/for/<key>/innbygger/…`: the citizen's pages about somebody else.

The key stands in the address, so that two tabs with two people are never confused, and
as the script's prefix, so that every address a page makes is about the same person. No
page can forget whom it is about; what is not a citizen's page is about nobody.
"""

import re
import uuid
from collections.abc import Callable
from functools import wraps

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import get_script_prefix, set_script_prefix

from portal.middleware import audience_of

_GetResponse = Callable[[HttpRequest], HttpResponseBase]
_FOR = re.compile(r"^/for/([0-9a-f-]{36})(/.*)$")
_PAGES = "/innbygger/"


class OnBehalfMiddleware:
    """`request.represented_id`; whether the viewer may see for them is the door's to
    say, at every look."""

    def __init__(self, get_response: _GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        key, path = _parts(request)
        request.represented_id = key  # type: ignore[attr-defined]
        if key is None:
            return self.get_response(request)
        if audience_of(request) != "citizen":
            raise Http404
        if not path.startswith(_PAGES):
            return self._about_nobody(request, path)
        request.path_info = path
        before = get_script_prefix()
        set_script_prefix(f"{before}for/{key}/")
        try:
            return self.get_response(request)
        finally:
            set_script_prefix(before)

    def _about_nobody(self, request: HttpRequest, path: str) -> HttpResponseBase:
        """Signing in and out, languages: where they always are."""
        request.represented_id = None  # type: ignore[attr-defined]
        if request.method in ("GET", "HEAD"):
            query = request.META.get("QUERY_STRING", "")
            return HttpResponseRedirect(path + (f"?{query}" if query else ""))
        request.path = request.path_info = path
        return self.get_response(request)


def _parts(request: HttpRequest) -> tuple[uuid.UUID | None, str]:
    found = _FOR.match(request.path_info)
    if found is None:
        return None, request.path_info
    try:
        return uuid.UUID(found[1]), found[2]
    except ValueError:
        return None, request.path_info


def about(represented_id: uuid.UUID, path: str) -> str:
    """The address of a citizen's page, about this person."""
    return f"/for/{represented_id}{path}"


def about_oneself(request: HttpRequest) -> str:
    """The same page, about the viewer."""
    return request.path_info


_View = Callable[..., HttpResponse]


def for_oneself(view: _View) -> _View:
    """A page that is about the viewer alone: asked for on another's behalf it leads to
    the viewer's own, and changes nothing."""

    @wraps(view)
    def wrapped(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        if getattr(request, "represented_id", None) is not None:
            return HttpResponseRedirect(about_oneself(request))
        return view(request, *args, **kwargs)

    return wrapped
