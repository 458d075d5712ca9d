"""What is done for access while nobody waits."""

from celery import shared_task
from django.contrib.sessions.backends.db import SessionStore
from django.utils import timezone

from access.log_months import make_months
from access.models import UsedProof
from access.operations import end_stale_sessions, forget_launches


@shared_task
def forget_used_proofs(**kwargs: object) -> None:
    """A proof that is too old to be accepted need not be remembered."""
    UsedProof.objects.filter(expires_at__lt=timezone.now()).delete()


@shared_task
def end_sessions(**kwargs: object) -> None:
    """Sessions nobody uses any more are over also when nobody asks, and forgotten."""
    end_stale_sessions()
    forget_launches()
    SessionStore.clear_expired()


@shared_task
def make_log_months(**kwargs: object) -> None:
    """The log never comes to a month it has no room for."""
    make_months()
