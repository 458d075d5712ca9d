"""Who assesses answers for somebody else."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from results.models import Organization
from results.models.uuids import new_id


class AssessmentDeputy(models.Model):
    """«Stedfortreder»: assesses what another has asked for, in that one's holiday; or,
    where `covered_hpr` is empty, what everyone in the organisation has asked for and
    left too long. The first is set by the one who is covered, the second by the
    organisation. Ended, never rewritten."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    organization = models.ForeignKey(
        Organization,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("virksomhet"),
    )
    covered_hpr = models.CharField(
        _("HPR-nummer til den som blir dekket"),
        max_length=20,
        blank=True,
        help_text=_("Tomt: alle i virksomheten, når svar har ligget lenge."),
    )
    deputy_hpr = models.CharField(_("HPR-nummer til stedfortrederen"), max_length=20)
    valid_from = models.DateField(_("gjelder fra"))
    valid_to = models.DateField(_("gjelder til (ikke med)"), null=True, blank=True)
    set_by = models.UUIDField(editable=False)
    set_at = models.DateTimeField(editable=False)

    class Meta:
        verbose_name = _("stedfortreder")
        verbose_name_plural = _("stedfortredere")
        indexes = [models.Index(fields=["deputy_hpr"], name="deputy_by_hpr")]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="deputy_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=~Q(deputy_hpr="") & ~Q(deputy_hpr=F("covered_hpr")),
                name="deputy_is_another",
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)
