"""A producer's message comes in, and the receipt goes out."""

import uuid

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from rest_framework import status
from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from portal.api.authentication import client_of
from portal.api.bodies import (
    SEND_SCOPE,
    BadRequest,
    Conflict,
    NoParser,
    channel,
    keep,
    read_body,
    wait_of,
)
from portal.api.permissions import has_scope
from portal.api.tokens import ClientToken
from results.fhir.jsontext import is_json
from results.ingestion import receive
from results.vocabulary import MessageOutcome

# A copy of one of these gets no second receipt; a copy of a bad one is told again.
_ANSWERED_ONCE = (
    MessageOutcome.STORED,
    MessageOutcome.WITHHELD,
    MessageOutcome.REJECTED,
)
_XML_TYPES = ("application/xml", "text/xml")


class Messages(APIView):
    """`POST /api/messages`: one svarrapport as raw XML bytes.

    Answers 200 with the AppRec when a worker has decided within the wait that
    `Prefer: wait=N` asks for (RFC 7240; 2 s unless asked, 10 at most), else 202 with
    `Location` of the receipt.
    """

    permission_classes = [has_scope(SEND_SCOPE)]
    parser_classes = [NoParser]

    def post(self, request: Request) -> HttpResponse:
        content = read_body(
            request, _XML_TYPES, otherwise=_("Send meldingen som application/xml.")
        )
        if is_json(content):
            # Read as FHIR it would be taken in, and there is no AppRec to a Bundle.
            raise BadRequest(_("Innholdet er ikke XML. FHIR sendes til /fhir/r4."))
        kept = keep(content, client_of(request))
        if not kept.is_new and kept.outcome in _ANSWERED_ONCE:
            return _accepted(kept, _("Vi har denne meldingen fra før."))
        outcome = receive.await_outcome(kept.id, seconds=wait_of(request))
        if outcome is MessageOutcome.RECEIVED:
            return _accepted(kept, _("Meldingen er mottatt og venter på behandling."))
        return _answer(kept, outcome, client_of(request))


class AppRec(APIView):
    """`GET /api/messages/{id}/apprec`: the receipt, once there is one."""

    permission_classes = [has_scope(SEND_SCOPE)]

    def get(self, request: Request, message_id: uuid.UUID) -> HttpResponse:
        try:
            apprec = receive.apprec_of(message_id, channel=channel(client_of(request)))
        except LookupError as error:
            raise NotFound(_("Det finnes ingen slik melding fra dere.")) from error
        if apprec is None:
            raise NotFound(_("Meldingen har ingen kvittering (ennå)."))
        return HttpResponse(apprec, content_type="application/xml; charset=utf-8")


def _accepted(kept: receive.Received, sentence: str) -> Response:
    address = reverse("api:apprec", args=[kept.id])
    return Response(
        {"id": str(kept.id), "message": sentence, "apprec": address},
        status=status.HTTP_202_ACCEPTED,
        headers={"Location": address},
    )


def _answer(
    kept: receive.Received, outcome: MessageOutcome, client: ClientToken
) -> HttpResponse:
    if outcome is MessageOutcome.QUARANTINED:
        raise Conflict(
            _(
                "Meldingen er satt i karantene, fordi MsgId er brukt før med annet "
                "innhold eller fordi den ikke lot seg behandle."
            )
        )
    apprec = receive.apprec_of(kept.id, channel=channel(client))
    if apprec is None:
        raise BadRequest(
            _("Innholdet er ikke en svarrapport vi kan lese, og kan ikke kvitteres.")
        )
    response = HttpResponse(apprec, content_type="application/xml; charset=utf-8")
    response["Location"] = reverse("api:apprec", args=[kept.id])
    return response
