"""A reader's browser in this process: the portal on one side, the provider beside it.

Nothing leaves the process. `Browser(host, provider).sign_in(OLA)` is the whole journey.
"""

import io
import re
from urllib.parse import parse_qs, urlsplit

import requests
from django.test import Client

from access.authentication import providers
from access.authentication.publications import publication_of
from portal.demo.provider import Lies, Provider

CLINICIAN = "helsepersonell.localhost:8000"
CITIZEN = "innbygger.localhost:8000"
ADMINISTRATION = "forvaltning.localhost:8000"


def ask(app, method, url, *, data=None, headers=None) -> requests.Response:
    """One HTTP request to a WSGI application."""
    parts = urlsplit(url)
    body = (requests.models.RequestEncodingMixin._encode_params(data or {})).encode()
    environ = {
        "REQUEST_METHOD": method,
        "PATH_INFO": parts.path,
        "QUERY_STRING": parts.query,
        "CONTENT_LENGTH": str(len(body)),
        "wsgi.input": io.BytesIO(body),
        **{f"HTTP_{_name(k)}": v for k, v in (headers or {}).items()},
    }
    answer = requests.Response()

    def start_response(status, sent):
        answer.status_code = int(status.split()[0])
        answer.headers.update(sent)

    answer._content = b"".join(app(environ, start_response))
    return answer


def _name(header: str) -> str:
    return header.upper().replace("-", "_")


def connect(monkeypatch, provider) -> None:
    """Our own calls reach this provider, which nothing is remembered about."""

    def request(method, url, *, data, headers, **options):
        assert headers["Host"] == "login.localhost:8001"
        return ask(provider, method, url, data=data, headers=headers)

    monkeypatch.setattr(providers.requests, "request", request)
    publication_of.cache_clear()


def a_provider(monkeypatch, **lies) -> Provider:
    """A provider that tells these lies, and that our own calls reach."""
    provider = Provider(Lies(**lies))
    connect(monkeypatch, provider)
    return provider


class Browser:
    """One browser with its cookies."""

    def __init__(self, host: str, provider: Provider) -> None:
        self.host = host
        self.provider = provider
        self.client = Client(headers={"host": host})
        self.key = "idporten" if host == CITIZEN else "helseid"

    def start(self, next_path: str = "", **query: str) -> str:
        """Press the button; gives the provider's address."""
        if next_path:
            query["next"] = next_path
        response = self.client.get(f"/innlogging/{self.key}/start/", query)
        assert response.status_code == 302
        return response["Location"]

    def choose(self, persona, address: str) -> str:
        """Choose a persona at the provider; gives the address one is sent back to."""
        chooser = ask(self.provider, "GET", address)
        link = re.search(rf'href="(/[^"]+/{persona.key})"', chooser.text)
        return ask(self.provider, "GET", link[1]).headers["Location"]

    def return_to(self, address: str):
        """Follow the provider's redirect back to the portal."""
        parts = urlsplit(address)
        return self.client.get(f"{parts.path}?{parts.query}")

    def sign_in(self, persona, next_path: str = "", **query: str):
        return self.return_to(self.choose(persona, self.start(next_path, **query)))


class Postbox:
    """What our own calls sent, endpoint by endpoint; passes all of it on."""

    def __init__(self, monkeypatch) -> None:
        self.sent: list[tuple[str, dict[str, str], dict[str, str]]] = []
        passed_on = providers.requests.request

        def request(method, url, *, data, headers, **options):
            self.sent.append((url.rpartition("/")[2], dict(data or {}), headers))
            return passed_on(method, url, data=data, headers=headers, **options)

        monkeypatch.setattr(providers.requests, "request", request)

    def forms_to(self, endpoint: str) -> list[dict[str, str]]:
        return [form for name, form, _headers in self.sent if name == endpoint]

    def proofs_to(self, endpoint: str) -> list[str]:
        return [h.get("DPoP", "") for name, _form, h in self.sent if name == endpoint]


def query_of(address: str) -> dict[str, str]:
    return {k: v[0] for k, v in parse_qs(urlsplit(address).query).items()}


def code_on(response) -> str:
    """The reason code a refusal page shows."""
    return re.search(r"<code>(\w+)</code>", response.content.decode())[1]
