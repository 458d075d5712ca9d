"""Answers as a tagged PDF, to print or take along.

What laboratories and people have written goes to the typesetter as data and is never
read as its markup (`report.typ` is the only markup there is).
"""

import json
from pathlib import Path
from typing import Literal

import typst

from portal.documents.content import Head, document_of
from portal.presenting.reports import ShownReport

__all__ = ["Head", "as_pdf"]

_HERE = Path(__file__).parent


def as_pdf(reports: tuple[ShownReport, ...], head: Head) -> bytes:
    """One file with all of them, each beginning on a page of its own. A sign the
    font lacks is drawn as a box; the tags stay, the label PDF/UA is then left out."""
    data = json.dumps(document_of(reports, head))
    try:
        return _compiled(data, standards=["ua-1"])
    except typst.TypstError as fault:
        if "could not be displayed" not in str(fault):
            raise
        return _compiled(data, standards=[])


def _compiled(data: str, *, standards: list[Literal["ua-1"]]) -> bytes:
    made: bytes = typst.compile(
        str(_HERE / "report.typ"),
        root=str(_HERE),
        sys_inputs={"data": data},
        pdf_standards=[*standards],
        ignore_system_fonts=True,
    )
    return made
