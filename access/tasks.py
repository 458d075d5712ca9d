"""What is done for access while nobody waits."""

from celery import shared_task
from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore
from django.utils import timezone

from access.cases import escalate, review_emergencies
from access.log_check import check_pages
from access.log_months import make_months
from access.models import UsedProof
from access.notices import notice_looks, send_notices
from access.operations import end_stale_sessions, forget_launches
from access.sealing import anchor, erase_expired, seal, watch_sealing
from access.unassessed import escalate_unassessed, release_overdue
from access.watching import watch, watch_organizations


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


@shared_task
def seal_log(**kwargs: object) -> None:
    """All that has been written is sealed and handed out, where there is a key for it;
    elsewhere that is another process's work."""
    if not settings.SEAL_KEY:
        return
    while seal():
        pass
    anchor()


@shared_task
def watch_log(**kwargs: object) -> None:
    """Whoever seals cannot be the one to tell that it has stopped."""
    watch_sealing()


@shared_task
def check_log_pages(**kwargs: object) -> None:
    """What patients are shown of the log is the log."""
    check_pages()


@shared_task
def watch_looks(**kwargs: object) -> None:
    """Yesterday's looks, by the rules."""
    watch()
    watch_organizations()


@shared_task
def follow_cases(**kwargs: object) -> None:
    """Emergencies become cases, and late ones are told of."""
    review_emergencies()
    escalate()


@shared_task
def follow_unassessed(**kwargs: object) -> None:
    """Answers nobody assesses are told of, and shown where a policy says when."""
    release_overdue()
    escalate_unassessed()


@shared_task
def erase_log(**kwargs: object) -> None:
    """What the law no longer wants kept of the log; done by the process that seals."""
    if settings.SEAL_KEY:
        while erase_expired():
            pass


@shared_task
def send_waiting_notices(**kwargs: object) -> None:
    """What patients are to be told goes to the outbox."""
    notice_looks()
    send_notices()
