"""Why access was refused, in plain words, and what the reader can do about it."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from access.terms import Reason

_Words = str | Promise


@dataclass(frozen=True, slots=True)
class Refusal:
    """A refusal as a page tells it: what, why, and the next step."""

    title: _Words
    why: _Words
    next_step: _Words
    may_state_need: bool = False
    may_elevate: bool = False


_NEEDS_BASIS = _("Oppgi hvorfor du trenger å se prøvesvarene til denne pasienten.")

_REFUSALS = {
    Reason.AUTH_REQUIRED: Refusal(
        _("Du må logge inn"),
        _("Vi vet ikke hvem du er. Innloggingen kan gjelde en annen tjeneste."),
        _("Logg inn på nytt, og prøv igjen."),
    ),
    Reason.LEVEL_TOO_LOW: Refusal(
        _("Innloggingen er ikke sikker nok"),
        _("Prøvesvar krever innlogging på høyeste sikkerhetsnivå."),
        _("Logg ut, og logg inn igjen med BankID, Buypass eller Commfides."),
    ),
    Reason.ORG_MISSING: Refusal(
        _("Du er ikke knyttet til en virksomhet"),
        _("Du slår opp prøvesvar på vegne av en virksomhet som gir helsehjelp."),
        _("Velg arbeidssted, eller be virksomheten din om å registrere rollen din."),
    ),
    Reason.ORG_NOT_APPROVED: Refusal(
        _("Virksomheten har ikke tilgang ennå"),
        _("Virksomheten din er ikke godkjent for å slå opp prøvesvar."),
        _("Ta kontakt med den som er ansvarlig for avtalen i virksomheten din."),
    ),
    Reason.HPR_MISSING: Refusal(
        _("Vi fant ingen autorisasjon"),
        _("Bare helsepersonell med gyldig HPR-nummer kan slå opp prøvesvar."),
        _("Kontroller autorisasjonen din i Helsepersonellregisteret."),
    ),
    Reason.ROLE_NOT_PERMITTED: Refusal(
        _("Rollen din gir ikke tilgang"),
        _("Helsepersonell i din rolle kan ikke slå opp prøvesvar i denne tjenesten."),
        _("Be lege eller annet helsepersonell med tilgang om hjelp."),
    ),
    Reason.PATIENT_MISMATCH: Refusal(
        _("Åpnet for en annen pasient"),
        _(
            "Journalsystemet åpnet denne innloggingen for én pasient, og den gjelder "
            "bare for den pasienten."
        ),
        _("Bytt pasient i journalsystemet, og åpne prøvesvarene derfra."),
    ),
    Reason.BASIS_REQUIRED: Refusal(
        _("Oppgi et tilgangsgrunnlag"),
        _("Du har ikke oppgitt hvorfor du skal se prøvesvarene til denne pasienten."),
        _NEEDS_BASIS,
        may_state_need=True,
    ),
    Reason.BASIS_NOT_ALLOWED: Refusal(
        _("Grunnlaget kan ikke brukes her"),
        _("Grunnlag og formål passer ikke sammen, eller rollen kan ikke bruke dem."),
        _("Velg et annet grunnlag. Ambulansepersonell bruker øyeblikkelig hjelp."),
        may_state_need=True,
    ),
    Reason.PURPOSE_REQUIRED: Refusal(
        _("Oppgi et formål"),
        _("Du har ikke oppgitt hva opplysningene skal brukes til."),
        _NEEDS_BASIS,
        may_state_need=True,
    ),
    Reason.EMERGENCY_REASON_REQUIRED: Refusal(
        _("Velg en årsak"),
        _("Det som er sperret, åpnes i en nødssituasjon bare med en årsak."),
        _("Velg den årsaken som passer best. Forklaringen kan skrives etterpå."),
        may_elevate=True,
    ),
    Reason.TOO_MANY_SEARCHES: Refusal(
        _("For mange avviste søk"),
        _("Du har fått avslag på mange søk den siste timen."),
        _("Vent en time. Ved øyeblikkelig hjelp kan du søke likevel."),
    ),
    Reason.ASSESSMENT_REQUIRED: Refusal(
        _("Oppgi hvem som vurderte samtykkekompetansen"),
        _(
            "Noen må ha vurdert at pasienten ikke kan samtykke, og dagen kan ikke være "
            "frem i tid."
        ),
        _("Oppgi navnet og dagen, eller velg et annet grunnlag."),
        may_state_need=True,
    ),
    Reason.EXEMPTION_NOT_FOUND: Refusal(
        _("Vi fant ikke unntaket i registeret"),
        _("Registeret kjenner ingen slik tilknytning mellom deg og pasienten."),
        _("Velg et annet grunnlag, eller spør pasienten."),
        may_state_need=True,
    ),
    Reason.BLOCKED: Refusal(
        _("Pasienten har blokkert deg"),
        _(
            "Pasienten har bestemt at du ikke skal se svarene, heller ikke i en "
            "nødssituasjon."
        ),
        _("En kollega kan åpne svarene. Bare pasienten kan oppheve blokkeringen."),
    ),
    Reason.RESTRICTED: Refusal(
        _("Pasienten har sperret svaret"),
        _("Svaret er sperret for helsepersonell."),
        _("Det kan åpnes hvis pasienten samtykker, eller i en nødssituasjon."),
        may_elevate=True,
    ),
    Reason.DISCIPLINE_NOT_PERMITTED: Refusal(
        _("Rollen din gir ikke tilgang til fagområdet"),
        _("Helsepersonell i din rolle kan ikke se svar fra dette fagområdet."),
        _("Be lege eller annet helsepersonell med tilgang om hjelp."),
    ),
    Reason.POLICY_CHANGED: Refusal(
        _("Tilgangen ble endret mens du leste"),
        _("Svaret, det som er sperret, eller tilgangen din ble endret akkurat nå."),
        _("Prøv igjen."),
    ),
    Reason.GRANT_EXPIRED: Refusal(
        _("Tilgangen er utløpt"),
        _("Et oppgitt behov gjelder i høyst én time og bare for én pasient om gangen."),
        _("Oppgi behovet på nytt hvis du fortsatt gir pasienten helsehjelp."),
        may_state_need=True,
    ),
    Reason.OWN_RECORD: Refusal(
        _("Du kan ikke åpne dine egne svar her"),
        _("Helsepersonell ser sine egne prøvesvar som innbygger, ikke i arbeidet."),
        _("Logg inn på innbyggersidene for å se dine egne svar."),
    ),
    Reason.NOT_REPRESENTED: Refusal(
        _("Du kan ikke se svarene til denne personen"),
        _("Du ser dine egne svar, og svarene til dem du har rett til å se for."),
        _("Gå til dine egne svar, eller velg en annen person."),
    ),
    Reason.REPRESENTATION_EXPIRED: Refusal(
        _("Du kan ikke lenger se svarene til denne personen"),
        _("Retten til å se svarene er over. Fra 16 år ser man sine egne svar selv."),
        _("Personen kan selv gi deg fullmakt."),
    ),
    Reason.AGE_12_15: Refusal(
        _("Du kan ikke se svarene til en som har fylt 12 år"),
        _("Fra 12 til 16 år ser ikke foreldre svarene, hvis ikke den unge vil det."),
        _("Barnet kan si ja her. Legen kan også svare på det du trenger å vite."),
    ),
    Reason.DECEASED: Refusal(
        _("Retten til å se svarene er over"),
        _("Retten til å se svar for en annen tar slutt når en av dem dør."),
        _("Nærmeste pårørende kan be legen eller sykehuset om innsyn."),
    ),
    Reason.UNDER_AGE: Refusal(
        _("Du er for ung til å se svarene her"),
        _("Du ser dine egne svar her fra du fyller 16 år."),
        _("Spør legen eller helsesykepleieren hva svarene viser."),
    ),
    Reason.MAY_ONLY_SEE: Refusal(
        _("Du kan se, men ikke endre"),
        _("Retten din til å se svarene gjelder ikke dette."),
        _("Personen selv må gjøre det."),
    ),
    Reason.LOG_WITHHELD: Refusal(
        _("Du kan ikke se hvem som har sett svarene"),
        _("Det vises bare for personen selv."),
        _("Personen kan ta det med i en fullmakt."),
    ),
    Reason.NOT_RELEASED: Refusal(
        _("Svaret er ikke vurdert ennå"),
        _("Den som bestilte prøven, skal vurdere svaret før det vises."),
        _("Du får se svaret når det er vurdert."),
    ),
    Reason.PRELIMINARY: Refusal(
        _("Svaret er foreløpig"),
        _("Laboratoriet er ikke ferdig med svaret, og det kan bli endret."),
        _("Vent på det endelige svaret."),
    ),
    Reason.DELAYED: Refusal(
        _("Svaret vises senere"),
        _("Den som vurderte svaret, har bestemt at det skal vises senere."),
        _("Ta kontakt med den som bestilte prøven, hvis du lurer på noe."),
    ),
    Reason.WITHHELD: Refusal(
        _("Du er nektet innsyn i svaret"),
        _("Helsepersonell har bestemt at svaret er unntatt fra innsyn."),
        _("Du kan klage til statsforvalteren."),
    ),
    Reason.DIGITALLY_CLOSED: Refusal(
        _("Tilgangen på nett er stengt"),
        _(
            "Du har reservert deg mot å se prøvesvar på nett. Helsepersonell ser "
            "svarene som før."
        ),
        _("Ta kontakt med brukerstøtte for å åpne igjen, eller for å få en utskrift."),
    ),
    Reason.NOT_FOUND: Refusal(
        _("Vi fant ikke svaret"),
        _("Svaret finnes ikke, eller det gjelder en annen person."),
        _("Gå tilbake til listen, og velg svaret derfra."),
    ),
}
_UNKNOWN = Refusal(
    _("Du har ikke tilgang"),
    _("Ingen regel gir deg tilgang til dette."),
    _("Ta kontakt med brukerstøtte hvis du mener at det er feil."),
)


def present_refusal(reason: Reason) -> Refusal:
    """The refusal in words; a reason without words of its own is still explained."""
    return _REFUSALS.get(reason, _UNKNOWN)
