"""Celery: once a day, erase what is past its days."""

import logging

from celery import shared_task

from results.operations import purging

logger = logging.getLogger(__name__)


@shared_task(time_limit=3600, soft_time_limit=3500)
def purge(**kwargs: object) -> None:
    """Counts alone are told; the proof is a `PurgeRecord` for each rule."""
    for purged in purging.purge():
        logger.info(
            "purged %s: %d removed, %d remain",
            purged.kind.value,
            purged.removed,
            purged.remaining,
        )
