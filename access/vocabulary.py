"""The choices kept beside decisions: cases, notices, sessions and machine clients."""

import enum

from django.db import models
from django.utils.translation import gettext_lazy as _


class HelpDeskDeed(models.TextChoices):
    """What the help desk does for somebody who asks."""

    RESTRICT = "restrict", _("Sperr alle svar")
    LIFT = "lift", _("Opphev")
    RESERVE = "reserve", _("Reserver mot lagring, og slett alle svar")
    END_RESERVATION = "end-reservation", _("Opphev reservasjonen mot lagring")
    CLOSE_DIGITAL = "close-digital", _("Steng tilgangen på nett")
    OPEN_DIGITAL = "open-digital", _("Åpne tilgangen på nett igjen")


class HowIdentified(models.TextChoices):
    """How the help desk knows who it is."""

    DOCUMENT = "document", _("Viste gyldig legitimasjon ved oppmøte")
    CALLED_BACK = "called-back", _("Ringt opp på registrert nummer")
    LETTER = "letter", _("Underskrevet brev med kopi av legitimasjon")


class NoticeKind(models.TextChoices):
    """What a patient is told of."""

    LIMIT_CHANGED = "limit-changed", _("Noe er sperret eller åpnet for deg")
    RESERVED = "reserved", _("Svarene dine er slettet, og ingen nye lagres")
    RESERVATION_ENDED = "reservation-ended", _("Nye svar lagres igjen")
    DIGITAL_CLOSED = "digital-closed", _("Tilgangen din på nett er stengt")
    DIGITAL_OPENED = "digital-opened", _("Tilgangen din på nett er åpnet igjen")
    NEW_ANSWER = "new-answer", _("Et nytt svar er kommet")
    LOOKED = "looked", _("Noen har sett svarene dine")
    LOOKED_THIS_MONTH = "looked-month", _("Noen så svarene dine forrige måned")
    OPENED_WITH_CONSENT = "opened-consent", _("Sperrede svar ble åpnet med samtykke")
    OPENED_IN_EMERGENCY = (
        "opened-emergency",
        _("Sperrede svar ble åpnet i en nødssituasjon"),
    )
    ANSWER_RELEASED = "answer-released", _("Et svar er vurdert og vises for deg")
    ANSWER_WITHHELD = "answer-withheld", _("Du er nektet innsyn i et svar")


class Channel(models.TextChoices):
    """How a notice goes."""

    EMAIL = "email", _("E-post")
    SMS = "sms", _("SMS")


class ToldOfLooks(models.TextChoices):
    """When a patient is told that somebody has looked."""

    NEVER = "never", _("Aldri")
    MONTHLY = "monthly", _("Én gang i måneden, hvis noen har sett")
    EACH = "each", _("Hver gang noen har sett")


class CaseKind(models.TextChoices):
    """Why a look is asked about."""

    QUESTION = "question", _("Spørsmål fra innbygger")
    EMERGENCY = "emergency", _("Nødtilgang")
    SURNAME = "surname", _("Samme etternavn")
    RELATION = "relation", _("Ingen kjent behandlingsrelasjon")
    VOLUME = "volume", _("Uvanlig mange oppslag")
    RATE = "rate", _("Uvanlig mange nødtilganger")


# What is about one person's looks, and no one patient.
ABOUT_MANY = (CaseKind.VOLUME, CaseKind.RATE)


class CaseOutcome(models.TextChoices):
    """What a controller found."""

    JUSTIFIED = "justified", _("Oppslaget var i orden")
    UNJUSTIFIED = "unjustified", _("Oppslaget var ikke i orden")
    REPORTED = "reported", _("Ikke i orden, og meldt videre")


class CorrectionKind(models.TextChoices):
    """What a citizen says is wrong with an answer."""

    WRONG = "wrong", _("Noe i svaret er feil")
    NOT_MINE = "not-mine", _("Svaret er ikke mitt")


class CorrectionOutcome(models.TextChoices):
    """What came of it."""

    CORRECTED = "corrected", _("Svaret er rettet")
    KEPT = "kept", _("Svaret er riktig, og står som det er")


class SessionEnd(enum.StrEnum):
    """Why a session is over."""

    LOGGED_OUT = "LOGGED_OUT"
    BY_USER = "BY_USER"
    BY_PROVIDER = "BY_PROVIDER"
    BY_EHR = "BY_EHR"
    REPLACED = "REPLACED"
    IDLE = "IDLE"
    TOO_LONG = "TOO_LONG"
    ROLE_ENDED = "ROLE_ENDED"
    USER_DISABLED = "USER_DISABLED"
    UNKNOWN = "UNKNOWN"


class ClientKind(models.TextChoices):
    """What a machine client that does not send may be for."""

    EHR = "ehr", _("Journalsystem")
    STATISTICS = "statistics", _("Statistikk")


class LaunchFault(enum.StrEnum):
    """Why an EHR system's request, or a browser with its code, opens nothing."""

    CLIENT_UNKNOWN = "CLIENT_UNKNOWN"
    CLIENT_NOT_BOUND = "CLIENT_NOT_BOUND"
    USER_DISABLED = "USER_DISABLED"
    HPR_MISSING = "HPR_MISSING"
    ORG_NOT_YOURS = "ORG_NOT_YOURS"
    ORG_NOT_APPROVED = "ORG_NOT_APPROVED"
    ROLE_NOT_HELD = "ROLE_NOT_HELD"
    NOT_A_PAGE = "NOT_A_PAGE"
    CODE_UNKNOWN = "CODE_UNKNOWN"
    CODE_USED = "CODE_USED"
    CODE_EXPIRED = "CODE_EXPIRED"
    VERIFIER_WRONG = "VERIFIER_WRONG"
    SESSION_UNKNOWN = "SESSION_UNKNOWN"
    SESSION_OVER = "SESSION_OVER"
