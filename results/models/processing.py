"""How the work goes: what is being tried, and by whom; written past the transaction."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils import timezone

from results.models.uuids import new_id


class ProcessingAttempt(models.Model):
    """A batch that a worker has begun on. Written on a connection of its own before the
    work and removed after it, so a row that is left tells of a worker that died."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    worker = models.CharField(max_length=100)
    message_ids = ArrayField(models.UUIDField())
    started_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return str(self.id)


class WorkerProgress(models.Model):
    """When a worker last finished something: a live process may yet stand still."""

    worker = models.CharField(primary_key=True, max_length=100)
    last_at = models.DateTimeField()
    messages = models.PositiveBigIntegerField(default=0)

    class Meta:
        verbose_name = "arbeider"
        verbose_name_plural = "arbeidere"

    def __str__(self) -> str:
        return self.worker
