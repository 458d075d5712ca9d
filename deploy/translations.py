"""Translations without gettext's programs: collect the texts, compile the catalogues.

    python deploy/translations.py compile     .po → .mo, where the .po is newer
    python deploy/translations.py collect     texts of code and templates → .po

Run with the virtual environment's Python.
"""

import io
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path, PurePath

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))  # run as a program, it knows only its own folder

from portal.languages import (  # noqa: E402
    LANGUAGES,
    LOCALES,
    SOURCE,
    Language,
    files_of,
)

CODE = ["portal", "access", "results"]
# File, line, text (a pair for plurals), comments and context.
Text = tuple[str, int, object, list[str], str | None]
# Babel's names for the arguments that hold texts, for Django's functions.
KEYWORDS: dict[str, tuple[int | tuple[int, str], ...] | None] = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}


def compile_all() -> None:
    for source in LOCALES.glob("*/LC_MESSAGES/*.po"):
        target = source.with_suffix(".mo")
        if target.exists() and target.stat().st_mtime >= source.stat().st_mtime:
            continue
        # Whole or not at all: another process may be reading it.
        draft = target.with_suffix(".draft")
        with draft.open("wb") as file:
            write_mo(file, _read(source))
        draft.replace(target)


def collect_all() -> None:
    """Each language's own texts into its catalogue, which is made if there is none."""
    found = list(texts_to_translate())
    for language in LANGUAGES.values():
        if language.code == SOURCE:
            continue
        texts = Catalog(project="provesvar", charset="utf-8")
        for name, line, message, comments, context in texts_of(language, found):
            texts.add(
                message,
                locations=[(name, line)],
                auto_comments=comments,
                context=context,
            )
        target = LOCALES / language.code / "LC_MESSAGES" / "django.po"
        target.parent.mkdir(parents=True, exist_ok=True)
        catalog = (
            _read(target)
            if target.exists()
            else Catalog(locale=language.code, project="provesvar", charset="utf-8")
        )
        # Or every collecting would be a change.
        texts.creation_date = catalog.creation_date
        catalog.update(texts, no_fuzzy_matching=True)
        with target.open("wb") as file:
            write_po(
                file, catalog, width=88, ignore_obsolete=True, include_lineno=False
            )
        missing = sum(1 for entry in catalog if entry.id and not entry.string)
        print(f"{target.relative_to(ROOT)}: {missing} to translate")


def _read(source: Path) -> Catalog:
    with source.open("rb") as file:
        return read_po(file, locale=source.parts[-3], domain="django")


def texts_of(language: Language, found: Iterable[Text]) -> Iterator[Text]:
    """Those of the files that the language is for."""
    patterns = files_of(language.translates)
    return (
        text
        for text in found
        if any(PurePath(text[0]).match(pattern) for pattern in patterns)
    )


def texts_to_translate() -> Iterator[Text]:
    """File, line, text (a pair for plurals), comments and context, for each text."""
    for path in _sources():
        text = path.read_text()
        if path.suffix != ".py":
            text = _as_python(text)
        source = io.BytesIO(text.encode())
        for found in extract(
            "python", source, keywords=KEYWORDS, comment_tags=["Translators:"]
        ):
            yield str(path.relative_to(ROOT)), *found


def _sources() -> list[Path]:
    code = [path for part in CODE for path in (ROOT / part).rglob("*.py")]
    pages = [
        path for path in (ROOT / "templates").rglob("*.*") if path.suffix != ".draft"
    ]
    return sorted(code) + sorted(pages)


def _as_python(template: str) -> str:
    """Django's own reading of a template, made fit for Python's: no indentation."""
    lines = templatize(template).splitlines()
    return "\n".join(line.strip() for line in lines)


def main() -> None:
    settings.configure()
    {"compile": compile_all, "collect": collect_all}[sys.argv[1]]()


if __name__ == "__main__":
    main()
