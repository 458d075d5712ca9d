"""What a page costs whoever opens it for the first time."""

import gzip
import re

from django.contrib.staticfiles import finders

CONTROL = re.compile(r"BEGIN|COMMIT|SAVEPOINT|RELEASE|SET ")
_STATIC = re.compile(r'(?:href|src)="/static/([^"?]+)')
# The letters of Norwegian; the further ones are fetched for Sámi names alone.
_FONT = "inter/files/inter-latin-wght-normal.woff2"


def first_load(page: bytes) -> tuple[int, int]:
    """Bytes to transfer, compressed, and how many files go with the page."""
    files = [*_STATIC.findall(page.decode()), _FONT]
    paths = {name: finders.find(name) for name in files}
    sizes = [_sent(name, path) for name, path in paths.items() if path]
    return len(gzip.compress(page)) + sum(sizes), len(sizes)


def _sent(name: str, path: str) -> int:
    with open(path, "rb") as file:
        content = file.read()
    return len(content if name.endswith(".woff2") else gzip.compress(content))
