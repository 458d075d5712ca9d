"""«Mine innlogginger»: where one is signed in, and how to end it."""

import uuid
from dataclasses import dataclass

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from access.operations import end_other_sessions, end_own_session
from access.sessions import SessionLine, sessions_of
from access.terms import ANONYMOUS
from portal.accounts.signing import finish
from portal.middleware import AudienceRequest
from portal.presenting.dates import written_at


@dataclass(frozen=True, slots=True)
class _Row:
    id: uuid.UUID
    title: str
    place: str
    started: str
    last_seen: str
    ends: str
    is_current: bool


@require_safe
def sessions(request: AudienceRequest) -> HttpResponse:
    """The person's own, on this host or another; of nobody else's."""
    _require_someone(request)
    rows = [_row(line) for line in sessions_of(request.viewer)]
    context = {"rows": rows, "has_others": any(not row.is_current for row in rows)}
    return render(request, "accounts/sessions.html", context)


@require_POST
def end_session(request: AudienceRequest, session_id: uuid.UUID) -> HttpResponse:
    """One of one's own. The one in use is ended as by signing out, here alone."""
    _require_someone(request)
    if session_id == request.viewer.session_id:
        finish(request)
        response = redirect("accounts:logged_out")
        response["Clear-Site-Data"] = '"cache", "storage"'
        return response
    if not end_own_session(request.viewer, session_id):
        raise Http404
    return redirect("accounts:sessions")


@require_POST
def end_others(request: AudienceRequest) -> HttpResponse:
    """All but the one in use."""
    _require_someone(request)
    end_other_sessions(request.viewer)
    return redirect("accounts:sessions")


def _require_someone(request: AudienceRequest) -> None:
    if request.viewer is ANONYMOUS:
        raise Http404


def _row(line: SessionLine) -> _Row:
    return _Row(
        id=line.id,
        title=line.browser or _("Ukjent nettleser"),
        place=_place(line),
        started=written_at(line.started_at),
        last_seen=written_at(line.last_seen_at),
        ends=written_at(line.ends_at),
        is_current=line.is_current,
    )


def _place(line: SessionLine) -> str:
    if line.is_from_ehr:
        return _("Åpnet fra journalsystemet, %(place)s") % {
            "place": line.organization_name
        }
    return line.organization_name
