"""The provider says that a login is over: by a call of its own, or by the browser."""

import logging
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from access import operations
from access.authentication import (
    LoginRefused,
    ProofsUnavailable,
    Refusal,
    provider_of,
    take_logout_token,
)

logger = logging.getLogger(__name__)
_LONGEST_TOKEN = 16_384


@csrf_exempt
@require_POST
def back_channel(request: HttpRequest, *, provider_key: str) -> HttpResponse:
    """OpenID Connect Back-Channel Logout 1.0 §2.5. ID-porten tries once and waits five
    seconds, so everything is done here and nothing is queued."""
    try:
        ended = take_logout_token(
            _token_in(request), provider=provider_of(provider_key)
        )
    except LoginRefused as error:
        return _refused(error.refusal, provider_key)
    except ProofsUnavailable:
        return JsonResponse({"error": "temporarily_unavailable"}, status=503)
    count = operations.end_sessions(
        issuer=ended.issuer,
        subject=ended.subject,
        provider_session_id=ended.session_id,
    )
    logger.info("Logout by %s ended %d session(s)", provider_key, count)
    return HttpResponse(status=200)


@xframe_options_exempt
@require_safe
def front_channel(request: HttpRequest, *, provider_key: str) -> HttpResponse:
    """OpenID Connect Front-Channel Logout 1.0 §2, inside a page of the provider's.

    Browsers send our cookie there no more, so the login is found by the provider's own
    name for it, which nobody else knows. Whether there was one is not told.
    """
    issuer = provider_of(provider_key).issuer
    session_id = request.GET.get("sid", "")
    if request.GET.get("iss") != issuer or not session_id:
        return HttpResponse(status=400)
    operations.end_sessions(issuer=issuer, provider_session_id=session_id)
    response = HttpResponse(status=200)
    parts = urlsplit(issuer)
    origin = f"{parts.scheme}://{parts.netloc}"
    response._csp_replace = {"frame-ancestors": [origin]}  # type: ignore[attr-defined]
    return response


def _token_in(request: HttpRequest) -> str:
    sent = request.POST.getlist("logout_token")
    if len(sent) != 1 or len(sent[0]) > _LONGEST_TOKEN:
        raise LoginRefused(Refusal.TOKEN_INVALID)
    return sent[0]


def _refused(refusal: Refusal, provider_key: str) -> HttpResponse:
    logger.warning("Logout by %s refused: %s", provider_key, refusal.value)
    status = 503 if refusal is Refusal.PROVIDER_UNAVAILABLE else 400
    content = {"error": "invalid_request", "error_description": refusal.value}
    return JsonResponse(content, status=status)
