"""Every address, walked: closed unless it stands on the list below."""

import uuid

import pytest
from django.urls import URLPattern, URLResolver, get_resolver

from tests import cast
from tests.portal.visiting import (
    ADMINISTRATION,
    CITIZEN,
    CLINICIAN,
    FRONT,
    PRODUCER,
    a_visitor,
    somebody,
)

pytestmark = pytest.mark.django_db

# What somebody who has not signed in may reach, and why it is open.
OPEN = {
    "front",  # explains the service
    "set_language",  # so that the login page is in the reader's language
    "accounts:login",
    "accounts:logout",  # answers with a question, or by ending nothing
    "accounts:logged_out",
    "accounts:helseid_authenticate",
    "accounts:helseid_callback",
    "accounts:helseid_back_channel",  # a signed logout token
    "accounts:helseid_front_channel",  # in HelseID's page, without our cookie
    "accounts:helseid_keys",  # public keys, for HelseID to read
    "accounts:idporten_authenticate",
    "accounts:idporten_callback",
    "accounts:idporten_back_channel",
    "accounts:idporten_front_channel",
    "accounts:idporten_keys",
    "open_from_ehr",  # a code that works once is what lets one in
    "leave_from_ehr",  # leads on, or ends what the EHR system opened
    "administration_login",  # leads to the login page
    "producer:bench",  # for synthetic messages, and not there in production
    "producer:result",
    "producer:example",
    "producer:approval",
    "admin:login",
    "api:health",  # in words, and no numbers
    "fhir:metadata",  # says what the service does over FHIR
}
HOSTS = {
    "clinician": CLINICIAN,
    "citizen": CITIZEN,
    "admin": ADMINISTRATION,
    "producer": PRODUCER,
    "administration_login": ADMINISTRATION,
    "explain_decision": ADMINISTRATION,
    "open_from_ehr": CLINICIAN,
    "leave_from_ehr": CLINICIAN,
}


def every_address(patterns=None, *, prefix="", namespace=""):
    """Name and path of every pattern, with keys nobody has filled in."""
    for pattern in patterns or get_resolver().url_patterns:
        path = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            inner = (
                f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            )
            yield from every_address(pattern.url_patterns, prefix=path, namespace=inner)
        elif isinstance(pattern, URLPattern):
            yield f"{namespace}{pattern.name}", filled_in(path)


def filled_in(path: str) -> str:
    key = str(uuid.UUID(int=1))
    for part in (p for p in path.split("/") if "<" in p):
        path = path.replace(part, key)
    return "/" + path.replace("^", "").replace("$", "")


ADDRESSES = sorted(set(every_address()))
CLOSED = [(name, path) for name, path in ADDRESSES if name not in OPEN]


def host_of(name: str) -> str:
    return HOSTS.get(name.split(":")[0], FRONT)


def test_the_walk_sees_the_pages_we_know():
    names = {name for name, _path in ADDRESSES}

    assert {"clinician:report", "citizen:access_log", "api:messages"} <= names
    assert names >= OPEN - {"admin:login"}


@pytest.mark.parametrize(("name", "path"), CLOSED, ids=[name for name, _ in CLOSED])
@pytest.mark.parametrize("method", ["get", "post"])
def test_nobody_gets_in_without_signing_in(name, path, method):
    answer = getattr(somebody(host_of(name)), method)(path)

    assert answer.status_code in (301, 302, 401, 403, 404, 405)
    if answer.status_code == 302:
        assert answer["Location"].startswith(("/innlogging/", "/forvaltning/login/"))


@pytest.mark.parametrize(
    ("name", "path"),
    [(n, p) for n, p in CLOSED if n.startswith(("clinician:", "citizen:"))],
    ids=[n for n, _ in CLOSED if n.startswith(("clinician:", "citizen:"))],
)
def test_without_a_session_the_answer_is_the_login_page(name, path):
    answer = somebody(host_of(name)).get(path)

    assert answer.status_code == 302
    assert answer["Location"] == f"/innlogging/?next={path}"


def test_an_administrator_is_shown_no_patient():
    siri = a_visitor(cast.SIRI)

    answer = siri.get(f"/helsepersonell/pasient/{uuid.UUID(int=1)}/")

    assert answer.status_code == 403


def test_someone_signed_in_who_is_no_administrator_stays_outside():
    """And is told so: a redirect to a login they have done would go round in rings."""
    ola = a_visitor(cast.OLA)

    answer = ola.client.get("/forvaltning/login/", headers={"host": ADMINISTRATION})

    assert answer.status_code == 403


def test_administrators_sign_in_as_everybody_else():
    answer = somebody(ADMINISTRATION).get("/forvaltning/login/?next=/forvaltning/")

    assert answer["Location"] == "/innlogging/?next=%2Fforvaltning%2F"
