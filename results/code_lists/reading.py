"""Which kind of list a file holds, by what stands in it."""

import json

from results.code_lists import fhir, ncrp, nlk, volven
from results.code_lists.decoding import decode
from results.code_lists.entries import is_object
from results.code_lists.problems import UnreadableList
from results.code_lists.sheets import column_names
from results.codes.releases import Release
from results.kith import xml
from results.kith.screening import UnreadableMessage

_UNKNOWN = (
    "Kjenner ikke igjen innholdet. Vi leser NLK, NCRP og Volven som CSV, Volven som "
    "JSON, og FHIR CodeSystem som JSON eller XML."
)


def read(content: bytes, file_name: str) -> list[Release]:
    """Every list in a file, at least one, each with codes. Raises UnreadableList."""
    releases = [r for r in _read(content, file_name) if r.codes]
    if not releases:
        raise UnreadableList("Filen har ingen koder.")
    return releases


def _read(content: bytes, file_name: str) -> list[Release]:
    text = decode(content)
    start = text.lstrip()[:1]
    if start == "<":
        return _xml(content)
    if start in ("{", "["):
        return _json(text)
    return _csv(text, file_name)


def _csv(text: str, file_name: str) -> list[Release]:
    columns = column_names(text)
    if nlk.is_nlk(columns):
        return [nlk.read_nlk(text, file_name)]
    if volven.is_volven(columns) and not ncrp.names_itself(text):
        return volven.read_volven_csv(text)
    if ncrp.is_procedures(columns):
        return [ncrp.read_ncrp(text)]
    raise UnreadableList(_UNKNOWN)


def _json(text: str) -> list[Release]:
    try:
        data = json.loads(text)
        if is_object(data) and fhir.is_fhir(data):
            return fhir.read_fhir(data)
    except json.JSONDecodeError as error:
        raise UnreadableList("Ikke gyldig JSON.", line=error.lineno) from None
    except RecursionError:
        raise UnreadableList("JSON er for dypt nøstet.") from None
    if is_object(data) and volven.is_volven_json(data):
        return volven.read_volven_json(data)
    raise UnreadableList(_UNKNOWN)


def _xml(content: bytes) -> list[Release]:
    try:
        root = xml.parse(content)
    except UnreadableMessage as error:
        raise UnreadableList(str(error)) from None
    if not fhir.is_fhir_xml(root):
        raise UnreadableList(_UNKNOWN)
    return fhir.read_fhir_xml(root)
