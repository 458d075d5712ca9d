"""Patients: an opaque key for clinical rows, and identity in tables of its own."""

from django.db import models

from results.identity import NumberKind
from results.models.uuids import new_id
from results.vocabulary import Sex

# What the encrypted columns are bound to (results.encryption).
IDENTIFIER_CONTEXT = "patient-identifier"
DEMOGRAPHICS_CONTEXT = "patient-demographics"


class Patient(models.Model):
    """The person the data is about; clinical rows know this key and nothing more."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return str(self.id)


class PatientIdentifier(models.Model):
    """A national number: encrypted, and found through a keyed hash."""

    patient = models.ForeignKey(Patient, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(
        max_length=3, choices=[(k.value, k.name) for k in NumberKind]
    )
    value_encrypted = models.BinaryField()
    lookup = models.BinaryField(max_length=32, unique=True)

    def __str__(self) -> str:
        return f"{self.kind} •••"


class PatientDemographics(models.Model):
    """Name and birth date as last reported, encrypted together.

    `content_digest` is a keyed hash of the same, so that what is unchanged need not be
    written again.
    """

    patient = models.OneToOneField(
        Patient, on_delete=models.CASCADE, primary_key=True, related_name="+"
    )
    content_encrypted = models.BinaryField()
    content_digest = models.BinaryField(max_length=32, default=b"")
    sex = models.CharField(max_length=7, choices=Sex, default=Sex.UNKNOWN)

    def __str__(self) -> str:
        return "•••"
