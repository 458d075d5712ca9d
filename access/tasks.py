"""What is done for access while nobody waits."""

from celery import shared_task
from django.utils import timezone

from access.models import UsedProof


@shared_task
def forget_used_proofs(**kwargs: object) -> None:
    """A proof that is too old to be accepted need not be remembered."""
    UsedProof.objects.filter(expires_at__lt=timezone.now()).delete()
