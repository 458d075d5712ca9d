"""When citizens are shown answers: what holds for many, and what is decided of one."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from access.models.answered import Answered
from access.release import Confidentiality, DecisionKind
from results.models.uuids import new_id
from results.vocabulary import Discipline

TEXT_CONTEXT = "release-decision.text"


class ReleaseRule(Answered):
    """«Regel for utsatt innsyn»: whether answers that come while it holds wait until
    they are assessed: a discipline's, those with a code, or both. A later rule for the
    same takes its place. It reaches no answer that was there before it, so that what a
    citizen has been shown is not taken away by a rule."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    category = models.CharField(
        _("fagområde"), max_length=4, choices=Discipline, blank=True
    )
    code = models.CharField(_("kode"), max_length=100, blank=True)

    needs_assessment = models.BooleanField(
        _("venter til svaret er vurdert"), default=True
    )

    class Meta(Answered.Meta):
        abstract = False
        verbose_name = _("regel for utsatt innsyn")
        verbose_name_plural = _("regler for utsatt innsyn")
        ordering = ("-valid_from", "-id")
        permissions = [("approve_releaserule", "Kan godkjenne regler for innsyn")]
        constraints = [
            *Answered.Meta.constraints,
            models.CheckConstraint(
                condition=~Q(category="") | ~Q(code=""),
                name="releaserule_names_something",
            ),
        ]

    def __str__(self) -> str:
        return " ".join(filter(None, (self.category, self.code)))


class DecisionCause(models.TextChoices):
    """What led to a decision (PTS `cause`)."""

    MANUAL = "Manual", _("Bestemt av en person")
    AUTOMATED = "Automated", _("Etter en regel")
    DERIVED = "Derived", _("Arvet fra rekvisisjonen")


class ReleaseDecision(models.Model):
    """«Overstyring» of one answer, or of what a requisition will bring; ended by the
    next, never rewritten. It names a report that is here, or what its sender will call
    it, or the requisition.

    `version_id` is what was assessed; `ended_wait` tells that the patient was not shown
    the answer before. `comment` is what the patient reads, `reasons`
    why it is withheld, for those who review it: both are encrypted.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    patient_id = models.UUIDField()
    report_id = models.UUIDField(null=True)
    report_key = models.CharField(max_length=300, blank=True)
    requisition_id = models.CharField(max_length=300, blank=True)
    kind = models.CharField(max_length=10, choices=DecisionKind)
    code = models.CharField(max_length=8, choices=Confidentiality, blank=True)
    cause = models.CharField(
        max_length=10, choices=DecisionCause, default=DecisionCause.MANUAL
    )
    version_id = models.UUIDField(null=True)
    ended_wait = models.BooleanField(default=True)
    until = models.DateTimeField(null=True)
    delay_days = models.PositiveSmallIntegerField(null=True)
    review_date = models.DateField(null=True)
    comment_encrypted = models.BinaryField(null=True)
    reasons_encrypted = models.BinaryField(null=True)
    decided_at = models.DateTimeField()
    decided_by_user = models.UUIDField(null=True)
    decided_by_name = models.CharField(max_length=300, blank=True)
    hpr_number = models.CharField(max_length=20, blank=True)
    organization_id = models.UUIDField(null=True)
    organization_name = models.CharField(max_length=300, blank=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["patient_id"],
                condition=Q(ended_at__isnull=True),
                name="release_standing_of_patient",
            ),
            models.Index(
                fields=["review_date"],
                condition=Q(ended_at__isnull=True, review_date__isnull=False),
                name="release_to_review",
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["report_id"],
                condition=Q(ended_at__isnull=True, report_id__isnull=False),
                name="release_one_standing",
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True) | Q(ended_at__gte=F("decided_at")),
                name="release_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=~Q(kind="withheld")
                | (
                    Q(code__startswith="NORN_", review_date__isnull=False)
                    & Q(reasons_encrypted__isnull=False)
                ),
                name="release_withheld_with_reasons",
            ),
            models.CheckConstraint(
                condition=Q(report_id__isnull=False)
                | ~Q(report_key="")
                | ~Q(requisition_id=""),
                name="release_names_something",
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)
