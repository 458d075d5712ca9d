"""What templates are given: who is looking, where the doors are, safe text, icons."""

import pytest
from django.test import RequestFactory
from django.utils.html import escape
from hypothesis import given
from hypothesis import strategies as st

from access.terms import Viewer, ViewerKind
from portal.context_processors import entrances, page
from portal.templatetags import results_tags
from portal.templatetags.results_tags import as_written, icon


def a_request(**fields):
    request = RequestFactory().get("/helsepersonell/")
    request.resolver_match = None
    for name, value in fields.items():
        setattr(request, name, value)
    return request


def test_an_error_before_anyone_was_known_still_has_a_page():
    given_to_it = page(a_request())

    assert given_to_it["is_signed_in"] is False
    assert given_to_it["viewer_role"] == ""
    assert given_to_it["audience"] == ""


def test_an_address_that_is_none_is_not_sent_back_to_the_page():
    assert page(a_request())["page_path"] == "/"
    assert page(a_request(resolver_match=object()))["page_path"] == "/helsepersonell/"


def test_a_doctor_is_told_in_which_role_they_are_here():
    ola = Viewer(kind=ViewerKind.PRACTITIONER, name="Ola Lind", role_code="LE")

    given_to_it = page(a_request(viewer=ola, audience="clinician"))

    assert given_to_it["viewer_role"] == "Lege"
    assert given_to_it["is_signed_in"] is True
    assert given_to_it["audience"] == "clinician"


def test_every_audience_has_an_address_of_its_own(settings):
    settings.PORT, settings.SCHEME = "8000", "http"

    assert entrances()["clinician"] == "http://helsepersonell.localhost:8000/"
    assert len(set(entrances().values())) == len(settings.AUDIENCE_HOSTS)


def test_where_the_port_is_the_usual_one_it_is_left_out(settings):
    settings.PORT, settings.SCHEME = "", "https"

    assert entrances()["citizen"] == "https://innbygger.localhost/"


ATTACK = "<script>x()</script><p onclick='x()' style='color:red'>Funn</p>"


def test_text_is_shown_as_text_unless_it_was_sent_as_markup():
    assert as_written(ATTACK) == escape(ATTACK)
    assert as_written(ATTACK, is_markup=True) == "<p>Funn</p>"


PIECES = st.sampled_from(
    ["<script>", "</script", "<p onclick=x", " onload='x'", "<img/onerror=x", "<svg>",
     "<!--", "-->", "<![CDATA[", "]]>", "&lt;script&gt;", "&#60;b onx=1&#62;", "<p>",
     "<style>", "style=x", ">", '"', "'", "<", "a", "\x00", "<P\tONx=1>"]
)  # fmt: skip


@given(st.lists(PIECES, max_size=14).map("".join), st.booleans())
def test_whatever_is_sent_no_tag_shown_has_an_attribute_or_runs(sent, is_markup):
    shown = as_written(sent, is_markup=is_markup)

    assert "<script" not in shown.lower()
    for tag in shown.split("<")[1:]:
        assert tag.split(">")[0].strip("/").isalnum(), shown


@pytest.mark.parametrize("name", ["../settings", "a/b", "Eye.svg", "x y"])
def test_an_icon_is_only_ever_a_name(name):
    with pytest.raises(ValueError, match="letters and digits"):
        icon(name)


def test_no_name_is_no_icon():
    assert icon("") == ""


def test_an_icon_is_hidden_from_those_who_hear_the_words(settings, tmp_path):
    (tmp_path / "Eye.svg").write_text('<svg viewBox="0 0 1 1"><path d="M0 0"/></svg>\n')
    settings.ICON_DIR = tmp_path

    drawn = icon("Eye")

    assert drawn.startswith('<svg class="icon" aria-hidden="true" focusable="false" v')
    assert drawn.endswith("</svg>")


def test_before_the_icons_are_installed_pages_have_their_words(settings, tmp_path):
    settings.ICON_DIR = tmp_path / "not-there"
    results_tags._icon.cache_clear()

    assert icon("Eye") == ""
