"""`manage.py demo_token`: two header lines for curl, and only in the demonstration."""

import jwt
import pytest
from django.core.management import CommandError, call_command


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


@pytest.mark.parametrize("arguments", [["ola"], ["nordlab-send", "--scope", "openid"]])
def test_demo_token_gives_nothing_else(arguments):
    with pytest.raises(CommandError):
        call_command("demo_token", *arguments)
