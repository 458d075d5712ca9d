"""An EHR system opens a patient here: create, refresh and end, and its status icon.

As NHN's public reference client calls it
(NorskHelsenett/kjernejournal-innlogging-klient, 2024), so that an EHR system needs
only new addresses.
"""

import logging
import uuid

from django.conf import settings
from django.utils.translation import gettext as _
from rest_framework.permissions import BasePermission
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from access.availability import is_reserved
from access.operations import (
    LaunchRefused,
    end_launch,
    prepare_launch,
    refresh_launch,
)
from portal.api.authentication import AccessToken, BearerToken, client_of
from portal.api.launch_faults import RequestFault
from portal.api.launch_order import (
    Malformed,
    Refused,
    attestation_of,
    caller_of,
    organizations_of,
    read_order,
)
from portal.api.permissions import OnBehalfOfAPerson, has_scope
from portal.api.tokens import ClientToken
from results.identity import InvalidIdentityNumber, parse

LAUNCH_SCOPE = "nhn:kjernejournal/innlogging"
ATTESTATION_SCOPE = "nhn:kjernejournal/tillitsrammeverk"
_INVALID, _RESERVED, _AVAILABLE = 0, 1, 2

logger = logging.getLogger(__name__)


class LaunchToken(AccessToken):
    audience_setting = "LAUNCH_AUDIENCE"


class EndToken(LaunchToken):
    """The reference client's proof holds no hash of the token at this one address."""

    may_lack_token_hash = True


class StatusToken(BearerToken):
    audience_setting = "LAUNCH_AUDIENCE"


class KnownClient(BasePermission):
    """A registered EHR system, whoever uses it: the answer is the same for all."""

    def has_permission(self, request: Request, view: APIView) -> bool:
        token = request.auth
        if not isinstance(token, ClientToken):
            return False
        organizations_of(token)
        return True


class _LaunchView(APIView):
    authentication_classes = [LaunchToken]
    permission_classes = [
        has_scope(LAUNCH_SCOPE),
        has_scope(ATTESTATION_SCOPE),
        OnBehalfOfAPerson,
    ]


class Create(_LaunchView):
    """`POST /api/session/create`: answers with the code a browser opens with."""

    def post(self, request: Request) -> Response:
        token = client_of(request)
        caller = caller_of(token)
        order = read_order(
            request.data,
            source_system=request.headers.get("X-SOURCE-SYSTEM", ""),
            token=token,
        )
        try:
            code, launch_id = prepare_launch(caller, order)
        except LaunchRefused as refusal:
            raise Refused(refusal.fault) from refusal
        return Response({"code": code, "sessionId": str(launch_id)})


class Refresh(_LaunchView):
    """`POST /api/session/refresh`: the session lasts as long as the new token."""

    def post(self, request: Request) -> Response:
        token = client_of(request)
        caller, launch_id = caller_of(token), _launch_in(request)
        attestation = attestation_of(token)
        try:
            refresh_launch(caller, launch_id, attestation=attestation)
        except LaunchRefused as refusal:
            raise Refused(refusal.fault) from refusal
        return Response({"sessionId": str(launch_id)})


class End(_LaunchView):
    """`POST /api/session/end`: the patient is closed, and the session over."""

    authentication_classes = [EndToken]

    def post(self, request: Request) -> Response:
        token = client_of(request)
        caller, launch_id = caller_of(token), _launch_in(request)
        if not token.is_token_hashed:
            logger.info("%s ends a launch with a proof without ath", token.client_id)
        try:
            end_launch(caller, launch_id)
        except LaunchRefused as refusal:
            raise Refused(refusal.fault) from refusal
        return Response({"sessionId": str(launch_id)})


class Status(APIView):
    """`POST …/helseindikator/status`: the icon in the EHR system.

    2 for everyone who is not reserved, whether or not there are answers: the icon must
    not tell of them before a ground is stated. 1 for who is; 0 for no valid number.
    """

    authentication_classes = [StatusToken]
    permission_classes = [KnownClient]

    def post(self, request: Request) -> Response:
        content = request.data
        number = content.get("fnr") if isinstance(content, dict) else None
        code, text = _status_of(number)
        return Response({"status": code, "returTekst": text})


def _status_of(number: object) -> tuple[int, str]:
    try:
        person = parse(
            number if isinstance(number, str) else "",
            allow_test_numbers=settings.ALLOW_TEST_NUMBERS,
        )
    except InvalidIdentityNumber:
        return _INVALID, _("Fødselsnummeret eller D-nummeret er ikke gyldig.")
    if is_reserved(person):
        return _RESERVED, _("Det er ingen prøvesvar å åpne for denne pasienten.")
    return _AVAILABLE, _("Prøvesvar kan åpnes.")


def _launch_in(request: Request) -> uuid.UUID:
    content = request.data
    value = content.get("sessionId") if isinstance(content, dict) else None
    try:
        return uuid.UUID(value if isinstance(value, str) else "")
    except ValueError as error:
        raise Malformed(RequestFault.SESSION_ID) from error
