"""How soon a test is usually worth repeating; dated, signed, and with its source."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from results.models.signed import Signed


class RepeatInterval(Signed):
    """«Gjentaksintervall»: a test of this code taken within so many days is told of, so
    that it is not taken again without a reason. `system` is the list's OID."""

    system = models.CharField(_("kodeverk"), max_length=100)
    code = models.CharField(_("kode"), max_length=100)
    days = models.PositiveSmallIntegerField(_("dager"))
    source = models.CharField(_("kilde"), max_length=500)
    is_demonstration = models.BooleanField(default=False, editable=False)

    class Meta:
        verbose_name = _("gjentaksintervall")
        verbose_name_plural = _("gjentaksintervaller")

    def __str__(self) -> str:
        return f"{self.code}: {self.days}"
