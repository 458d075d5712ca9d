"""Who may see on another's behalf, and what registers and documents tell of people.

Rows begin and end; none is rewritten but by what ends or approves it.
"""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from access.representation import (
    FactKind,
    RegisterSource,
    ReportMarking,
    RepresentationBasis,
)
from results.models.uuids import new_id

_HELD = [c for c in RepresentationBasis.choices if c[0] != RepresentationBasis.SELF]


class Registered(models.Model):
    """From a day to another, the latter exclusive; by whom it is told, and entered.

    What rests on a document counts when another than entered it has approved it;
    everything else from the start. `registered_by` is an opaque key, or a command's
    name. `ended_at` is the moment it was taken back, whatever its days say.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    valid_from = models.DateField(_("gjelder fra"))
    valid_to = models.DateField(_("gjelder til (ikke med)"), null=True, blank=True)
    source = models.CharField(_("kilde"), max_length=10, choices=RegisterSource)
    reference = models.CharField(_("dokument eller vedtak"), max_length=200, blank=True)
    registered_by = models.CharField(_("registrert av"), max_length=200)
    registered_at = models.DateTimeField(_("registrert"))
    answered_by = models.CharField(
        _("godkjent eller avslått av"), max_length=200, blank=True
    )
    answered_at = models.DateTimeField(_("avgjort"), null=True)
    is_approved = models.BooleanField(_("godkjent"), null=True)
    ended_at = models.DateTimeField(_("avsluttet"), null=True)
    ended_by = models.CharField(_("avsluttet av"), max_length=200, blank=True)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gt=F("valid_from")),
                name="%(class)s_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=~Q(source=RegisterSource.DOCUMENT.value)
                | Q(is_approved__isnull=True)
                | ~Q(answered_by=F("registered_by")),
                name="%(class)s_document_approved_by_another",
            ),
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True, is_approved__isnull=True)
                | Q(answered_at__isnull=False, is_approved__isnull=False),
                name="%(class)s_answered_whole",
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)


class Representation(Registered):
    """«Representasjon» (EHDS art. 4) by one person of another, both by opaque key.

    `shares_address` is of a parent: registered at the child's address. `categories`
    and the period limit what is seen; empty is all. A power of attorney changes
    nothing, and only a guardian has the power to opt out.
    """

    representative_id = models.UUIDField()
    represented_id = models.UUIDField()
    basis = models.CharField(_("grunnlag"), max_length=24, choices=_HELD)
    shares_address = models.BooleanField(_("samme adresse som barnet"), default=False)
    categories = models.JSONField(_("fagområder"), default=list, blank=True)
    reports_from = models.DateField(_("svar fra og med"), null=True, blank=True)
    reports_to = models.DateField(_("svar til (ikke med)"), null=True, blank=True)
    includes_log = models.BooleanField(_("ser hvem som har sett"), default=False)
    may_change = models.BooleanField(_("kan sperre"), default=False)
    may_opt_out = models.BooleanField(_("kan reservere"), default=False)

    class Meta(Registered.Meta):
        abstract = False
        verbose_name = _("representasjon")
        verbose_name_plural = _("representasjoner")
        permissions = [("approve_representation", "Kan godkjenne representasjon")]
        indexes = [
            models.Index(fields=["represented_id"], name="represented"),
            models.Index(fields=["representative_id"], name="representative"),
        ]
        constraints = [
            *Registered.Meta.constraints,
            models.CheckConstraint(
                condition=~Q(representative_id=F("represented_id")),
                name="representation_is_of_another",
            ),
            models.CheckConstraint(
                condition=Q(reports_to__isnull=True)
                | Q(reports_from__isnull=True)
                | Q(reports_to__gt=F("reports_from")),
                name="representation_period_is_one",
            ),
            models.CheckConstraint(
                condition=~Q(basis=RepresentationBasis.POWER_OF_ATTORNEY.value)
                | Q(may_change=False),
                name="representation_attorney_only_sees",
            ),
            models.CheckConstraint(
                condition=Q(may_opt_out=False)
                | Q(basis=RepresentationBasis.GUARDIANSHIP.value),
                name="representation_guardian_opts_out",
            ),
        ]


class RegisterFact(Registered):
    """What the national register, or a decision, tells of one person."""

    patient_id = models.UUIDField(db_index=True)
    kind = models.CharField(_("opplysning"), max_length=10, choices=FactKind)

    class Meta(Registered.Meta):
        abstract = False
        verbose_name = _("opplysning om en person")
        verbose_name_plural = _("opplysninger om personer")
        permissions = [("approve_registerfact", "Kan godkjenne opplysninger")]


class YouthConsent(models.Model):
    """What a youth has agreed to: that this parent sees; taken back when they want."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    youth_id = models.UUIDField()
    parent_id = models.UUIDField()
    given_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["youth_id", "parent_id"],
                condition=Q(revoked_at__isnull=True),
                name="youth_consent_one_standing",
            )
        ]

    def __str__(self) -> str:
        return str(self.id)


class MarkedReport(models.Model):
    """One answer that parents, or the youth, are not shown (Volven 9603)."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    patient_id = models.UUIDField(db_index=True)
    report_id = models.UUIDField()
    marking = models.CharField(max_length=12, choices=ReportMarking)
    set_by = models.CharField(max_length=200)
    set_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["report_id", "marking"],
                condition=Q(ended_at__isnull=True),
                name="marked_report_once",
            )
        ]

    def __str__(self) -> str:
        return str(self.id)
