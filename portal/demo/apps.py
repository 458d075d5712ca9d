"""The demonstration: cast, synthetic messages and a local identity provider."""

from pathlib import Path

from django.apps import AppConfig
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured


class DemoConfig(AppConfig):
    name = "portal.demo"
    verbose_name = "Demonstrasjon"

    def ready(self) -> None:
        """Refuse to be part of an installation that holds real people."""
        if not settings.IS_DEMONSTRATION:
            raise ImproperlyConfigured(
                "portal.demo belongs to the demonstration alone: leave it out of "
                "INSTALLED_APPS when DATABASE_URL is set."
            )
        # The file broker expects its folders; any command may send to it.
        if settings.CELERY_BROKER_URL.startswith("filesystem"):
            for folder in settings.CELERY_BROKER_TRANSPORT_OPTIONS.values():
                Path(folder).mkdir(parents=True, exist_ok=True)
