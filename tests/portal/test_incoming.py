"""NUL, which no database holds, asked for in every place where one might."""

import pytest

from tests import cast
from tests.portal.visiting import (
    ADMINISTRATION,
    CITIZEN,
    CLINICIAN,
    FRONT,
    signed_in,
    somebody,
)

pytestmark = pytest.mark.django_db
NUL = "\0"


@pytest.fixture
def siri():
    """Who administers, signed in at the administration's own host."""
    siri = cast.a_signed_in(cast.SIRI)
    siri.is_staff = siri.is_superuser = True
    siri.save()
    client = somebody(ADMINISTRATION)
    signed_in(client, siri, "helseid")
    return client


@pytest.mark.parametrize(
    "path",
    [
        "/forvaltning/access/roleassignment/?role_code__exact=%00",
        "/forvaltning/access/user/?q=%00",
        "/forvaltning/access/user/%00/change/",
        "/forvaltning/results/receivedmessage/?state__exact=a%00b",
    ],
)
def test_the_administration_finds_nothing_under_a_nul_and_says_so(siri, path):
    answer = siri.get(path)

    assert answer.status_code == 400
    assert answer["Cache-Control"] == "no-store"


@pytest.mark.parametrize("host", [FRONT, CLINICIAN, CITIZEN])
def test_an_address_with_a_nul_is_refused_everywhere(host):
    for path in ("/%00", "/innlogging/?next=%00", "/api/messages?a=%00"):
        assert somebody(host).get(path).status_code == 400


@pytest.mark.parametrize("name", ["sessionid", "csrftoken", "django_language", "x"])
@pytest.mark.parametrize("value", [NUL, f"abc{NUL}def"])
def test_a_cookie_with_a_nul_is_as_good_as_none(name, value):
    visitor = somebody(CITIZEN)
    visitor.cookies[name] = value

    assert visitor.get("/innlogging/").status_code == 200
    assert visitor.get("/innbygger/")["Location"].startswith("/innlogging/")


def test_the_other_cookies_count_as_before(siri):
    siri.cookies["x"] = NUL

    assert siri.get("/forvaltning/").status_code == 200


def test_a_form_with_a_nul_is_answered_as_any_other_mistake():
    answer = somebody(CITIZEN).post("/sprak/", {"language": NUL, "next": f"/{NUL}"})

    assert answer.status_code in (302, 400)
