"""The fixed words of a report: FHIR R4 codes as stored, Norwegian beside them."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Discipline(models.TextChoices):
    """«Fagområde», FHIR `category`; the codes are those of Volven 8202."""

    CLIN = "CLIN", _("Medisinsk biokjemi")
    MBIO = "MBIO", _("Mikrobiologi")
    IMTR = "IMTR", _("Immunologi og transfusjonsmedisin")
    FARM = "FARM", _("Klinisk farmakologi")
    MGEN = "MGEN", _("Medisinsk genetikk")
    LAB = "LAB", _("Laboratoriemedisin")
    PAT = "PAT", _("Patologi")
    RAD = "RAD", _("Radiologi")
    NUK = "NUK", _("Nukleærmedisin")
    OTHER = "AN", _("Annet")

    @classmethod
    def of_report_type(cls, code: str | None) -> "Discipline":
        """The discipline of a Volven 8202 report type; unknown types are OTHER."""
        return _DISCIPLINE_OF_REPORT_TYPE.get((code or "").upper(), cls.OTHER)


_DISCIPLINE_OF_REPORT_TYPE = {
    **{code.value: code for code in Discipline},
    "CYTO": Discipline.PAT,
    "HIST": Discipline.PAT,
    "OBD": Discipline.PAT,
    "MPAT": Discipline.PAT,
    "MORS": Discipline.PAT,
    "BLD": Discipline.RAD,
    "RTG": Discipline.RAD,
    "CT": Discipline.RAD,
    "MR": Discipline.RAD,
    "UL": Discipline.RAD,
    "MA": Discipline.RAD,
    "SCI": Discipline.NUK,
}


class ReportStatus(models.TextChoices):
    """FHIR R4 `DiagnosticReport.status`."""

    REGISTERED = "registered", _("Planlagt")
    PARTIAL = "partial", _("Delsvar")
    PRELIMINARY = "preliminary", _("Foreløpig")
    FINAL = "final", _("Endelig")
    AMENDED = "amended", _("Endret")
    CORRECTED = "corrected", _("Rettet")
    APPENDED = "appended", _("Tillegg")
    CANCELLED = "cancelled", _("Trukket tilbake")
    ENTERED_IN_ERROR = "entered-in-error", _("Feilregistrert")
    UNKNOWN = "unknown", _("Ukjent status")


CHANGED = (ReportStatus.AMENDED, ReportStatus.CORRECTED, ReportStatus.APPENDED)
# What is taken back, whether it was true when it was said or not.
WITHDRAWN = (ReportStatus.CANCELLED, ReportStatus.ENTERED_IN_ERROR)


class ObservationStatus(models.TextChoices):
    """FHIR R4 `Observation.status`."""

    REGISTERED = "registered", _("Ikke klart")
    PRELIMINARY = "preliminary", _("Foreløpig")
    FINAL = "final", _("Endelig")
    AMENDED = "amended", _("Endret")
    CORRECTED = "corrected", _("Rettet")
    CANCELLED = "cancelled", _("Trukket tilbake")
    ENTERED_IN_ERROR = "entered-in-error", _("Feilregistrert")
    UNKNOWN = "unknown", _("Ukjent status")


class Interpretation(models.TextChoices):
    """The laboratory's own deviation mark (Volven 8244), in FHIR's letters."""

    HIGH = "H", _("Over referanseområdet")
    LOW = "L", _("Under referanseområdet")
    ABNORMAL = "A", _("Utenfor referanseområdet")


class ValueKind(models.TextChoices):
    """Which FHIR `value[x]` an observation carries."""

    QUANTITY = "quantity", _("Tall")
    TEXT = "text", _("Tekst")
    CODED = "coded", _("Kode")
    INTERVAL = "interval", _("Intervall")
    DATE = "date", _("Dato")
    NONE = "none", _("Uten verdi")


class Susceptibility(models.TextChoices):
    """Resistance (Volven 8271); the words are EUCAST's as of 2019."""

    SENSITIVE = "S", _("Sensitiv, standarddose")
    INCREASED_EXPOSURE = "I", _("Sensitiv, økt eksponering")
    RESISTANT = "R", _("Resistent")
    SEE_COMMENT = "K", _("Se kommentar")


class MessageFormat(models.TextChoices):
    """The formats a report may be sent in."""

    KITH_1_4 = "kith-1.4", "Svarrapport 1.4"
    KITH_1_3 = "kith-1.3", "Svarrapport 1.3"
    KITH_1_2 = "kith-1.2", "Svarrapport 1.2"
    FHIR_R4 = "fhir-r4", "FHIR R4"
    UNKNOWN = "unknown", _("Ukjent format")


class MessageOutcome(models.TextChoices):
    """What became of a received message; `received` means it waits for a worker."""

    RECEIVED = "received", _("Mottatt, venter")
    STORED = "stored", _("Lagret")
    WITHHELD = "withheld", _("Holdt tilbake")
    REJECTED = "rejected", _("Avvist")
    DUPLICATE = "duplicate", _("Duplikat")
    QUARANTINED = "quarantined", _("I karantene")
    UNREADABLE = "unreadable", _("Uleselig")


class WithheldReason(models.TextChoices):
    """Why an answer was received and not stored; its producer is not told."""

    NOT_SHARED = "not-shared", _("Deles ikke ennå")
    PURPOSE = "purpose", _("Ikke helsehjelp")
    RESERVATION = "reservation", _("Reservasjon på rekvisisjonen")
    OPT_OUT = "opt-out", _("Pasienten har reservert seg")


class OutgoingKind(models.TextChoices):
    """What is sent from the outbox."""

    APPREC = "apprec", _("Applikasjonskvittering")
    ALARM = "alarm", _("Alarm")
    NOTICE = "notice", _("Varsel")


class AlarmKind(models.TextChoices):
    """Why an operator is called."""

    QUARANTINE = "quarantine", _("Melding i karantene")
    CONFLICT = "conflict", _("Samme MsgId, annet innhold")
    WRONG_PATIENT = "wrong-patient", _("Samme svar, annen pasient")
    TIE = "tie", _("To versjoner med samme tid")
    ILLEGAL_CHANGE = "illegal-change", _("Ulovlig endring")
    UNADDRESSABLE = "unaddressable", _("Kvittering uten adresse")
    UNSENT = "unsent", _("Ikke levert")
    SILENCE = "silence", _("Stille produsent")
    BACKLOG = "backlog", _("Kø")
    WORKER = "worker", _("Arbeider står stille")
    RECONCILIATION = "reconciliation", _("Avstemming")
    RESERVATION = "reservation", _("Uavklart reservasjon")
    ACCESS_LOG = "access-log", _("Innsynsloggen")
    CORRECTION = "correction", _("Innbygger sier fra om feil")
    ASSESSMENT = "assessment", _("Svar som ikke blir vurdert")


class RetentionKind(models.TextChoices):
    """What a retention rule is about."""

    DISPLAY = "display", _("Visning av svar")
    CONTENT = "content", _("Meldinger slik de kom")
    WITHHELD = "withheld", _("Meldinger holdt tilbake")
    QUARANTINE = "quarantine", _("Karantene")
    ATTACHMENT = "attachment", _("Vedlegg")


class OperatorActionKind(models.TextChoices):
    """What an operator may do."""

    REPLAY = "replay", _("Behandlet på nytt")
    REJECT = "reject", _("Avvist")
    REASSIGN = "reassign", _("Flyttet til annen avsender")
    ACCEPT = "accept", _("Godtatt som egen melding")
    READ_CONTENT = "read-content", _("Så på innholdet")
    CLOSE_ALARM = "close-alarm", _("Lukket en alarm")
    WRONG_PATIENT = "wrong-patient", _("Merket feil pasient")
    RIGHT_PATIENT = "right-patient", _("Tok bort merket feil pasient")
    MERGE = "merge", _("Slo sammen pasienter")
    UNMERGE = "unmerge", _("Skilte pasienter")


class Sex(models.TextChoices):
    """FHIR `administrative-gender`."""

    MALE = "male", _("Mann")
    FEMALE = "female", _("Kvinne")
    OTHER = "other", _("Annet")
    UNKNOWN = "unknown", _("Ukjent")


class ExplanationKind(models.TextChoices):
    """What an editorial text is about."""

    TEST = "test", _("Analyse")
    WORD = "word", _("Ord")


class ExplanationState(models.TextChoices):
    """How far an editorial text has come."""

    DRAFT = "draft", _("Utkast")
    REVIEWED = "reviewed", _("Gjennomgått")
    PUBLISHED = "published", _("Publisert")
    RETIRED = "retired", _("Trukket")
