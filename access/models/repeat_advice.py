"""How often doctors were told that a test was taken lately; counts and nothing else."""

from django.db import models


class RepeatAdvice(models.Model):
    """So many times that day the advice was shown, and opened. Who, and about whom, is
    not here. A day has some rows, `shard` apart, so that pages do not wait for each
    other to count; their sum is the day's."""

    day = models.DateField()
    shard = models.PositiveSmallIntegerField()
    shown = models.PositiveIntegerField(default=0)
    opened = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["day", "shard"], name="repeat_advice_once_a_day_and_shard"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.day}: {self.shown}, {self.opened}"
