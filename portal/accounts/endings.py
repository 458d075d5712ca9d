"""What is said to somebody whose session ended without their asking."""

from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from access.vocabulary import (
    SessionEnd,
)
from portal.middleware import ENDED_KEY

_SENTENCES: dict[str, Promise] = {
    SessionEnd.IDLE: _("Du er logget ut fordi siden ikke har vært i bruk på en stund."),
    SessionEnd.TOO_LONG: _("Innloggingen varte så lenge som den kan, og er over."),
    SessionEnd.BY_USER: _("Innloggingen ble avsluttet fra «Mine innlogginger»."),
    SessionEnd.BY_PROVIDER: _("Innloggingen ble avsluttet av innloggingstjenesten."),
    SessionEnd.BY_EHR: _("Innloggingen ble avsluttet av journalsystemet."),
    SessionEnd.ROLE_ENDED: _(
        "Rollen du var logget inn med, gjelder ikke lenger. Logg inn på nytt for å "
        "velge en annen."
    ),
    SessionEnd.USER_DISABLED: _(
        "Tilgangen din er stengt. Ta kontakt med den som forvalter tjenesten."
    ),
}
_OTHERWISE = _("Innloggingen er over. Logg inn på nytt.")


def why_ended(request: HttpRequest) -> str:
    """Said once; empty when nothing has ended."""
    reason = request.session.pop(ENDED_KEY, None)
    return str(_SENTENCES.get(reason, _OTHERWISE)) if reason else ""
