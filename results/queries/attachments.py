"""One document that came with a report a patient has now."""

import uuid
from dataclasses import dataclass, field

from django.conf import settings
from django.db.models import BooleanField, ExpressionWrapper, Q, QuerySet

from results.encryption import decrypt
from results.models import DiagnosticReportVersion, PresentedForm
from results.models.presented_form import attachment_context
from results.queries.reports import ReportSummary, current_versions, summarise
from results.vocabulary import WITHDRAWN


@dataclass(frozen=True, slots=True)
class Attachment:
    """A document; `position` counts from 1 among the report's, `media_type` is what
    it was seen to be when it came, `summary` is of the report it came with."""

    position: int
    media_type: str
    content: bytes = field(repr=False)
    summary: ReportSummary | None = None


def forms_of(*versions: DiagnosticReportVersion) -> QuerySet[PresentedForm]:
    """What came with versions, each told whether it is kept; the documents unread."""
    forms = (
        PresentedForm.objects.filter(version__in=versions)
        .order_by("version_id", "position")
        .defer("content_encrypted")
    )
    return forms.annotate(
        is_kept=ExpressionWrapper(
            Q(content_encrypted__isnull=False), output_field=BooleanField()
        )
    )


def attachment_of(
    patient_id: uuid.UUID, *, report_id: uuid.UUID, form_id: uuid.UUID
) -> Attachment | None:
    """The document, or None when it is not kept, belongs elsewhere, or its report is
    withdrawn or about someone else. Raises CannotDecrypt."""
    version = current_versions(patient_id).filter(report_id=report_id).first()
    summary = summarise([version])[0] if version else None
    if version is None or summary is None or summary.status in WITHDRAWN:
        return None
    form = PresentedForm.objects.filter(pk=form_id, version_id=version.pk).first()
    if form is None or form.content_encrypted is None:
        return None
    content = decrypt(
        form.content_encrypted,
        context=attachment_context(form.pk),
        key=settings.ATTACHMENT_KEY,
    )
    return Attachment(form.position + 1, form.media_type, content, summary)
