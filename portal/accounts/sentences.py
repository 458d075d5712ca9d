"""What is said to somebody who was not signed in, and with which status."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from access.authentication import Refusal


@dataclass(frozen=True, slots=True)
class Explanation:
    status: int
    text: Promise


_FAULTY = Explanation(
    400,
    _(
        "Svaret fra innloggingstjenesten var ikke til å stole på, så du er ikke "
        "logget inn. Prøv på nytt. Skjer det igjen, ta kontakt med brukerstøtte."
    ),
)
_AGAIN = Explanation(
    403, _("Innloggingen kan ikke fornyes. Logg inn på nytt for å gå videre.")
)
_EXPLANATIONS = {
    Refusal.CANCELLED: Explanation(403, _("Innloggingen ble avbrutt.")),
    Refusal.STATE_UNKNOWN: Explanation(
        400,
        _(
            "Innloggingen er allerede brukt, ble startet i en annen nettleser eller "
            "tok for lang tid. Start på nytt."
        ),
    ),
    Refusal.PROVIDER_UNAVAILABLE: Explanation(
        503,
        _(
            "Innloggingstjenesten svarer ikke akkurat nå. Det er ikke noe galt med "
            "brukeren din. Prøv igjen om litt."
        ),
    ),
    Refusal.LEVEL_TOO_LOW: Explanation(
        403,
        _(
            "Du logget inn på et for lavt sikkerhetsnivå. Prøvesvar krever nivå 4 "
            "(høyt), for eksempel BankID, Buypass eller Commfides."
        ),
    ),
    Refusal.LOGIN_TOO_OLD: Explanation(
        403,
        _(
            "Innloggingen hos innloggingstjenesten er for gammel. Logg inn på nytt og "
            "bekreft hvem du er."
        ),
    ),
    Refusal.OTHER_PERSON: Explanation(
        403,
        _(
            "Du bekreftet innloggingen som en annen enn den som er logget inn. Logg ut "
            "først hvis du skal bytte bruker."
        ),
    ),
    Refusal.ORGANIZATION_REFUSED: Explanation(
        403,
        _(
            "HelseID går ikke god for at du kan handle på vegne av denne virksomheten. "
            "Virksomheten må ha godtatt vilkårene for tjenesten."
        ),
    ),
    Refusal.REFRESH_REFUSED: _AGAIN,
    Refusal.REFRESH_MISSING: _AGAIN,
    Refusal.IDENTITY_NUMBER: Explanation(
        403,
        _(
            "Innloggingstjenesten oppga ikke et gyldig fødselsnummer eller D-nummer "
            "for deg."
        ),
    ),
    Refusal.USER_DISABLED: Explanation(
        403, _("Tilgangen din er stengt. Ta kontakt med den som forvalter tjenesten.")
    ),
}


def explain(refusal: Refusal) -> Explanation:
    """Most grounds are one and the same to the reader; the code tells them apart."""
    return _EXPLANATIONS.get(refusal, _FAULTY)
