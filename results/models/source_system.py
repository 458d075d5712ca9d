"""Who may send, and how strictly their messages are judged."""

from django.db import models

from results.models.organization import Organization
from results.models.uuids import new_id


class SourceSystem(models.Model):
    """«Avsender, kildesystem»: a machine client, bound to the organisation it is of."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    name = models.CharField("navn", max_length=200)
    client_id = models.CharField("klient-id", max_length=200, unique=True)
    organization = models.ForeignKey(
        Organization,
        on_delete=models.PROTECT,
        related_name="source_systems",
        verbose_name="virksomhet",
    )
    is_active = models.BooleanField("aktiv", default=True)
    is_strict = models.BooleanField(
        "streng",
        default=False,
        help_text="Avvis meldinger som ikke følger XML-skjemaet (T02).",
    )
    apprec_url = models.URLField(
        "adresse for kvittering",
        blank=True,
        help_text="Tom: avsenderen henter kvitteringene selv.",
    )
    created_at = models.DateTimeField("opprettet", auto_now_add=True)

    class Meta:
        verbose_name = "avsendersystem"
        verbose_name_plural = "avsendersystemer"

    def __str__(self) -> str:
        return self.name
