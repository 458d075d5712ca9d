"""What holds for every test: bokmål, and nothing remembered from the test before."""

import pytest
from django.conf import settings
from django.utils import translation
from xdist.scheduler import LoadScopeScheduling

from results import codes
from results.ingestion.watch import coverage


@pytest.fixture(autouse=True, scope="session")
def _journal_within_the_test():
    """A test is one transaction on one connection; what it leaves must go with it."""
    settings.JOURNAL_DATABASE = "default"
    settings.SEALER_DATABASE = "default"


@pytest.fixture(autouse=True)
def _nothing_left_over():
    """A request leaves its language behind in the thread, a look-up its codes."""
    translation.activate(settings.LANGUAGE_CODE)
    codes.forget()
    coverage.forget()
    yield
    translation.activate(settings.LANGUAGE_CODE)


class OneForJourneys(LoadScopeScheduling):
    """Journeys share a service and a browser, hence a worker; all else is spread.

    Instead of `--dist loadgroup`, which with pytest 9.2 groups nothing and does not
    say so (pytest-xdist issue 1386).
    """

    def _split_scope(self, nodeid: str) -> str:
        return "journeys" if nodeid.startswith("tests/journeys/") else nodeid


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config, log):
    return OneForJourneys(config, log)
