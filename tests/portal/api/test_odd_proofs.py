"""Proofs with the wrong kind of thing in the right place: refused, never a fault."""

import base64
import hashlib
import json
import time

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from jwt.algorithms import RSAAlgorithm

from access.authentication import base64url, public_key_of, thumbprint
from portal.api.proof import InvalidProof, check_proof
from portal.keys import new_signing_key

PEM = new_signing_key()
URL = "https://provesvar.example/api/messages"
TOKEN = "a.b.c"
PUBLIC = {m: public_key_of(PEM)[m] for m in ("kty", "crv", "x", "y")}


def a_proof(*, header=None, key=PEM, algorithm="ES256", **changed) -> str:
    """A good proof, with claims or header members changed, or (None) left out."""
    claims = {
        "jti": "once",
        "htm": "POST",
        "htu": URL,
        "iat": int(time.time()),
        "ath": base64url(hashlib.sha256(TOKEN.encode()).digest()),
        **changed,
    }
    headers = {"typ": "dpop+jwt", "jwk": PUBLIC, **(header or {})}
    content = json.dumps({k: v for k, v in claims.items() if v is not None}).encode()
    return jwt.PyJWS().encode(content, key, algorithm=algorithm, headers=headers)


def check(proof: str, **options):
    options = {"access_token": TOKEN, **options}
    return check_proof(proof, method="POST", url=URL, **options)


def assert_refused(proof: str, **options) -> None:
    with pytest.raises(InvalidProof):
        check(proof, **options)


def test_a_good_proof_names_its_key():
    proof = check(a_proof(nonce="from us"))

    assert proof.thumbprint == thumbprint(PUBLIC)
    assert (proof.proof_id, proof.nonce, proof.has_token_hash) == (
        "once",
        "from us",
        True,
    )


NO_MOMENTS = [None, True, "now", "1", "", [], {}, [1], -1, 0, 1e308, float("inf")]
NO_NAMES = [None, True, 7, 7.5, "", [], {}, ["once"], {"once": 1}, "x" * 257]
NO_HASHES = [None, True, 7, "", [], {}, ["a"], "é" * 43, "x" * 43, "=" * 44]


@pytest.mark.parametrize("iat", NO_MOMENTS, ids=str)
def test_a_time_that_is_none(iat):
    assert_refused(a_proof(iat=iat))


@pytest.mark.parametrize("jti", NO_NAMES, ids=range(len(NO_NAMES)))
def test_a_name_that_is_none(jti):
    assert_refused(a_proof(jti=jti))


@pytest.mark.parametrize("ath", NO_HASHES, ids=range(len(NO_HASHES)))
def test_a_hash_of_the_token_that_is_none(ath):
    assert_refused(a_proof(ath=ath))


@pytest.mark.parametrize("htm", [None, 7, ["POST"], "post", "POST "], ids=str)
def test_a_method_that_is_another(htm):
    assert_refused(a_proof(htm=htm))


@pytest.mark.parametrize(
    "htu",
    [
        None,
        7,
        [URL],
        "",
        "/api/messages",
        "https://provesvar.example:444/api/messages",
        "https://ola@provesvar.example/api/messages",
        "https://provesvar.example/api/messages/",
        "https://provesvar.example.ond.example/api/messages",
        "https://provesvar.example:x/api/messages",
    ],
    ids=str,
)
def test_an_address_that_is_another(htu):
    assert_refused(a_proof(htu=htu))


@pytest.mark.parametrize(
    "htu",
    [
        "HTTPS://PROVESVAR.EXAMPLE/api/messages",
        "https://provesvar.example:443/api/messages",
        f"{URL}?a=1",
        f"{URL}#b",
    ],
)
def test_the_same_address_written_otherwise(htu):
    assert check(a_proof(htu=htu))


@pytest.mark.parametrize("seconds", [-14, -1, 0, 4])
def test_a_clock_within_what_is_stated(seconds):
    assert check(a_proof(iat=time.time() + seconds))


@pytest.mark.parametrize("seconds", [-17, 7])
def test_a_clock_beyond_it(seconds):
    assert_refused(a_proof(iat=time.time() + seconds))


@pytest.mark.parametrize(
    "member", [{"x": 7}, {"x": ""}, {"x": "!"}, {"crv": "P-999"}, {"kty": "OKP"}]
)
def test_a_key_that_is_none(member):
    assert_refused(a_proof(header={"jwk": {**PUBLIC, **member}}))


@pytest.mark.parametrize("jwk", [None, 7, "x", [], {}, [{}]], ids=str)
def test_a_key_that_is_not_even_an_object(jwk):
    assert_refused(a_proof(header={"jwk": jwk}))


def a_proof_by_rsa(bits: int, *, exponent: int = 65537, **members) -> str:
    key = rsa.generate_private_key(public_exponent=exponent, key_size=bits)
    public = RSAAlgorithm.to_jwk(key.public_key(), as_dict=True)
    jwk = {m: public[m] for m in ("kty", "n", "e")} | members
    return a_proof(key=key, algorithm="RS256", header={"jwk": jwk})


def test_an_rsa_key_of_usual_size_will_do():
    assert check(a_proof_by_rsa(2048))


@pytest.mark.filterwarnings("ignore:The RSA key is 1024 bits")
def test_an_rsa_key_that_is_weak_or_slow_will_not():
    assert_refused(a_proof_by_rsa(1024))
    assert_refused(a_proof_by_rsa(2048, n="A" * 4000))
    assert_refused(a_proof_by_rsa(2048, e="A" * 300))


def nested(depth: int) -> str:
    return base64.urlsafe_b64encode(b"[" * depth).rstrip(b"=").decode()


def test_a_header_nested_beyond_reason():
    assert_refused(f"{nested(9000)}.e30.x")


def test_content_nested_beyond_reason():
    deep = jwt.PyJWS().encode(
        b'{"jti":' + b"[" * 9000,
        PEM,
        algorithm="ES256",
        headers={"typ": "dpop+jwt", "jwk": PUBLIC},
    )

    assert_refused(deep)


@pytest.mark.parametrize("content", [b"[]", b"7", b'"x"', b"null", b"\xff", b""])
def test_content_that_is_no_object(content):
    proof = jwt.PyJWS().encode(
        content,
        PEM,
        algorithm="ES256",
        headers={"typ": "dpop+jwt", "jwk": PUBLIC},
    )

    assert_refused(proof)


def test_a_hash_may_be_lacking_where_that_is_known_and_nowhere_else():
    bare = a_proof(ath=None)

    assert_refused(bare)
    assert not check(bare, may_lack_token_hash=True).has_token_hash


def test_a_hash_that_is_there_must_fit_there_too():
    assert_refused(a_proof(ath="x" * 43), may_lack_token_hash=True)
