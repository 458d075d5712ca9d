"""DPoP proofs that have been used; a proof works once (RFC 9449 §11.1)."""

from django.db import models


class UsedProof(models.Model):
    """A hash of a proof's key thumbprint and `jti`; rows may go when they expire."""

    digest = models.BinaryField(max_length=32, primary_key=True)
    expires_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return bytes(self.digest).hex()
