"""Organisations and practitioners: who requested, who performed, who may send."""

from django.db import models
from django.db.models import Q

from results.models.uuids import new_id


class Organization(models.Model):
    """«Virksomhet», FHIR Organization, known by its HER-id or organisation number."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    name = models.CharField("navn", max_length=300, blank=True)
    her_id = models.CharField("HER-id", max_length=50, null=True, blank=True)
    organization_number = models.CharField(
        "organisasjonsnummer", max_length=50, null=True, blank=True
    )
    is_confirmed = models.BooleanField("bekreftet", default=False)
    is_approved = models.BooleanField("godkjent for oppslag", default=False)
    created_at = models.DateTimeField("opprettet", auto_now_add=True)

    class Meta:
        verbose_name = "virksomhet"
        verbose_name_plural = "virksomheter"
        # Standing delegations, given person by person for one organisation.
        permissions = [
            ("review_emergency_access", "Kan følge opp nødtilgang"),
            ("view_access_log", "Kan følge opp oppslag"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["her_id"],
                condition=Q(her_id__isnull=False),
                name="organization_her_id_is_unique",
            ),
            models.UniqueConstraint(
                fields=["organization_number"],
                condition=Q(organization_number__isnull=False, her_id__isnull=True),
                name="organization_number_is_unique_without_her_id",
            ),
            models.CheckConstraint(
                condition=~Q(her_id="") & ~Q(organization_number=""),
                name="organization_ids_are_not_blank",
            ),
            models.CheckConstraint(
                condition=Q(is_approved=False) | Q(is_confirmed=True),
                name="organization_approved_only_when_confirmed",
            ),
        ]

    def __str__(self) -> str:
        return self.name or self.her_id or self.organization_number or "uten navn"


class Practitioner(models.Model):
    """«Helsepersonell», FHIR Practitioner, known by HPR number."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    name = models.CharField("navn", max_length=300, blank=True)
    hpr_number = models.CharField("HPR-nummer", max_length=50, unique=True)

    class Meta:
        verbose_name = "helsepersonell"
        verbose_name_plural = "helsepersonell"

    def __str__(self) -> str:
        return self.name or self.hpr_number
