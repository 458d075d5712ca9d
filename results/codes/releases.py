"""Putting a release of a code list in place: nothing is deleted, nothing silently."""

import datetime
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.utils import timezone

from results.codes.memory import forget
from results.models import CodeList, Coding

_BATCH = 1000
# A file that lacks more than this of what is in use is hardly a whole list.
_MOST_MISSING_SHARE = 0.1
_MOST_MISSING = 10

ALWAYS_SAID = frozenset({"display"})
_OF_RETIREMENT = ("valid_to", "replaced_by")


class ReleaseRefused(Exception):
    """The release would do harm; the text is a Norwegian sentence for the operator."""


@dataclass(frozen=True, slots=True)
class ReleasedCode:
    """A code as its list has it; `category` is a `Discipline`, `valid_to` exclusive."""

    code: str
    display: str
    unit: str = ""
    category: str = ""
    heading: str = ""
    component: str = ""
    valid_from: datetime.date | None = None
    valid_to: datetime.date | None = None
    replaced_by: str = ""


@dataclass(frozen=True, slots=True)
class Release:
    """One list as one file has it. `fields` are those the file has columns for: the
    others are left as they are. An excerpt says nothing of the codes it lacks."""

    system: str
    name: str
    codes: tuple[ReleasedCode, ...]
    version: str = ""
    release_date: datetime.date | None = None
    fields: frozenset[str] = ALWAYS_SAID
    is_excerpt: bool = False
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Terms:
    """What the operator has said: `is_excerpt` None leaves it to the file."""

    is_excerpt: bool | None = None
    allow_older: bool = False


@dataclass(slots=True)
class Changes:
    """Codes by what became of them."""

    added: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    retired: list[str] = field(default_factory=list)
    revived: list[str] = field(default_factory=list)
    kept_retired: list[str] = field(default_factory=list)
    unchanged: int = 0

    def note(self, code: str, *, was: bool, is_now: bool) -> None:
        """Retired or taken into use again, or otherwise changed."""
        kinds = {(False, True): self.retired, (True, False): self.revived}
        kinds.get((was, is_now), self.changed).append(code)


@transaction.atomic
def put_in_place(
    release: Release, *, file_name: str, file_hash: str, terms: Terms
) -> Changes:
    """Bring a list up to a release; the same release again changes nothing.

    A code the release lacks is retired today, never deleted. An older release needs
    `allow_older`, and even then takes no retired code back into use. Raises
    ReleaseRefused.
    """
    held = _locked(release)
    is_older = _is_older(release, held)
    if is_older and not terms.allow_older:
        raise ReleaseRefused(_older_sentence(release, held))
    known = {row.code: row for row in Coding.objects.filter(system=release.system)}
    changes = Changes()
    _add(release, known, changes)
    touched = [*_changed(release, known, changes, is_older=is_older)]
    touched += _retire_missing(release, known, changes, terms=terms)
    fields = {*release.fields, *_OF_RETIREMENT}
    Coding.objects.bulk_update(touched, fields, batch_size=_BATCH)
    _note(held, release, file_name=file_name, file_hash=file_hash)
    forget()
    transaction.on_commit(forget)
    return changes


def _locked(release: Release) -> CodeList:
    """The list's own row, so that two imports of it wait for each other."""
    CodeList.objects.get_or_create(
        system=release.system, defaults={"name": release.name, "revision": 0}
    )
    return CodeList.objects.select_for_update().get(system=release.system)


def _is_older(release: Release, held: CodeList) -> bool:
    dates = (release.release_date, held.release_date)
    return dates[0] is not None and dates[1] is not None and dates[0] < dates[1]


def _older_sentence(release: Release, held: CodeList) -> str:
    return (
        f"{release.name}: filen er fra {release.release_date:%d.%m.%Y}, men utgaven "
        f"fra {held.release_date:%d.%m.%Y} er alt lastet. Bruk --older for å laste den "
        "likevel; koder som er utgått siden, holdes utgått."
    )


def _add(release: Release, known: dict[str, Coding], changes: Changes) -> None:
    new = [
        Coding(system=release.system, code=code.code, **_said(code, release.fields))
        for code in release.codes
        if code.code not in known
    ]
    Coding.objects.bulk_create(new, batch_size=_BATCH)
    changes.added = [row.code for row in new]


def _changed(
    release: Release, known: dict[str, Coding], changes: Changes, *, is_older: bool
) -> Iterator[Coding]:
    """Rows that no longer say what the release does, put right but not yet saved."""
    today = timezone.localdate()
    for code in release.codes:
        row = known.get(code.code)
        if row is None:
            continue
        was, is_now = (_is_retired(day, today) for day in (row.valid_to, code.valid_to))
        said = _said(code, release.fields)
        if was and not is_now and is_older:
            changes.kept_retired.append(code.code)
            said = {k: v for k, v in said.items() if k not in _OF_RETIREMENT}
        if all(getattr(row, name) == value for name, value in said.items()):
            changes.unchanged += 1
            continue
        changes.note(code.code, was=was, is_now=is_now or (was and is_older))
        _set(row, said)
        yield row


def _said(code: ReleasedCode, fields: Iterable[str]) -> dict[str, Any]:
    said = {name: getattr(code, name) for name in fields}
    return {"valid_to": code.valid_to, "replaced_by": code.replaced_by, **said}


def _set(row: Coding, said: dict[str, Any]) -> None:
    for name, value in said.items():
        setattr(row, name, value)


def _is_retired(valid_to: datetime.date | None, today: datetime.date) -> bool:
    return valid_to is not None and valid_to <= today


def _retire_missing(
    release: Release, known: dict[str, Coding], changes: Changes, *, terms: Terms
) -> list[Coding]:
    is_excerpt = release.is_excerpt if terms.is_excerpt is None else terms.is_excerpt
    if is_excerpt:
        return []
    today = timezone.localdate()
    in_use = [row for row in known.values() if not _is_retired(row.valid_to, today)]
    missing = {row.code for row in in_use} - {code.code for code in release.codes}
    too_many = max(_MOST_MISSING, _MOST_MISSING_SHARE * len(in_use))
    if len(missing) > too_many and terms.is_excerpt is None:
        raise ReleaseRefused(
            f"{release.name}: filen mangler {len(missing)} av {len(in_use)} koder som "
            "er i bruk. Bruk --excerpt hvis den bare er et utdrag, eller --complete "
            "hvis kodene skal settes utgått."
        )
    gone = [row for row in in_use if row.code in missing]
    for row in gone:
        row.valid_to = today
    changes.retired += [row.code for row in gone]
    return gone


def _note(held: CodeList, release: Release, *, file_name: str, file_hash: str) -> None:
    held.name = release.name
    held.version = release.version
    held.release_date = release.release_date
    held.file_name = file_name[:300]
    held.file_hash = file_hash
    held.imported_at = timezone.now()
    held.revision += 1
    held.save()
