"""What a request is cleared of before anybody believes it."""

import functools
import ipaddress
from collections.abc import Callable
from urllib.parse import unquote_to_bytes

from django.conf import settings
from django.core.exceptions import BadRequest
from django.http import HttpRequest
from django.http.response import HttpResponseBase

_GetResponse = Callable[[HttpRequest], HttpResponseBase]
_NUL = "\0"


class TrustedProxyMiddleware:
    """What a proxy says of the address the client used (RFC 7239's predecessors) is
    believed of our own proxies alone; a DPoP proof is checked against that address.

    `settings.TRUSTED_PROXIES` are addresses and networks; «unix» is a local socket.
    """

    HEADERS = ("HTTP_X_FORWARDED_PROTO", "HTTP_X_FORWARDED_HOST")

    def __init__(self, get_response: _GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        sender = request.META.get("REMOTE_ADDR") or "unix"
        if not _is_trusted(sender, tuple(settings.TRUSTED_PROXIES)):
            for name in self.HEADERS:
                request.META.pop(name, None)
        return self.get_response(request)


@functools.lru_cache(maxsize=256)
def _is_trusted(sender: str, proxies: tuple[str, ...]) -> bool:
    if sender in proxies:
        return True
    try:
        address = ipaddress.ip_address(sender)
    except ValueError:
        return False
    networks = [p for p in proxies if p != "unix"]
    return any(address in ipaddress.ip_network(network) for network in networks)


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
