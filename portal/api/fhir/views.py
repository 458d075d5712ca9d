"""What every FHIR endpoint has alike: its format, its errors, its way in."""

import re
from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext as _
from rest_framework import exceptions
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from portal.api.bodies import SEND_SCOPE, NoParser, Unsupported, read_body
from portal.api.errors import handle
from portal.api.permissions import has_scope
from results.fhir import names
from results.fhir.outcome import issue, outcome

_RELEASE = re.compile(r"fhirversion\s*=\s*\"?([0-9.]+)", re.IGNORECASE)
# HTTP's refusals as FHIR's issue types.
_TYPES = {
    400: "invalid",
    401: "login",
    403: "forbidden",
    404: "not-found",
    409: "conflict",
    411: "invalid",
    413: "too-long",
    429: "throttled",
    503: "transient",
}


class FhirRenderer(JSONRenderer):
    """JSON under FHIR's own media type."""

    media_type = names.FHIR_JSON
    format = "fhir"


class FhirView(APIView):
    """A view for whoever may send, whose every answer is FHIR."""

    permission_classes = [has_scope(SEND_SCOPE)]
    parser_classes = [NoParser]
    renderer_classes = [FhirRenderer]

    def get_exception_handler(self) -> Callable[..., Response | None]:
        return handle_as_outcome


def handle_as_outcome(exc: Exception, context: dict[str, Any]) -> Response | None:
    """The API's answer to an exception, told as an OperationOutcome."""
    response = handle(exc, context)
    if response is None:
        return None
    type = _TYPES.get(response.status_code, "not-supported")
    response.data = outcome([issue("error", type, response.data["message"])])
    if isinstance(exc, exceptions.NotAcceptable):
        # Nothing the client wants is to be had; it is told so in what there is.
        accept(context["request"])
    return response


def accept(request: Request) -> None:
    """Answer in FHIR whatever was asked for."""
    request.accepted_renderer = FhirRenderer()
    request.accepted_media_type = names.FHIR_JSON


def read_bundle(request: Request) -> bytes:
    """The bytes of a request that says it is FHIR R4 as JSON."""
    content = read_body(
        request,
        (names.FHIR_JSON,),
        otherwise=_("Send meldingen som application/fhir+json."),
    )
    release = _RELEASE.search(request.content_type or "")
    if release and not release[1].startswith(names.FHIR_RELEASE):
        raise Unsupported(_("Bare FHIR R4 (fhirVersion=4.0) tas imot."))
    return content
