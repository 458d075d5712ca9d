"""That two patients turned out to be one person, and how to undo it."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from results.models.patient import Patient
from results.models.uuids import new_id


class PatientMerge(models.Model):
    """«Sammenslåing»: proposed by one operator, carried out by another. `moved` names
    every row that was moved, so that it can be moved back; the merged patient's key
    stays, and the access log under it is never rewritten."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    surviving = models.ForeignKey(
        Patient,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("pasient som beholdes"),
    )
    merged = models.ForeignKey(
        Patient,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("pasient som slås inn"),
    )
    reason = models.TextField(_("begrunnelse"))
    accepts_conflict = models.BooleanField(
        _("to ulike numre av samme slag er kontrollert"), default=False
    )
    by = models.CharField(_("foreslått av"), max_length=200)
    proposed_at = models.DateTimeField(_("foreslått"), auto_now_add=True)
    approved_by = models.CharField(_("utført av"), max_length=200, blank=True)
    at = models.DateTimeField(_("utført"), null=True, blank=True)
    moved = models.JSONField(default=dict, blank=True)
    declined_by = models.CharField(_("avslått av"), max_length=200, blank=True)
    declined_at = models.DateTimeField(_("avslått"), null=True, blank=True)
    reversed_by = models.CharField(_("opphevet av"), max_length=200, blank=True)
    reversed_at = models.DateTimeField(_("opphevet"), null=True, blank=True)
    reversed_reason = models.TextField(_("hvorfor opphevet"), blank=True)

    class Meta:
        verbose_name = _("sammenslåing av pasienter")
        verbose_name_plural = _("sammenslåinger av pasienter")
        constraints = [
            models.CheckConstraint(
                condition=~Q(surviving=F("merged")), name="merge_of_two_patients"
            ),
            models.CheckConstraint(
                condition=~Q(approved_by=F("by")), name="merge_approved_by_another"
            ),
            models.UniqueConstraint(
                fields=["merged"],
                condition=Q(reversed_at__isnull=True, declined_at__isnull=True),
                name="merge_standing_once",
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)
