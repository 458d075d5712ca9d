"""The local provider tells a client of a logout over HTTP, once, and gives up."""

import pytest
import requests

from portal.demo.provider import notices

ADDRESS = "http://helsepersonell.localhost:8000/innlogging/helseid/bakkanal/"


@pytest.fixture
def sent(monkeypatch) -> list:
    calls: list = []

    def post(url, **options):
        calls.append((url, options))
        answer = requests.Response()
        answer.status_code = 200
        return answer

    monkeypatch.setattr(notices.requests, "post", post)
    return calls


def test_the_token_goes_to_the_loopback_address_under_its_host(sent):
    notices._send(ADDRESS, "token")

    ((url, options),) = sent
    assert url == "http://127.0.0.1:8000/innlogging/helseid/bakkanal/"
    assert options["headers"]["Host"] == "helsepersonell.localhost:8000"
    assert options["data"] == {"logout_token": "token"}
    assert options["timeout"] == (2, 5)


def test_a_client_that_is_away_is_not_waited_for(monkeypatch, caplog):
    def away(url, **options):
        raise requests.ConnectionError

    monkeypatch.setattr(notices.requests, "post", away)
    notices._send(ADDRESS, "secret token")

    assert "could not be told" in caplog.text
    assert "secret" not in caplog.text
