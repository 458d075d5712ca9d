"""The headings laboratories put over what they write (Volven 8243), in words."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

_HEADINGS: dict[str, str | Promise] = {
    "DIAG": _("Diagnose"),
    "VU": _("Vurdering"),
    "FU": _("Funn og undersøkelsesresultater"),
    "TFU": _("Tilleggsfunn"),
    "MET": _("Metode"),
    "SY": _("Sykmelding"),
    "UP": _("Ubesvarte prøver"),
}
# What the reader came for; the rest follows in the order written.
_CONCLUSIONS = ("DIAG", "VU")


def heading_words(code: str) -> str:
    """The heading in words; empty where the code only says what kind of item it is."""
    return str(_HEADINGS.get(code, ""))


def is_conclusion(code: str) -> bool:
    return code in _CONCLUSIONS
