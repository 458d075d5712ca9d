"""What a decision is about, in plain dataclasses: viewer, request, facts, verdict."""

import datetime
import enum
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field

from django.db import models
from django.utils.translation import gettext_lazy as _

from access.limits import Limits
from access.permissions import Permission
from access.release import ReleaseFacts
from access.representation import PeopleFacts
from access.switches import Policies


class ViewerKind(enum.StrEnum):
    """Who is looking."""

    ANONYMOUS = "anonymous"
    PRACTITIONER = "practitioner"
    CITIZEN = "citizen"
    SYSTEM = "system"
    HELP_DESK = "help-desk"


class AccessBasis(models.TextChoices):
    """«Tilgangsgrunnlag»; stored as the service's own header values."""

    EXEMPT = "UNNTAK", _("Unntatt fra krav om samtykke")
    CONSENT = "SAMTYKKE", _("Pasienten samtykker")
    EMERGENCY = "AKUTT", _("Øyeblikkelig hjelp")
    ELEVATED_CONSENT = "FORHOYET_SAMTYKKE", _("Samtykke til å åpne sperrede svar")
    ELEVATED_EMERGENCY = "FORHOYET_AKUTT", _("Nødrett til å åpne sperrede svar")


# What opens a patient's soft limits, and the plain basis each is without them.
PLAIN_BASIS = {
    AccessBasis.ELEVATED_CONSENT: AccessBasis.CONSENT,
    AccessBasis.ELEVATED_EMERGENCY: AccessBasis.EMERGENCY,
}


class ExemptGround(models.TextChoices):
    """Why consent is not asked for; declared, and checked afterwards."""

    GP = "gp", _("Jeg er pasientens fastlege, vikar for den eller kollega på kontoret")
    SPECIALIST = (
        "specialist",
        _("Pasienten er til behandling i spesialisthelsetjenesten"),
    )
    NO_CAPACITY = "no-capacity", _("Pasienten mangler samtykkekompetanse")


class PurposeOfUse(models.TextChoices):
    """Why the record is opened (HL7 v3 PurposeOfUse, trust framework 1.1)."""

    TREAT = "TREAT", _("Behandling")
    ETREAT = "ETREAT", _("Øyeblikkelig hjelp")
    COC = "COC", _("Koordinering av behandling")
    BTG = "BTG", _("Nødtilgang")


class Action(models.TextChoices):
    """What the viewer asks to do."""

    OPEN_PATIENT = "open-patient", _("Åpnet pasienten")
    LIST_REPORTS = "list-reports", _("Så listen over svar")
    FOLLOW_RESULTS = "follow-results", _("Så svar over tid")
    FOLLOW_ANALYTE = "follow-analyte", _("Så én analyse over tid")
    READ_CATEGORY = "read-category", _("Leste svarene fra et fagområde")
    SEARCH_TEXTS = "search-texts", _("Søkte i svartekster")
    OPEN_REPORT = "open-report", _("Leste et svar")
    ASK_FIRST = "ask-first", _("Ble spurt før et svar ble åpnet")
    OPEN_WITHDRAWN = "open-withdrawn", _("Leste et tilbaketrukket svar")
    OPEN_ATTACHMENT = "open-attachment", _("Lastet ned et vedlegg")
    TAKE_REPORT = "take-report", _("Lastet ned et svar")
    TAKE_REPORTS = "take-reports", _("Lastet ned flere svar")
    COPY_REPORT = "copy-report", _("Kopierte et svar til journalen")
    READ_ACCESS_LOG = "read-access-log", _("Så hvem som har sett")
    ERASE_LOG = "erase-log", _("Slettet oppslag etter lagringstiden")
    REVIEW_CASE = "review-case", _("Gikk gjennom oppslag på vegne av virksomheten")
    CHOOSE_PERSON = "choose-person", _("Valgte hvem svarene skal vises for")
    READ_REPRESENTATION = "read-represent", _("Så hvem som kan se for hvem")
    SET_REPRESENTATION = (
        "set-represent",
        _("Ga, endret eller avsluttet en fullmakt eller et samtykke"),
    )
    READ_LIMITS = "read-limits", _("Så hva som er sperret")
    SET_LIMIT = "set-limit", _("Sperret eller blokkerte")
    LIFT_LIMIT = "lift-limit", _("Opphevet en sperring eller blokkering")
    RESERVE = "reserve", _("Reserverte seg mot lagring, og fikk svarene slettet")
    END_RESERVATION = "end-reservation", _("Opphevet reservasjonen mot lagring")
    CLOSE_DIGITAL = "close-digital", _("Stengte egen tilgang på nett")
    SET_NOTICES = "set-notices", _("Endret varslene")
    ASK_CORRECTION = "ask-correction", _("Sa fra om feil i et svar")
    REVIEW_CORRECTION = (
        "review-correction",
        _("Gikk gjennom en melding om feil i et svar"),
    )
    HELP_FIND = "help-find", _("Brukerstøtte hjalp deg")
    HELP_CHANGE = "help-change", _("Brukerstøtte endret noe du ba om")
    EXPLAIN = "explain-access", _("Fikk forklart en avgjørelse om tilgang")
    READ_RELEASE = "read-release", _("Så når et svar blir vist")
    DECIDE_RELEASE = "decide-release", _("Bestemte når pasienten ser et svar")
    LIST_TO_ASSESS = "list-to-assess", _("Så et svar blant dem som skal vurderes")
    OPEN_TO_ASSESS = "open-to-assess", _("Leste et svar for å vurdere det")
    ASSESS = "assess", _("Vurderte et svar")


# What shows several reports' answers at once.
OVER_SEVERAL = (
    Action.LIST_REPORTS,
    Action.FOLLOW_RESULTS,
    Action.FOLLOW_ANALYTE,
    Action.READ_CATEGORY,
    Action.SEARCH_TEXTS,
    Action.TAKE_REPORTS,
)
# What names one report in the log.
OPENINGS = (Action.OPEN_REPORT, Action.OPEN_WITHDRAWN)
# What shows something of what a report says.
READINGS = (
    *OPENINGS,
    Action.OPEN_ATTACHMENT,
    Action.TAKE_REPORT,
    Action.COPY_REPORT,
)
# What leaves the service with whoever asked.
TAKINGS = (Action.OPEN_ATTACHMENT, Action.TAKE_REPORT, Action.TAKE_REPORTS)
# What is said of in the log with the report it was.
ABOUT_ONE_REPORT = (
    *READINGS,
    Action.ASK_FIRST,
    Action.READ_RELEASE,
    Action.DECIDE_RELEASE,
    Action.OPEN_TO_ASSESS,
    Action.ASSESS,
)
# What whoever asked for an examination does with the answer, and no more.
ASSESSING = (Action.LIST_TO_ASSESS, Action.OPEN_TO_ASSESS, Action.ASSESS)


# What is done with a patient's own limits.
ABOUT_LIMITS = (Action.READ_LIMITS, Action.SET_LIMIT, Action.LIFT_LIMIT)


# What the help desk does, and nobody else.
FOR_HELP_DESK = (Action.HELP_FIND, Action.HELP_CHANGE)


class EmergencyReason(models.TextChoices):
    """Why what is closed must be opened now; one choice, explained afterwards."""

    UNCONSCIOUS = "unconscious", _("Pasienten er bevisstløs eller kan ikke svare")
    DANGER = "danger", _("Fare for liv eller alvorlig skade")
    UNREACHABLE = "unreachable", _("Pasienten kan ikke nås, og det haster")


class Reason(enum.StrEnum):
    """Why a verdict fell as it did; one code each, kept in the log."""

    PERMITTED = "PERMITTED"
    AUTH_REQUIRED = "AUTH_REQUIRED"
    LEVEL_TOO_LOW = "LEVEL_TOO_LOW"
    ORG_MISSING = "ORG_MISSING"
    ORG_NOT_APPROVED = "ORG_NOT_APPROVED"
    HPR_MISSING = "HPR_MISSING"
    ROLE_NOT_PERMITTED = "ROLE_NOT_PERMITTED"
    PATIENT_MISMATCH = "PATIENT_MISMATCH"
    BASIS_REQUIRED = "BASIS_REQUIRED"
    ASSESSMENT_REQUIRED = "ASSESSMENT_REQUIRED"
    BASIS_NOT_ALLOWED = "BASIS_NOT_ALLOWED"
    PURPOSE_REQUIRED = "PURPOSE_REQUIRED"
    EMERGENCY_REASON_REQUIRED = "EMERGENCY_REASON_REQUIRED"
    GRANT_EXPIRED = "GRANT_EXPIRED"
    OWN_RECORD = "OWN_RECORD"
    NOT_REPRESENTED = "NOT_REPRESENTED"
    DIGITALLY_CLOSED = "DIGITALLY_CLOSED"
    REPRESENTATION_EXPIRED = "REPRESENTATION_EXPIRED"
    AGE_12_15 = "AGE_12_15"
    CONSENT_REVOKED = "CONSENT_REVOKED"
    NO_SHARED_ADDRESS = "NO_SHARED_ADDRESS"
    CARE_ORDER = "CARE_ORDER"
    ADDRESS_PROTECTED = "ADDRESS_PROTECTED"
    DECEASED = "DECEASED"
    UNDER_AGE = "UNDER_AGE"
    MAY_ONLY_SEE = "MAY_ONLY_SEE"
    LOG_WITHHELD = "LOG_WITHHELD"
    OUTSIDE_SCOPE = "OUTSIDE_SCOPE"
    NOT_FOR_PARENTS = "NOT_FOR_PARENTS"
    NOT_REGISTERED = "NOT_REGISTERED"
    BLOCKED = "BLOCKED"
    RESTRICTED = "RESTRICTED"
    DISCIPLINE_NOT_PERMITTED = "DISCIPLINE_NOT_PERMITTED"
    EXEMPTION_NOT_FOUND = "EXEMPTION_NOT_FOUND"
    ELEVATION_UNNEEDED = "ELEVATION_UNNEEDED"
    POLICY_CHANGED = "POLICY_CHANGED"
    TOO_MANY_SEARCHES = "TOO_MANY_SEARCHES"
    NOT_RELEASED = "NOT_RELEASED"
    PRELIMINARY = "PRELIMINARY"
    DELAYED = "DELAYED"
    WITHHELD = "WITHHELD"
    NOT_FOUND = "NOT_FOUND"
    NO_RULE = "NO_RULE"


# Why a citizen is not shown an answer that is there.
NOT_SHOWN = (
    Reason.NOT_RELEASED,
    Reason.PRELIMINARY,
    Reason.DELAYED,
    Reason.WITHHELD,
)


@dataclass(frozen=True, slots=True)
class Viewer:
    """Whoever is looking. `patient_id` is the viewer's own record, when they have one;
    `security_level` is 3 or 4 as the identity provider vouched, 0 when nobody did;
    `only_patient_id` is the one patient an EHR system opened the session for, and
    `calling_system` that system's own name; `represented_id` is whose answers a citizen
    asks for in this request, where not their own."""

    kind: ViewerKind = ViewerKind.ANONYMOUS
    user_id: uuid.UUID | None = None
    name: str = ""
    hpr_number: str = ""
    role_code: str = ""
    organization_id: uuid.UUID | None = None
    organization_name: str = ""
    patient_id: uuid.UUID | None = None
    security_level: int = 0
    session_id: uuid.UUID | None = None
    only_patient_id: uuid.UUID | None = None
    calling_system: str = ""
    represented_id: uuid.UUID | None = None


ANONYMOUS = Viewer()


@dataclass(frozen=True, slots=True)
class Exemption:
    """The ground of an exemption; who assessed the patient's capacity to consent, and
    on which day, where that is the ground (pbrl § 4-3)."""

    ground: ExemptGround
    assessed_by: str = ""
    assessed_on: datetime.date | None = None


@dataclass(frozen=True, slots=True)
class AccessRequest:
    """One thing one viewer asks to do with one patient's reports, at one moment."""

    action: Action
    viewer: Viewer
    patient_id: uuid.UUID
    at: datetime.datetime
    basis: AccessBasis | None = None
    purpose: PurposeOfUse | None = None
    report_id: uuid.UUID | None = None
    emergency_reason: EmergencyReason | None = None
    exemption: Exemption | None = None


@dataclass(frozen=True, slots=True)
class Grant:
    """The need-to-know that was stated for one patient, while it lasts."""

    id: uuid.UUID
    basis: AccessBasis
    purpose: PurposeOfUse
    expires_at: datetime.datetime


@dataclass(frozen=True, slots=True)
class RoleFact:
    """A role the viewer holds now, and what the dated policy lets that role do;
    `by_category` is where a discipline has a rule of its own."""

    role_code: str
    permissions: frozenset[Permission]
    only_in_emergency: bool = False
    by_category: Mapping[str, frozenset[Permission]] = field(default_factory=dict)

    def may_open(self, category: str) -> bool:
        """Whether reports of this discipline are for the role."""
        held = self.by_category.get(category, self.permissions)
        return Permission.OPEN_REPORTS in held


@dataclass(frozen=True, slots=True)
class Facts:
    """All that a decision may rest on; loaded by `access.facts`, never by a rule.

    `report_category` is that of the report asked for, when it is this patient's, and
    `is_requester` whether the viewer asked for that report; `may_assess`, whether it
    waits for the viewer to assess it; `has_consent` is one kept
    for the course of treatment; `recent_refusals` are those of the viewer's openings in
    the last hour; `releases` is, for citizens, the patient's reports, or the one asked
    for, by key, and `release_version` counts the changes of what is decided of them;
    `people` is what else a citizen's look rests on.
    """

    role: RoleFact | None = None
    is_organization_approved: bool = False
    grant: Grant | None = None
    has_expired_grant: bool = False
    limits: Limits = field(default_factory=Limits)
    report_category: str = ""
    has_consent: bool = False
    is_reserved: bool = False
    is_digitally_closed: bool = False
    is_help_desk: bool = False
    recent_refusals: int = 0
    releases: Mapping[uuid.UUID, ReleaseFacts] = field(default_factory=dict)
    is_requester: bool = False
    may_assess: bool = False
    release_version: int | None = None
    people: PeopleFacts = field(default_factory=PeopleFacts)
    policies: Policies = field(default_factory=Policies)


@dataclass(frozen=True, slots=True)
class Verdict:
    """The answer, with the rule that gave it, and under which version of the policies.

    A permit whose reason is not PERMITTED tells what is to be noted of it.
    """

    is_permitted: bool
    reason: Reason
    rule: str
    obligations: frozenset[str] = field(default_factory=frozenset)
    policy_version: int = 0
