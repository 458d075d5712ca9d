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
        **{f"HTTP_{k.upper()}": v for k, v in (headers or {}).items()},
    }
    answer = requests.Response()

    def start_response(status, sent):
        answer.status_code = int(status.split()[0])
        answer.headers.update(sent)

    answer._content = b"".join(app(environ, start_response))
    return answer


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

    def start(self, next_path: str = "") -> str:
        """Press the button; gives the provider's address."""
        query = {"next": next_path} if next_path else {}
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

    def sign_in(self, persona, next_path: str = ""):
        return self.return_to(self.choose(persona, self.start(next_path)))


def query_of(address: str) -> dict[str, str]:
    return {k: v[0] for k, v in parse_qs(urlsplit(address).query).items()}


def code_on(response) -> str:
    """The reason code a refusal page shows."""
    return re.search(r"<code>(\w+)</code>", response.content.decode())[1]
