"""The way to every page, for those who judge how pages look and not what they say."""

import re
import uuid
from collections.abc import Callable

from tests.cast import EVA, HEGE, INGRID, JONAS, OLA, TOR
from tests.journeys.sending import send_what_jonas_has
from tests.journeys.visitor import Visitor

__all__ = ["PAGES", "Tour", "send_what_jonas_has"]

_ROWS = """rows => rows.map(row => [
    row.querySelector('.disc').dataset.tone,
    row.querySelector('a').getAttribute('href'),
    !!row.closest('[aria-labelledby=venter]'),
])"""


class Tour:
    """People who have signed in once, and who may then be sent to any page."""

    def __init__(self, visitor: Callable[[str], Visitor]) -> None:
        self.passer_by = visitor("front")
        self.stranger, self.shut_out = visitor("clinician"), visitor("citizen")
        self.integrator = visitor("producer")
        self.doctor = visitor("clinician").sign_in(OLA)
        self.colleague = visitor("clinician").sign_in(INGRID)
        self.secretary = visitor("clinician").sign_in(HEGE)
        self.locum = visitor("clinician").sign_in(EVA)
        self.citizen = visitor("citizen").sign_in(JONAS)
        self.sensitive_path = _unopened(self.citizen.visit("/innbygger/analyser/"))
        self.doctor.find_patient(JONAS.number)
        self.patient_path = self.doctor.path
        self._theirs = _newest_of_each_tone(
            self.doctor.visit(f"{self.patient_path}svar/")
        )
        self._show_the_newest_image()
        self._own = _newest_of_each_tone(self.citizen.visit())
        self._a_look = _a_look(self.citizen.visit("/innbygger/hvem-har-sett/"))

    def _show_the_newest_image(self) -> None:
        """Assessed, with a comment; what is older still waits for somebody."""
        page = self.doctor.visit(self._theirs["image"]).page
        page.get_by_label("Melding til pasienten").fill("Vi snakkes på neste time.")
        with page.expect_navigation():
            page.get_by_role("button", name="Vurdert – vis for pasienten").click()

    def waiting(self) -> Visitor:
        """One that the citizen is not shown yet."""
        line = self.citizen.visit().page.locator("[aria-labelledby=venter] a").first
        return self.citizen.visit(line.get_attribute("href") or "")

    def to_assess(self) -> Visitor:
        """The first on the requester's list, with a form that lacks something."""
        self.doctor.visit("/helsepersonell/vurdering/")
        page = self.doctor.page
        with page.expect_navigation():
            page.locator(".report-row a").first.click()
        page.get_by_text("Nekt innsyn", exact=True).first.click()
        with page.expect_navigation():
            page.get_by_role("button", name="Nekt innsyn").click()
        return self.doctor

    def patient(self, visitor: Visitor) -> Visitor:
        return visitor.visit(self.patient_path)

    def curve_of(self, *names: str) -> Visitor:
        """Of the first analyte with each name; as chosen in the list of them."""
        address, analytes = f"{self.patient_path}over-tid/", "select[name=rad] option"
        options = self.doctor.visit(address).page.locator(analytes)
        chosen = [
            options.filter(has_text=name).first.get_attribute("value") for name in names
        ]
        return self.doctor.visit(f"{address}?{'&'.join(f'rad={c}' for c in chosen)}")

    def search_texts(self, words: str) -> Visitor:
        page = self.doctor.visit(f"{self.patient_path}sok/").page
        page.get_by_label("Ord i svartekster").fill(words)
        with page.expect_navigation():
            page.get_by_role("button", name="Søk", exact=True).click()
        return self.doctor

    def report_for_doctor(self, tone: str) -> Visitor:
        return self.doctor.visit(self._theirs[tone])

    def report_for_citizen(self, tone: str) -> Visitor:
        return self.citizen.visit(self._own[tone])

    def corrected_for(self, visitor: Visitor, start: str) -> Visitor:
        """The newest answer that has been changed since it first came."""
        rows = visitor.visit(start).page.locator(".report-row")
        changed = rows.filter(has_text=re.compile("Rettet|Endret|Oppdatert|Tillegg"))
        return visitor.visit(changed.locator("a").first.get_attribute("href"))

    def text_for_record(self) -> Visitor:
        self.report_for_doctor("blood").follow("Kopier til journalen")
        return self.doctor

    def mistype(self) -> Visitor:
        self.doctor.find_patient("123")
        return self.doctor

    def ask_in_vain(self) -> Visitor:
        self.secretary.find_patient(JONAS.number)
        return self.secretary

    def ask_about_a_look(self) -> Visitor:
        return self.citizen.visit(self._a_look)

    def follow_a_test(self) -> Visitor:
        page = self.citizen.visit("/innbygger/analyser/").page
        page.locator(".analyte-row a").first.click()
        return self.citizen

    def search_for(self, words: str) -> Visitor:
        page = self.citizen.visit("/innbygger/").page
        page.get_by_label("Søk i svarene dine").fill(words)
        with page.expect_navigation():
            page.get_by_role("button", name="Søk", exact=True).click()
        return self.citizen

    def block_nobody(self) -> Visitor:
        page = self.citizen.visit("/innbygger/sperre/").page
        page.get_by_label("HPR-nummer").fill("x")
        with page.expect_navigation():
            page.get_by_role("button", name="Blokker", exact=True).click()
        return self.citizen

    def arrive_without_a_code(self) -> Visitor:
        return self.stranger.visit("/hentpasient.html?code=x&ehr_code_verifier=y")

    def try_example(self, name: str) -> Visitor:
        """As one who makes messages does, on the test bench."""
        button = self.integrator.visit().page.locator(f"button[value='{name}']")
        with self.integrator.page.expect_navigation():
            button.click()
        return self.integrator

    def choose_a_persona(self) -> Visitor:
        self.stranger.visit().follow("Logg inn med HelseID")
        return self.stranger


def _a_look(visitor: Visitor) -> str:
    """Found before the visitors' own looks fill the first page of the log."""
    link = visitor.page.get_by_role("link", name="Spør om dette oppslaget").first
    return link.get_attribute("href")


def _unopened(visitor: Visitor) -> str:
    """The one answer that is asked about before it is opened."""
    link = visitor.page.locator(".plain-list a").first
    return link.get_attribute("href")


def _newest_of_each_tone(visitor: Visitor) -> dict[str, str]:
    """The tone tells the discipline, in the list they stand in."""
    rows = visitor.page.locator(".report-row").evaluate_all(_ROWS)
    shown = [
        (tone, href) for tone, href, is_waiting in reversed(rows) if not is_waiting
    ]
    return {tone: href for tone, href, _waits in rows} | dict(shown)


PAGES: dict[str, Callable[[Tour], Visitor]] = {
    "front": lambda tour: tour.passer_by.visit("/"),
    "not found": lambda tour: tour.stranger.visit("/finnes-ikke/"),
    "login": lambda tour: tour.stranger.visit(),
    "choose a persona": lambda tour: tour.choose_a_persona(),
    "login refused": lambda tour: tour.shut_out.sign_in(TOR),
    "choose a workplace": lambda tour: tour.locum.visit("/innlogging/arbeidssted/"),
    "own sessions": lambda tour: tour.doctor.visit("/innlogging/mine/"),
    "citizen's own sessions": lambda tour: tour.citizen.visit("/innlogging/mine/"),
    "not opened from the EHR": lambda tour: tour.arrive_without_a_code(),
    "logged out": lambda tour: tour.stranger.visit("/innlogging/avsluttet/"),
    "clinician search": lambda tour: tour.doctor.visit(),
    "clinician search with a fault": lambda tour: tour.mistype(),
    "clinician need": lambda tour: tour.patient(tour.colleague),
    "clinician refused": lambda tour: tour.ask_in_vain(),
    "clinician opens what is closed": lambda tour: tour.doctor.visit(
        f"{tour.patient_path}sperret/"
    ),
    "clinician limits": lambda tour: tour.doctor.visit(
        f"{tour.patient_path}sperringer/"
    ),
    "clinician overrides": lambda tour: tour.doctor.visit(
        "/helsepersonell/nodtilganger/"
    ),
    "clinician cases": lambda tour: tour.doctor.visit("/helsepersonell/saker/"),
    "clinician over time": lambda tour: tour.patient(tour.doctor),
    "clinician chosen from": lambda tour: tour.doctor.visit(
        f"{tour.patient_path}?sok=kreatinin&periode=3y&avvik=1"
    ),
    "clinician news": lambda tour: tour.doctor.visit(f"{tour.patient_path}nytt/"),
    "clinician reports": lambda tour: tour.doctor.visit(f"{tour.patient_path}svar/"),
    "clinician one analyte": lambda tour: tour.curve_of("Kreatinin"),
    "clinician analytes compared": lambda tour: tour.curve_of(
        "Kreatinin", "Hemoglobin"
    ),
    "clinician cultures": lambda tour: tour.doctor.visit(
        f"{tour.patient_path}mikrobiologi/"
    ),
    "clinician pathology": lambda tour: tour.doctor.visit(
        f"{tour.patient_path}patologi/"
    ),
    "clinician images": lambda tour: tour.doctor.visit(f"{tour.patient_path}bilder/"),
    "clinician text search": lambda tour: tour.search_texts("brudd"),
    "clinician lab report": lambda tour: tour.report_for_doctor("blood"),
    "clinician microbiology": lambda tour: tour.report_for_doctor("microbe"),
    "clinician radiology": lambda tour: tour.report_for_doctor("image"),
    "clinician corrected report": lambda tour: tour.corrected_for(
        tour.doctor, f"{tour.patient_path}svar/"
    ),
    "clinician text for the record": lambda tour: tour.text_for_record(),
    "clinician shortcuts": lambda tour: tour.doctor.visit(
        "/helsepersonell/hurtigtaster/"
    ),
    "clinician worklist": lambda tour: tour.doctor.visit("/helsepersonell/vurdering/"),
    "clinician assesses": lambda tour: tour.to_assess(),
    "citizen waiting": lambda tour: tour.waiting(),
    "citizen reports": lambda tour: tour.citizen.visit(),
    "citizen by test": lambda tour: tour.citizen.visit("/innbygger/analyser/"),
    "citizen one test": lambda tour: tour.follow_a_test(),
    "citizen images": lambda tour: tour.citizen.visit("/innbygger/bilder-og-vev/"),
    "citizen search": lambda tour: tour.search_for("blodprosent"),
    "citizen search in vain": lambda tour: tour.search_for("enhjørning"),
    "citizen asked first": lambda tour: tour.citizen.visit(tour.sensitive_path),
    "citizen lab report": lambda tour: tour.report_for_citizen("blood"),
    "citizen microbiology": lambda tour: tour.report_for_citizen("microbe"),
    "citizen radiology": lambda tour: tour.report_for_citizen("image"),
    "citizen corrected report": lambda tour: tour.corrected_for(
        tour.citizen, "/innbygger/"
    ),
    "citizen takes along": lambda tour: tour.citizen.visit("/innbygger/ta-med/"),
    "citizen refused": lambda tour: tour.citizen.visit(
        f"/innbygger/svar/{uuid.UUID(int=1)}/"
    ),
    "producer bench": lambda tour: tour.integrator.visit(),
    "producer approval": lambda tour: tour.integrator.visit("/produsent/godkjenning/"),
    "producer result": lambda tour: tour.try_example("blodprover"),
    "producer result to mend": lambda tour: tour.try_example("bor-rettes"),
    "producer result refused": lambda tour: tour.try_example("odelagt"),
    "citizen access log": lambda tour: tour.citizen.visit("/innbygger/hvem-har-sett/"),
    "citizen asks about a look": lambda tour: tour.ask_about_a_look(),
    "citizen says it is wrong": lambda tour: tour.citizen.visit(
        f"{tour._own['blood']}feil/"
    ),
    "citizen corrections": lambda tour: tour.citizen.visit("/innbygger/feil/"),
    "clinician corrections": lambda tour: tour.doctor.visit(
        "/helsepersonell/rettelser/"
    ),
    "citizen questions": lambda tour: tour.citizen.visit(
        "/innbygger/hvem-har-sett/sporsmal/"
    ),
    "citizen limits": lambda tour: tour.citizen.visit("/innbygger/sperre/"),
    "citizen reservations": lambda tour: tour.citizen.visit("/innbygger/reservasjon/"),
    "citizen notices": lambda tour: tour.citizen.visit("/innbygger/varsler/"),
    "citizen reserves": lambda tour: tour.citizen.visit(
        "/innbygger/reservasjon/lagring/"
    ),
    "citizen regrets": lambda tour: tour.citizen.visit(
        "/innbygger/reservasjon/lagring/opphev/"
    ),
    "citizen closes digital access": lambda tour: tour.citizen.visit(
        "/innbygger/reservasjon/nett/"
    ),
    "citizen limits with a fault": lambda tour: tour.block_nobody(),
}
