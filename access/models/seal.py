"""What proves the access log: which row has which place, and what was signed."""

from django.db import models


class SealedEntry(models.Model):
    """A row's leaf in its month's tree. It stays when the row is erased; without the
    row's salt it tells nothing of what the row said."""

    pk = models.CompositePrimaryKey("tree", "position")
    tree = models.CharField(max_length=7)
    position = models.BigIntegerField()
    entry_id = models.UUIDField(unique=True)
    leaf = models.BinaryField(max_length=32)

    def __str__(self) -> str:
        return f"{self.tree} {self.position}"


class LogCheckpoint(models.Model):
    """A signed statement of a month's tree as it stood.

    `number` counts all checkpoints without a gap. `below` is the transaction that, with
    all later ones, was left for the next. `peaks` are the tree's perfect parts, largest
    first, 32 bytes each: what more leaves are added to. `form` names what is hashed.
    """

    number = models.BigIntegerField(primary_key=True)
    tree = models.CharField(max_length=7)
    size = models.BigIntegerField()
    root = models.BinaryField(max_length=32)
    peaks = models.BinaryField()
    form = models.PositiveSmallIntegerField()
    below = models.BigIntegerField()
    at = models.DateTimeField()
    note = models.TextField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["tree", "size"], name="log_checkpoint_grows_its_tree"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} ({self.tree})"


class RecordEnd(models.Model):
    """When a patient's record ended. Five years later the log about them is erased, and
    not before; what is sealed of it stands."""

    patient_id = models.UUIDField(primary_key=True)
    ended_at = models.DateTimeField()
    reason = models.TextField()

    def __str__(self) -> str:
        return str(self.patient_id)


class LogAnchor(models.Model):
    """How far checkpoints have come to one place outside."""

    destination = models.CharField(max_length=500, primary_key=True)
    number = models.BigIntegerField(default=0)
    at = models.DateTimeField(auto_now=True)

    def __str__(self) -> str:
        return self.destination
