"""What the authorities have decided of access: dated, signed, approved by another."""

from django.db import models
from django.db.models import F, Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from access.switches import SHAPES
from results.models.signed import Signed
from results.models.uuids import new_id


def _keys() -> list[tuple[str, str | Promise]]:
    return [(key, shape.says) for key, shape in SHAPES.items()]


class Policy(Signed):
    """«Tilgangspolicy»: one value of one key from a day on; a later takes its place.

    `version` counts approvals. It is in force when someone else than entered it has
    approved it; what came with the installation was entered by nobody. The database
    refuses to change or remove what is in force, has been or will be.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    version = models.PositiveIntegerField(
        _("versjon"), null=True, unique=True, editable=False
    )
    key = models.CharField(_("policy"), max_length=40, choices=_keys)
    value = models.JSONField(_("verdi"))
    valid_to = models.DateField(_("gjelder til (ikke med)"), null=True, blank=True)
    answered_by = models.CharField(
        _("godkjent eller avslått av"), max_length=200, blank=True, editable=False
    )
    answered_at = models.DateTimeField(_("avgjort"), null=True, editable=False)
    is_approved = models.BooleanField(_("godkjent"), null=True, editable=False)

    class Meta:
        verbose_name = _("tilgangspolicy")
        verbose_name_plural = _("tilgangspolicyer")
        ordering = ("-valid_from", "-id")
        permissions = [("approve_policy", "Kan godkjenne tilgangspolicyer")]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gt=F("valid_from")),
                name="policy_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=Q(is_approved=True, version__isnull=False)
                | (~Q(is_approved=True) & Q(version__isnull=True)),
                name="policy_approved_has_a_version",
            ),
            models.CheckConstraint(
                condition=~Q(answered_by=F("registered_by")) | Q(registered_by=""),
                name="policy_answered_by_another",
            ),
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True, is_approved__isnull=True)
                | Q(answered_at__isnull=False, is_approved__isnull=False),
                name="policy_answered_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.key} {self.version or '–'}"
