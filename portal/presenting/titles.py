"""What a report is called, in plain words, and the icon and tone of its discipline."""

import re
from itertools import takewhile

from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from access.lookup import ReportSummary
from results.vocabulary import Discipline, ReportStatus

_TEXT_HEADINGS = ("Beskrivelse", "Funn", "Konklusjon", "Vurdering")
IMAGING = (Discipline.RAD, Discipline.NUK)
# A culture is marked when something grew, which is neither within nor outside.
_IN_WORDS = (Discipline.MBIO, Discipline.MGEN)
_LONGEST_TITLE = 70
_WITHDRAWN = (ReportStatus.CANCELLED, ReportStatus.ENTERED_IN_ERROR)

# What laboratories call the material, and what people call the sample.
_SAMPLES: tuple[tuple[str, str | Promise], ...] = (
    (r"urin", gettext_lazy("Urinprøve")),
    (r"avføring|f[aeæ]+ces", gettext_lazy("Avføringsprøve")),
    (r"spinalv|cerebrospinal", gettext_lazy("Prøve av ryggmargsvæske")),
    (r"ekspektorat|sputum", gettext_lazy("Prøve av oppspytt")),
    (r"naso|nese|hals|svelg|farynks|pharynx", gettext_lazy("Prøve fra nese og svelg")),
    (r"sår|puss|abscess", gettext_lazy("Sårprøve")),
    (r"cervi|vagina|urethra", gettext_lazy("Prøve fra underlivet")),
    (r"blod|serum|plasma", gettext_lazy("Blodprøve")),
)
# The system letter that a Norwegian laboratory name begins with («B-», «U-»).
_BLOOD_PREFIX = re.compile(r"f?(aB|vB|kB|B|P|S|Erc|Lkc|Trc|Pt|Bm)\(?[\w ,]*\)?-")
_URINE_PREFIX = re.compile(r"(d|t)?U(\w|\(.*?\))?-")

_ICONS = {
    Discipline.MBIO: ("Microbe", "microbe"),
    Discipline.PAT: ("FileText", "tissue"),
    Discipline.RAD: ("FileImage", "image"),
    Discipline.NUK: ("FileImage", "image"),
}

_SUFFIXES: dict[Discipline, str | Promise] = {
    Discipline.MBIO: gettext_lazy("mikrobiologi"),
    Discipline.IMTR: gettext_lazy("immunologi"),
    Discipline.FARM: gettext_lazy("legemidler"),
    Discipline.MGEN: gettext_lazy("genetikk"),
}
_TISSUES = {
    "CYTO": gettext_lazy("Celleprøve"),
    "HIST": gettext_lazy("Vevsprøve"),
    "OBD": gettext_lazy("Obduksjon"),
}


def report_icon(category: Discipline) -> tuple[str, str]:
    """Icon name and tone; both only repeat what the title says."""
    return _ICONS.get(category, ("TestFlask", "blood"))


def report_title(summary: ReportSummary) -> str:
    """«Blodprøve», «Urinprøve, mikrobiologi», «MR av kne»; never an empty title."""
    if summary.category in IMAGING:
        named = _examinations(summary.headline) or summary.type_text
        return capfirst(_short(named)) if named else _("Bildeundersøkelse")
    if summary.category is Discipline.PAT:
        return _tissue_title(summary)
    sample = _sample(summary)
    suffix = _SUFFIXES.get(summary.category)
    if suffix is None:
        return sample or str(summary.category.label)
    return f"{sample}, {suffix}" if sample else str(summary.category.label)


def report_headline(summary: ReportSummary) -> str:
    """One sentence on what the report holds, counting only what can be judged."""
    if summary.status in _WITHDRAWN:
        return _("Svaret er trukket tilbake")
    if summary.category is Discipline.PAT:
        return _("Svar fra patolog")
    if summary.category in IMAGING:
        return _("Beskrivelse fra radiolog")
    if summary.assessable_count and summary.category not in _IN_WORDS:
        return _counted(summary)
    return summary.headline or _("Svaret har ingen resultater ennå")


def status_tag(summary: ReportSummary) -> tuple[str, str] | None:
    """The status in a word, with a tone, where it is more than an ordinary answer."""
    if summary.status in (ReportStatus.FINAL, ReportStatus.UNKNOWN):
        is_later = summary.version_count > 1
        return (_("Oppdatert"), "plain") if is_later else None
    tone = "danger" if summary.status in _WITHDRAWN else "plain"
    if summary.status in (ReportStatus.PRELIMINARY, ReportStatus.PARTIAL):
        tone = "warning"
    return str(summary.status.label), tone


def is_withdrawn(summary: ReportSummary) -> bool:
    """A withdrawn report stays visible as withdrawn, without its values."""
    return summary.status in _WITHDRAWN


def _examinations(names: str) -> str:
    """«RG Fot» of «RG Fot, Beskrivelse, Vurdering»: the texts' headings are no name."""
    parts = takewhile(lambda part: part not in _TEXT_HEADINGS, names.split(", "))
    return ", ".join(parts)


def _counted(summary: ReportSummary) -> str:
    """Rests on the laboratory's own marks, so no mark is not said to be «within»."""
    count = summary.observation_count
    answers = ngettext("%(count)s svar", "%(count)s svar", count) % {"count": count}
    outside = summary.outside_count
    if not outside:
        said = _("ingen merket utenfor referanseområdet")
    else:
        within = summary.assessable_count - outside
        said = _("%(within)s innenfor og %(outside)s utenfor referanseområdet") % {
            "within": within,
            "outside": outside,
        }
    return f"{answers}: {said}"


def _tissue_title(summary: ReportSummary) -> str:
    kind = _TISSUES.get(summary.type_code.upper(), _("Vevs- eller celleprøve"))
    place = summary.specimen_text
    return f"{kind}: {_short(place)}" if place else str(kind)


def _sample(summary: ReportSummary) -> str:
    for pattern, words in _SAMPLES:
        if re.search(pattern, summary.specimen_text, re.IGNORECASE):
            return str(words)
    if _BLOOD_PREFIX.match(summary.headline):
        return _("Blodprøve")
    return _("Urinprøve") if _URINE_PREFIX.match(summary.headline) else ""


def _short(text: str) -> str:
    text = text.strip()
    return text if len(text) <= _LONGEST_TITLE else f"{text[: _LONGEST_TITLE - 1]}…"
