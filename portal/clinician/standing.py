"""What is not here: said on every page, so that emptiness never looks like health."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from access.lookup import ReportSummary
from portal.presenting.dates import written_at
from results.ingestion.watch.coverage import Coverage, coverage
from results.vocabulary import WITHDRAWN, ReportStatus

_AWAITED = (ReportStatus.REGISTERED, ReportStatus.PRELIMINARY, ReportStatus.PARTIAL)
_MOST_NAMED = 8


@dataclass(frozen=True, slots=True)
class Standing:
    """`late` are sources that have fallen silent, `lines` the rest."""

    late: tuple[str, ...]
    lines: tuple[str, ...]


def present_standing(reports: Iterable[ReportSummary]) -> Standing:
    """Of this patient what is not ready or taken back; of the service, who sends."""
    known = coverage()
    return Standing(
        late=tuple(
            _("%(source)s har ikke sendt noe siden %(at)s, og det er uvanlig.")
            % {"source": source.name, "at": written_at(source.silent_since)}
            for source in known.sources
            if source.silent_since
        ),
        lines=(*_of_patient(reports), *_of_service(known)),
    )


def _of_patient(reports: Iterable[ReportSummary]) -> Iterator[str]:
    statuses = [report.status for report in reports]
    awaited = sum(status in _AWAITED for status in statuses)
    withdrawn = sum(status in WITHDRAWN for status in statuses)
    if awaited:
        yield ngettext(
            "%(count)s svar er foreløpig eller ikke ferdig.",
            "%(count)s svar er foreløpige eller ikke ferdige.",
            awaited,
        ) % {"count": awaited}
    if withdrawn:
        yield ngettext(
            "%(count)s svar er trukket tilbake, og telles ikke.",
            "%(count)s svar er trukket tilbake, og telles ikke.",
            withdrawn,
        ) % {"count": withdrawn}


def _of_service(known: Coverage) -> Iterator[str]:
    if known.sources:
        names = [
            f"{s.name} ({_('siden')} {timezone.localtime(s.since):%d.%m.%Y})"
            for s in known.sources[:_MOST_NAMED]
        ]
        if rest := len(known.sources) - len(names):
            names.append(_("%(count)s til") % {"count": rest})
        yield _("Disse sender svar hit: %(names)s.") % {"names": ", ".join(names)}
    if known.not_shared:
        kinds = ", ".join(str(d.label) for d in known.not_shared)
        yield _("Ingen deler ennå: %(kinds)s.") % {"kinds": kinds}
