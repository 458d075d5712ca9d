"""A producer's message comes in, and the receipt goes out."""

import re
import uuid

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from rest_framework import status
from rest_framework.exceptions import APIException, NotFound, PermissionDenied
from rest_framework.parsers import BaseParser
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from portal.api.authentication import client_of
from portal.api.permissions import has_scope
from results.ingestion import receive
from results.vocabulary import MessageOutcome

SEND_SCOPE = "provesvar:messages"
LARGEST_MESSAGE = receive.LARGEST_MESSAGE
_DEFAULT_WAIT = 2
_LONGEST_WAIT = 10
_WAIT = re.compile(r"\bwait\s*=\s*([0-9]{1,4})\b")
# A copy of one of these gets no second receipt; a copy of a bad one is told again.
_ANSWERED_ONCE = (
    MessageOutcome.STORED,
    MessageOutcome.WITHHELD,
    MessageOutcome.REJECTED,
)
_XML_TYPES = ("application/xml", "text/xml")


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


class NoParser(BaseParser):
    """The body is read by the view, under its own limit, and never by a parser."""

    media_type = "*/*"


class Messages(APIView):
    """`POST /api/messages`: one svarrapport as raw XML bytes.

    Answers 200 with the AppRec when a worker has decided within the wait that
    `Prefer: wait=N` asks for (RFC 7240; 2 s unless asked, 10 at most), else 202 with
    `Location` of the receipt.
    """

    permission_classes = [has_scope(SEND_SCOPE)]
    parser_classes = [NoParser]

    def post(self, request: Request) -> HttpResponse:
        content = _content(request)
        kept = _receive(content, client_of(request).client_id)
        if not kept.is_new and kept.outcome in _ANSWERED_ONCE:
            return _accepted(kept, _("Vi har denne meldingen fra før."))
        outcome = receive.await_outcome(kept.id, seconds=_wait(request))
        if outcome is MessageOutcome.RECEIVED:
            return _accepted(kept, _("Meldingen er mottatt og venter på behandling."))
        return _answer(kept, outcome, client_of(request).client_id)


class AppRec(APIView):
    """`GET /api/messages/{id}/apprec`: the receipt, once there is one."""

    permission_classes = [has_scope(SEND_SCOPE)]

    def get(self, request: Request, message_id: uuid.UUID) -> HttpResponse:
        try:
            apprec = receive.apprec_of(
                message_id, channel=_channel(client_of(request).client_id)
            )
        except LookupError as error:
            raise NotFound(_("Det finnes ingen slik melding fra dere.")) from error
        if apprec is None:
            raise NotFound(_("Meldingen har ingen kvittering (ennå)."))
        return HttpResponse(apprec, content_type="application/xml; charset=utf-8")


def _receive(content: bytes, client_id: str) -> receive.Received:
    try:
        return receive.receive(content, channel=_channel(client_id))
    except receive.WrongSender as error:
        raise PermissionDenied(
            _("Meldingen oppgir en annen avsender enn virksomheten dere sender for.")
        ) from error


def _channel(client_id: str) -> receive.Channel:
    try:
        return receive.channel_of(client_id)
    except receive.UnknownSender as error:
        raise PermissionDenied(
            _("Klienten er ikke registrert som avsender hos oss.")
        ) from error


def _content(request: Request) -> bytes:
    media_type = (request.content_type or "").split(";")[0].strip().lower()
    if media_type not in _XML_TYPES:
        raise Unsupported(_("Send meldingen som application/xml."))
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


def _wait(request: Request) -> int:
    asked = _WAIT.search(request.headers.get("Prefer", ""))
    return min(int(asked.group(1)), _LONGEST_WAIT) if asked else _DEFAULT_WAIT


def _accepted(kept: receive.Received, sentence: str) -> Response:
    address = reverse("api:apprec", args=[kept.id])
    return Response(
        {"id": str(kept.id), "message": sentence, "apprec": address},
        status=status.HTTP_202_ACCEPTED,
        headers={"Location": address},
    )


def _answer(
    kept: receive.Received, outcome: MessageOutcome, client_id: str
) -> HttpResponse:
    if outcome is MessageOutcome.QUARANTINED:
        raise Conflict(
            _(
                "Meldingen er satt i karantene, fordi MsgId er brukt før med annet "
                "innhold eller fordi den ikke lot seg behandle."
            )
        )
    apprec = receive.apprec_of(kept.id, channel=_channel(client_id))
    if apprec is None:
        raise BadRequest(
            _("Innholdet er ikke en svarrapport vi kan lese, og kan ikke kvitteres.")
        )
    response = HttpResponse(apprec, content_type="application/xml; charset=utf-8")
    response["Location"] = reverse("api:apprec", args=[kept.id])
    return response
