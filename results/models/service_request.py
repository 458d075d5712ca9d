"""What was asked for, by whom, why."""

from django.db import models

from results.models.diagnostic_report import DiagnosticReportVersion
from results.models.patient import Patient
from results.models.uuids import new_id


class ServiceRequest(models.Model):
    """«Rekvisisjon», as the report that answers it repeats it (KITH `ServReq`)."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    version = models.ForeignKey(
        DiagnosticReportVersion,
        on_delete=models.CASCADE,
        related_name="service_requests",
        db_index=False,
    )
    patient = models.ForeignKey(
        Patient, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    position = models.PositiveSmallIntegerField()
    requisition_id = models.CharField(max_length=300, blank=True)
    id_by_performer = models.CharField(max_length=300, blank=True)
    authored_date = models.DateField(null=True)
    authored_at = models.DateTimeField(null=True)
    received_date = models.DateField(null=True)
    received_at = models.DateTimeField(null=True)
    purpose = models.CharField(max_length=300, blank=True)
    priority = models.CharField(max_length=20, blank=True)
    reasons = models.JSONField(default=list)
    comments = models.JSONField(default=list)
    reservations = models.JSONField(default=list)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["version", "position"], name="service_request_position_is_one"
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)
