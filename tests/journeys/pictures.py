"""Take the pictures of the main pages, on a desk and on a phone.

    python -m tests.journeys.pictures [--dark] [FOLDER]

Of the whole demonstration, freshly loaded; into docs/pictures unless told otherwise.
"""

import os
import sys
import tempfile
from pathlib import Path

import django

SIZES = {"": (1280, 900), "-phone": (390, 844)}
SCHEMES = ("light", "dark")


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
    django.setup()
    from django.conf import settings
    from playwright.sync_api import sync_playwright

    from tests.journeys.conftest import FLAGS, browser_path
    from tests.journeys.product import Product

    arguments = [each for each in sys.argv[1:] if each != "--dark"]
    folder = Path(*arguments) if arguments else settings.BASE_DIR / "docs" / "pictures"
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as place, sync_playwright() as playwright:
        product = Product(Path(place))
        browser = playwright.chromium.launch(executable_path=browser_path(), args=FLAGS)
        try:
            product.start(patients=10)
            for size in SIZES:
                _take_all(browser, product, folder, size, SCHEMES["--dark" in sys.argv])
        finally:
            browser.close()
            product.stop()


def _take_all(browser, product, folder: Path, size: str, scheme: str) -> None:
    from tests.cast import KARI, OLA
    from tests.journeys.visitor import Visitor

    width, height = SIZES[size]
    options = {
        "viewport": {"width": width, "height": height},
        "color_scheme": scheme,
        "reduced_motion": "reduce",
    }

    def take(visitor, name: str, *, on_phone_from: str = "body") -> None:
        """A phone shows so little that one scrolls to what matters."""
        if size == "-phone":
            start = visitor.page.locator(on_phone_from).first
            start.evaluate("element => element.scrollIntoView()")
        visitor.page.evaluate("document.fonts.ready")
        visitor.page.screenshot(path=folder / f"{name}{size}.png")

    def visitor(audience):
        return Visitor(browser, product, audience, **options)

    take(visitor("front").visit("/"), "front")

    ola = visitor("clinician").sign_in(OLA)
    ola.find_patient(KARI.number)
    take(ola, "clinician-reports")
    ola.read_newest()
    take(ola, "clinician-report", on_phone_from=".actions")

    kari = visitor("citizen").sign_in(KARI)
    take(kari, "citizen-reports")
    kari.read_newest()
    take(kari, "citizen-report", on_phone_from="main .page")


if __name__ == "__main__":
    main()
