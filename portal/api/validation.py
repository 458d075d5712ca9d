"""A producer tries a message: what would become of it, and nothing is kept."""

from django.utils.translation import gettext as _
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from portal.api.bodies import SEND_SCOPE, NoParser, read_body
from portal.api.permissions import has_scope
from portal.presenting.examinations import as_json
from results.ingestion.check import examine

MEDIA_TYPES = (
    "application/xml",
    "text/xml",
    "application/json",
    "application/fhir+json",
)


class Validation(APIView):
    """`POST /api/validate`: one message, as it would be sent; 200 with what was found.

    The client needs the scope for sending and need not be registered as a sender: this
    is how one becomes it. Nothing of the message is stored or logged.
    """

    permission_classes = [has_scope(SEND_SCOPE)]
    parser_classes = [NoParser]

    def post(self, request: Request) -> Response:
        words = _("Send meldingen som application/xml eller application/fhir+json.")
        return Response(
            as_json(examine(read_body(request, MEDIA_TYPES, otherwise=words)))
        )
