"""`manage.py demo_token`: two header lines for curl, and only in the demonstration."""

import jwt
import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from tests.cast import KARI, LILLEVIK_LEGESENTER, OLA, a_record_system, employed
from tests.ehr.record_system import claims_about
from tests.portal.accounts.browser import a_provider


def test_no_token_is_given_away_where_people_are_real(settings):
    settings.IS_DEMONSTRATION = False

    with pytest.raises(CommandError):
        call_command("demo_token", "nordlab-send")


def test_demo_token_prints_two_header_lines(capsys):
    call_command("demo_token", "nordlab-send", "--method", "get", "--url", "http://x/y")

    authorization, proof = capsys.readouterr().out.splitlines()
    assert authorization.startswith("Authorization: DPoP ")
    claims = jwt.decode(
        proof.removeprefix("DPoP: "), options={"verify_signature": False}
    )
    assert (claims["htm"], claims["htu"]) == ("GET", "http://x/y")


def printed(capsys, *arguments) -> dict[str, str]:
    call_command("demo_token", *arguments)
    lines = capsys.readouterr().out.splitlines()
    return dict(line.split(": ", 1) for line in lines)


def test_ola_calls_through_his_record_system(capsys):
    headers = printed(capsys, "ola")

    proof = jwt.decode(headers["DPoP"], options={"verify_signature": False})
    assert proof["htu"].endswith("/api/session/create")
    token = headers["Authorization"].removeprefix("DPoP ")
    claims = jwt.decode(token, options={"verify_signature": False})
    assert (claims["name"], claims["aud"]) == ("Ola Lind", "nhn:kjernejournal")


def test_the_scope_decides_whom_the_token_is_for(capsys):
    headers = printed(capsys, "ola", "--scope", "provesvar:portal")

    token = headers["Authorization"].removeprefix("DPoP ")
    claims = jwt.decode(token, options={"verify_signature": False})
    assert "provesvar:portal" in claims["scope"].split()
    assert claims["aud"] == "provesvar:api"


def test_the_icon_is_asked_for_with_a_bearer_token(capsys):
    headers = printed(capsys, "ola", "--bearer")

    assert headers.keys() == {"Authorization"}
    assert headers["Authorization"].startswith("Bearer ")


@pytest.mark.django_db
def test_what_is_printed_opens_kari(capsys, monkeypatch):
    a_provider(monkeypatch)
    employed(OLA)
    a_record_system(LILLEVIK_LEGESENTER)
    headers = printed(capsys, "ola")
    body = {"ehr_code_challenge": "x" * 43, "claims": claims_about(KARI)}

    answer = Client(headers={"host": "localhost:8000"}).post(
        "/api/session/create",
        body,
        content_type="application/json",
        headers={"X-SOURCE-SYSTEM": "curl", **headers},
    )

    assert answer.status_code == 200


@pytest.mark.parametrize(
    "arguments",
    [
        ["kari"],
        ["siri"],
        ["nobody"],
        ["nordlab-send", "--scope", "openid"],
        ["nordlab-send", "--bearer"],
    ],
)
def test_demo_token_gives_nothing_else(arguments):
    with pytest.raises(CommandError):
        call_command("demo_token", *arguments)
