"""Someone at a browser, watched: what went wrong, and every address asked for."""

import re
from urllib.parse import unquote

from portal.demo import people
from portal.demo.people import Persona
from tests.journeys.product import Product

ENTRANCES = {
    "clinician": "/helsepersonell/",
    "citizen": "/innbygger/",
    "producer": "/produsent/",
}
CONSENT = "Pasienten samtykker"
NUMBERS = frozenset(persona.number for persona in people.PERSONAS)


class Visitor:
    """One browser profile with one tab, on one audience's pages."""

    def __init__(self, browser, product: Product, audience: str, **options) -> None:
        self._context = browser.new_context(
            locale="nb-NO",
            timezone_id="Europe/Oslo",
            **{"viewport": {"width": 1280, "height": 900}, **options},
        )
        self._context.set_default_timeout(10_000)
        self._product = product
        self._audience = audience
        self._numbers = set(NUMBERS)
        self.page = self._context.new_page()
        self.faults: list[str] = []
        self.addresses: list[str] = []
        self.response = None
        self._watch()

    def _watch(self) -> None:
        self.page.on("console", self._hear)
        self.page.on("pageerror", lambda error: self.faults.append(str(error)))
        self.page.on("request", lambda request: self.addresses.append(request.url))
        self.page.on("response", self._receive)

    def _receive(self, response) -> None:
        if response.request.is_navigation_request():
            self.response = response

    def _hear(self, message) -> None:
        """A page that is itself a refusal is reported as an error; it is none."""
        is_page = message.location["url"] == getattr(self.response, "url", None)
        is_refusal = is_page and message.text.startswith("Failed to load resource")
        if message.type in ("error", "warning") and not is_refusal:
            self.faults.append(message.text)

    def visit(self, path: str = "") -> "Visitor":
        path = path or ENTRANCES.get(self._audience, "/")
        self.page.goto(self._product.address(path, audience=self._audience))
        return self

    def sign_in(self, persona: Persona) -> "Visitor":
        """Through the local provider, which shows its cast and asks for no password."""
        self.visit()
        self.follow(re.compile("^Logg inn med"))
        self.follow(persona.name)
        return self

    def follow(self, name: str | re.Pattern) -> None:
        """Follow the first link of that name, and arrive."""
        exact = isinstance(name, str)
        self.page.get_by_role("link", name=name, exact=exact).first.click()
        self.page.wait_for_load_state()

    def find_patient(
        self,
        number: str,
        *,
        basis: str | None = CONSENT,
        purpose: str | None = "Behandling",
    ) -> None:
        """Type the number into the form; choose what is stated and send it."""
        self._numbers.add(number)
        self.visit("/helsepersonell/")
        self.page.get_by_label("Fødselsnummer eller D-nummer").fill(number)
        for choice in (basis, purpose):
            if choice:
                self.page.get_by_label(choice, exact=True).check()
        self.press("Åpne pasienten")

    def read_newest(self) -> None:
        """Open the first report in the list, or of the newest sampling in the table."""
        with self.page.expect_navigation():
            self.page.locator(".report-row a, .over-time thead a").first.click()

    def press(self, name: str) -> None:
        with self.page.expect_navigation():
            self.page.get_by_role("button", name=name).click()

    @property
    def reads(self) -> str:
        """The text of the page, spaces made one, as one reads it."""
        return " ".join(self.page.locator("body").inner_text().split())

    @property
    def heading(self) -> str:
        return " ".join(self.page.locator("h1").inner_text().split())

    @property
    def path(self) -> str:
        return self.page.url.split(str(self._product.port), 1)[1]

    def leave(self) -> None:
        """Close the browser; says what went wrong on the way."""
        self.addresses.append(self.page.url)
        self._context.close()
        assert self.faults == []
        seen = [unquote(address) for address in self.addresses]
        has_number = any(number in url for url in seen for number in self._numbers)
        # Told without the address: it would hold the number.
        assert not has_number, "an identity number stood in an address"
