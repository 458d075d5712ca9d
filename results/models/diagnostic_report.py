"""The report and its versions; a version is a row that never changes."""

from django.db import models
from django.db.models import Q

from results.models.organization import Organization, Practitioner
from results.models.patient import Patient
from results.models.received_message import ReceivedMessage
from results.models.uuids import new_id
from results.vocabulary import Discipline, ReportStatus


class DiagnosticReport(models.Model):
    """«Svarrapport», FHIR DiagnosticReport: what keeps its identity over corrections.

    The key is the sender's: `report_key` is ServProvId, or the message's own id where
    version 1.3 lets the sender leave it out (dialect B7). A key that arrives for
    another patient is quarantined, never moved. `wrong_patient_at` («feil pasient»)
    hides every value from everyone.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="+")
    sender = models.ForeignKey(
        Organization, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    report_key = models.CharField(max_length=300)
    wrong_patient_at = models.DateTimeField(null=True)
    wrong_patient_reason = models.TextField(blank=True)
    seen_by_personnel_at = models.DateTimeField(null=True)
    seen_by_citizen_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["sender", "report_key"], name="report_once_per_sender_and_key"
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)


class DiagnosticReportVersion(models.Model):
    """One message's say about a report. The current one is the latest the sender made:
    the greatest (`generated_at`, `message_key`), however the messages arrived.

    The times of an answer's way: `effective_*` sampled, `approved_*` approved by the
    laboratory, the message's `received_at`, and `stored_at` from when it can be read.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    report = models.ForeignKey(
        DiagnosticReport,
        on_delete=models.PROTECT,
        related_name="versions",
        db_index=False,
    )
    patient = models.ForeignKey(
        Patient, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    received_message = models.OneToOneField(
        ReceivedMessage, on_delete=models.PROTECT, related_name="version"
    )
    is_current = models.BooleanField(default=False)
    generated_at = models.DateTimeField()
    message_key = models.CharField(max_length=200)
    status = models.CharField(max_length=16, choices=ReportStatus)
    service_type = models.CharField(max_length=10, blank=True)
    status_code = models.CharField(max_length=10, blank=True)
    category = models.CharField(max_length=4, choices=Discipline)
    type_code = models.CharField(max_length=50, blank=True)
    type_text = models.CharField(max_length=300, blank=True)
    issued_date = models.DateField(null=True)
    issued_at = models.DateTimeField(null=True)
    approved_date = models.DateField(null=True)
    approved_at = models.DateTimeField(null=True)
    stored_at = models.DateTimeField()
    effective_date = models.DateField(null=True)
    effective_at = models.DateTimeField(null=True)
    performer = models.ForeignKey(
        Organization,
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
    )
    performer_name = models.CharField(max_length=600, blank=True)
    requester = models.ForeignKey(
        Practitioner, null=True, on_delete=models.PROTECT, related_name="+"
    )
    requester_name = models.CharField(max_length=600, blank=True)
    responsible_name = models.CharField(max_length=600, blank=True)
    comment = models.TextField(blank=True)
    coded_comments = models.JSONField(default=list)
    clinical_information = models.JSONField(default=list)
    copy_recipients = models.JSONField(default=list)
    contact_type = models.CharField(max_length=20, blank=True)
    observation_count = models.PositiveIntegerField(default=0)

    class Meta:
        indexes = [
            models.Index(
                fields=["patient", "-effective_date"],
                condition=Q(is_current=True),
                name="version_current_of_patient",
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["report"],
                condition=Q(is_current=True),
                name="version_current_is_one",
            ),
            models.UniqueConstraint(
                fields=["report", "generated_at", "message_key"],
                name="version_order_is_total",
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)
