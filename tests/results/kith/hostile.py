"""What a hostile sender might send, each with what it must be refused with.

Run as a module it reads them all in a process with little memory to spare and no way to
the net, and prints what became of each as JSON.
"""

import base64
import codecs
import datetime
import gzip
import io
import json
import resource
import socket
import sys
import zipfile
from collections.abc import Callable

from results.kith import apprec, xml
from results.kith.apprec import Recipient, Stamp
from results.kith.read import open_message

from .messages import (
    a_document,
    a_message,
    a_patient,
    a_report,
    an_item,
)

SPARE = 250 * 1024 * 1024  # bytes of address space beyond what a worker has at rest
WHOLE = a_message()
PLACE = "<Name>Prøve, Kari</Name>"
MEGABYTE = 1_000_000
OURS = Recipient("Pasientens prøvesvar", "900100", "999000118")
NOW = datetime.datetime(2026, 3, 2, tzinfo=datetime.UTC)


def in_message(inner: str, *, before: str = "") -> bytes:
    """A whole message with something else where the patient's name was."""
    return (before + WHOLE.replace(PLACE, f"{PLACE}{inner}")).encode()


def with_doctype(subset: str, inner: str = "&x;") -> bytes:
    return in_message(inner, before=f"<!DOCTYPE Message [{subset}]>")


def laughs() -> bytes:
    levels = "".join(f'<!ENTITY x{n} "{f"&x{n - 1};" * 10}">' for n in range(1, 12))
    return with_doctype(f'<!ENTITY x0 "ha">{levels}', "&x11;")


def zipped(content: bytes) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("svar.pdf", content)
    return held.getvalue()


def attached(content: bytes, *, cut: int = 0) -> bytes:
    text = base64.b64encode(content).decode()
    return a_message(a_report(header=a_document(text[: len(text) - cut]))).encode()


def with_many_attributes() -> bytes:
    many = " ".join(f'a{n}=""' for n in range(200_000))
    return in_message(f"<Ukjent {many}/>")


PDF = b"%PDF-1.7\n" + b"Histologi. " * 20
BIG = bytes(100 * MEGABYTE)

T01: dict[str, Callable[[], bytes]] = {
    "billion laughs": laughs,
    "quadratic": lambda: with_doctype(f'<!ENTITY x "{"a" * 50_000}">', "&x;" * 50_000),
    "external entity": lambda: with_doctype('<!ENTITY x SYSTEM "file:///etc/passwd">'),
    "entity on the net": lambda: with_doctype('<!ENTITY x SYSTEM "http://127.0.0.1/">'),
    "external DTD": lambda: in_message(
        "", before='<!DOCTYPE Message SYSTEM "http://127.0.0.1/x.dtd">'
    ),
    "parameter entity": lambda: with_doctype(
        '<!ENTITY % x SYSTEM "http://127.0.0.1/x.dtd"> %x;', ""
    ),
    "undeclared entity": lambda: in_message("&x;"),
    "200 000 deep": lambda: in_message("<a>" * 200_000 + "</a>" * 200_000),
    "200 000 deep items": lambda: a_message(
        a_report(a_patient("<ResultItem>" * 200_000 + "</ResultItem>" * 200_000))
    ).encode(),
    "deep and never closed": lambda: in_message("<a>" * 2 * MEGABYTE),
    "millions beside each other": lambda: in_message("<a/>" * 2_400_000),
    "600 000 beside each other": lambda: in_message("<a/>" * 600_000),
    "200 000 attributes": with_many_attributes,
    "millions of attributes": lambda: in_message("<a b='' c='' d=''/>" * 500_000),
    "a text of 11 MB": lambda: in_message(f"<a>{'x' * 11 * MEGABYTE}</a>"),
    "a name of 9 MB": lambda: in_message(f"<{'x' * 9 * MEGABYTE}"),
    "invalid UTF-8": lambda: in_message("<a>?</a>").replace(b"?", b"\xc3\x28"),
    "surrogates in UTF-8": lambda: in_message("<a>?</a>").replace(
        b"?", b"\xed\xa0\x80"
    ),
    "Latin-1 that claims UTF-8": lambda: (
        '<?xml version="1.0" encoding="UTF-8"?>' + WHOLE
    ).encode("latin-1"),
    "UTF-7": lambda: ('<?xml version="1.0" encoding="UTF-7"?>' + WHOLE).encode("utf-7"),
    "UTF-32": lambda: codecs.BOM_UTF32_LE + WHOLE.encode("utf-32-le"),
    "EBCDIC": lambda: WHOLE.replace("ø", "o").encode("cp500"),
    "NUL": lambda: in_message("<a>\0</a>"),
    "NUL as a reference": lambda: in_message("<a>&#0;</a>"),
    "half UTF-16": lambda: WHOLE.encode("utf-16")[:-1],
    "gzipped whole": lambda: gzip.compress(BIG),
    "zipped whole": lambda: zipped(BIG),
    "a web page and a message": lambda: b"<!DOCTYPE html>" + WHOLE.encode(),
}
X99: dict[str, Callable[[], bytes]] = {
    "zip bomb": lambda: attached(zipped(BIG)),
    "zip in a zip": lambda: attached(zipped(zipped(BIG))),
    "gzip bomb": lambda: attached(gzip.compress(BIG)),
    "gzip in a gzip": lambda: attached(gzip.compress(gzip.compress(BIG))),
    "zip behind a PDF": lambda: attached(PDF + zipped(BIG)),
    "base64 cut short": lambda: attached(PDF, cut=3),
    "base64 that is none": lambda: a_message(
        a_report(header=a_document("dette er ikke base64!"))
    ).encode(),
}
TAKEN_OVER: dict[str, Callable[[], bytes]] = {
    "UTF-16, low byte first": lambda: codecs.BOM_UTF16_LE + WHOLE.encode("utf-16-le"),
    "UTF-16, high byte first": lambda: codecs.BOM_UTF16_BE + WHOLE.encode("utf-16-be"),
    "UTF-16 that claims Latin-1": lambda: (
        codecs.BOM_UTF16_LE
        + ('<?xml version="1.0" encoding="ISO-8859-1"?>' + WHOLE).encode("utf-16-le")
    ),
    "a document of 7 MB": lambda: attached(PDF + bytes(7 * MEGABYTE)),
    "30 000 results": lambda: a_message(
        a_report(a_patient(an_item() * 30_000))
    ).encode(),
    "a text of 9 MB": lambda: in_message(f"<Comment>{'x' * 9 * MEGABYTE}</Comment>"),
}


def main() -> None:
    _become(in_message(""))
    resource.setrlimit(resource.RLIMIT_AS, (_size() + SPARE,) * 2)
    socket.socket = None
    for name, make in {**T01, **X99, **TAKEN_OVER}.items():
        sys.stdout.write(json.dumps([name, _become(make())]) + "\n")


def _become(content: bytes) -> dict[str, list[str]]:
    """The codes it is refused with, and the statuses of the receipts."""
    opened = open_message(content)
    faults = opened.message.faults
    stamp = Stamp(2 if faults else 1, faults, OURS, NOW)
    receipts = apprec.answer(opened.envelope, stamp, new_id=lambda: "1")
    return {
        "refused": [fault.code for fault in faults],
        "answered": [xml.parse(r).code("Status") or "" for r in receipts],
    }


def _size() -> int:
    """Bytes of address space this process has now."""
    with open("/proc/self/statm", encoding="ascii") as told:
        return int(told.read().split()[0]) * resource.getpagesize()


if __name__ == "__main__":
    main()
