"""Fuzzing of everything that reads what strangers send.

    python -m tests.fuzz [seconds] [folder]

Guided by coverage (atheris). What it finds worth keeping, and what it breaks on, lies
in the folder; a failing input is tried again by `python -m tests.fuzz 0 FOLDER`.
"""

import os
import sys
import tempfile
from pathlib import Path

import atheris

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")

# Before Django is set up: what it imports by then could no longer be followed.
with atheris.instrument_imports(include=["results.kith", "results.ingestion.validate"]):
    import django

    django.setup()

    from django.conf import settings

    from results.kith import schemas
    from tests.fuzz.corpus import write_corpus, write_words
    from tests.fuzz.mutating import mutate
    from tests.fuzz.target import try_one

_SECONDS = 600
_LONGEST = 40_000
_MEGABYTES = 1_000
_SLOWEST = 20  # seconds for one input
_IN_ITS_OWN_WAY = 4  # of five changes, how many keep the message well-formed


def main() -> None:
    seconds = int(sys.argv[1]) if len(sys.argv) > 1 else _SECONDS
    made = tempfile.mkdtemp(prefix="provesvar-fuzz-")
    folder = Path(sys.argv[2] if len(sys.argv) > 2 else made)
    for name in ("found", "seeds"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    seeds = write_corpus(folder / "seeds")
    write_words(folder / "words.txt")
    _import_schemas(folder / "schemas")
    sys.stdout.write(f"{seeds} messages in {folder}\n")
    atheris.Setup(
        [
            "fuzz",
            f"-max_total_time={seconds}" if seconds else "-runs=0",
            f"-max_len={_LONGEST}",
            f"-rss_limit_mb={_MEGABYTES}",
            f"-timeout={_SLOWEST}",
            f"-dict={folder / 'words.txt'}",
            f"-artifact_prefix={folder}/",
            "-print_final_stats=1",
            str(folder / "found"),
            str(folder / "seeds"),
        ],
        try_one,
        custom_mutator=_mutate,
    )
    atheris.Fuzz()


def _import_schemas(folder: Path) -> None:
    """Receipts are held to the schemas too, where these are at hand."""
    shared = settings.BASE_DIR.parent / "shared" / "samples" / "schemas" / "local"
    settings.SCHEMA_DIR = folder
    if shared.is_dir():
        schemas.install(shared, folder)


def _mutate(content: bytes, longest: int, seed: int) -> bytes:
    changed = mutate(content, seed) if seed % 5 < _IN_ITS_OWN_WAY else None
    return (changed or atheris.Mutate(content, longest))[:longest]


if __name__ == "__main__":
    main()
