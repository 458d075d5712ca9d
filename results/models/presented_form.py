"""That a document came with the report."""

from django.db import models

from results.models.diagnostic_report import DiagnosticReportVersion
from results.models.uuids import new_id


class PresentedForm(models.Model):
    """«Vedlegg», FHIR `presentedForm`: only that it existed and what it was called.

    The document itself is left out, as the national service decided in 2021: it may
    carry identity numbers that must not lie beside clinical rows.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    version = models.ForeignKey(
        DiagnosticReportVersion,
        on_delete=models.CASCADE,
        related_name="presented_forms",
    )
    position = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=300, blank=True)
    media_type = models.CharField(max_length=100, blank=True)
    problem = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["version", "position"], name="presented_form_position_is_one"
            ),
        ]

    def __str__(self) -> str:
        return self.title or str(self.id)
