"""A clock that stands, and a laboratory that may send."""

import pytest
import time_machine

from portal.demo import people
from results.ingestion import receive
from results.ingestion.watch import pressure
from results.operations import register_organization, register_source_system

from .watched import MONDAY


@pytest.fixture
def clock(monkeypatch):
    monkeypatch.setattr(receive.tasks, "wake", lambda: None)
    pressure.forget()
    with time_machine.travel(MONDAY, tick=False) as traveller:
        yield traveller
    pressure.forget()


@pytest.fixture
def nordlab() -> receive.Channel:
    organization = register_organization(
        name="Nordlab", her_id=people.NORDLAB.organization.her_id
    )
    register_source_system(
        name="Nordlab", client_id="nordlab-send", organization_id=organization.id
    )
    return receive.channel_of("nordlab-send")
