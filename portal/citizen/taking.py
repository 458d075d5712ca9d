"""«Ta med»: a citizen's own answers as files, at once and free of charge."""

import uuid

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from access import lookup
from access.lookup import Answer, Taken
from portal.citizen.views import own_record, refused
from portal.documents import Head, as_pdf
from portal.exchange import exchanged, packed
from portal.middleware import AudienceRequest
from portal.presenting.downloads import as_file
from portal.presenting.looks import present_log
from portal.presenting.patients import present_patient
from portal.presenting.taking import file_name, part_asked_for, present_taken
from results.fhir.names import FHIR_JSON


@require_GET
def overview(request: AudienceRequest) -> HttpResponse:
    """What there is to take along, and what was taken before."""
    answer = lookup.read_takings(request.viewer, patient_id=own_record(request.viewer))
    takings = answer.value
    if takings is None:
        return refused(request, answer.verdict)
    numbers = range(1, takings.parts + 1)
    context = {
        "count": takings.report_count,
        "parts": [_part(number, takings.parts) for number in numbers],
        "days": present_log(takings.lines),
    }
    return render(request, "citizen/take_along.html", context)


def _part(number: int, parts: int) -> dict[str, str]:
    words = _("del %(part)s av %(parts)s") % {"part": number, "parts": parts}
    return {
        "words": words if parts > 1 else "",
        "pdf": f"{reverse('citizen:reports_pdf')}?del={number}",
        "fhir": f"{reverse('citizen:reports_fhir')}?del={number}",
    }


@require_GET
def report_pdf(request: AudienceRequest, report_id: uuid.UUID) -> HttpResponse:
    answer = lookup.take_report(
        request.viewer, patient_id=own_record(request.viewer), report_id=report_id
    )
    return _pdf(request, answer)


@require_GET
def reports_pdf(request: AudienceRequest) -> HttpResponse:
    answer = lookup.take_reports(
        request.viewer,
        patient_id=own_record(request.viewer),
        part=part_asked_for(request.GET.get("del", "1")),
    )
    return _pdf(request, answer)


@require_GET
def report_fhir(request: AudienceRequest, report_id: uuid.UUID) -> HttpResponse:
    """One answer in the European exchange format."""
    answer = lookup.take_report(
        request.viewer, patient_id=own_record(request.viewer), report_id=report_id
    )
    if answer.value is None:
        return refused(request, answer.verdict)
    content = exchanged(answer.value, at=timezone.now())[0]
    return as_file(content, FHIR_JSON, name=file_name(answer.value, ending="json"))


@require_GET
def reports_fhir(request: AudienceRequest) -> HttpResponse:
    """A document for each answer, packed together."""
    answer = lookup.take_reports(
        request.viewer,
        patient_id=own_record(request.viewer),
        part=part_asked_for(request.GET.get("del", "1")),
    )
    if answer.value is None:
        return refused(request, answer.verdict)
    content = packed(answer.value, at=timezone.now())
    return as_file(
        content, "application/zip", name=file_name(answer.value, ending="zip")
    )


def _pdf(request: AudienceRequest, answer: Answer[Taken]) -> HttpResponse:
    """With the whole number, of one's own: whoever is shown the document must know
    whose it is."""
    taken = answer.value
    if taken is None:
        return refused(request, answer.verdict)
    patient = present_patient(taken.patient, today=timezone.localdate())
    head = Head(
        name=patient.name,
        birth_date=patient.birth_date,
        number=taken.national_number or patient.masked_number,
        printed_by="",
        at=timezone.now(),
        part=taken.part,
        parts=taken.parts,
    )
    content = as_pdf(present_taken(taken, shows_withdrawn=False), head)
    return as_file(content, "application/pdf", name=file_name(taken, ending="pdf"))
