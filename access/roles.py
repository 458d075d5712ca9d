"""The roles of health personnel, in words an official can read (Volven 9060).

What each may do is dated policy (`RoleCapability`); here is only what they are called.
"""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Role:
    """A category of health personnel."""

    code: str
    name: str | Promise


ROLES: dict[str, Role] = {
    role.code: role
    for role in (
        Role("LE", _("Lege")),
        Role("SP", _("Sykepleier")),
        Role("PS", _("Psykolog")),
        Role("JO", _("Jordmor")),
        Role("VP", _("Vernepleier")),
        Role("AA", _("Ambulansearbeider")),
        Role("PM", _("Paramedisiner")),
        Role("TL", _("Tannlege")),
        Role("BI", _("Bioingeniør")),
        Role("RA", _("Radiograf")),
        Role("FT", _("Fysioterapeut")),
        Role("KI", _("Kiropraktor")),
        Role("MT", _("Manuellterapeut")),
        Role("FA1", _("Provisorfarmasøyt")),
        Role("FA2", _("Reseptarfarmasøyt")),
        Role("HF", _("Helsefagarbeider")),
        Role("HE", _("Helsesekretær")),
        Role("TH", _("Tannhelsesekretær")),
        Role("KE", _("Klinisk ernæringsfysiolog")),
        Role("ET", _("Ergoterapeut")),
        Role("OP", _("Optiker")),
        Role("VE", _("Veterinær")),
    )
}


def role_name(code: str) -> str:
    """The role in words, in the reader's language; the code itself when unknown."""
    role = ROLES.get(code)
    return str(role.name) if role else code
