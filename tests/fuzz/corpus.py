"""What fuzzing starts from: messages of every kind that we make ourselves."""

import datetime
import gzip
from collections.abc import Iterator
from pathlib import Path

from portal.demo.generator.messages import Plan, messages_about
from tests.results.kith.messages import (
    a_document,
    a_message,
    a_patient,
    a_report,
    a_specimen,
    a_text,
    a_value,
    an_item,
)

_PLAN = Plan(patients=4, years=2, seed=7, until=datetime.date(2026, 11, 1))
_XHTML = '<p xmlns="http://www.w3.org/1999/xhtml">a<br/><b>b</b><script>c</script></p>'
# Words of the standards and of attackers, for libFuzzer to put in.
_WORDS = (
    *("<ResultItem>", "</ResultItem>", "<Patient>", "<RefDoc>", "<Content>", "<HCP>"),
    *("<![CDATA[", "]]>", "<!DOCTYPE x [", "<!ENTITY", "&amp;", "&#0;", "&x;", "<?x"),
    *('V=""', 'S="8212"', "INF", "NaN", "1E999", "T24:00:00", "+14:00", "-0", "NULL"),
    *("UTF-16", "ISO-8859-1", "UTF-7", "xmlns:k=", "<k:", "TEST", "H", "C", "M", "A"),
)


def write_corpus(folder: Path) -> int:
    """One file a message, named by number; gives how many."""
    folder.mkdir(parents=True, exist_ok=True)
    contents = list(seeds())
    for number, content in enumerate(contents):
        (folder / f"{number:04d}.xml").write_bytes(content)
    return len(contents)


def write_words(path: Path) -> None:
    """A dictionary in libFuzzer's form."""
    escaped = (w.replace("\\", "\\\\").replace('"', '\\"') for w in _WORDS)
    path.write_text("".join(f'"{word}"\n' for word in escaped), encoding="utf-8")


def seeds() -> Iterator[bytes]:
    for citizen in range(_PLAN.patients):
        for message in messages_about(citizen, _PLAN):
            yield message.content
    for version in ("1.2", "1.3", "1.4"):
        yield a_message(a_report(_a_full_patient()), version=version).encode()
    whole = a_message(a_report(_a_full_patient(), header=a_document("JVBERi0xLjc=")))
    yield whole.encode("utf-16")
    yield b"\xef\xbb\xbf" + whole.encode()
    yield ('<?xml version="1.0" encoding="ISO-8859-1"?>' + whole).encode("latin-1")
    yield f'<MsgHead xmlns="urn:h"><Content>{whole}</Content></MsgHead>'.encode()
    yield whole.replace("<", "<k:").replace("<k:/", "</k:").encode()
    yield gzip.compress(whole.encode())
    yield whole.replace("</OffId>", "").encode()


def _a_full_patient() -> str:
    inner = an_item(a_text("0,25", codes='<TextCode V="S"/>'), service_type="")
    return a_patient(
        a_specimen("1", more='<ServType V="C"/>')
        + an_item(a_value("5,2", comparator="LT"), members=inner)
        + an_item(a_text(_XHTML, heading="VU"))
        + an_item('<Interval><Low V="1"/><High V="x"/></Interval>')
        + an_item('<DateResult><DateResultValue V="2026-02"/></DateResult>'),
        after=a_patient(an_item(), name="Foster"),
    )
