"""Reports come in as FHIR: one as a document, or several as a transaction."""

import time
import uuid
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.response import Response

from portal.api.authentication import client_of
from portal.api.bodies import BadRequest, Conflict, channel, keep, wait_of
from portal.api.fhir import answers
from portal.api.fhir.answers import Answer
from portal.api.fhir.views import FhirView, read_bundle
from portal.api.tokens import ClientToken
from results.fhir.jsontext import is_json
from results.fhir.outcome import fault_issue, outcome, told
from results.fhir.transaction import Part, Transaction, split
from results.ingestion import receive
from results.ingestion.check import check
from results.vocabulary import MessageOutcome


class Bundles(FhirView):
    """`POST /fhir/r4/Bundle`: one report, as a document or a collection.

    201 when it is taken in, 202 when it still waits after the time that `Prefer: wait`
    allows, 200 for a copy of one we have; refusals as OperationOutcome. `Location` is
    where the outcome can be read.
    """

    def post(self, request: Request) -> Response:
        content = _json(request)
        kept = keep(content, client_of(request))
        receive.await_outcome(kept.id, seconds=wait_of(request))
        return _respond(answers.answer_to(kept))


class Transactions(FhirView):
    """`POST /fhir/r4`: reports with all they point at, taken in together or not at all.

    Every report is judged before any is kept. 200 with one response for each entry, in
    their order; a refusal names the entry.
    """

    def post(self, request: Request) -> Response:
        content = _json(request)
        taken_apart = split(content)
        if refusal := _refusal(taken_apart):
            return _respond(refusal)
        kept = _keep_all(taken_apart.parts, client_of(request))
        _await_all(kept, seconds=wait_of(request))
        found = [
            answers.answer_to(one, position=part.position)
            for part, one in zip(taken_apart.parts, kept, strict=True)
        ]
        return Response(_transaction_response(taken_apart, found))


class Outcome(FhirView):
    """`GET /fhir/r4/OperationOutcome/{id}`: what became of a message since."""

    def get(self, request: Request, message_id: uuid.UUID) -> Response:
        own = channel(client_of(request))
        try:
            receive.apprec_of(message_id, channel=own)
        except LookupError as error:
            raise NotFound(_("Det finnes ingen slik melding fra dere.")) from error
        kept = receive.Received(message_id, MessageOutcome.RECEIVED, is_new=True)
        return Response(answers.answer_to(kept).outcome)


def _json(request: Request) -> bytes:
    """The body; what is something else is not kept, for it came to the wrong door."""
    content = read_bundle(request)
    if not is_json(content):
        raise BadRequest(_("Innholdet er ikke JSON."))
    return content


def _refusal(taken_apart: Transaction) -> Answer | None:
    """Why nothing is taken in, when a single report would not be."""
    issues = [fault_issue(f.fault, position=f.position) for f in taken_apart.faults]
    faults = [f.fault for f in taken_apart.faults]
    for part in taken_apart.parts:
        account = check(part.content)
        faults += account.faults
        issues += [fault_issue(f, position=part.position) for f in account.faults]
    if not issues:
        return None
    return Answer(answers.status_of(tuple(faults)), outcome(issues))


@transaction.atomic
def _keep_all(parts: tuple[Part, ...], client: ClientToken) -> list[receive.Received]:
    """All kept, or none: a wrong sender or a used id further on undoes what was."""
    kept = [keep(part.content, client) for part in parts]
    if any(one.outcome is MessageOutcome.QUARANTINED for one in kept):
        raise Conflict(
            _("En svarrapport har en id som er brukt før med annet innhold.")
        )
    return kept


def _await_all(kept: list[receive.Received], *, seconds: float) -> None:
    """The client's patience is for all of them together."""
    deadline = time.monotonic() + seconds
    for one in kept:
        left = max(0.0, deadline - time.monotonic())
        receive.await_outcome(one.id, seconds=left)


def _transaction_response(
    taken_apart: Transaction, found: list[Answer]
) -> dict[str, Any]:
    entries = [
        _entry(position, taken_apart.parts, found)
        for position in range(taken_apart.size)
    ]
    return {"resourceType": "Bundle", "type": "transaction-response", "entry": entries}


def _entry(
    position: int, parts: tuple[Part, ...], found: list[Answer]
) -> dict[str, Any]:
    """An entry shares the answer of the first report that it belongs to."""
    for part, answer in zip(parts, found, strict=True):
        if position in part.positions:
            return answer.as_entry()
    unused = told(_("Ingen av svarrapportene viser til denne ressursen."))
    return Answer(200, unused).as_entry()


def _respond(answer: Answer) -> Response:
    return Response(answer.outcome, status=answer.status, headers=answer.headers)
