"""Certified providers that play HelseID and ID-porten, and a letterbox for notices."""

import http.server
import threading
from urllib.parse import parse_qs

import pytest

from access.authentication import Provider, provider_of
from access.authentication.publications import publication_of
from tests.cast import KARI, OLA, employed
from tests.contract.certified import (
    HELSEID,
    IDPORTEN,
    Visit,
    a_free_port,
    laboratory,
    relying_party,
    running,
)

OLA_CLAIMS = {
    "name": "Ola Lind",
    "helseid://claims/identity/pid": OLA.number,
    "helseid://claims/identity/security_level": "4",
    "helseid://claims/hpr/hpr_number": OLA.hpr_number,
}


class Letterbox(http.server.BaseHTTPRequestHandler):
    """Keeps the logout tokens that are brought to it."""

    received: list[str] = []

    def do_POST(self):
        form = self.rfile.read(int(self.headers["Content-Length"])).decode()
        self.received.append(parse_qs(form)["logout_token"][0])
        self.send_response(200)
        self.end_headers()

    def log_message(self, *args):
        pass


@pytest.fixture(scope="module")
def letterbox():
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Letterbox)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()


@pytest.fixture
def letters() -> list[str]:
    """The logout tokens that have been brought, the newest last."""
    return Letterbox.received


def as_configured(settings, key: str, port: int) -> None:
    own = {
        **settings.OIDC_PROVIDERS[key],
        "issuer": f"http://127.0.0.1:{port}",
        "algorithms": ("RS256",),
        "backchannel": "",
    }
    settings.OIDC_PROVIDERS = {**settings.OIDC_PROVIDERS, key: own}
    publication_of.cache_clear()


@pytest.fixture(scope="module")
def helseid_port(letterbox):
    host, key, _ola = HELSEID
    port = a_free_port()
    wanted = {
        "issuer": f"http://127.0.0.1:{port}",
        "port": port,
        "clients": [relying_party(key, host, letterbox), laboratory()],
        "subject": "ola",
        "account": OLA_CLAIMS,
        "acr": "Level4",
        "demandsNonce": True,
        "isApi": True,
    }
    with running(wanted):
        yield port


@pytest.fixture
def helseid(settings, helseid_port) -> Provider:
    as_configured(settings, "helseid", helseid_port)
    return provider_of("helseid")


@pytest.fixture
def ola(helseid) -> Visit:
    employed(OLA)
    return Visit(*HELSEID[:2])


@pytest.fixture(params=["idporten-loa-high", "idporten-loa-substantial"])
def kari(request, settings, letterbox):
    host, key, _kari = IDPORTEN
    port = a_free_port()
    wanted = {
        "issuer": f"http://127.0.0.1:{port}",
        "port": port,
        "clients": [relying_party(key, host, letterbox)],
        "subject": "kari",
        "account": {"pid": KARI.number},
        "acr": request.param,
        "demandsNonce": False,
        "isApi": False,
    }
    with running(wanted):
        as_configured(settings, key, port)
        yield Visit(host, key), request.param
