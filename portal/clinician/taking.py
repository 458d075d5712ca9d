"""What personnel take out of the service: a PDF, or text for the patient's record."""

import uuid

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from access import lookup
from access.lookup import Answer, Taken
from portal.clinician.views import refused
from portal.documents import Head, as_pdf
from portal.middleware import AudienceRequest
from portal.presenting.downloads import as_file
from portal.presenting.patients import present_patient
from portal.presenting.reports import present_report
from portal.presenting.taking import (
    file_name,
    part_asked_for,
    present_taken,
    text_for_record,
)


@require_GET
def report(
    request: AudienceRequest, patient_id: uuid.UUID, report_id: uuid.UUID
) -> HttpResponse:
    answer = lookup.take_report(
        request.viewer, patient_id=patient_id, report_id=report_id
    )
    return _pdf(request, answer, patient_id)


@require_GET
def reports(request: AudienceRequest, patient_id: uuid.UUID) -> HttpResponse:
    """All that may be shown of the patient, a file's worth."""
    answer = lookup.take_reports(
        request.viewer,
        patient_id=patient_id,
        part=part_asked_for(request.GET.get("del", "1")),
    )
    return _pdf(request, answer, patient_id)


@require_GET
def text(
    request: AudienceRequest, patient_id: uuid.UUID, report_id: uuid.UUID
) -> HttpResponse:
    """The report as plain text to copy; works without JavaScript."""
    answer = lookup.copy_report(
        request.viewer, patient_id=patient_id, report_id=report_id
    )
    if answer.value is None:
        return refused(request, answer.verdict, patient_id)
    detail = answer.value.reports[0]
    context = {
        "patient": present_patient(detail.patient, today=timezone.localdate()),
        "report": present_report(detail),
        "text": text_for_record(detail),
    }
    return render(request, "clinician/report_text.html", context)


def _pdf(
    request: AudienceRequest, answer: Answer[Taken], patient_id: uuid.UUID
) -> HttpResponse:
    """The number is masked: a document for the record needs no more."""
    taken = answer.value
    if taken is None:
        return refused(request, answer.verdict, patient_id)
    patient = present_patient(taken.patient, today=timezone.localdate())
    viewer = request.viewer
    head = Head(
        name=patient.name,
        birth_date=patient.birth_date,
        number=patient.masked_number,
        printed_by=", ".join(filter(None, (viewer.name, viewer.organization_name))),
        at=timezone.now(),
        part=taken.part,
        parts=taken.parts,
    )
    content = as_pdf(present_taken(taken), head)
    return as_file(content, "application/pdf", name=file_name(taken, ending="pdf"))
