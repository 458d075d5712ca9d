"""Our calls to a provider as a client: authenticated, and bound to our key."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from access.authentication.assertions import ASSERTION_TYPE, client_assertion
from access.authentication.dpop import dpop_proof
from access.authentication.providers import Provider, Reply, post_form
from access.authentication.publications import publication_of
from access.authentication.refusals import LoginRefused, Refusal

# What each issuer last wanted in a proof; a stale one costs one more call, no more.
_nonces: dict[str, str] = {}


@dataclass(frozen=True, slots=True)
class Tokens:
    """A token endpoint's answer. Texts are empty, and scopes none, where it had none.
    Nothing here has been verified but that it is bound to our key, where that is due.
    """

    access_token: str = field(repr=False)
    id_token: str = field(repr=False)
    refresh_token: str = field(repr=False)
    scopes: frozenset[str]


def push_request(provider: Provider, parameters: Mapping[str, str]) -> str:
    """The `request_uri` that stands for these parameters (RFC 9126), so that they are
    authenticated and no browser sees them. Raises LoginRefused."""
    reply = _ask(provider, "pushed_authorization_request_endpoint", parameters)
    request_uri = reply.content.get("request_uri")
    if reply.status not in (200, 201) or not isinstance(request_uri, str):
        raise LoginRefused(Refusal.REQUEST_REFUSED)
    return request_uri


def redeem_code(provider: Provider, form: Mapping[str, str]) -> Tokens:
    """The tokens that a code gives. Raises LoginRefused."""
    return _tokens(
        provider, _ask(provider, "token_endpoint", form), Refusal.CODE_REFUSED
    )


def refresh(
    provider: Provider,
    refresh_token: str,
    *,
    details: Sequence[dict[str, Any]] = (),
) -> Tokens:
    """New tokens for the same login, with `details` in them. Raises LoginRefused."""
    form = {"grant_type": "refresh_token", "refresh_token": refresh_token}
    reply = _ask(provider, "token_endpoint", form, details=details)
    return _tokens(provider, reply, Refusal.REFRESH_REFUSED)


def revoke(provider: Provider, refresh_token: str) -> None:
    """Ask the provider to forget the token (RFC 7009). Best effort: what is not
    revoked has been dropped here all the same."""
    form = {"token": refresh_token, "token_type_hint": "refresh_token"}
    if "revocation_endpoint" in publication_of(provider).metadata:
        _ask(provider, "revocation_endpoint", form)


def _ask(
    provider: Provider,
    endpoint_name: str,
    form: Mapping[str, str],
    *,
    details: Sequence[dict[str, Any]] = (),
) -> Reply:
    """Once more with the nonce when the provider wants one (RFC 9449 §8), and then
    with a new assertion too, since the first has been used."""
    url = publication_of(provider).endpoint(endpoint_name)
    reply = _ask_once(provider, url, form, details)
    if reply.error == "use_dpop_nonce" and reply.nonce:
        reply = _ask_once(provider, url, form, details)
    return reply


def _ask_once(
    provider: Provider,
    url: str,
    form: Mapping[str, str],
    details: Sequence[dict[str, Any]],
) -> Reply:
    sent = {
        **form,
        "client_id": provider.client_id,
        "client_assertion_type": ASSERTION_TYPE,
        "client_assertion": client_assertion(provider, details=details),
    }
    proof = ""
    if provider.uses_dpop:
        nonce = _nonces.get(provider.issuer, "")
        proof = dpop_proof(provider.client_key, method="POST", url=url, nonce=nonce)
    reply = post_form(provider, url, sent, proof=proof)
    if reply.nonce:
        _nonces[provider.issuer] = reply.nonce
    return reply


def _tokens(provider: Provider, reply: Reply, refusal: Refusal) -> Tokens:
    if reply.status != 200:
        raise LoginRefused(refusal)
    wanted = "dpop" if provider.uses_dpop else "bearer"
    if _text(reply, "token_type").lower() != wanted:
        raise LoginRefused(Refusal.TOKEN_NOT_BOUND)
    return Tokens(
        access_token=_text(reply, "access_token"),
        id_token=_text(reply, "id_token"),
        refresh_token=_text(reply, "refresh_token"),
        scopes=frozenset(_text(reply, "scope").split()),
    )


def _text(reply: Reply, name: str) -> str:
    value = reply.content.get(name)
    return value if isinstance(value, str) else ""
