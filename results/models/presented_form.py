"""That a document came with the report."""

import uuid

from django.db import models
from django.db.models import Q

from results.models.diagnostic_report import DiagnosticReportVersion
from results.models.uuids import new_id


def attachment_context(form_id: uuid.UUID) -> str:
    """What a document's encryption is bound to: it opens in its own row alone."""
    return f"attachment:{form_id}"


class PresentedForm(models.Model):
    """«Vedlegg», FHIR `presentedForm`: that it existed and what it was called.

    The document itself is left out unless a rule says that it is kept, as the national
    service decided in 2021: it may carry identity numbers that must not lie beside
    clinical rows. What is kept is encrypted with a key of its own.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    version = models.ForeignKey(
        DiagnosticReportVersion,
        on_delete=models.CASCADE,
        related_name="presented_forms",
        db_index=False,
    )
    position = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=300, blank=True)
    media_type = models.CharField(max_length=100, blank=True)
    content_encrypted = models.BinaryField(null=True)
    content_size = models.PositiveIntegerField(default=0)
    purged_at = models.DateTimeField(null=True)
    problem = models.TextField(blank=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["id"],
                condition=Q(content_encrypted__isnull=False),
                name="presented_form_kept",
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["version", "position"], name="presented_form_position_is_one"
            ),
        ]

    def __str__(self) -> str:
        return self.title or str(self.id)
