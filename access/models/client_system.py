"""Which machine clients may ask us to open patients, or for statistics."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from access.vocabulary import (
    ClientKind,
)
from results.models import Organization
from results.models.uuids import new_id


class ClientSystem(models.Model):
    """«Klientsystem»: a machine client by its name at the provider, and for whom.

    A client registered for a legal entity serves all its points of care; one registered
    for a point of care serves that alone. Who may send is a `SourceSystem`.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    name = models.CharField(_("navn"), max_length=200)
    client_id = models.CharField(_("klient-id"), max_length=200, unique=True)
    kind = models.CharField(_("type"), max_length=20, choices=ClientKind)
    organizations = models.ManyToManyField(
        Organization,
        related_name="+",
        verbose_name=_("virksomheter"),
        help_text=_("Systemet kan brukes av disse, etter organisasjonsnummer."),
    )
    is_active = models.BooleanField(_("aktiv"), default=True)
    created_at = models.DateTimeField(_("opprettet"), auto_now_add=True)

    class Meta:
        verbose_name = _("klientsystem")
        verbose_name_plural = _("klientsystemer")

    def __str__(self) -> str:
        return self.name
