"""`manage.py load_demonstration`: what it says, and what is there afterwards."""

import io
import socket

import pytest
from django.core.management import CommandError, call_command
from rest_framework.test import APIClient

from portal.api.authentication import ClientToken
from portal.demo.front_door import Refused
from portal.demo.management.commands import load_demonstration
from portal.demo.provider.clients import SEND_SCOPE
from results.ingestion import inbox, receive
from results.models import (
    Coding,
    DiagnosticReport,
    Patient,
    ReceivedMessage,
    SourceSystem,
)
from results.vocabulary import MessageOutcome

pytestmark = pytest.mark.django_db


class ShortWay:
    """The front door without the network between: the API's own views, in this very
    transaction, and a worker that is always prompt."""

    def __init__(self, credentials, *, port):
        self.client = APIClient()

    def send(self, content, *, client_id):
        self.be(client_id)
        response = self.client.post(
            "/api/messages",
            content,
            content_type="application/xml",
            HTTP_PREFER="wait=0",
        )
        if response.status_code not in (200, 202):
            raise Refused(response.status_code, response.content)
        return response["Location"]

    def receipt_status(self, location, *, client_id):
        inbox.drain(seconds=5)
        self.be(client_id)
        return 1 if self.client.get(location).status_code == 200 else 2

    def be(self, client_id):
        token = ClientToken(client_id, frozenset({SEND_SCOPE}), issuer="test")
        self.client.force_authenticate(token=token)

    def close(self):
        """Nothing to let go."""


@pytest.fixture(autouse=True)
def _own_state(settings, tmp_path, monkeypatch):
    settings.STATE_DIR = tmp_path
    monkeypatch.setattr(receive.tasks, "wake", lambda: None)


@pytest.fixture
def _short_way(monkeypatch):
    monkeypatch.setattr(load_demonstration, "FrontDoor", ShortWay)


def load(patients: int = 1) -> str:
    told = io.StringIO()
    call_command("load_demonstration", patients=patients, stdout=told)
    return told.getvalue()


def test_when_the_service_is_not_running_it_says_how_to_start_it(settings):
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        settings.PORT = str(unused.getsockname()[1])

        with pytest.raises(CommandError, match="make run"):
            load()

    assert not ReceivedMessage.objects.exists()


@pytest.mark.usefixtures("_short_way")
def test_a_sender_who_is_switched_off_is_told_so(monkeypatch):
    def register_nobody():
        SourceSystem.objects.update(is_active=False)

    monkeypatch.setattr(load_demonstration, "register_everyone", register_nobody)

    with pytest.raises(CommandError, match="403"):
        load()

    assert not DiagnosticReport.objects.exists()


@pytest.mark.usefixtures("_short_way")
def test_refused_reports_are_not_passed_over_in_silence(monkeypatch):
    monkeypatch.setattr(ShortWay, "receipt_status", lambda *_args, **_more: 2)

    with pytest.raises(CommandError, match="ble avvist"):
        load()


@pytest.mark.usefixtures("_short_way")
def test_karis_reports_arrive_once_however_often_it_is_run(settings):
    told = load()

    sent = ReceivedMessage.objects.count()
    assert f"{sent} prøvesvar sendt inn og behandlet." in told
    assert not ReceivedMessage.objects.exclude(outcome=MessageOutcome.STORED).exists()
    assert 40 < DiagnosticReport.objects.count() <= sent
    about = DiagnosticReport.objects.values_list("patient_id", flat=True)
    assert Patient.objects.filter(pk__in=about).count() == 1
    assert Coding.objects.filter(code="NPU27300").exists()

    assert "fra før" in load()
    (settings.STATE_DIR / "demonstration.json").write_text("{}")
    load()

    assert ReceivedMessage.objects.count() == sent
