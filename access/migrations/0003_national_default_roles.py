"""A new installation starts with the national default of who may open answers."""

import datetime

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

_SOURCE = "Nasjonalt standardoppsett ved installasjon"
_OPEN = ("LE", "SP", "PS", "JO", "VP")
_ONLY_IN_EMERGENCY = ("AA", "PM")


def add_defaults(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    capability = apps.get_model("access", "RoleCapability")
    for role_code in (*_OPEN, *_ONLY_IN_EMERGENCY):
        capability.objects.create(
            role_code=role_code,
            may_open=True,
            may_use_emergency=True,
            only_in_emergency=role_code in _ONLY_IN_EMERGENCY,
            valid_from=datetime.date(2020, 1, 1),
            source=_SOURCE,
        )


def remove_defaults(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    capability = apps.get_model("access", "RoleCapability")
    capability.objects.filter(source=_SOURCE).delete()


class Migration(migrations.Migration):
    dependencies = [("access", "0002_log_is_append_only")]

    operations = [migrations.RunPython(add_defaults, remove_defaults)]
