"""A laboratory delays a citizen's access to an answer of its own, as in NHN's PTS.

`POST /api/v0.5/access-restrictions/patient-safety`. Of 9603 only NORU: to refuse access
is a decision in the single case, with reasons and a review, and is made on the pages.
"""

import datetime
import json
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from rest_framework import status
from rest_framework.exceptions import APIException
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from access.operations import Delay, delay_own_answer
from portal.api.authentication import client_of
from portal.api.bodies import NoParser, channel, read_body
from portal.api.permissions import has_scope
from results.identity import IdentityNumber, InvalidIdentityNumber, parse

SCOPE = "nhn:pts/api"
_LONGEST_DELAY = 365
_FIELDS = {"Svarrapport": "report_key", "Rekvisisjon": "requisition_id"}
_WORDS: dict[str, str | Promise] = {
    "BODY_UNREADABLE": _("Innholdet er ikke et JSON-objekt."),
    "PATIENT_INVALID": _("personOffId er ikke et gyldig nummer."),
    "OBJECT_INVALID": _("confidentialObjectId må ha type og value."),
    "CODE_NOT_ALLOWED": _(
        "Bare NORU kan settes her. Å nekte innsyn avgjøres enkeltvis."
    ),
    "DELAY_INVALID": _("Oppgi nøyaktig én utsettelse, frem i tid."),
}


class Unusable(APIException):
    """400 with a code of ours; nothing was kept."""

    status_code = status.HTTP_400_BAD_REQUEST

    def __init__(self, code: str) -> None:
        super().__init__(str(_WORDS[code]), code=code)


class PatientSafety(APIView):
    """Sent twice, it is the same restriction: 201, then 200 with the same id."""

    permission_classes = [has_scope(SCOPE)]
    parser_classes = [NoParser]

    def post(self, request: Request) -> Response:
        client = client_of(request)
        own = channel(client)
        body = _read(request)
        key, is_new = delay_own_answer(
            own.organization_id,
            number=_number(body),
            delay=_delay(body),
            system=client.client_id,
        )
        code = status.HTTP_201_CREATED if is_new else status.HTTP_200_OK
        return Response({"id": str(key)}, status=code)


def _read(request: Request) -> dict[str, Any]:
    sent = read_body(
        request, ["application/json"], otherwise=str(_("Send application/json."))
    )
    try:
        body = json.loads(sent)
    except (ValueError, RecursionError):
        body = None
    if not isinstance(body, dict):
        raise Unusable("BODY_UNREADABLE")
    return body


def _number(body: dict[str, Any]) -> IdentityNumber:
    try:
        return parse(
            str(body.get("personOffId") or ""),
            allow_test_numbers=settings.ALLOW_TEST_NUMBERS,
        )
    except InvalidIdentityNumber:
        raise Unusable("PATIENT_INVALID") from None


def _delay(body: dict[str, Any]) -> Delay:
    about = body.get("confidentialObjectId")
    kind, value = (
        (about.get("type"), about.get("value")) if isinstance(about, dict) else ("", "")
    )
    is_named = isinstance(value, str) and 0 < len(value.strip()) <= 300
    if not isinstance(kind, str) or kind not in _FIELDS or not is_named:
        raise Unusable("OBJECT_INVALID")
    if body.get("confidentialityCode") != "NORU":
        raise Unusable("CODE_NOT_ALLOWED")
    days, until = body.get("delayDays"), body.get("delayDeliveryUntil")
    if (days is None) == (until is None):
        raise Unusable("DELAY_INVALID")
    return Delay(
        **{_FIELDS[kind]: str(value).strip()},
        days=None if days is None else _days(days),
        until=None if until is None else _until(until),
    )


def _days(said: object) -> int:
    is_number = isinstance(said, int) and not isinstance(said, bool)
    if not is_number or not 1 <= int(str(said)) <= _LONGEST_DELAY:
        raise Unusable("DELAY_INVALID")
    return int(str(said))


def _until(said: object) -> datetime.datetime:
    try:
        until = parse_datetime(said) if isinstance(said, str) else None
    except ValueError:
        until = None
    if until is None or timezone.is_naive(until):
        raise Unusable("DELAY_INVALID")
    now = timezone.now()
    if not now < until <= now + datetime.timedelta(days=_LONGEST_DELAY):
        raise Unusable("DELAY_INVALID")
    return until
