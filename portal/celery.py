"""The Celery application; tasks are found in the packages below."""

import os
from pathlib import Path

from celery import Celery
from django.conf import settings

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")

app = Celery("provesvar")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks(["results.ingestion", "access"])

# The demonstration's broker is a folder, which must be there before it is asked.
for folder in getattr(settings, "CELERY_BROKER_TRANSPORT_OPTIONS", {}).values():
    Path(folder).mkdir(parents=True, exist_ok=True)
