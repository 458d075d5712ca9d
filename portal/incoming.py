"""What a request is cleared of before anybody believes it."""

from collections.abc import Callable
from urllib.parse import unquote_to_bytes

from django.core.exceptions import BadRequest
from django.http import HttpRequest
from django.http.response import HttpResponseBase

_GetResponse = Callable[[HttpRequest], HttpResponseBase]
_NUL = "\0"


class NulMiddleware:
    """The database holds no NUL, and asking it for one is a fault where nobody expects
    it: in a session's key, in a filter of the administration. An address with one is
    refused; a cookie with one is as good as none."""

    def __init__(self, get_response: _GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        query = unquote_to_bytes(request.META.get("QUERY_STRING", ""))
        if b"\0" in query or _NUL in request.path:
            raise BadRequest
        for name in [n for n, value in request.COOKIES.items() if _NUL in value]:
            del request.COOKIES[name]
        return self.get_response(request)
