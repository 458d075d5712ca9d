"""Imported code tables: what a code means, in which unit and discipline."""

from django.db import models
from django.utils import timezone

from results.vocabulary import Discipline


class CodeList(models.Model):
    """«Kodeverk»: the release of one list that is loaded now.

    `revision` grows by one with every change, so that whoever remembers codes can see
    that they have changed. Without a hash it is the list that comes with the program.
    """

    system = models.CharField("OID", max_length=100, unique=True)
    name = models.CharField("navn", max_length=300)
    version = models.CharField("versjon", max_length=100, blank=True)
    release_date = models.DateField("utgitt", null=True, blank=True)
    imported_at = models.DateTimeField("lastet", default=timezone.now)
    file_name = models.CharField("fil", max_length=300, blank=True)
    file_hash = models.CharField("filens SHA-256", max_length=64, blank=True)
    revision = models.PositiveIntegerField("endringer", default=1)

    class Meta:
        verbose_name = "kodeverk"
        verbose_name_plural = "kodeverk"

    def __str__(self) -> str:
        return f"{self.name} {self.version}".strip()


class Coding(models.Model):
    """«Kode»: one row of NLK, NCRP or a Volven list; `system` is the list's OID.

    `valid_to` is exclusive. `component` is what is measured («Kreatinin»), `position`
    the place we have given a code under its heading; both keep related codes together.
    """

    system = models.CharField("kodeverk", max_length=100)
    code = models.CharField("kode", max_length=100)
    display = models.TextField("navn")
    everyday_name = models.CharField("folkelig navn", max_length=200, blank=True)
    keywords = models.CharField("andre søkeord", max_length=300, blank=True)
    unit = models.CharField("enhet", max_length=100, blank=True)
    category = models.CharField(
        "fagområde", max_length=4, choices=Discipline, blank=True
    )
    heading = models.CharField("gruppering", max_length=200, blank=True)
    component = models.CharField("komponent", max_length=300, blank=True)
    position = models.PositiveIntegerField(
        "plass i grupperingen", null=True, blank=True
    )
    valid_from = models.DateField("gyldig fra", null=True, blank=True)
    valid_to = models.DateField("gyldig til", null=True, blank=True)
    replaced_by = models.CharField("erstattes av", max_length=100, blank=True)

    class Meta:
        verbose_name = "kode"
        verbose_name_plural = "koder"
        constraints = [
            models.UniqueConstraint(
                fields=["system", "code"], name="coding_once_per_system"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.display}"
