"""Where a patient is told, once they have shown that it is theirs, and of what."""

from django.db import models

from access.vocabulary import (
    Channel,
    ToldOfLooks,
)
from results.models.uuids import new_id

# What the encrypted column is bound to (results.encryption).
ADDRESS_CONTEXT = "contact-point.address"
CODE_CONTEXT = "contact-point.code"


class ContactPoint(models.Model):
    """«Kontaktpunkt»: an address, encrypted. Nothing but a code goes to one that is not
    confirmed; of the code only a keyed hash is kept."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    patient_id = models.UUIDField()
    channel = models.CharField(max_length=5, choices=Channel)
    address_encrypted = models.BinaryField()
    code_hash = models.BinaryField(max_length=32, null=True)
    code_sent_at = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    confirmed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["patient_id", "channel"], name="contact_once_a_channel"
            )
        ]

    def __str__(self) -> str:
        return str(self.id)


class NoticeChoice(models.Model):
    """«Varslingsprofil»: what a patient wants to be told of beside what all are told.
    `looks_told_until` is up to when looks have been told of."""

    patient_id = models.UUIDField(primary_key=True)
    looks = models.CharField(
        max_length=7, choices=ToldOfLooks, default=ToldOfLooks.NEVER
    )
    answers = models.BooleanField(default=False)
    language = models.CharField(max_length=10, default="nb")
    looks_told_until = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.patient_id)
