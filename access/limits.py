"""What a patient may close, and what of it meets one viewer."""

import uuid
from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext_lazy as _


class RestrictionScope(models.TextChoices):
    """How much a restriction closes."""

    ALL = "all", _("Alle svar")
    DISCIPLINE = "discipline", _("Ett fagområde")
    REPORT = "report", _("Ett svar")


class LimitSetBy(models.TextChoices):
    """Who set a limit, or lifted it: always as the patient wants."""

    CITIZEN = "citizen", _("Pasienten selv")
    PERSONNEL = "personnel", _("Helsepersonell, på pasientens ønske")
    HELP_DESK = "help-desk", _("Brukerstøtte, på pasientens ønske")


@dataclass(frozen=True, slots=True)
class Limits:
    """What the patient has closed to this viewer. `version` counts the changes; None
    where there is nothing to compare."""

    version: int | None = None
    is_blocked: bool = False
    is_all_closed: bool = False
    categories: frozenset[str] = frozenset()
    report_ids: frozenset[uuid.UUID] = frozenset()

    @property
    def close_something(self) -> bool:
        return bool(self.is_all_closed or self.categories or self.report_ids)

    def close(self, report_id: uuid.UUID | None, category: str) -> bool:
        """Whether this report is closed, unless the basis opens it."""
        return (
            self.is_all_closed
            or category in self.categories
            or report_id in self.report_ids
        )
