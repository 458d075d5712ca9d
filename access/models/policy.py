"""What the authorities have decided of access: dated, signed, approved by another."""

from django.db import models
from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from access.models.answered import Answered
from access.switches import SHAPES
from results.models.uuids import new_id


def _keys() -> list[tuple[str, str | Promise]]:
    return [(key, shape.says) for key, shape in SHAPES.items()]


class Policy(Answered):
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

    class Meta(Answered.Meta):
        abstract = False
        verbose_name = _("tilgangspolicy")
        verbose_name_plural = _("tilgangspolicyer")
        ordering = ("-valid_from", "-id")
        permissions = [("approve_policy", "Kan godkjenne tilgangspolicyer")]
        constraints = [
            *Answered.Meta.constraints,
            models.CheckConstraint(
                condition=Q(is_approved=True, version__isnull=False)
                | (~Q(is_approved=True) & Q(version__isnull=True)),
                name="policy_approved_has_a_version",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.key} {self.version or '–'}"
