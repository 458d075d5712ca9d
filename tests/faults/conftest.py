"""The suite's own database, made once, as new for each test; Nordlab may send."""

import os
import random
import time

import django
import pytest

django.setup()

from results.ingestion import receive  # noqa: E402
from results.ingestion.watch import pressure  # noqa: E402
from tests.faults import database  # noqa: E402
from tests.faults.invariant import say  # noqa: E402
from tests.faults.workers import Workers  # noqa: E402


@pytest.fixture(scope="session", autouse=True)
def server():
    database.keep_pristine()
    start = time.monotonic()
    yield
    database.close()
    say(
        "all",
        kills=Workers.total,
        seconds=round(time.monotonic() - start),
        load=[round(n, 1) for n in os.getloadavg()],
    )


@pytest.fixture(autouse=True)
def nordlab(server, monkeypatch):
    """Nordlab is registered, its receipts are fetched; nobody is woken."""
    from tests import cast

    database.begin_anew()
    pressure.forget()
    monkeypatch.setattr(receive.tasks, "wake", lambda: None)
    cast.a_laboratory_that_may_send(cast.NORDLAB)
    yield
    database.close()


@pytest.fixture
def rng() -> random.Random:
    return random.Random(int(os.environ["FAULTS_SEED"]))
