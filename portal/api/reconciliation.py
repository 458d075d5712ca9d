"""A producer holds its own list of what it has sent against what we have."""

from dataclasses import asdict

from django.utils.translation import gettext as _
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from portal.api.authentication import client_of
from portal.api.bodies import (
    SEND_SCOPE,
    BadRequest,
    NoParser,
    channel,
    media_type_of,
    read_body,
)
from portal.api.permissions import has_scope
from results.ingestion import reconcile
from results.ingestion.reconcile import UnusableList

_JSON = "application/json"
_TYPES = (_JSON, "text/csv")


class Reconciliation(APIView):
    """`POST /api/reconciliation`: MsgIds as CSV or JSON, at most 100 000.

    Answers with every id once: `held`, `lacking`, `waiting`, `quarantined`, `rejected`
    (with the fault codes of the AppRec). Other producers' messages are never looked at.
    """

    permission_classes = [has_scope(SEND_SCOPE)]
    parser_classes = [NoParser]

    def post(self, request: Request) -> Response:
        own = channel(client_of(request))
        content = read_body(
            request,
            _TYPES,
            otherwise=_("Send listen som text/csv eller application/json."),
        )
        try:
            message_ids = reconcile.read_list(
                content, is_json=media_type_of(request) == _JSON
            )
        except UnusableList as error:
            raise BadRequest(_sentence(error)) from error
        found = asdict(
            reconcile.reconcile(message_ids, organization_id=own.organization_id)
        )
        counts = {place: len(ids) for place, ids in found.items()}
        return Response({"counts": counts, **found})


def _sentence(error: UnusableList) -> str:
    sentence = str(error.fault.label)
    if error.line is None:
        return sentence
    return _("Linje %(line)d: %(sentence)s") % {
        "line": error.line,
        "sentence": sentence,
    }
