"""Who acts in which role for which organisation, and what a role may do, by date."""

from django.db import models
from django.db.models import F, Q

from results.models import Organization
from results.models.uuids import new_id
from results.vocabulary import Discipline


class RoleAssignment(models.Model):
    """A person's role (Volven 9060) in an organisation, from one day to another."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    hpr_number = models.CharField("HPR-nummer", max_length=20)
    organization = models.ForeignKey(
        Organization,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name="virksomhet",
    )
    role_code = models.CharField("rolle", max_length=3)
    valid_from = models.DateField("gyldig fra")
    valid_to = models.DateField("gyldig til (ikke med)", null=True, blank=True)

    class Meta:
        verbose_name = "rolletildeling"
        verbose_name_plural = "rolletildelinger"
        indexes = [models.Index(fields=["hpr_number"], name="role_assignment_by_hpr")]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gt=F("valid_from")),
                name="role_assignment_ends_after_it_begins",
            ),
            models.UniqueConstraint(
                fields=["hpr_number", "organization", "role_code", "valid_from"],
                name="role_assignment_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.role_code} ({self.organization})"


class RoleCapability(models.Model):
    """What the national policy lets a role do with a discipline, or with all; a role
    without a row may do nothing."""

    role_code = models.CharField("rolle", max_length=3)
    category = models.CharField(
        "fagområde",
        max_length=4,
        choices=Discipline,
        blank=True,
        help_text="Tomt for alle; en regel for ett fagområde går foran.",
    )
    may_open = models.BooleanField("åpne svar")
    may_use_emergency = models.BooleanField("øyeblikkelig hjelp")
    may_elevate = models.BooleanField("åpne det som er sperret", default=False)
    may_set_restrictions = models.BooleanField(
        "sperre på pasientens ønske", default=False
    )
    may_decide_release = models.BooleanField(
        "bestemme når pasienten ser et svar", default=False
    )
    only_in_emergency = models.BooleanField(
        "bare ved øyeblikkelig hjelp", default=False
    )
    valid_from = models.DateField("gyldig fra")
    valid_to = models.DateField("gyldig til (ikke med)", null=True, blank=True)
    source = models.CharField("grunnlag", max_length=300)

    class Meta:
        verbose_name = "rolles adgang"
        verbose_name_plural = "rollers adgang"
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gt=F("valid_from")),
                name="role_capability_ends_after_it_begins",
            ),
            models.UniqueConstraint(
                fields=["role_code", "category", "valid_from"],
                name="role_capability_once",
            ),
        ]

    def __str__(self) -> str:
        return self.role_code
