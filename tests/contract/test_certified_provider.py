"""Our side against a certified provider, so that two of our own do not agree on a
misunderstanding. Skipped, and says why, where Node or its package is missing."""

import time
from urllib.parse import parse_qs, urlsplit

import jwt
import pytest
import requests
from django.test import Client

from access.authentication import (
    ASSERTION_TYPE,
    ActingFor,
    Provider,
    dpop_proof,
    provider_of,
    renew_login,
)
from access.authentication.exchange import _ask
from access.authentication.publications import publication_of
from portal.demo.provider.clients import machine_key
from tests.cast import (
    LILLEVIK_LEGESENTER,
    NORDLAB,
    a_laboratory_that_may_send,
)
from tests.contract.certified import (
    HELSEID,
    Visit,
    why_not,
)
from tests.portal.accounts.browser import code_on

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(bool(why_not()), reason=why_not() or "present"),
]


def test_kari_signs_in_on_the_highest_level_and_on_no_other(kari):
    visit, level = kari

    answer = visit.sign_in()

    if level == "idporten-loa-high":
        assert answer["Location"] == "/innbygger/"
        assert visit.client.get("/innbygger/").status_code == 200
    else:
        assert (answer.status_code, code_on(answer)) == (403, "LEVEL_TOO_LOW")


def test_ola_signs_in_and_helseid_vouches_for_his_practice(ola):
    answer = ola.sign_in()

    assert answer["Location"] == "/helsepersonell/"
    session = ola.client.session
    assert session["security_level"] == 4
    assert session["provider_session_id"]
    assert session["authenticated_at"] > time.time() - 60
    practice = ActingFor(LILLEVIK_LEGESENTER.organization_number)
    assert renew_login(session, acting_for=practice) == practice
    elsewhere = ActingFor("310000027", "310000035")
    assert renew_login(session, acting_for=elsewhere) == elsewhere


def test_signing_out_ends_it_there_and_the_word_comes_back(ola, letters):
    ola.sign_in()
    away = Visit(*HELSEID[:2])
    away.client.cookies = ola.client.cookies
    page = ola.client.post("/innlogging/ut/").content.decode()
    endpoint = publication_of(provider_of("helseid")).endpoint("end_session_endpoint")

    answer = ola.finish_logout(page, endpoint)

    assert answer.headers["Location"].endswith("/innlogging/avsluttet/")
    token = letters[-1]
    assert jwt.get_unverified_header(token)["typ"] == "logout+jwt"
    told = Client(headers={"host": HELSEID[0]}).post(
        "/innlogging/helseid/bakkanal/", {"logout_token": token}
    )
    assert told.status_code == 200


def test_the_word_alone_ends_the_session_here(ola, letters):
    ola.sign_in()
    page = {
        "id_token_hint": _id_token(ola),
        "client_id": provider_of("helseid").client_id,
        "post_logout_redirect_uri": f"http://{ola.host}/innlogging/avsluttet/",
    }
    form = "".join(f'name="{n}" value="{v}"' for n, v in page.items())
    endpoint = publication_of(provider_of("helseid")).endpoint("end_session_endpoint")
    ola.finish_logout(form, endpoint)
    assert ola.client.get("/helsepersonell/").status_code == 200

    Client(headers={"host": HELSEID[0]}).post(
        "/innlogging/helseid/bakkanal/", {"logout_token": letters[-1]}
    )

    assert ola.client.get("/helsepersonell/").status_code == 302


def _id_token(visit: Visit) -> str:
    from access.authentication.sessions import id_token_of

    return id_token_of(visit.client.session)


def test_an_answer_works_once(ola):
    address = ola.through_the_provider(ola.start())
    ola.return_to(address)

    assert code_on(ola.return_to(address)) == "STATE_UNKNOWN"


def test_an_answer_to_ola_is_worth_nothing_in_another_browser(ola):
    address = ola.through_the_provider(ola.start())

    assert code_on(Visit(*HELSEID[:2]).return_to(address)) == "STATE_UNKNOWN"


def test_an_answer_by_another_issuer_is_refused(ola):
    address = ola.through_the_provider(ola.start())
    issuer = "iss=http%3A%2F%2F127.0.0.1"
    assert issuer in address

    answer = ola.return_to(address.replace(issuer, "iss=http%3A%2F%2F127.0.0.2"))

    assert code_on(answer) == "RESPONSE_ISSUER"


def test_a_code_works_once_there_too(ola):
    first = ola.through_the_provider(ola.start())
    ola.return_to(first)
    second = ola.through_the_provider(ola.start())
    spent, fresh = (parse_qs(urlsplit(a).query)["code"][0] for a in (first, second))

    assert code_on(ola.return_to(second.replace(fresh, spent))) == "CODE_REFUSED"


def test_nothing_is_authorised_that_was_not_pushed(ola, helseid):
    address = ola.start().split("&request_uri=")[0]

    answer = ola.provider.get(address, allow_redirects=False, timeout=10)

    assert "code=" not in answer.headers.get("Location", "")
    assert "code=" not in answer.text


BAD_ASSERTIONS = {
    "of another type": ({}, {"typ": "JWT"}),
    "for the token endpoint": ({"aud": "token"}, {}),
    "that lives too long": ({"exp": 120}, {}),
}


@pytest.mark.parametrize(
    ("claims", "header"), BAD_ASSERTIONS.values(), ids=BAD_ASSERTIONS.keys()
)
def test_it_refuses_what_helseid_refuses(helseid, claims, header):
    now = int(time.time())
    url = publication_of(helseid).endpoint("token_endpoint")
    audience = url if "aud" in claims else helseid.issuer
    assertion = jwt.encode(
        {
            "iss": helseid.client_id,
            "sub": helseid.client_id,
            "aud": audience,
            "jti": str(now) + str(claims) + str(header),
            "iat": now,
            "exp": now + claims.get("exp", 45),
        },
        helseid.client_key,
        algorithm="ES256",
        headers={"typ": "client-authentication+jwt", **header},
    )
    form = {
        "grant_type": "refresh_token",
        "refresh_token": "x",
        "client_assertion_type": ASSERTION_TYPE,
        "client_assertion": assertion,
    }

    assert requests.post(url, data=form, timeout=10).json()["error"] == "invalid_client"


def test_a_token_is_not_given_without_a_proof(helseid, monkeypatch):
    from access.authentication import exchange

    monkeypatch.setattr(exchange, "dpop_proof", lambda *args, **options: "")
    reply = _ask(
        helseid, "token_endpoint", {"grant_type": "refresh_token", "refresh_token": "x"}
    )

    assert reply.status == 400


def test_nordlab_sends_with_a_token_of_theirs(helseid):
    a_laboratory_that_may_send(NORDLAB)
    pem = machine_key(NORDLAB.client_id)
    nordlab = Provider(
        key="helseid",
        issuer=helseid.issuer,
        client_id=NORDLAB.client_id,
        client_key=pem,
        algorithms=("RS256",),
        scopes="",
        acr_values="",
        uses_dpop=True,
    )
    form = {"grant_type": "client_credentials", "scope": "provesvar:messages"}
    token = _ask(nordlab, "token_endpoint", form).content["access_token"]
    url = "http://localhost:8000/api/messages"
    proof = dpop_proof(pem, method="POST", url=url, access_token=token)

    answer = Client(headers={"host": "localhost:8000"}).post(
        "/api/messages",
        b" ",
        content_type="application/xml",
        HTTP_AUTHORIZATION=f"DPoP {token}",
        HTTP_DPOP=proof,
    )

    assert answer.status_code == 400
    assert answer.json()["error"] == "bad_request"
