"""How long things are kept and shown; dated, and signed by whoever decided."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from results.models.organization import Organization
from results.models.signed import Signed
from results.models.uuids import new_id
from results.vocabulary import Discipline, RetentionKind


class RetentionRule(Signed):
    """«Lagringsregel»: so many days, counted from when a message was received or, for
    the display window, from when the sample was taken; null days is for ever."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    kind = models.CharField(_("hva"), max_length=12, choices=RetentionKind)
    category = models.CharField(
        _("fagområde"), max_length=4, choices=Discipline, blank=True
    )
    days = models.PositiveIntegerField(_("dager"), null=True, blank=True)

    class Meta:
        verbose_name = _("lagringsregel")
        verbose_name_plural = _("lagringsregler")

    def __str__(self) -> str:
        return str(self.id)


class AttachmentRule(Signed):
    """«Vedleggsregel»: whether documents that come with reports are kept; a blank
    producer stands for all. Without a rule only a note that one existed is kept."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    producer = models.ForeignKey(
        Organization,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("produsent"),
    )
    is_kept = models.BooleanField(_("tas vare på"), default=False)

    class Meta:
        verbose_name = _("vedleggsregel")
        verbose_name_plural = _("vedleggsregler")

    def __str__(self) -> str:
        return str(self.id)


class PurgeRecord(models.Model):
    """«Sletteprotokoll»: the proof of what a purge removed: how many, of what, under
    which rule, and the oldest and newest it took."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    kind = models.CharField(_("hva"), max_length=12, choices=RetentionKind)
    rule = models.ForeignKey(
        RetentionRule, null=True, on_delete=models.PROTECT, related_name="+"
    )
    removed = models.PositiveIntegerField(_("fjernet"))
    remaining = models.PositiveIntegerField(_("gjenstår"))
    oldest_at = models.DateTimeField(_("eldste"), null=True)
    newest_at = models.DateTimeField(_("nyeste"), null=True)
    at = models.DateTimeField(_("når"), auto_now_add=True)

    class Meta:
        verbose_name = _("sletting")
        verbose_name_plural = _("sletteprotokoll")

    def __str__(self) -> str:
        return str(self.id)
