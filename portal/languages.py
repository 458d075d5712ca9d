"""The languages of the pages, as `portal/locale/languages.toml` has them."""

import datetime
import tomllib
from dataclasses import dataclass
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

from django.conf.locale import LANG_INFO
from django.utils.formats import date_format
from django.utils.translation import pgettext

LOCALES = Path(__file__).resolve().parent / "locale"
SOURCE = "nb"  # in which all texts are written
ALL = "all"


@dataclass(frozen=True, slots=True)
class Language:
    """`translates` is the scope its catalogue is to hold; `is_complete` whether none of
    it may be missing; `by_browser` whether a browser's wish alone chooses it."""

    code: str
    name: str
    translates: str
    is_complete: bool
    by_browser: bool = False
    is_rtl: bool = False

    def covers(self, scope: str) -> bool:
        """Whether pages of this scope are shown in it, every word."""
        return self.is_complete and SCOPES.index(self.translates) >= SCOPES.index(scope)


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads((LOCALES / name).read_text(encoding="utf-8"))


def read_languages(said: dict[str, Any]) -> dict[str, Language]:
    """Those of the file, in its order, by code."""
    return {
        code: Language(
            code=code,
            name=row["name"],
            translates=row["translates"],
            is_complete=row["complete"],
            by_browser=row.get("by_browser", False),
            is_rtl=row.get("rtl", False),
        )
        for code, row in said.items()
    }


_SCOPES = _read("scopes.toml")
SCOPES = (*_SCOPES, ALL)
LANGUAGES = read_languages(_read("languages.toml"))


def names_for_django() -> list[tuple[str, str]]:
    """For `LANGUAGES`; what Django knows nothing of is told to it."""
    for language in LANGUAGES.values():
        if language.code not in LANG_INFO:
            LANG_INFO[language.code] = {
                "bidi": language.is_rtl,
                "code": language.code,
                "name": language.name,
                "name_local": language.name,
            }
    return [(language.code, language.name) for language in LANGUAGES.values()]


def files_of(scope: str) -> tuple[str, ...]:
    """Patterns of the files whose texts belong to it, and to the smaller ones."""
    if scope == ALL:
        return ("*",)
    smaller = SCOPES[: SCOPES.index(scope) + 1]
    return tuple(pattern for name in smaller for pattern in _SCOPES[name]["files"])


def scope_of(page: str) -> str:
    """The smallest scope a page is in, by the name of its address. What stands outside
    every address is for everybody."""
    if not page:
        return "citizen"
    for scope, told in _SCOPES.items():
        if any(fnmatch(page, pattern) for pattern in told["pages"]):
            return scope
    return ALL


def day_in_digits(day: datetime.date) -> str:
    """«14.11.2026», as the language that is spoken writes it."""
    # Translators: PHP's letters for dates, as Django takes them.
    return date_format(day, pgettext("format", "d.m.Y"))


def decimal_mark() -> str:
    """Of the language that is spoken."""
    return pgettext("decimal mark", ",")
