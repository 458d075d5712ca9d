"""Remembers what works once and has been used, for all processes together."""

import datetime
import hashlib

from django.db import DatabaseError, IntegrityError, transaction
from django.utils import timezone

from access.models import UsedProof

# Well past the window in which a proof is accepted.
_REMEMBERED = datetime.timedelta(minutes=2)


class ProofsUnavailable(Exception):
    """We cannot tell whether the proof has been used, so it must be refused."""


def use_proof_once(*, thumbprint: str, proof_id: str) -> bool:
    """True the first time for this key and `jti`, False ever after (RFC 9449 §11.1).

    Raises ProofsUnavailable.
    """
    return use_once(f"{thumbprint}\0{proof_id}", remembered=_REMEMBERED)


def use_once(name: str, *, remembered: datetime.timedelta) -> bool:
    """True the first time in so long, False after that.

    Of two at the same moment the database lets one through. Raises ProofsUnavailable.
    """
    digest = hashlib.sha256(name.encode(errors="replace")).digest()
    try:
        with transaction.atomic():
            UsedProof.objects.create(
                digest=digest, expires_at=timezone.now() + remembered
            )
    except IntegrityError:
        return False
    except DatabaseError as error:
        raise ProofsUnavailable from error
    return True
