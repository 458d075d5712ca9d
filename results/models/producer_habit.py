"""When a producer usually sends, so that its silence is noticed."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from results.models.organization import Organization


class ProducerHabit(models.Model):
    """What the last weeks have taught of a producer: in which hours of the week (0 is
    Monday from midnight, Norwegian time) it usually sends, and how long its longer
    pauses within these hours are."""

    organization = models.OneToOneField(
        Organization, primary_key=True, on_delete=models.CASCADE, related_name="+"
    )
    active_hours = ArrayField(models.PositiveSmallIntegerField())
    usual_gap = models.DurationField()
    learned_at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.organization_id)
