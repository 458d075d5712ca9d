"""What holds for every test: bokmål, and nothing remembered from the test before."""

import pytest
from django.conf import settings
from django.utils import translation

from results import codes


@pytest.fixture(autouse=True)
def _nothing_left_over():
    """A request leaves its language behind in the thread, a look-up its codes."""
    translation.activate(settings.LANGUAGE_CODE)
    codes.forget()
    yield
    translation.activate(settings.LANGUAGE_CODE)
