"""Why a decision fell as it did, in plain Norwegian; that it was asked is logged."""

import uuid

from django.db import transaction
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from access.cases import NotYours, log_followed_by
from access.log import basis_in, write_entry
from access.models import AccessLogEntry, User
from access.policies import policies_on
from access.roles import role_name
from access.rules.ground import permit
from access.switches import SHAPES, Policies
from access.terms import (
    AccessRequest,
    Action,
    Facts,
    PurposeOfUse,
    Reason,
    Viewer,
    ViewerKind,
)

SENTENCES: dict[Reason, str | Promise] = {
    Reason.PERMITTED: gettext_lazy("Alle vilkår var oppfylt, og ingen regel nektet."),
    Reason.AUTH_REQUIRED: gettext_lazy("Ingen innlogging vi kjenner, sto bak."),
    Reason.LEVEL_TOO_LOW: gettext_lazy("Innloggingen var ikke på høyeste nivå."),
    Reason.ORG_MISSING: gettext_lazy("Det var ikke valgt noe arbeidssted."),
    Reason.ORG_NOT_APPROVED: gettext_lazy(
        "Virksomheten var ikke godkjent, eller rollen gjaldt ikke der den dagen."
    ),
    Reason.HPR_MISSING: gettext_lazy("Personen hadde ikke noe HPR-nummer."),
    Reason.ROLE_NOT_PERMITTED: gettext_lazy("Rollen gir ikke rett til dette."),
    Reason.DISCIPLINE_NOT_PERMITTED: gettext_lazy(
        "Rollen gir ikke rett til svar fra dette fagområdet."
    ),
    Reason.DIGITALLY_CLOSED: gettext_lazy(
        "Pasienten hadde reservert seg mot tilgang på nett."
    ),
    Reason.PATIENT_MISMATCH: gettext_lazy(
        "Journalsystemet hadde åpnet innloggingen for en annen pasient."
    ),
    Reason.BASIS_REQUIRED: gettext_lazy("Det var ikke oppgitt noe grunnlag."),
    Reason.ASSESSMENT_REQUIRED: gettext_lazy(
        "Det var ikke oppgitt hvem som vurderte samtykkekompetansen, og når."
    ),
    Reason.BASIS_NOT_ALLOWED: gettext_lazy(
        "Grunnlaget passet ikke med formålet, rollen eller det som ble gjort."
    ),
    Reason.PURPOSE_REQUIRED: gettext_lazy("Det var ikke oppgitt noe formål."),
    Reason.EMERGENCY_REASON_REQUIRED: gettext_lazy(
        "Det var ikke valgt noen årsak til nødtilgangen."
    ),
    Reason.EXEMPTION_NOT_FOUND: gettext_lazy("Unntaket ble ikke funnet i registeret."),
    Reason.GRANT_EXPIRED: gettext_lazy(
        "Det oppgitte behovet var utløpt eller avsluttet."
    ),
    Reason.OWN_RECORD: gettext_lazy("Svarene var personens egne."),
    Reason.NOT_REPRESENTED: gettext_lazy(
        "Personen hadde ikke rett til å se svar for denne pasienten."
    ),
    Reason.REPRESENTATION_EXPIRED: gettext_lazy(
        "Retten til å se svar for pasienten var over."
    ),
    Reason.AGE_12_15: gettext_lazy(
        "Pasienten var 12 til 15 år og hadde ikke latt forelderen se svarene."
    ),
    Reason.CONSENT_REVOKED: gettext_lazy(
        "Pasienten var 12 til 15 år og hadde tatt samtykket til forelderen tilbake."
    ),
    Reason.NO_SHARED_ADDRESS: gettext_lazy(
        "Ingen av foreldrene var registrert på barnets adresse."
    ),
    Reason.CARE_ORDER: gettext_lazy("Barnevernet hadde overtatt omsorgen for barnet."),
    Reason.ADDRESS_PROTECTED: gettext_lazy(
        "En av dem hadde adressesperre. Da kan ingen se svar for den andre."
    ),
    Reason.DECEASED: gettext_lazy("Pasienten eller den som spurte, var død."),
    Reason.UNDER_AGE: gettext_lazy("Pasienten var for ung til å se sine egne svar."),
    Reason.MAY_ONLY_SEE: gettext_lazy(
        "Representasjonen gir rett til å se, ikke til å gjøre dette."
    ),
    Reason.LOG_WITHHELD: gettext_lazy(
        "Hvem som har sett svarene, vises ikke for den som representerer."
    ),
    Reason.OUTSIDE_SCOPE: gettext_lazy("Fullmakten gjaldt ikke dette svaret."),
    Reason.NOT_REGISTERED: gettext_lazy(
        "Det som ble bedt om, lot seg ikke registrere."
    ),
    Reason.NOT_FOR_PARENTS: gettext_lazy("Svaret skal ikke vises for foreldre."),
    Reason.BLOCKED: gettext_lazy(
        "Pasienten hadde blokkert personen. Ingen grunnlag åpner det."
    ),
    Reason.RESTRICTED: gettext_lazy(
        "Pasienten hadde sperret svaret, og grunnlaget åpner ikke det som er sperret."
    ),
    Reason.ELEVATION_UNNEEDED: gettext_lazy(
        "Det ble bedt om å åpne noe sperret, men ingenting var sperret."
    ),
    Reason.POLICY_CHANGED: gettext_lazy(
        "Pasientens sperringer eller tilgangen ble endret mens det ble lest."
    ),
    Reason.TOO_MANY_SEARCHES: gettext_lazy(
        "Personen hadde fått avslag på for mange søk den siste timen."
    ),
    Reason.NOT_RELEASED: gettext_lazy(
        "Svaret var ikke vurdert av den som bestilte prøven."
    ),
    Reason.PRELIMINARY: gettext_lazy("Svaret var foreløpig."),
    Reason.DELAYED: gettext_lazy("Det var bestemt at svaret skulle vises senere."),
    Reason.WITHHELD: gettext_lazy("Det var bestemt at svaret er unntatt fra innsyn."),
    Reason.NOT_FOUND: gettext_lazy("Det fantes ikke noe slikt hos denne pasienten."),
    Reason.NO_RULE: gettext_lazy("Ingen regel ga tilgang."),
}


def explain(entry_id: uuid.UUID, *, by: str) -> tuple[str, ...]:
    """The decision line by line, without naming the patient. Raises
    AccessLogEntry.DoesNotExist; what is found is logged as asked, `by` whom."""
    entry = AccessLogEntry.objects.get(pk=entry_id)
    _log(entry, by)
    policies = policies_on(timezone.localdate(entry.at))
    outcome = _("Tillatt") if entry.is_permitted else _("Nektet")
    told = (
        (_("Når"), f"{timezone.localtime(entry.at):%d.%m.%Y %H:%M:%S}"),
        (_("Hvem"), _who(entry)),
        (_("Hva"), Action(entry.action).label),
        (_("Oppgitt"), _stated(entry)),
        (_("Utfall"), f"{outcome} ({entry.reason})"),
        (_("Hvorfor"), SENTENCES[Reason(entry.reason)]),
        (_("Regel"), entry.rule),
        (_("Policyversjon den dagen"), policies.version),
    )
    return (*(f"{label}: {value}" for label, value in told), *_in_force(policies))


@transaction.atomic
def explain_to(user_id: uuid.UUID, entry_id: uuid.UUID) -> tuple[str, ...]:
    """The same, to whoever follows up looks for the organisation it was decided for.
    Raises NotYours: also where there is no such entry, and of one's own looks."""
    followed = log_followed_by(user_id)
    entry = AccessLogEntry.objects.filter(pk=entry_id, organization_id__in=followed)
    if not entry.exclude(user_id=user_id).exists():
        raise NotYours
    return explain(entry_id, by=User.objects.get(pk=user_id).name)


def _who(entry: AccessLogEntry) -> str:
    role = role_name(entry.role_code) if entry.role_code else ""
    parts = (entry.viewer_name or entry.viewer_kind, role, entry.organization_name)
    return ", ".join(part for part in parts if part)


def _stated(entry: AccessLogEntry) -> str:
    found = basis_in(entry.basis)
    basis = found.label if found else ""
    purpose = PurposeOfUse(entry.purpose_of_use).label if entry.purpose_of_use else ""
    return ", ".join(str(part) for part in (basis, purpose) if part) or "–"


def _in_force(policies: Policies) -> list[str]:
    return [
        f"  {shape.says}: {getattr(policies, key)}" for key, shape in SHAPES.items()
    ]


def _log(entry: AccessLogEntry, by: str) -> None:
    request = AccessRequest(
        action=Action.EXPLAIN,
        viewer=Viewer(kind=ViewerKind.SYSTEM, name=by),
        patient_id=entry.patient_id,
        at=timezone.now(),
    )
    write_entry(
        request, Facts(), permit(rule="explain_access"), justification=str(entry.pk)
    )
