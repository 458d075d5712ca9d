"""The way to a provider and back: what is asked there, and what is taken as answer."""

import time
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

from django.core.exceptions import SuspiciousOperation
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from mozilla_django_oidc.views import (
    OIDCAuthenticationCallbackView,
    OIDCAuthenticationRequestView,
)

from access.authentication import (
    Demands,
    LoginRefused,
    ProviderMixin,
    Refusal,
    keep_login,
    push_request,
    thumbprint_of,
)
from access.sessions import organization_number_of
from portal.accounts.entrances import entrance_of
from portal.accounts.refusing import refuse
from portal.accounts.signing import begin, finish, first_page
from portal.accounts.views import local_path
from portal.accounts.vouching import let_helseid_vouch


class RequestView(ProviderMixin, OIDCAuthenticationRequestView):  # type: ignore[misc]
    """Sends the browser to the provider; `state` remembers which one, and why.

    With `bekreft=ja` the person must show who they are anew: a step up, before what
    must not happen on a machine that somebody has left.
    """

    def __init__(self, **kwargs: object) -> None:
        # Not the base class's, which would reach for the provider where no refusal
        # can be answered.
        super(OIDCAuthenticationRequestView, self).__init__(**kwargs)

    def get(self, request: HttpRequest) -> HttpResponse:
        _require_provider_here(request, self.provider_key)
        try:
            response: HttpResponse = super().get(request)
            parameters = dict(parse_qsl(urlsplit(response["Location"]).query))
            address = self._pushed(parameters)
        except LoginRefused as error:
            return refuse(request, error.refusal, self.provider_key)
        self._remember(request, parameters["state"])
        return HttpResponseRedirect(address)

    def get_extra_params(self, request: HttpRequest) -> dict[str, str]:
        wishes: dict[str, str] = super().get_extra_params(request)
        if _is_confirming(request):
            return {**wishes, "prompt": "login", "max_age": "0"}
        return wishes

    def _pushed(self, parameters: dict[str, str]) -> str:
        """The address to go to, which tells who asks and nothing of what."""
        provider = self.provider
        if provider.uses_dpop:
            parameters["dpop_jkt"] = thumbprint_of(provider.client_key)
        query = {
            "client_id": provider.client_id,
            "request_uri": push_request(provider, parameters),
        }
        return f"{self.OIDC_OP_AUTH_ENDPOINT}?{urlencode(query)}"

    def _remember(self, request: HttpRequest, state: str) -> None:
        pending = request.session["oidc_states"][state]
        pending["provider"] = self.provider_key
        pending["next"] = local_path(request.GET.get("next"))
        if _is_confirming(request):
            pending["fresh_since"] = int(time.time())
            pending["subject"] = request.session.get("subject", "")
        # Kept per state instead, so that two tabs do not mix.
        del request.session["oidc_login_next"]


class CallbackView(ProviderMixin, OIDCAuthenticationCallbackView):  # type: ignore[misc]
    """Takes the provider's answer, or shows a plain page that says why not."""

    next_path = ""
    demands = Demands()

    def get(self, request: HttpRequest) -> HttpResponse:
        _require_provider_here(request, self.provider_key)
        try:
            self._check_response(request)
            request.oidc_provider = self.provider_key  # type: ignore[attr-defined]
            request.oidc_demands = self.demands  # type: ignore[attr-defined]
            response: HttpResponse = super().get(request)
        except LoginRefused as error:
            response = refuse(request, error.refusal, self.provider_key)
        except SuspiciousOperation:
            response = refuse(request, Refusal.RESPONSE_INVALID, self.provider_key)
        return response

    def _check_response(self, request: HttpRequest) -> None:
        """State ours, provider the one we asked, issuer as RFC 9207 §2.4 demands.

        The base class spends the state; a refusal here spends it too.
        """
        states = request.session.get("oidc_states", {})
        state = request.GET.get("state", "")
        pending = states.get(state)
        if pending is None:
            raise LoginRefused(Refusal.STATE_UNKNOWN)
        refusal = self._refusal_of(request, pending)
        if refusal:
            del states[state]
            request.session.modified = True
            raise LoginRefused(refusal)
        self.next_path = pending.get("next", "")
        self.demands = Demands(
            fresh_since=pending.get("fresh_since", 0),
            subject=pending.get("subject", ""),
        )

    def _refusal_of(
        self, request: HttpRequest, pending: dict[str, Any]
    ) -> Refusal | None:
        if pending.get("provider") != self.provider_key:
            return Refusal.PROVIDER_MISMATCH
        issuer = request.GET.get("iss")
        if issuer is None and self.publication.metadata.get(
            "authorization_response_iss_parameter_supported"
        ):
            return Refusal.RESPONSE_ISSUER
        if issuer is not None and issuer != self.provider.issuer:
            return Refusal.RESPONSE_ISSUER
        if "error" in request.GET:
            return Refusal.CANCELLED
        return None if request.GET.get("code") else Refusal.RESPONSE_INVALID

    def login_failure(self) -> HttpResponse:
        return refuse(self.request, Refusal.RESPONSE_INVALID, self.provider_key)

    def login_success(self) -> HttpResponse:
        """Begin the session anew, then write what the provider vouched for."""
        request, login = self.request, self.request.oidc_login
        session_id = begin(
            request,
            self.user,
            provider=login.provider,
            security_level=login.security_level,
            provider_session_id=login.session_id,
        )
        keep_login(request.session, login)
        try:
            let_helseid_vouch(request.session, organization_number_of(session_id))
        except LoginRefused as error:
            finish(request)
            return refuse(request, error.refusal, self.provider_key)
        return HttpResponseRedirect(first_page(request, session_id, self.next_path))


class HelseIDRequest(RequestView):
    provider_key = "helseid"


class HelseIDCallback(CallbackView):
    provider_key = "helseid"


class IDPortenRequest(RequestView):
    provider_key = "idporten"


class IDPortenCallback(CallbackView):
    provider_key = "idporten"


def _is_confirming(request: HttpRequest) -> bool:
    return request.GET.get("bekreft") == "ja"


def _require_provider_here(request: HttpRequest, provider_key: str) -> None:
    entrance = entrance_of(request)
    if entrance is None or entrance.provider_key != provider_key:
        raise Http404
