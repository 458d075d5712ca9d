"""What must not happen on a machine somebody has left: shown who one is, just now.

Asked before powers are given and what is stored is erased. Never before an emergency,
where a login could cost a life, nor before anything is closed or ended: that must be
easy. Which, and why, is in docs/decisions.md.
"""

from collections.abc import Callable
from functools import wraps
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from access.authentication import is_fresh
from access.viewers import fresh_login_seconds

_View = Callable[..., HttpResponse]
_START = "/innlogging/idporten/start/"


def needs_fresh_login(view: _View) -> _View:
    """A page whose form is shown and taken only when the login is recent; else the
    person is asked to show who they are, and comes back here. What was filled in on a
    page left open too long is lost, and nothing of it is done."""

    @wraps(view)
    def wrapped(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        if is_fresh(request.session, within_seconds=fresh_login_seconds()):
            return view(request, *args, **kwargs)
        query = urlencode({"next": request.path, "bekreft": "ja"})
        return HttpResponseRedirect(f"{_START}?{query}")

    return wrapped
