"""The Django project and everything people and systems meet."""

from portal.celery import app as celery_app

__all__ = ["celery_app"]
