"""Do the work of a worker, once or for ever, without a broker."""

import logging
import time
from argparse import ArgumentParser
from contextlib import suppress
from typing import Any

from celery import current_app
from celery.beat import ScheduleEntry, Scheduler
from django.core.management.base import BaseCommand
from django.db import close_old_connections

logger = logging.getLogger(__name__)

_DRAIN = "results.ingestion.tasks.drain"


class OwnHands(Scheduler):  # type: ignore[misc]
    """Beat's clock and schedule, but what is due is done here and now, not sent."""

    producer = None  # beat's would look for the broker

    def install_default_entries(self, data: object) -> None:
        """Celery's own tidying is of results, which we keep none of."""

    def apply_entry(self, entry: ScheduleEntry, producer: object = None) -> None:
        close_old_connections()
        try:
            self.app.tasks[entry.task](*entry.args, **entry.kwargs)
        except Exception as error:
            # The database may be away for a while; the work lies where it lay.
            logger.error("%s failed: %s", entry.task, type(error).__name__)


class Command(BaseCommand):
    """`manage.py drain [--forever]`: what a worker and beat do together, in turn."""

    help = (
        "Behandle det som venter i innboksen. Med --forever: gjør alt en arbeider og "
        "beat ellers gjør, uten meldingskø, til den blir stoppet."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--forever", action="store_true")

    def handle(self, *args: object, **options: Any) -> None:  # noqa: ANN401
        current_app.loader.import_default_modules()
        if not options["forever"]:
            current_app.tasks[_DRAIN]()
            return
        clock = OwnHands(current_app)
        with suppress(KeyboardInterrupt):
            while True:
                time.sleep(max(0.0, clock.tick()))  # beat's clock may be late
