"""The repository keeps its own rules: who may reach what, and what is never written."""

import re
import subprocess
import tomllib
from pathlib import Path

import pytest
from django.conf import settings

ROOT: Path = settings.BASE_DIR
SOURCES = [
    p for room in ("access", "portal", "results") for p in (ROOT / room).rglob("*.py")
]
ELEVEN_DIGITS = re.compile(r"(?<![0-9.])[0-9]{11}(?![0-9])")


def tracked() -> list[Path]:
    listed = subprocess.run(
        ["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return [ROOT / name for name in listed.stdout.splitlines()]


def holding(pattern: str, files: list[Path]) -> list[str]:
    found = re.compile(pattern)
    return [str(p.relative_to(ROOT)) for p in files if found.search(p.read_text())]


def in_room(name: str) -> list[Path]:
    return [p for p in SOURCES if p.is_relative_to(ROOT / name)]


def test_no_page_reaches_a_model_except_through_access():
    outside_demo = [p for p in in_room("portal") if "demo" not in p.parts]

    assert holding(r"\.objects\b|\bget_model\(", outside_demo) == []


def test_one_module_parses_xml():
    found = holding(r"(?m)^(from|import) lxml", SOURCES)
    assert {name.rpartition("/")[0] for name in found} == {"results/kith/xml"}


def test_no_relation_leads_from_a_patient_to_clinical_rows():
    models = (ROOT / "results/models").glob("*.py")
    to_patient = re.compile(
        r"(?:ForeignKey|OneToOneField)\(\s*Patient,.*?\)", re.DOTALL
    )

    for path in models:
        for field in to_patient.findall(path.read_text()):
            assert 'related_name="+"' in field, path.name


def test_no_clinical_model_is_in_the_administration():
    from django.contrib import admin

    registered = {model.__name__ for model in admin.site._registry}
    clinical = {
        "Patient",
        "PatientIdentifier",
        "PatientDemographics",
        "DiagnosticReport",
        "DiagnosticReportVersion",
        "Observation",
        "Specimen",
        "ServiceRequest",
        "PresentedForm",
        "AccessLogEntry",
        "CareRelationship",
    }

    assert registered & clinical == set()


@pytest.mark.parametrize("name", ["requirements.lock", "requirements-dev.lock"])
def test_lock_files_hold_hashes_and_no_addresses(name):
    text = (ROOT / name).read_text()

    assert "--hash=sha256:" in text
    assert "://" not in text


def test_the_web_lock_file_holds_no_addresses():
    text = (ROOT / "package-lock.json").read_text()

    assert '"resolved"' not in text
    assert "://" not in re.sub(r'"url": "[^"]*"', "", text)


def test_what_is_declared_is_what_is_locked():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    locked = (ROOT / "requirements.lock").read_text().lower()

    for requirement in project["project"]["dependencies"]:
        name, version = re.match(r"([\w-]+)(?:\[\w+\])?==(.+)", requirement).groups()
        assert f"{name.lower()}" in locked, name
        assert f"=={version}" in locked, name


def test_no_identity_number_is_typed_but_the_static_test_persons():
    allowed = {ROOT / "results/identity.py"}
    texts = [p for p in tracked() if p.suffix in {".py", ".html", ".md", ".po"}]
    found = [
        str(path.relative_to(ROOT))
        for path in texts
        if path not in allowed
        for digits in ELEVEN_DIGITS.findall(path.read_text())
        if _is_identity_number(digits)
    ]

    assert found == []


def _is_identity_number(digits: str) -> bool:
    """Nobody is named by noughts alone, which any made-up UUID is full of."""
    from results.identity import has_valid_check_digits

    return digits.strip("0") != "" and has_valid_check_digits(digits)


def test_pages_hold_nothing_inline():
    pages = list((ROOT / "templates").rglob("*.html"))
    inline = r"<style|\sstyle=|<script(?![^>]*\bsrc=)|\son[a-z]+="

    assert pages
    assert holding(inline, pages) == []


def test_the_licence_is_declared():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())

    assert project["project"]["license"] == "EUPL-1.2"
