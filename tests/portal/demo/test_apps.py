"""The demonstration stays out of installations that hold real people."""

import pytest
from django.apps import apps
from django.core.exceptions import ImproperlyConfigured


def test_the_demonstration_refuses_a_real_installation(settings):
    settings.IS_DEMONSTRATION = False

    with pytest.raises(ImproperlyConfigured, match="demonstration alone"):
        apps.get_app_config("demo").ready()


def test_the_demonstration_loads_where_it_belongs(settings):
    settings.IS_DEMONSTRATION = True

    apps.get_app_config("demo").ready()


def test_another_broker_than_files_has_no_folders(settings):
    settings.CELERY_BROKER_URL = "amqp://127.0.0.1:1//"
    settings.CELERY_BROKER_TRANSPORT_OPTIONS = {"confirm_publish": True}

    apps.get_app_config("demo").ready()
