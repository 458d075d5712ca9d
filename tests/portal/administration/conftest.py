"""A message no worker could take, one with a rival, and one that became a report."""

import pytest

from results.ingestion import inbox, tasks
from tests.builders import a_message, a_number
from tests.portal.administration.operators import arrived, siri, turid


@pytest.fixture(autouse=True)
def _nobody_is_woken(monkeypatch):
    monkeypatch.setattr(tasks, "wake", lambda: None)


@pytest.fixture(name="siri")
def _siri():
    return siri()


@pytest.fixture(name="turid")
def _turid():
    return turid()


@pytest.fixture
def stored():
    return arrived(a_message())


@pytest.fixture
def conflict(stored):
    return arrived(a_message(results=[a_number(number="99.9")]))


@pytest.fixture
def poison(monkeypatch):
    def fails(batch, **rest):
        raise MemoryError

    with monkeypatch.context() as failing:
        failing.setattr(inbox, "process", fails)
        return arrived(a_message())
