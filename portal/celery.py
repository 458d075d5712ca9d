"""The Celery application; tasks are found in the packages below."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")

app = Celery("provesvar")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks(["results.ingestion", "access"])
