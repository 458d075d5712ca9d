"""Celery: wake, and drain the inbox; nothing but «there is work» is ever sent."""

import logging

from celery import shared_task

from results.ingestion import inbox

logger = logging.getLogger(__name__)

DRAIN_SECONDS = 30.0
_WAKE_EXPIRES = 30


@shared_task
def drain() -> None:
    """Process what waits; runs when woken, and every few seconds by the clock."""
    inbox.drain(seconds=DRAIN_SECONDS)


def wake() -> None:
    """Tell a worker that there is work. A dead broker costs a moment, never a message:
    the clock finds what lies."""
    try:
        drain.apply_async(expires=_WAKE_EXPIRES, retry=False)
    except Exception as error:
        logger.warning("could not wake a worker: %s", type(error).__name__)
