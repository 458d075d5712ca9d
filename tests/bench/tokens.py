"""What it costs to check an access token and its proof, and to note that it is used."""

import functools
import statistics

from django.conf import settings
from django.test import RequestFactory
from rest_framework.request import Request

from access.authentication import providers
from portal.api.authentication import AccessToken
from portal.demo.provider import Provider
from portal.demo.provider.machine import Machine
from tests.bench.figures import percentile_99, say, seconds
from tests.portal.accounts.browser import ask

ROUNDS = 500
PATH = "/api/messages"


def measure() -> None:
    provider = Provider()

    def request(method, url, *, data, headers, **options):
        return ask(provider, method, url, data=data, headers=headers)

    providers.requests.request = request
    machine = Machine("nordlab-send", provider=provider)
    check = AccessToken()
    checking = [
        seconds(functools.partial(check.authenticate, a_call(machine))) * 1000
        for _ in range(ROUNDS)
    ]
    # The first fetches the provider's keys.
    middle, worst = statistics.median(checking), percentile_99(checking[1:])
    say("tokens.check_ms", middle, "ms", "signature, proof, replay; aim 3")
    say("tokens.check_p99_ms", worst, "ms", f"of {ROUNDS}")


def a_call(machine: Machine) -> Request:
    host = f"{settings.HOST}:{settings.PORT}"
    headers = machine.headers("POST", f"http://{host}{PATH}")
    sent = {
        "HTTP_HOST": host,
        "HTTP_AUTHORIZATION": headers["Authorization"],
        "HTTP_DPOP": headers["DPoP"],
    }
    return Request(RequestFactory().post(PATH, **sent))
