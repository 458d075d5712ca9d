"""What is shared at all: decided by the authorities, a requester and a discipline at a
time; dated, and signed by whoever decided."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from results.models.organization import Organization
from results.models.patient import Patient
from results.models.signed import Signed
from results.models.uuids import new_id
from results.vocabulary import Discipline


class SharingRule(Signed):
    """«Delingsregel»: whether reports are shared; blank stands for every producer,
    requester or discipline. The rule that says most prevails; a no prevails over an
    equally precise yes. What no rule names is held back."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    producer = models.ForeignKey(
        Organization,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("produsent"),
    )
    requester = models.ForeignKey(
        Organization,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("rekvirent"),
    )
    category = models.CharField(
        _("fagområde"), max_length=4, choices=Discipline, blank=True
    )
    is_shared = models.BooleanField(_("deles"))

    class Meta:
        verbose_name = _("delingsregel")
        verbose_name_plural = _("delingsregler")
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gt=F("valid_from")),
                name="sharing_rule_ends_after_it_begins",
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)


class PurposeRule(Signed):
    """«Formålsregel»: whether what a requisition states as purpose is health care;
    `purpose` is compared without case with the code or the words sent."""

    purpose = models.CharField(_("formål"), max_length=300)
    is_health_care = models.BooleanField(_("er helsehjelp"), default=False)

    class Meta:
        verbose_name = _("formålsregel")
        verbose_name_plural = _("formålsregler")

    def __str__(self) -> str:
        return self.purpose


class OptOut(models.Model):
    """«Reservasjon»: from now nothing about the patient is stored. `erased_at` is when
    all that had come was looked through for what else to erase."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="+")
    valid_from = models.DateTimeField()
    valid_to = models.DateTimeField(null=True)
    erased_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["patient"],
                condition=Q(valid_to__isnull=True),
                name="opt_out_open_once",
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)
