"""Imported code tables: what a code means, in which unit and discipline."""

from django.db import models

from results.vocabulary import Discipline


class Coding(models.Model):
    """«Kode»: one row of NLK, NCRP or a Volven list; `system` is the list's OID."""

    system = models.CharField("kodeverk", max_length=100)
    code = models.CharField("kode", max_length=100)
    display = models.TextField("navn")
    everyday_name = models.CharField("folkelig navn", max_length=200, blank=True)
    unit = models.CharField("enhet", max_length=100, blank=True)
    category = models.CharField(
        "fagområde", max_length=4, choices=Discipline, blank=True
    )
    heading = models.CharField("gruppering", max_length=200, blank=True)
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
