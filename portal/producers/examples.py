"""Small messages to try, made by our own generator, about a person who is none."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from results.identity import check_digits

_FOLDER = Path(__file__).with_name("examples")
# Stands in the files for a number that is computed: none is written down.
_NUMBER = "PASIENTNUMMER"
# Born 12 April 1984, in the series for synthetic people (month + 80), a woman.
_BIRTH_DATE = "128484"


@dataclass(frozen=True, slots=True)
class Example:
    """A message in a file; `title` says what it is, `shows` what to look for."""

    name: str
    title: str | Promise
    shows: str | Promise
    is_json: bool = False

    @property
    def file_name(self) -> str:
        return f"{self.name}.{'json' if self.is_json else 'xml'}"

    @property
    def media_type(self) -> str:
        return "application/fhir+json" if self.is_json else "application/xml"

    def content(self) -> bytes:
        """The bytes, as a producer would send them."""
        text = (_FOLDER / self.file_name).read_text(encoding="utf-8")
        return text.replace(_NUMBER, _number()).encode()


EXAMPLES = (
    Example(
        "blodprover",
        _("Blodprøver"),
        _("Svarrapport 1.4 med tall og referanseområder. Blir tatt imot."),
    ),
    Example(
        "dyrkning",
        _("Dyrkning med resistens"),
        _("Svarrapport 1.3 med funn og følsomhet. Blir tatt imot."),
    ),
    Example(
        "vevsprove",
        _("Vevsprøve"),
        _("Svarrapport 1.3 med diagnose og beskrivelse. Blir tatt imot."),
    ),
    Example(
        "rontgen",
        _("Bildeundersøkelse"),
        _("Svarrapport 1.4 med radiologens beskrivelse. Blir tatt imot."),
    ),
    Example(
        "fhir",
        _("FHIR-dokument"),
        _("En Bundle etter den europeiske laboratorieguiden. Blir tatt imot."),
        is_json=True,
    ),
    Example(
        "bor-rettes",
        _("Blodprøver med slurvefeil"),
        _(
            "Desimalkomma, ukjent kode, feil enhet og manglende tidspunkt. Blir tatt "
            "imot, men bør rettes."
        ),
    ),
    Example(
        "avvises",
        _("Pasient uten navn"),
        _("MsgId er heller ikke en UUID. Blir avvist med negativ kvittering."),
    ),
    Example(
        "odelagt",
        _("Ødelagt XML"),
        _("En sluttkode er skrevet feil. Kan ikke leses."),
    ),
)


def example_named(name: str) -> Example | None:
    return next((e for e in EXAMPLES if e.name == name), None)


@cache
def _number() -> str:
    """The first number in the series with check digits, of a woman."""
    for individual in range(500):
        nine = f"{_BIRTH_DATE}{individual:03d}"
        is_female = individual % 2 == 0
        if is_female and (ends := check_digits(nine)):
            return nine + ends
    raise LookupError("No number of that day has check digits.")
