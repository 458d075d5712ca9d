"""What is said to somebody the EHR system sent here in vain."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from access.vocabulary import (
    LaunchFault,
)

_SENTENCES: dict[LaunchFault, Promise] = {
    LaunchFault.CODE_USED: _(
        "Lenken fra journalsystemet er brukt. Den virker bare én gang."
    ),
    LaunchFault.CODE_EXPIRED: _(
        "Lenken fra journalsystemet er for gammel. Den virker i ett minutt."
    ),
    LaunchFault.SESSION_OVER: _("Åpningen er avsluttet i journalsystemet."),
    LaunchFault.CLIENT_UNKNOWN: _("Journalsystemet er ikke lenger registrert hos oss."),
    LaunchFault.USER_DISABLED: _(
        "Tilgangen din er stengt. Ta kontakt med den som forvalter tjenesten."
    ),
    LaunchFault.ROLE_NOT_HELD: _("Rollen du åpnet med, gjelder ikke lenger."),
    LaunchFault.NOT_A_PAGE: _("Prøvesvar må åpnes i et eget vindu."),
}
_OTHERWISE = _("Lenken fra journalsystemet virker ikke.")


def explain_launch(fault: LaunchFault) -> str:
    """A code nobody made and a verifier that does not fit are told alike; the code for
    the help desk tells them apart."""
    return str(_SENTENCES.get(fault, _OTHERWISE))
