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
