"""`manage.py generate_messages`: files, without a database."""

import io

import pytest
from django.core.management import CommandError, call_command


def generate(folder, **options) -> str:
    told = io.StringIO()
    call_command("generate_messages", out=folder, stdout=told, **options)
    return told.getvalue()


def contents(folder) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


def test_a_folder_with_messages_is_left_alone(tmp_path):
    generate(tmp_path, patients=1, years=1)
    before = contents(tmp_path)

    with pytest.raises(CommandError, match="tom mappe"):
        generate(tmp_path, patients=2, years=1)

    assert contents(tmp_path) == before


@pytest.mark.parametrize(("patients", "years"), [(0, 1), (1, 0), (-1, 5)])
def test_numbers_that_make_no_sense_are_refused(tmp_path, patients, years):
    with pytest.raises(CommandError, match="minst 1"):
        generate(tmp_path, patients=patients, years=years)


def test_a_day_that_is_no_day_is_refused(tmp_path):
    with pytest.raises(CommandError, match="--until"):
        call_command("generate_messages", "--until", "1.11.2026", "--out", tmp_path)


def test_the_same_arguments_give_the_same_files(tmp_path):
    first, second = tmp_path / "a", tmp_path / "b"

    told = generate(first, patients=2, years=2, seed=7)
    generate(second, patients=2, years=2, seed=7)

    assert contents(first) == contents(second)
    assert told == f"{len(contents(first))} meldinger skrevet.\n"


def test_the_last_day_is_the_one_asked_for(tmp_path):
    call_command(
        "generate_messages",
        "--patients=1",
        "--years=1",
        "--until=2020-06-30",
        f"--out={tmp_path}",
        stdout=io.StringIO(),
    )

    days = [name.split("-")[2] for name in contents(tmp_path)]
    assert "20190701" <= min(days) <= max(days) <= "20200630"
