"""The Django application that decides, and keeps the log."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class AccessConfig(AppConfig):
    name = "access"
    verbose_name = "Tilgang"

    def ready(self) -> None:
        from access.models.database_rights import grant_application_rights
        from access.operations import merging

        post_migrate.connect(grant_application_rights, sender=self)
        merging.connect()
