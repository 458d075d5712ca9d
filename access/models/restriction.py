"""What a patient has closed, and to whom; and the version a late check compares."""

from django.db import models
from django.db.models import F, Q

from access.limits import LimitSetBy, RestrictionScope
from results.models import Organization
from results.models.uuids import new_id
from results.vocabulary import Discipline


class PatientPolicy(models.Model):
    """Counts the changes of one patient's limits, and by itself those of what the
    patient is shown. It is there from the first time anyone states a need, or the
    patient reads, so that there is a row to lock."""

    patient_id = models.UUIDField(primary_key=True)
    version = models.PositiveIntegerField(default=1)
    release_version = models.PositiveIntegerField(default=1, db_default=1)

    def __str__(self) -> str:
        return f"{self.patient_id} {self.version}"


class Limit(models.Model):
    """Set by someone, from one moment to another, and lifted by someone; never erased
    by that. `set_by` says on whose word, `set_by_user` is the opaque key of who did.
    Without `valid_from` it holds at once."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    patient_id = models.UUIDField(db_index=True)
    set_by = models.CharField(max_length=10, choices=LimitSetBy)
    set_by_user = models.UUIDField()
    set_by_name = models.CharField(max_length=300, blank=True)
    set_at = models.DateTimeField()
    valid_from = models.DateTimeField(null=True)
    valid_to = models.DateTimeField(null=True)
    lifted_by = models.CharField(max_length=10, choices=LimitSetBy, blank=True)
    lifted_by_user = models.UUIDField(null=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return str(self.id)


def _ends_after_it_begins(name: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        condition=Q(valid_to__isnull=True)
        | Q(valid_from__isnull=True)
        | Q(valid_to__gte=F("valid_from")),
        name=name,
    )


class AccessRestriction(Limit):
    """«Sperring» (EHDS art. 8): of all health personnel, or of one organisation's; of
    everything, one discipline or one report. Soft: an elevated basis opens it."""

    scope = models.CharField(max_length=10, choices=RestrictionScope)
    category = models.CharField(max_length=4, choices=Discipline, blank=True)
    report_id = models.UUIDField(null=True)
    organization = models.ForeignKey(
        Organization, on_delete=models.PROTECT, related_name="+", null=True
    )

    class Meta:
        constraints = [
            _ends_after_it_begins("restriction_ends_after_it_begins"),
            models.CheckConstraint(
                condition=Q(scope="all", category="", report_id__isnull=True)
                | (Q(scope="discipline", report_id__isnull=True) & ~Q(category=""))
                | Q(scope="report", category="", report_id__isnull=False),
                name="restriction_is_of_its_scope",
            ),
        ]


class PractitionerBlock(Limit):
    """«Blokkering»: one person, by HPR number, is shut out; no basis opens it."""

    hpr_number = models.CharField(max_length=20)
    blocked_name = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            _ends_after_it_begins("block_ends_after_it_begins"),
            models.CheckConstraint(
                condition=~Q(hpr_number=""), name="block_names_a_person"
            ),
        ]


class DigitalOptOut(Limit):
    """«Reservasjon mot digital tilgang»: the patient's own pages are closed, to
    themselves and to whoever acts for them. Personnel see as before."""

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["patient_id"],
                condition=Q(valid_to__isnull=True),
                name="digital_opt_out_open_once",
            ),
        ]
