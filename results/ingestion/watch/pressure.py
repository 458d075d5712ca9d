"""Whether intake is open: not when the disk is nearly full, or the work piles up.

Senders keep what we do not take, and try again. Reading goes on. Measured at most once
a second in a process.
"""

import datetime
import shutil
import threading
import time

from django.conf import settings
from django.db.models import Min, Q
from django.utils import timezone

from results.ingestion.watch.troubles import Trouble
from results.models import ReceivedMessage
from results.vocabulary import MessageOutcome

RETRY_AFTER = 120  # seconds, which we ask senders to wait
_MEASURED_FOR = 1.0
_lock = threading.Lock()
_known: tuple[float, Trouble | None] | None = None


def why_closed() -> Trouble | None:
    """Why nothing is taken in just now; None when intake is open."""
    global _known
    with _lock:
        now = time.monotonic()
        if _known is None or now - _known[0] >= _MEASURED_FOR:
            _known = (now, measure())
        return _known[1]


def forget() -> None:
    """Measure anew when next asked."""
    global _known
    with _lock:
        _known = None


def measure() -> Trouble | None:
    """As `why_closed`, but measured now."""
    room = free_room()
    if room is not None and room * 100 < settings.INTAKE_LEAST_ROOM:
        return Trouble.DISK
    if _is_waiting_too_long():
        return Trouble.INTAKE_BACKLOG
    if _are_too_many_in_quarantine():
        return Trouble.INTAKE_QUARANTINE
    return None


def free_room() -> float | None:
    """The free part of the data volume, 0 to 1; None where none is named."""
    if not settings.DATA_VOLUME:
        return None
    try:
        usage = shutil.disk_usage(settings.DATA_VOLUME)
    except OSError:
        return None
    return usage.free / usage.total


def _is_waiting_too_long() -> bool:
    waiting = ReceivedMessage.objects.filter(outcome=MessageOutcome.RECEIVED)
    oldest = waiting.aggregate(at=Min("received_at"))["at"]
    longest = datetime.timedelta(minutes=settings.INTAKE_LONGEST_WAIT)
    return oldest is not None and timezone.now() - oldest > longest


def _are_too_many_in_quarantine() -> bool:
    """Counted no further than it must be."""
    most = settings.INTAKE_MOST_IN_QUARANTINE
    held = ReceivedMessage.objects.filter(Q(outcome=MessageOutcome.QUARANTINED))
    return held.order_by().values("pk")[most : most + 1].exists()
