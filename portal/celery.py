"""The Celery application; tasks are found in the packages below."""

import os
import resource

from celery import Celery
from celery.signals import worker_process_init, worker_process_shutdown

from portal import file_broker

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
file_broker.register()

app = Celery("provesvar")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks(["results.ingestion", "access"])
_MIB = 1024 * 1024


@worker_process_init.connect
def wall_in(**kwargs: object) -> None:
    """A message that eats memory costs one attempt, not the machine."""
    from django.conf import settings  # known once the application is configured

    if limit := settings.WORKER_MEMORY_LIMIT * _MIB:
        _, hardest = resource.getrlimit(resource.RLIMIT_AS)
        resource.setrlimit(resource.RLIMIT_AS, (limit, hardest))


@worker_process_shutdown.connect
def take_leave(**kwargs: object) -> None:
    """Who ends in good order is not missed; who is killed leaves a trace."""
    from results.ingestion import tasks  # needs the application registry

    tasks.take_leave()
