"""A message comes in: read under a limit, kept for whoever the client sends for."""

import logging
import re
from collections.abc import Collection

from django.utils.translation import gettext as _
from rest_framework import status
from rest_framework.exceptions import APIException, PermissionDenied
from rest_framework.parsers import BaseParser
from rest_framework.request import Request

from portal.api.tokens import ClientToken
from results.ingestion import receive

SEND_SCOPE = "provesvar:messages"
LARGEST_MESSAGE = receive.LARGEST_MESSAGE
_DEFAULT_WAIT = 2
_LONGEST_WAIT = 10
_WAIT = re.compile(r"\bwait\s*=\s*([0-9]{1,4})\b")

logger = logging.getLogger(__name__)


class TooLarge(APIException):
    status_code = status.HTTP_413_REQUEST_ENTITY_TOO_LARGE
    default_code = "too_large"


class Unsupported(APIException):
    status_code = status.HTTP_415_UNSUPPORTED_MEDIA_TYPE
    default_code = "unsupported_media_type"


class LengthRequired(APIException):
    status_code = status.HTTP_411_LENGTH_REQUIRED
    default_code = "length_required"


class BadRequest(APIException):
    status_code = status.HTTP_400_BAD_REQUEST
    default_code = "bad_request"


class Conflict(APIException):
    status_code = status.HTTP_409_CONFLICT
    default_code = "message_id_reused"


class IntakeClosed(APIException):
    """We take nothing in just now; senders keep it and try again."""

    status_code = status.HTTP_503_SERVICE_UNAVAILABLE
    default_code = "intake_closed"

    def __init__(self, closed: receive.IntakeClosed) -> None:
        super().__init__(closed.trouble.label)
        self.wait = closed.retry_after


class NoParser(BaseParser):
    """The body is read by the view, under its own limit, and never by a parser."""

    media_type = "*/*"


def media_type_of(request: Request) -> str:
    """The content type without its parameters."""
    return (request.content_type or "").split(";")[0].strip().lower()


def read_body(
    request: Request, media_types: Collection[str], *, otherwise: str
) -> bytes:
    """The bytes of the request; `otherwise` tells who sends another type.

    Refused: other types, compression, hidden lengths, more than 10 MB, and nothing.
    """
    if media_type_of(request) not in media_types:
        raise Unsupported(otherwise)
    if request.headers.get("Content-Encoding", "identity") != "identity":
        raise Unsupported(_("Send meldingen uten komprimering."))
    if "Transfer-Encoding" in request.headers:
        raise LengthRequired(_("Oppgi meldingens lengde (Content-Length)."))
    declared = request.META.get("CONTENT_LENGTH") or "0"
    if declared.isdecimal() and int(declared) > LARGEST_MESSAGE:
        raise TooLarge(_("Meldingen er større enn 10 MB."))
    content: bytes = request._request.read(LARGEST_MESSAGE + 1)
    if len(content) > LARGEST_MESSAGE:
        raise TooLarge(_("Meldingen er større enn 10 MB."))
    if not content.strip():
        raise BadRequest(_("Meldingen er tom."))
    return content


def wait_of(request: Request) -> int:
    """Seconds the client is willing to wait (`Prefer: wait=N`, RFC 7240)."""
    asked = _WAIT.search(request.headers.get("Prefer", ""))
    return min(int(asked.group(1)), _LONGEST_WAIT) if asked else _DEFAULT_WAIT


def keep(content: bytes, client: ClientToken) -> receive.Received:
    """The message kept, for the organisation of the client; 503 if intake is closed."""
    try:
        return receive.receive(content, channel=channel(client))
    except receive.IntakeClosed as error:
        raise IntakeClosed(error) from error
    except receive.WrongSender as error:
        raise PermissionDenied(
            _("Meldingen oppgir en annen avsender enn virksomheten dere sender for.")
        ) from error


def channel(client: ClientToken) -> receive.Channel:
    """Whom the client sends for; its token must not be for somebody else. One that
    names no organisation is believed, as the client's registration with us is."""
    named = (client.organization_number, client.point_of_care_number)
    try:
        return receive.channel_of(
            client.client_id, organization_numbers=tuple(filter(None, named))
        )
    except receive.UnknownSender as error:
        raise PermissionDenied(
            _("Klienten er ikke registrert som avsender hos oss.")
        ) from error
    except receive.WrongOrganization as error:
        logger.warning("%s has a token for another organisation", client.client_id)
        raise PermissionDenied(
            _(
                "Tilgangsbeviset gjelder en annen virksomhet enn den dere er "
                "registrert som avsender for."
            )
        ) from error
