"""Keys change, theirs and ours, and nobody notices but who holds an old one."""

import pytest
import time_machine

from access.authentication import provider_of, public_key_of, publications
from access.models import User
from portal.demo.provider import Forgery, Provider
from portal.keys import new_signing_key
from tests.cast import OLA
from tests.portal.accounts.browser import (
    CLINICIAN,
    Browser,
    a_provider,
    code_on,
    connect,
)
from tests.portal.visiting import FRONT, somebody

pytestmark = pytest.mark.django_db


@pytest.fixture
def helseid(settings):
    """Change how HelseID is configured."""

    def configure(**changed) -> None:
        own = {**settings.OIDC_PROVIDERS["helseid"], **changed}
        settings.OIDC_PROVIDERS = {**settings.OIDC_PROVIDERS, "helseid": own}

    return configure


@pytest.fixture
def later(monkeypatch):
    """Let time pass since the provider's keys were last fetched."""
    clock = {"now": 1000.0}
    monkeypatch.setattr(publications.time, "monotonic", lambda: clock["now"])

    def pass_by(seconds: int) -> None:
        clock["now"] += seconds

    return pass_by


def sign_in(provider):
    return Browser(CLINICIAN, provider).sign_in(OLA)


def test_helseids_new_key_is_found_when_it_is_first_used(monkeypatch, later):
    provider = a_provider(monkeypatch)
    assert sign_in(provider).status_code == 302
    later(11)

    provider.issuers["helseid"].mint.change_key()

    assert sign_in(provider).status_code == 302


def test_a_key_helseid_does_not_publish_is_nobodys(monkeypatch, later):
    provider = a_provider(monkeypatch)
    sign_in(provider)
    later(11)

    provider.issuers["helseid"].mint.change_key(is_published=False)

    assert code_on(sign_in(provider)) == "TOKEN_KEY"


def test_a_key_helseid_has_withdrawn_is_worth_nothing_within_the_hour(
    monkeypatch, later
):
    provider = a_provider(monkeypatch)
    sign_in(provider)
    mint = provider.issuers["helseid"].mint
    stolen, name = mint._pem, mint.key_id
    mint.change_key()
    mint.withdraw_old_keys()
    later(60 * 60 + 1)

    mint._pem = stolen

    assert mint.key_id == name
    assert code_on(sign_in(provider)) == "TOKEN_KEY"


def test_we_change_our_key_with_both_published_meanwhile(monkeypatch, helseid):
    old, new = provider_of("helseid").client_key, new_signing_key()
    helseid(client_key=old, other_key=new)
    provider = Provider()
    connect(monkeypatch, provider)
    assert sign_in(provider).status_code == 302

    helseid(client_key=new, other_key=old)
    connect(monkeypatch, provider)

    assert sign_in(provider).status_code == 302


def test_a_key_we_have_not_published_signs_nobody_in(monkeypatch, helseid):
    provider = Provider()
    helseid(client_key=new_signing_key())
    connect(monkeypatch, provider)

    answer = Browser(CLINICIAN, provider).client.get("/innlogging/helseid/start/")

    assert code_on(answer) == "REQUEST_REFUSED"
    assert not User.objects.exists()


def published(key: str) -> list[dict]:
    answer = somebody(FRONT).get(f"/innlogging/{key}/nokler/")
    assert answer.status_code == 200
    assert answer["Content-Type"] == "application/jwk-set+json"
    return answer.json()["keys"]


@pytest.mark.parametrize("key", ["helseid", "idporten"])
def test_our_public_key_is_there_for_the_provider_to_read(key):
    (found,) = published(key)

    assert found == public_key_of(provider_of(key).client_key)
    assert found["use"] == "sig"
    assert found["kid"]
    assert "d" not in found


def test_while_we_change_keys_both_are_there(helseid):
    new = new_signing_key()
    helseid(other_key=new)

    names = [found["kid"] for found in published("helseid")]

    assert names[1] == public_key_of(new)["kid"]
    assert len(set(names)) == 2
    assert all("d" not in found for found in published("helseid"))


def test_another_way_of_signing_is_taken_where_it_is_configured(monkeypatch, helseid):
    """PS256 is refused otherwise: see «signed in another way» in test_refused.py."""
    helseid(algorithms=("ES256", "PS256"))

    provider = a_provider(monkeypatch, forgery=Forgery.OTHER_ALGORITHM)

    assert sign_in(provider).status_code == 302


def test_an_algorithm_that_is_no_longer_configured_is_refused(monkeypatch, helseid):
    helseid(algorithms=("RS256",))

    assert code_on(sign_in(a_provider(monkeypatch))) == "TOKEN_ALGORITHM"


@pytest.mark.parametrize("seconds", [6, -66])
def test_a_clock_too_far_off_is_not_forgiven(monkeypatch, seconds):
    """The token is good from now for a minute; five seconds either way are let pass."""
    provider = a_provider(monkeypatch)
    ola = Browser(CLINICIAN, provider)
    address = ola.choose(OLA, ola.start())
    import time

    redeem = provider.issuers["helseid"].tokens.issue

    def by_another_clock(form, proof):
        answer = redeem(form, proof)
        id_token = answer["id_token"]
        return {**answer, "id_token": _moved(provider, id_token, seconds)}

    monkeypatch.setattr(provider.issuers["helseid"].tokens, "issue", by_another_clock)
    with time_machine.travel(time.time(), tick=False):
        answer = ola.return_to(address)

    assert code_on(answer) in ("TOKEN_EARLY", "TOKEN_EXPIRED")


def _moved(provider, token: str, seconds: int) -> str:
    import jwt

    claims = jwt.decode(token, options={"verify_signature": False})
    moved = {name: claims[name] + seconds for name in ("iat", "exp")}
    return provider.issuers["helseid"].mint.sign({**claims, **moved}, token_type="JWT")
