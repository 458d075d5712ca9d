"""What was taken, from where, when."""

from django.db import models

from results.models.diagnostic_report import DiagnosticReportVersion
from results.models.patient import Patient
from results.models.uuids import new_id


class Specimen(models.Model):
    """«Prøvemateriale» (KITH `AnalysedSubject`); `accession` is the laboratory's id."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    version = models.ForeignKey(
        DiagnosticReportVersion,
        on_delete=models.CASCADE,
        related_name="specimens",
        db_index=False,
    )
    patient = models.ForeignKey(
        Patient, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    position = models.PositiveSmallIntegerField()
    accession = models.CharField(max_length=300, blank=True)
    type_code = models.CharField(max_length=100, blank=True)
    type_system = models.CharField(max_length=200, blank=True)
    type_text = models.TextField(blank=True)
    anatomical_origin = models.TextField(blank=True)
    collected_date = models.DateField(null=True)
    collected_at = models.DateTimeField(null=True)
    comments = models.JSONField(default=list)
    is_accredited = models.BooleanField(null=True)
    is_cancelled = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["version", "position"], name="specimen_position_is_one"
            ),
        ]

    def __str__(self) -> str:
        return self.accession or str(self.id)
