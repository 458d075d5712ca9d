"""What an EHR system is told when it may not open: a code, and a plain sentence that
it shows its user."""

import enum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from access.vocabulary import (
    LaunchFault,
)


class RequestFault(enum.StrEnum):
    """What is wrong with the request itself, or with what was attested."""

    SOURCE_SYSTEM = "SOURCE_SYSTEM"
    CHALLENGE = "CHALLENGE"
    PATIENT = "PATIENT"
    ROLE = "ROLE"
    BASIS = "BASIS"
    SESSION_ID = "SESSION_ID"
    ATTESTATION_MISSING = "ATTESTATION_MISSING"


_SENTENCES: dict[RequestFault | LaunchFault, Promise] = {
    RequestFault.SOURCE_SYSTEM: _(
        "X-SOURCE-SYSTEM må navngi journalsystemet med 3 til 512 tegn."
    ),
    RequestFault.CHALLENGE: _(
        "ehr_code_challenge må være SHA-256 av verifikatoren, som base64url (43 tegn)."
    ),
    RequestFault.PATIENT: _(
        "patient_identifier må være et gyldig fødselsnummer eller D-nummer."
    ),
    RequestFault.ROLE: _(
        "practitioner_authorization må være en helsepersonellkategori (Volven 9060)."
    ),
    RequestFault.BASIS: _("access_basis må være SAMTYKKE, AKUTT eller UNNTAK."),
    RequestFault.SESSION_ID: _("sessionId mangler eller er ikke gyldig."),
    RequestFault.ATTESTATION_MISSING: _(
        "Tilgangsbeviset mangler attest etter tillitsrammeverket."
    ),
    LaunchFault.CLIENT_UNKNOWN: _(
        "Journalsystemet er ikke registrert hos oss, eller er slått av."
    ),
    LaunchFault.CLIENT_NOT_BOUND: _(
        "Journalsystemet er ikke registrert for virksomheten du er logget inn for."
    ),
    LaunchFault.USER_DISABLED: _(
        "Tilgangen din er stengt. Ta kontakt med den som forvalter tjenesten."
    ),
    LaunchFault.HPR_MISSING: _("Innloggingen oppga ikke noe HPR-nummer."),
    LaunchFault.ORG_NOT_YOURS: _(
        "Du har ingen gyldig rolle ved virksomheten du er logget inn for."
    ),
    LaunchFault.ORG_NOT_APPROVED: _(
        "Virksomheten er ikke godkjent for å slå opp prøvesvar."
    ),
    LaunchFault.ROLE_NOT_HELD: _(
        "Du er ikke registrert med denne rollen ved virksomheten."
    ),
    LaunchFault.SESSION_UNKNOWN: _("Det finnes ingen slik åpning fra dere."),
    LaunchFault.SESSION_OVER: _(
        "Åpningen er over. Åpne prøvesvarene på nytt fra journalsystemet."
    ),
}


def sentence_for(fault: RequestFault | LaunchFault) -> Promise:
    """One for each fault the API can answer with."""
    return _SENTENCES[fault]
