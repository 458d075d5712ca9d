"""Whose word is taken for the address a client used."""

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from portal.incoming import TrustedProxyMiddleware

SAID = {
    "HTTP_X_FORWARDED_PROTO": "https",
    "HTTP_X_FORWARDED_HOST": "provesvar.example",
}


def heard_from(sender: str) -> set[str]:
    """Which of the headers are left when this address has sent them."""
    left: set[str] = set()

    def note(request):
        left.update(SAID.keys() & request.META.keys())
        return HttpResponse()

    request = RequestFactory().get("/", REMOTE_ADDR=sender, **SAID)
    TrustedProxyMiddleware(note)(request)
    return left


@pytest.mark.parametrize("sender", ["192.0.2.1", "2001:db8::1", "", "nonsense"])
def test_nobody_is_believed_where_nobody_is_named(settings, sender):
    settings.TRUSTED_PROXIES = ()

    assert heard_from(sender) == set()


@pytest.mark.parametrize("sender", ["10.1.2.3", "127.0.0.1", "2001:db8::7"])
def test_our_own_proxies_are_believed(settings, sender):
    settings.TRUSTED_PROXIES = ("10.0.0.0/8", "127.0.0.1", "2001:db8::/64")

    assert heard_from(sender) == set(SAID)


@pytest.mark.parametrize("sender", ["11.1.2.3", "127.0.0.2", "2001:db9::7", ""])
def test_their_neighbours_are_not(settings, sender):
    settings.TRUSTED_PROXIES = ("10.0.0.0/8", "127.0.0.1", "2001:db8::/64")

    assert heard_from(sender) == set()


def test_a_local_socket_is_a_proxy_where_it_is_named(settings):
    settings.TRUSTED_PROXIES = ("unix",)

    assert heard_from("") == set(SAID)
    assert heard_from("10.0.0.1") == set()
