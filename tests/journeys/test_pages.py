"""Every page is open to everyone: axe finds nothing, and a narrow screen is enough."""

import pytest

from tests.journeys.axe import scrolls_sideways, violations
from tests.journeys.tour import PAGES, Tour, send_what_jonas_has
from tests.journeys.visitor import Visitor

HEIGHT = 900


@pytest.fixture(scope="module")
def tour(browser, product):
    """Signed in once for all pages; what went wrong anywhere is told at the end."""
    send_what_jonas_has(product)
    visitors = []

    def visitor(audience):
        visitors.append(Visitor(browser, product, audience))
        return visitors[-1]

    yield Tour(visitor)
    for each in visitors:
        each.leave()


def test_a_bad_page_is_found_out(browser):
    page = browser.new_page()
    page.set_content("<img src='x.png'><p style='width: 200vw'>Uten overskrift")

    found = " ".join(violations(page))

    assert "image-alt" in found
    assert "page-has-heading-one" in found
    assert scrolls_sideways(page)
    page.close()


@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_open_to_all(tour, name):
    visitor = PAGES[name](tour)

    assert violations(visitor.page) == []

    visitor.page.set_viewport_size({"width": 320, "height": HEIGHT})
    try:
        assert not scrolls_sideways(visitor.page)
    finally:
        visitor.page.set_viewport_size({"width": 1280, "height": HEIGHT})
    assert visitor.faults == []


@pytest.mark.pages
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390, 320])
@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_open_to_all_whatever_the_screen(tour, name, width, scheme):
    visitor = PAGES[name](tour)
    visitor.page.emulate_media(color_scheme=scheme)
    visitor.page.set_viewport_size({"width": width, "height": HEIGHT})

    assert violations(visitor.page) == []
    assert not scrolls_sideways(visitor.page)
