"""The plain page for somebody who was not signed in."""

import logging

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from access.authentication import Refusal
from portal.accounts.sentences import explain

logger = logging.getLogger(__name__)


def refuse(request: HttpRequest, refusal: Refusal, provider_key: str) -> HttpResponse:
    """A plain page; the log gets the code and the provider, nothing that came in."""
    explanation = explain(refusal)
    logger.warning("Login through %s refused: %s", provider_key, refusal.value)
    context = {"code": refusal.value, "sentence": explanation.text}
    return render(request, "accounts/refused.html", context, status=explanation.status)
