"""The real service and a real browser, for as long as the journeys last.

For the package and not the session: while Playwright runs, Django takes this thread for
an asynchronous one and refuses the other tests their database.
"""

import shutil

import pytest
from playwright.sync_api import sync_playwright

from deploy.bootstrap import BROWSERS
from tests.journeys.axe import AXE
from tests.journeys.product import Product
from tests.journeys.visitor import Visitor

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def pytest_collection_modifyitems(items):
    for item in items:
        if "/tests/journeys/" in item.path.as_posix():
            item.add_marker(pytest.mark.browser)


def browser_path() -> str | None:
    return next(filter(None, map(shutil.which, BROWSERS)), None)


@pytest.fixture(scope="package")
def product(tmp_path_factory):
    if not browser_path():
        pytest.skip("NO BROWSER: Chromium is not installed")
    if not AXE.exists():
        pytest.skip("NO AXE: node_modules is not installed")
    product = Product(tmp_path_factory.mktemp("product"))
    try:
        product.start()
        yield product
    finally:
        product.stop()


@pytest.fixture(scope="package")
def browser(product):
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=browser_path(), args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def someone(browser, product):
    """Opens a browser for somebody; at the end each must have gone well."""
    visitors = []

    def open_for(audience, **options):
        visitors.append(Visitor(browser, product, audience, **options))
        return visitors[-1]

    yield open_for
    for visitor in visitors:
        visitor.leave()


@pytest.fixture
def at_work(someone):
    """A health worker, signed in."""
    return lambda persona, **options: someone("clinician", **options).sign_in(persona)


@pytest.fixture
def at_home(someone):
    """A citizen, signed in."""
    return lambda persona, **options: someone("citizen", **options).sign_in(persona)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    """What the service said, beside a journey that failed."""
    report = yield
    product = getattr(item, "funcargs", {}).get("product")
    if report.failed and product:
        report.sections.append(("the service", product.last_words()))
    return report
