"""What happens when somebody has shown who they are: a session, and where they go."""

import uuid
from urllib.parse import urlencode

from django.conf import settings
from django.contrib import auth
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest
from django.shortcuts import resolve_url
from django.urls import reverse

from access import operations
from access.lookup import sees_for_others
from access.terms import (
    ANONYMOUS,
    Viewer,
)
from access.viewers import visit
from access.vocabulary import (
    SessionEnd,
)
from portal.accounts.browsers import browser_in
from portal.accounts.entrances import entrance_of
from portal.middleware import SESSION_KEY, AudienceRequest

_BACKEND = "access.authentication.HelseIDBackend"


def begin(
    request: HttpRequest,
    user: AbstractBaseUser,
    *,
    provider: str,
    security_level: int,
    provider_session_id: str = "",
) -> uuid.UUID:
    """Sign the user in under a new cookie. The same person's session goes on, at the
    new level; anybody else's ends here.

    What was written to Django's session before this does not survive another's login.
    """
    previous = _previous(request)
    was_same_user = request.user == user
    auth.login(request, user)  # type: ignore[arg-type]
    if was_same_user:
        request.session.cycle_key()
    goes_on = previous and operations.continue_session(
        previous,
        user_id=user.pk,
        security_level=security_level,
        provider_session_id=provider_session_id,
    )
    if previous and goes_on:
        return previous
    if previous:
        operations.end_session(previous, reason=SessionEnd.REPLACED)
    session_id = operations.begin_session(
        user.pk,
        provider=provider,
        security_level=security_level,
        provider_session_id=provider_session_id,
        browser=browser_in(request.headers.get("User-Agent", "")),
    )
    request.session[SESSION_KEY] = str(session_id)
    return session_id


def first_page(request: HttpRequest, session_id: uuid.UUID, next_path: str) -> str:
    """Where one arrives: where one was going, but personnel with more than one
    workplace, or none, by way of choosing it, and citizens who see for others by way of
    choosing whom."""
    entrance = entrance_of(request)
    onward = resolve_url(entrance.first_page if entrance else settings.LOGIN_URL)
    is_at_work = entrance is not None and entrance.first_page.startswith("clinician:")
    if is_at_work and not operations.has_workplace(session_id):
        query = urlencode({"next": next_path}) if next_path else ""
        return reverse("accounts:workplace") + (f"?{query}" if query else "")
    is_citizen = entrance is not None and entrance.first_page.startswith("citizen:")
    viewer = visit(request.user, session_id).viewer if is_citizen else ANONYMOUS
    if not next_path and sees_for_others(viewer):
        return reverse("citizen:whom")
    return next_path or onward


def begin_launched(request: AudienceRequest, opening: operations.Opening) -> Viewer:
    """Sign in whom the EHR system vouched for; whoever was here before is not."""
    previous = _previous(request)
    request.session.flush()
    if previous:
        operations.end_session(previous, reason=SessionEnd.REPLACED)
    auth.login(request, opening.user, backend=_BACKEND)
    session_id = operations.begin_launched_session(
        opening, browser=browser_in(request.headers.get("User-Agent", ""))
    )
    request.session[SESSION_KEY] = str(session_id)
    return visit(opening.user, session_id).viewer


def finish(request: HttpRequest) -> None:
    """Sign out here: the session is over, and what it had open is closed."""
    if session_id := _previous(request):
        operations.end_session(session_id, reason=SessionEnd.LOGGED_OUT)
    auth.logout(request)


def _previous(request: HttpRequest) -> uuid.UUID | None:
    key = request.session.get(SESSION_KEY)
    return uuid.UUID(key) if isinstance(key, str) else None
