"""A certified provider as a process of its own, and a browser that talks with it."""

import contextlib
import json
import re
import shutil
import socket
import subprocess
from collections.abc import Iterator
from urllib.parse import urljoin, urlsplit

import requests
from django.conf import settings
from django.test import Client

from access.authentication import provider_of, public_key_of
from portal.demo.provider.clients import machine_key
from tests.cast import KARI, NORDLAB, OLA
from tests.portal.accounts.browser import CITIZEN, CLINICIAN

PACKAGE = settings.BASE_DIR / "node_modules" / "oidc-provider"
PROGRAM = settings.BASE_DIR / "tests" / "contract" / "provider.mjs"
HELSEID, IDPORTEN = (CLINICIAN, "helseid", OLA), (CITIZEN, "idporten", KARI)


def why_not() -> str:
    """Why there is no certified provider here; empty when there is one."""
    if not shutil.which("node"):
        return "NO NODE: the certified provider needs it"
    return "" if PACKAGE.exists() else "NO oidc-provider: node_modules lacks it"


def a_free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextlib.contextmanager
def running(wanted: dict) -> Iterator[None]:
    """The provider, until it is no longer needed."""
    process = subprocess.Popen(
        ["node", str(PROGRAM)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=settings.BASE_DIR,
    )
    try:
        process.stdin.write(json.dumps(wanted))
        process.stdin.close()
        if process.stdout.readline().strip() != "ready":
            raise AssertionError(process.stderr.read())
        yield
    finally:
        process.terminate()
        process.wait(timeout=10)
        process.stdout.close()
        process.stderr.close()


def relying_party(key: str, host: str, notices: str) -> dict:
    """The portal, as it is registered at this provider."""
    provider = provider_of(key)
    path = f"http://{host}/innlogging/{key}"
    return {
        "client_id": provider.client_id,
        "token_endpoint_auth_method": "private_key_jwt",
        "token_endpoint_auth_signing_alg": "ES256",
        "jwks": {"keys": [public_key_of(provider.client_key)]},
        "redirect_uris": [f"{path}/tilbake/"],
        "post_logout_redirect_uris": [f"http://{host}/innlogging/avsluttet/"],
        "grant_types": ["authorization_code", "refresh_token"],
        "response_types": ["code"],
        "dpop_bound_access_tokens": provider.uses_dpop,
        "require_pushed_authorization_requests": True,
        "require_auth_time": True,
        "backchannel_logout_uri": notices,
        "backchannel_logout_session_required": True,
    }


def laboratory() -> dict:
    """Nordlab's machine."""
    return {
        "client_id": NORDLAB.client_id,
        "token_endpoint_auth_method": "private_key_jwt",
        "token_endpoint_auth_signing_alg": "ES256",
        "jwks": {"keys": [public_key_of(machine_key(NORDLAB.client_id))]},
        "redirect_uris": [],
        "response_types": [],
        "grant_types": ["client_credentials"],
        "dpop_bound_access_tokens": True,
    }


class Visit:
    """One browser: cookies of the portal's on one side, the provider's on the other."""

    def __init__(self, host: str, key: str) -> None:
        self.client = Client(headers={"host": host})
        self.provider = requests.Session()
        self.host, self.key = host, key

    def start(self) -> str:
        answer = self.client.get(f"/innlogging/{self.key}/start/")
        assert answer.status_code == 302, answer.content.decode()
        return answer["Location"]

    def through_the_provider(self, address: str) -> str:
        """Follow its redirects until it sends us home; gives that address."""
        for _hop in range(8):
            if address.startswith(f"http://{self.host}/"):
                return address
            answer = self.provider.get(address, allow_redirects=False, timeout=10)
            assert answer.is_redirect, answer.text
            address = urljoin(address, answer.headers["Location"])
        raise AssertionError("the provider goes round in rings")

    def return_to(self, address: str):
        parts = urlsplit(address)
        return self.client.get(f"{parts.path}?{parts.query}")

    def sign_in(self):
        return self.return_to(self.through_the_provider(self.start()))

    def finish_logout(self, page: str, address: str) -> requests.Response:
        """Send the form the portal's page holds, and confirm at the provider."""
        asked = self.provider.post(address, data=fields_in(page), timeout=10)
        action = re.search(r'action="([^"]+)"', asked.text)[1]
        confirmed = {**fields_in(asked.text), "logout": "yes"}
        return self.provider.post(
            action, data=confirmed, allow_redirects=False, timeout=10
        )


def fields_in(page: str) -> dict[str, str]:
    found = re.findall(r'name="(\w+)" value="([^"]*)"', page)
    return {name: value for name, value in found if name != "csrfmiddlewaretoken"}
