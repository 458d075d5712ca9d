"""One result, its value, unit and reference range."""

from django.db import models
from django.db.models import Q

from results.models.diagnostic_report import DiagnosticReportVersion
from results.models.patient import Patient
from results.models.uuids import new_id
from results.vocabulary import Interpretation, ObservationStatus, ValueKind


class Observation(models.Model):
    """«Undersøkelsesresultat» (KITH `ResultItem`), one row an item at every depth.

    The value is what was sent: `value_as_sent` keeps every digit («4.0» is not «4»);
    `value_number` is the same for sorting and curves, and null where the number does
    not fit 38 digits, 12 of them decimals. `unit` is as sent, `unit_ucum` the same in
    UCUM where it is known. `position` is document order.

    What a version holds is found by version, so keys that the constraints' indexes
    already begin with have none of their own: every index is paid for on each row.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    version = models.ForeignKey(
        DiagnosticReportVersion,
        on_delete=models.CASCADE,
        related_name="observations",
        db_index=False,
    )
    patient = models.ForeignKey(
        Patient, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    parent = models.ForeignKey(
        "self",
        null=True,
        on_delete=models.CASCADE,
        related_name="members",
        db_index=False,
        db_constraint=False,
    )
    position = models.PositiveIntegerField()
    status = models.CharField(max_length=16, choices=ObservationStatus)
    service_type = models.CharField(max_length=10, blank=True)
    status_code = models.CharField(max_length=10, blank=True)
    code = models.CharField(max_length=100, blank=True)
    code_system = models.CharField(max_length=200, blank=True)
    name = models.TextField(blank=True)
    codings = models.JSONField(default=list)
    method_codings = models.JSONField(default=list)
    heading = models.CharField(max_length=50, blank=True)
    kind = models.CharField(max_length=8, choices=ValueKind, default=ValueKind.NONE)
    value_as_sent = models.TextField(blank=True)
    value_number = models.DecimalField(max_digits=38, decimal_places=12, null=True)
    comparator = models.CharField(max_length=2, blank=True)
    unit = models.CharField(max_length=100, blank=True)
    unit_ucum = models.CharField(max_length=100, blank=True)
    value_text = models.TextField(blank=True)
    is_markup = models.BooleanField(default=False)
    value_codings = models.JSONField(default=list)
    interval_high = models.TextField(blank=True)
    value_date = models.DateField(null=True)
    reference_ranges = models.JSONField(default=list)
    interpretation = models.CharField(max_length=1, choices=Interpretation, blank=True)
    comments = models.JSONField(default=list)
    item_id = models.CharField(max_length=300, blank=True)
    related_item_id = models.CharField(max_length=300, blank=True)
    specimen_accessions = models.JSONField(default=list)
    effective_date = models.DateField(null=True)
    effective_at = models.DateTimeField(null=True)
    is_accredited = models.BooleanField(null=True)
    performer_names = models.JSONField(default=list)
    diagnoses = models.JSONField(default=list)
    structured = models.JSONField(default=list)

    class Meta:
        indexes = [
            models.Index(
                fields=["patient", "code", "-effective_date"],
                name="observation_of_patient_by_code",
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["version", "position"], name="observation_position_is_one"
            ),
            models.CheckConstraint(
                condition=~Q(kind=ValueKind.QUANTITY) | ~Q(value_as_sent=""),
                name="observation_quantity_has_digits",
            ),
            models.CheckConstraint(
                condition=~Q(kind=ValueKind.TEXT) | ~Q(value_text=""),
                name="observation_text_has_text",
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)
