"""Answers a citizen is asked about before they are opened; dated, and signed."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from results.models.signed import Signed
from results.models.uuids import new_id
from results.vocabulary import Discipline


class SensitiveKind(Signed):
    """«Følsom svartype»: a discipline or one code; `system` is the code list's OID.

    What is said of a code outranks what is said of its discipline.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    category = models.CharField(
        _("fagområde"), max_length=4, choices=Discipline, blank=True
    )
    system = models.CharField(_("kodeverk"), max_length=100, blank=True)
    code = models.CharField(_("kode"), max_length=100, blank=True)
    asks_first = models.BooleanField(_("spør før svaret åpnes"), default=True)

    class Meta:
        verbose_name = _("følsom svartype")
        verbose_name_plural = _("følsomme svartyper")
        constraints = [
            models.CheckConstraint(
                condition=Q(category="") ^ Q(code=""),
                name="sensitive_kind_is_of_one_sort",
            ),
        ]

    def __str__(self) -> str:
        return self.code or self.category
