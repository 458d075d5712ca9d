"""What lies beneath a login: our assertion, the provider's keys, used proofs."""

import datetime
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import jwt
import pytest
import time_machine

from access.authentication import (
    LoginRefused,
    Provider,
    Refusal,
    client_assertion,
    provider_of,
    public_key_of,
    publications,
    thumbprint,
    use_proof_once,
)
from access.authentication.publications import Publication
from access.models import UsedProof
from access.tasks import forget_used_proofs
from portal.keys import new_signing_key

KEYS = [public_key_of(new_signing_key()) for _ in range(2)]


class Clock:
    """Monotonic time that a test moves on."""

    def __init__(self, monkeypatch) -> None:
        self.now = 1000.0
        monkeypatch.setattr(publications.time, "monotonic", lambda: self.now)


class Published:
    """A provider's documents, and how often each was fetched."""

    def __init__(self, monkeypatch, provider: Provider) -> None:
        self.provider = provider
        self.keys = [KEYS[0]]
        self.fetched: list[str] = []
        monkeypatch.setattr(publications, "get_json", self.get_json)

    def get_json(self, provider, url):
        self.fetched.append(url.rpartition("/")[2])
        if url.endswith("openid-configuration"):
            return {"issuer": provider.issuer, "jwks_uri": f"{provider.issuer}/jwks"}
        return {"keys": self.keys}


@pytest.fixture
def clock(monkeypatch) -> Clock:
    return Clock(monkeypatch)


@pytest.fixture
def published(monkeypatch) -> Published:
    return Published(monkeypatch, provider_of("helseid"))


def test_our_assertion_is_as_helseid_demands():
    provider = provider_of("helseid")
    assertion = client_assertion(provider)

    header = jwt.get_unverified_header(assertion)
    claims = jwt.decode(assertion, options={"verify_signature": False})
    assert header["typ"] == "client-authentication+jwt"
    assert header["kid"] == public_key_of(provider.client_key)["kid"]
    assert claims["iss"] == claims["sub"] == provider.client_id
    assert claims["aud"] == provider.issuer
    assert claims["exp"] - time.time() <= 60


def test_no_two_assertions_are_the_same():
    provider = provider_of("helseid")
    names = {
        jwt.decode(client_assertion(provider), options={"verify_signature": False})[
            "jti"
        ]
        for _ in range(3)
    }

    assert len(names) == 3


def test_our_key_is_not_shown():
    assert "PRIVATE" not in repr(provider_of("helseid"))


def test_a_thumbprint_counts_the_key_and_nothing_beside_it():
    key = KEYS[0]

    assert thumbprint(key) == thumbprint({**key, "use": "enc", "kid": "x"})
    assert thumbprint(key) != thumbprint(KEYS[1])


@pytest.mark.parametrize("key", [{}, {"kty": "oct", "k": "x"}, {"kty": "EC", "x": "y"}])
def test_what_is_no_public_key_has_no_thumbprint(key):
    with pytest.raises(ValueError, match="public"):
        thumbprint(key)


def test_metadata_and_keys_are_fetched_once(clock, published):
    publication = Publication(published.provider)

    for _ in range(3):
        publication.signing_key(KEYS[0]["kid"], "ES256")

    assert published.fetched == ["openid-configuration", "jwks"]


def test_metadata_is_fetched_again_after_a_day(clock, published):
    publication = Publication(published.provider)
    assert publication.metadata
    clock.now += 24 * 60 * 60 + 1
    assert publication.metadata

    assert published.fetched == ["openid-configuration"] * 2


def test_a_new_key_is_found_when_a_token_names_it(clock, published):
    publication = Publication(published.provider)
    publication.signing_key(KEYS[0]["kid"], "ES256")
    published.keys = KEYS
    clock.now += 11

    assert publication.signing_key(KEYS[1]["kid"], "ES256")
    assert publication.signing_key(KEYS[0]["kid"], "ES256")


def test_those_who_come_while_the_keys_are_fetched_wait_for_them(
    published, monkeypatch
):
    publication = Publication(published.provider)
    fetch, all_have_asked = published.get_json, threading.Barrier(4)

    def ask():
        all_have_asked.wait(5)
        return publication.signing_key(KEYS[0]["kid"], "ES256")

    def slowly(provider, url):
        time.sleep(0.1)
        return fetch(provider, url)

    monkeypatch.setattr(publications, "get_json", slowly)
    with ThreadPoolExecutor(max_workers=4) as browsers:
        asked = [browsers.submit(ask) for _browser in range(4)]

        assert all(key.result() for key in asked)
    assert published.fetched.count("jwks") == 1


def test_made_up_keys_do_not_make_us_flood_the_provider(clock, published):
    publication = Publication(published.provider)
    publication.signing_key(KEYS[0]["kid"], "ES256")

    for number in range(20):
        clock.now += 1
        with pytest.raises(LoginRefused, match="TOKEN_KEY"):
            publication.signing_key(f"made up {number}", "ES256")

    assert published.fetched.count("jwks") <= 3


def test_a_withdrawn_key_is_forgotten_within_the_hour(clock, published):
    publication = Publication(published.provider)
    publication.signing_key(KEYS[0]["kid"], "ES256")
    published.keys = [KEYS[1]]
    clock.now += 60 * 60 + 1

    with pytest.raises(LoginRefused):
        publication.signing_key(KEYS[0]["kid"], "ES256")


def test_keys_we_have_serve_while_the_provider_is_away(clock, published, monkeypatch):
    publication = Publication(published.provider)
    publication.signing_key(KEYS[0]["kid"], "ES256")

    def away(provider, url):
        raise LoginRefused(Refusal.PROVIDER_UNAVAILABLE)

    monkeypatch.setattr(publications, "get_json", away)
    clock.now += 60 * 60 + 1

    assert publication.signing_key(KEYS[0]["kid"], "ES256")


@pytest.mark.parametrize(
    "key",
    [
        {"kty": "oct", "k": "c2VjcmV0", "kid": "odd"},
        {**KEYS[0], "kid": "odd", "use": "enc"},
        {**KEYS[0], "kid": "odd", "alg": "ES384"},
        {"kty": "EC", "crv": "P-256", "x": "AA", "y": "AA", "kid": "odd"},
        {"kty": "EC", "kid": ["odd"]},
        "odd",
    ],
    ids=["secret", "encrypting", "other algorithm", "no point", "no name", "text"],
)
def test_a_published_key_that_cannot_sign_is_passed_over(clock, published, key):
    published.keys = [KEYS[1], key]

    with pytest.raises(LoginRefused, match="TOKEN_KEY"):
        Publication(published.provider).signing_key("odd", "ES256")


@pytest.mark.django_db
def test_a_proof_is_used_once_for_each_key():
    assert use_proof_once(thumbprint="nordlab", proof_id="1")
    assert not use_proof_once(thumbprint="nordlab", proof_id="1")
    assert use_proof_once(thumbprint="nordlab", proof_id="2")
    assert use_proof_once(thumbprint="fjordlab", proof_id="1")


@pytest.mark.django_db
def test_used_proofs_are_forgotten_when_they_are_too_old_to_work():
    noon = datetime.datetime(2026, 3, 2, 12, tzinfo=datetime.UTC)
    with time_machine.travel(noon, tick=False):
        use_proof_once(thumbprint="nordlab", proof_id="old")
    with time_machine.travel(noon + datetime.timedelta(minutes=3), tick=False):
        use_proof_once(thumbprint="nordlab", proof_id="new")
        forget_used_proofs()

    assert UsedProof.objects.count() == 1
