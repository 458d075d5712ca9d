"""What every page must be, whatever it shows: closed to scripts, readable by all."""

import re
from html.parser import HTMLParser
from itertools import pairwise

import pytest

from tests import cast
from tests.builders import a_message, a_number, a_susceptibility, a_text
from tests.portal.visiting import FRONT, a_visitor, has_arrived, somebody, state_need

pytestmark = pytest.mark.django_db


@pytest.fixture
def pages():
    """Every page there is, by name, with an answer that holds a bit of everything."""
    has_arrived(
        a_message(
            results=[
                a_number(),
                a_number("NPU19763", "11", name="P-Ferritin", unit="µg/L"),
                a_text("<b onclick='x()'>Funn</b> " * 9, heading="VU"),
                a_text("Escherichia coli", heading="LR"),
                a_susceptibility("Trimetoprim", "R", mic=">4"),
            ]
        )
    )
    ola, kari = a_visitor(cast.OLA), a_visitor(cast.KARI)
    found = state_need(ola, cast.KARI)["Location"]
    report = link_in(ola.get(found), "/svar/")
    own = link_in(kari.get("/innbygger/"), "/svar/")
    hege = a_visitor(cast.HEGE)
    return {
        "front": somebody(FRONT).get("/"),
        "not-found": somebody(FRONT).get("/finnes-ikke/"),
        "search": ola.get("/helsepersonell/"),
        "search-fault": state_need(ola, cast.KARI, number="12"),
        "search-refused": state_need(ola, cast.PER, basis=""),
        "need": ola.get(f"{found}behov/"),
        "role-refused": state_need(hege, cast.KARI),
        "doctor-reports": ola.get(reopened(ola)),
        "doctor-report": ola.get(report),
        "own-reports": kari.get("/innbygger/"),
        "own-report": kari.get(own),
        "own-log": kari.get("/innbygger/hvem-har-sett/"),
        "own-limits": kari.get("/innbygger/sperre/"),
        "own-limits-fault": kari.post("/innbygger/sperre/person/", {"hpr_number": "x"}),
        "closed": ola.get(f"{found}sperret/"),
        "overrides": ola.get("/helsepersonell/nodtilganger/"),
    }


def reopened(ola):
    return state_need(ola, cast.KARI)["Location"]


def link_in(answer, part: str) -> str:
    return re.search(rf'href="([^"]*{part}[^"]*)"', answer.content.decode())[1]


class Outline(HTMLParser):
    """Headings, landmarks, labels and images, as a screen reader meets them."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.headings, self.ids, self.tags, self.labelled = [], [], [], []
        self.fields, self.images, self.forbidden = [], [], []
        self.describing = []
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        attributes = dict(attrs)
        self.tags.append(tag)
        self.forbidden += [name for name in attributes if is_inline(name)]
        if tag == "style" or (tag == "script" and "src" not in attributes):
            self.forbidden.append(tag)
        if re.fullmatch(r"h[1-6]", tag):
            self.headings.append(int(tag[1]))
        if "id" in attributes:
            self.ids.append(attributes["id"])
        if tag == "label":
            self.labelled.append(attributes.get("for"))
        self.describing += attributes.get("aria-describedby", "").split()
        if tag == "img":
            self.images.append(attributes)
        is_shown = attributes.get("type") != "hidden"
        if tag in ("input", "select", "textarea") and is_shown:
            self.fields.append(attributes.get("id"))


def is_inline(attribute: str) -> bool:
    return attribute == "style" or attribute.startswith(("on", "hx-on"))


def test_the_check_sees_what_it_looks_for():
    bad = Outline('<p style="x" onclick="y">a</p><script>z</script><style></style>')

    assert bad.forbidden == ["style", "onclick", "script", "style"]


def each(pages):
    return [(name, answer.content.decode()) for name, answer in pages.items()]


def test_no_page_carries_script_or_style_of_its_own(pages):
    for name, page in each(pages):
        assert Outline(page).forbidden == [], name
        assert "javascript:" not in page, name


def test_no_page_shows_or_links_to_an_identity_number(pages):
    for name, page in each(pages):
        without_the_field = re.sub(r'<input[^>]*name="number"[^>]*>', "", page)
        assert cast.KARI.number not in without_the_field, name
        assert cast.OLA.number not in page, name


def test_every_page_names_itself_its_language_and_its_content(pages):
    for name, page in each(pages):
        outline = Outline(page)
        assert '<html lang="nb"' in page, name
        assert re.search(r"<title>\s*\S[^<]* – Prøvesvar</title>", page), name
        assert 'href="#innhold"' in page, name
        assert outline.tags.count("main") == 1, name
        assert outline.headings.count(1) == 1, name


def test_headings_never_skip_a_level(pages):
    for name, page in each(pages):
        levels = Outline(page).headings
        steps = [b - a for a, b in pairwise(levels)]
        assert levels[0] == 1, name
        assert max(steps, default=0) <= 1, name


def test_no_id_is_used_twice(pages):
    for name, page in each(pages):
        ids = Outline(page).ids
        assert len(ids) == len(set(ids)), name


def test_every_field_has_its_label_and_every_image_its_text(pages):
    for name, page in each(pages):
        outline = Outline(page)
        assert set(outline.fields) <= set(outline.labelled), name
        assert all("alt" in image for image in outline.images), name


def test_what_a_field_says_describes_it_is_on_the_page(pages):
    described = 0
    for name, page in each(pages):
        outline = Outline(page)
        described += len(outline.describing)
        assert set(outline.describing) <= set(outline.ids), name
    assert described >= 4


def test_every_page_says_that_it_is_a_demonstration(pages):
    for name, page in each(pages):
        assert "ingen ekte pasienter" in page, name


def test_htmx_keeps_no_copy_of_a_page_in_the_browser(pages):
    for name, page in each(pages):
        assert '"historyCacheSize":0' in page, name
        assert '"allowEval":false' in page, name


def test_refusals_have_a_refusals_status(pages):
    statuses = {name: answer.status_code for name, answer in pages.items()}

    assert statuses.pop("not-found") == 404
    assert statuses.pop("search-refused") == 403
    assert statuses.pop("role-refused") == 403
    assert statuses.pop("own-limits-fault") == 422
    assert set(statuses.values()) == {200}
