"""What one operator proposes to do with many messages, for another to confirm."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from results.models.uuids import new_id
from results.vocabulary import OperatorActionKind


class OperatorProposal(models.Model):
    """«Forslag» (four eyes, ASVS 2.3.5): decided once, by someone else than proposed
    it. `details` is what the action needs, as `OperatorAction` keeps it."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    kind = models.CharField(_("handling"), max_length=16, choices=OperatorActionKind)
    message_ids = ArrayField(models.UUIDField(), verbose_name=_("meldinger"))
    details = models.JSONField(_("detaljer"), default=dict, blank=True)
    reason = models.TextField(_("begrunnelse"))
    proposed_by = models.CharField(_("foreslått av"), max_length=200)
    proposed_at = models.DateTimeField(_("foreslått"), auto_now_add=True)
    decided_by = models.CharField(_("avgjort av"), max_length=200, blank=True)
    decided_at = models.DateTimeField(_("avgjort"), null=True, blank=True)
    is_confirmed = models.BooleanField(_("bekreftet"), null=True)
    problems = models.JSONField(_("ikke utført"), default=list, blank=True)

    class Meta:
        verbose_name = _("forslag")
        verbose_name_plural = _("forslag til behandling")
        constraints = [
            models.CheckConstraint(
                condition=~Q(decided_by=F("proposed_by")),
                name="proposal_decided_by_another",
            ),
            models.CheckConstraint(
                condition=Q(decided_at__isnull=True, is_confirmed__isnull=True)
                | Q(decided_at__isnull=False, is_confirmed__isnull=False),
                name="proposal_decided_whole",
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)
