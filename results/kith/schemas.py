"""XML schemas of the formats: imported data, never part of this code.

`manage.py import_schemas` puts them in `settings.SCHEMA_DIR`; until then whoever asks
is told that they are not installed.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import islice
from pathlib import Path

from django.conf import settings

from results.kith import xml
from results.kith.envelope import Envelope
from results.kith.names import (
    APPREC_1_0,
    APPREC_1_1,
    BASE64_CONTAINER,
    REPORT_VERSIONS,
)
from results.kith.places import Problem
from results.kith.screening import UnreadableMessage
from results.vocabulary import MessageFormat

_MOST_PROBLEMS = 20
# RefDoc/Content is a strict wildcard and the report schemas do not import what it
# holds, so each is compiled through a small driver of ours that imports both.
_DRIVER = """<?xml version="1.0" encoding="UTF-8"?>
<schema xmlns="http://www.w3.org/2001/XMLSchema" targetNamespace="urn:provesvar:driver">
  <import namespace="{namespace}" schemaLocation="{name}"/>
  <import namespace="{attachment_namespace}" schemaLocation="{attachment_name}"/>
</schema>
"""
ROOTS = {
    **{v.namespace: str(v.format.label) for v in REPORT_VERSIONS.values()},
    APPREC_1_1.namespace: "AppRec 1.1",
    APPREC_1_0.namespace: "AppRec 1.0",
}


class MissingSchema(Exception):
    """A folder lacks a schema that another imports; `args[0]` is its namespace."""


def envelope_problems(envelope: Envelope) -> tuple[Problem, ...] | None:
    """Where an opened message departs from its schema: a sentence with line and
    element, and a place to look for in the text, never a value.

    None when the schema is not installed or the message has none that we know.
    """
    if envelope.version is None or envelope.is_salvaged:
        return None
    driver = driver_path(settings.SCHEMA_DIR, envelope.version.namespace)
    if not driver.is_file():
        return None
    schema = _compiled(driver, driver.stat().st_mtime_ns)
    found = xml.locate_problems(schema, envelope.message)
    return tuple(islice(found, _MOST_PROBLEMS))


def is_installed(namespace: str) -> bool:
    return driver_path(settings.SCHEMA_DIR, namespace).is_file()


def are_installed() -> bool:
    """Whether the versions that are sent today can be held to a schema."""
    current = (MessageFormat.KITH_1_4, MessageFormat.KITH_1_3)
    return all(
        is_installed(version.namespace)
        for version in REPORT_VERSIONS.values()
        if version.format in current
    )


def install(source: Path, target: Path) -> tuple[list[str], list[str]]:
    """Copy the schemas found below `source`, make their drivers and compile them.

    Returns the names of the formats installed, and sentences on those that are not.
    """
    found = dict(_by_namespace(source))
    target.mkdir(parents=True, exist_ok=True)
    installed, problems = [], []
    for namespace, name in ROOTS.items():
        try:
            _install_one(namespace, found, target)
        except MissingSchema as missing:
            problems.append(f"{name}: fant ikke skjemaet for {missing.args[0]}.")
        except ValueError as error:
            problems.append(f"{name}: {error}")
        else:
            installed.append(name)
    return installed, problems


@lru_cache(maxsize=16)
def driver_path(directory: Path, namespace: str) -> Path:
    """The driver of a namespace: «driver-labsvar-2012-02-15.xsd»."""
    return directory / f"driver-{_slug(namespace)}.xsd"


def _install_one(namespace: str, found: dict[str, Path], target: Path) -> None:
    for needed in (namespace, BASE64_CONTAINER):
        _copy(needed, found, target, done=set())
    driver = driver_path(target, namespace)
    text = _DRIVER.format(
        namespace=namespace,
        name=_copy_name(namespace),
        attachment_namespace=BASE64_CONTAINER,
        attachment_name=_copy_name(BASE64_CONTAINER),
    )
    driver.write_text(text, encoding="utf-8")
    try:
        xml.load_schema(driver)
    except ValueError:
        driver.unlink()
        raise


def _copy(
    namespace: str, found: dict[str, Path], target: Path, *, done: set[str]
) -> None:
    """A schema and all that it imports, whose addresses on the net become local."""
    if namespace in done:
        return
    if namespace not in found:
        raise MissingSchema(namespace)
    done.add(namespace)
    schema = xml.parse(found[namespace].read_bytes())
    imported = schema.children("import")
    for node in imported:
        needed = node.attribute("namespace") or ""
        xml.put(node.element, "schemaLocation", _copy_name(needed))
        _copy(needed, found, target, done=done)
    (target / _copy_name(namespace)).write_bytes(xml.to_bytes(schema.element))


def _by_namespace(source: Path) -> Iterator[tuple[str, Path]]:
    """Target namespace and file of each schema; the outermost file wins, so it comes
    last."""
    paths = sorted(source.rglob("*.xsd"), key=lambda p: (len(p.parts), p.name))
    for path in reversed(paths):
        try:
            root = xml.parse(path.read_bytes())
        except UnreadableMessage:
            continue
        if root.name == "schema" and (namespace := root.attribute("targetNamespace")):
            yield namespace, path


def _copy_name(namespace: str) -> str:
    return f"{_slug(namespace)}.xsd"


def _slug(namespace: str) -> str:
    """«http://www.kith.no/xmlstds/labsvar/2012-02-15» → «labsvar-2012-02-15»."""
    short = namespace.rpartition("/xmlstds/")[2]
    return re.sub(r"[^a-z0-9]+", "-", short.rpartition("://")[2].lower()).strip("-")


@lru_cache(maxsize=8)
def _compiled(driver: Path, modified_ns: int) -> xml.Schema:
    return xml.load_schema(driver)
