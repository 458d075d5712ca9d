"""Nordlab's integrator at the test bench, without having signed in anywhere."""

import re
from html import unescape

from django.core.files.uploadedfile import SimpleUploadedFile

from tests.portal.visiting import PRODUCER, somebody

BENCH = "/produsent/"


def drop(content: bytes, name: str = "svar.xml"):
    """The answer to a file that is chosen and sent."""
    file = SimpleUploadedFile(name, content, content_type="application/xml")
    return somebody(PRODUCER).post(BENCH, {"file": file})


def paste(text: str):
    return somebody(PRODUCER).post(BENCH, {"text": text})


def try_example(name: str):
    return somebody(PRODUCER).post(BENCH, {"example": name})


def words_of(answer) -> str:
    """What is read on the page, spaces made one."""
    page = answer.content.decode()
    main = page[page.index("<main") : page.index("</main>")]
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", main)).split())


def verdict_of(answer) -> str:
    found = re.search(r"<h1[^>]*>(.*?)</h1>", answer.content.decode(), re.DOTALL)
    return " ".join(re.sub(r"<[^>]+>", " ", found[1]).split())


def part_of(answer, heading: str) -> str:
    """What is read from a heading on."""
    return words_of(answer).split(f" {heading} ", 1)[1]
