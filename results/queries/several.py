"""Several reports whole, in as many queries as one takes, and what they examined."""

import uuid
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import NamedTuple, TypeVar

from django.db.models import QuerySet

from results.models import (
    DiagnosticReportVersion,
    Observation,
    PresentedForm,
    ServiceRequest,
    Specimen,
)
from results.queries.attachments import forms_of
from results.queries.details import ReportDetail, ReportRows, detail_of
from results.queries.patients import PatientHeader
from results.queries.repeating import Item, not_repeated
from results.queries.reports import ReportSummary
from results.queries.versions import standing_of, with_members
from results.vocabulary import WITHDRAWN

Row = TypeVar("Row", Observation, Specimen, ServiceRequest, PresentedForm)


class Examined(NamedTuple):
    """What an outermost result is of: a code, its list and a name, as sent."""

    code: str
    system: str
    name: str


def details_of(
    patient: PatientHeader, reports: Collection[ReportSummary]
) -> dict[uuid.UUID, ReportDetail]:
    """These reports of the patient by key, each as `report_of` would give it; withdrawn
    ones are left out, and those of which the version named is in force no more. Five
    queries."""
    standing = {r.id: r for r in reports if r.status not in WITHDRAWN}
    if not standing:
        return {}
    versions = _versions(patient.patient_id, standing)
    every = [version for those in versions.values() for version in those]
    current = [those[0] for those in versions.values()]
    observations = _by_version(
        Observation.objects.filter(version__in=every).order_by("version_id", "position")
    )
    specimens = _by_version(
        Specimen.objects.filter(version__in=current).order_by("version_id", "position")
    )
    requests = _by_version(
        ServiceRequest.objects.filter(version__in=current).order_by(
            "version_id", "position"
        )
    )
    forms = _by_version(forms_of(*current))
    found = {}
    for key, those in versions.items():
        shown, left = _standing(those, observations)
        version = those[0]
        if version.id != standing[key].version_id:
            continue
        rows = ReportRows(
            version=version,
            specimens=specimens[version.id],
            requests=requests[version.id],
            observations=shown,
            forms=forms[version.id],
        )
        found[key] = detail_of(
            rows, summary=standing[key], patient=patient, not_repeated=left
        )
    return found


def examined_in(
    patient_id: uuid.UUID, reports: Iterable[ReportSummary]
) -> dict[uuid.UUID, tuple[Examined, ...]]:
    """What each report is of, by its key. One query."""
    rows = (
        Observation.objects.filter(
            version__in=[r.version_id for r in reports if r.status not in WITHDRAWN],
            version__patient_id=patient_id,
            parent=None,
        )
        .order_by("version_id", "position")
        .values_list("version__report_id", "code", "code_system", "name")
    )
    found: dict[uuid.UUID, list[Examined]] = defaultdict(list)
    for key, code, system, name in rows:
        found[key].append(Examined(code, system, name))
    return {key: tuple(those) for key, those in found.items()}


def _versions(
    patient_id: uuid.UUID, reports: Iterable[uuid.UUID]
) -> dict[uuid.UUID, list[DiagnosticReportVersion]]:
    """Each report's versions, the current one first."""
    found: dict[uuid.UUID, list[DiagnosticReportVersion]] = defaultdict(list)
    rows = DiagnosticReportVersion.objects.filter(
        report__in=list(reports), patient_id=patient_id
    ).order_by("-generated_at", "-message_key")
    for version in rows:
        found[version.report_id].append(version)
    return found


def _by_version(rows: QuerySet[Row]) -> Mapping[uuid.UUID, list[Row]]:
    found: dict[uuid.UUID, list[Row]] = defaultdict(list)
    for row in rows:
        found[row.version_id].append(row)
    return found


def _standing(
    versions: Sequence[DiagnosticReportVersion],
    observations: Mapping[uuid.UUID, list[Observation]],
) -> tuple[list[Observation], frozenset[uuid.UUID]]:
    """As `versions.observations_of`, of rows in hand."""
    kept = [observations[version.id] for version in standing_of(versions)]
    if len(kept) == 1:
        return kept[0], frozenset()
    trees = [_tree(rows) for rows in kept]
    left = not_repeated(trees)
    carried = frozenset(with_members(left, trees[1:]))
    shown = list(kept[0])
    for row in (row for rows in kept[1:] for row in rows if row.id in carried):
        row.parent_id = left.get(row.id, row.parent_id)
        shown.append(row)
    return shown, carried


def _tree(rows: Iterable[Observation]) -> list[Item]:
    items: dict[uuid.UUID, Item] = {}
    roots: list[Item] = []
    for row in rows:
        sign = (row.code, row.code_system) if row.code else (row.name, "")
        item = Item(row.id, sign, row.item_id, tuple(row.specimen_accessions))
        items[row.id] = item
        (items[row.parent_id].members if row.parent_id else roots).append(item)
    return roots
