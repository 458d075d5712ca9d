"""What operators see: one JSON line a file, and nothing else on stdout."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from portal.demo import people
from results.ingestion import receive
from results.models import Organization, ReceivedMessage
from tests.builders import a_heading, a_message, a_number, a_person


@pytest.fixture(autouse=True)
def no_broker(monkeypatch):
    monkeypatch.setattr(receive.tasks, "wake", lambda: None)


@pytest.fixture
def write(tmp_path):
    """Puts bytes in a file and gives its path."""

    def write_file(content: bytes, name: str = "svar.xml") -> str:
        path = tmp_path / name
        path.write_bytes(content)
        return str(path)

    return write_file


def lines(command: str, *paths: str, **options) -> list[dict]:
    out = StringIO()
    call_command(command, *paths, stdout=out, **options)
    return [json.loads(line) for line in out.getvalue().splitlines()]


def test_a_check_tells_what_would_happen_and_reads_no_table(write):
    path = write(a_message(results=[a_heading(a_number(), a_number()), a_number()]))

    (line,) = lines("check_messages", path)

    assert line == {
        "file": path,
        "message_id": "3f0c1f5e-7a52-4c0e-9a51-1f6d7f1c2a01",
        "format": "kith-1.4",
        "outcome": "stored",
        "apprec": {"version": "1.1", "status": 1, "errors": []},
        "report": {
            "sender": people.NORDLAB.organization.her_id,
            "id": "NL-2026-000417",
            "status": "final",
            "versions": 1,
            "observations": 4,
            "attachments": 0,
        },
        "warnings": [],
    }


def test_the_same_message_twice_is_judged_alone_each_time(write):
    path = write(a_message())

    assert [x["outcome"] for x in lines("check_messages", path, path)] == ["stored"] * 2


@pytest.mark.parametrize(
    ("content", "outcome", "code"),
    [
        (b'<Message xmlns="urn:other"/>', "rejected", "T10"),
        (b"<Message>", "unreadable", "T01"),
        (b"", "unreadable", "T01"),
    ],
)
def test_what_cannot_be_read_says_so(write, content, outcome, code):
    (line,) = lines("check_messages", write(content))

    assert (line["outcome"], line["report"]) == (outcome, None)
    assert (line["apprec"]["status"], line["apprec"]["errors"][0]["code"]) == (2, code)


def test_no_line_tells_the_number(write):
    path = write(a_message(about=a_person(number=people.KARI.number[:10] + "0")))

    line = json.dumps(lines("check_messages", path))
    assert people.KARI.number[:10] not in line


def test_a_file_that_is_not_there_fails_the_command(tmp_path):
    with pytest.raises(CommandError, match="Kan ikke lese"):
        lines("check_messages", str(tmp_path / "nothing.xml"))


@pytest.mark.django_db
def test_an_operator_hands_over_what_a_stranger_made(write):
    (line,) = lines("submit_messages", write(a_message(version="1.3")))

    assert (line["outcome"], line["format"]) == ("stored", "kith-1.3")
    assert line["apprec"] == {"version": "1.0", "status": 1, "errors": []}
    assert not Organization.objects.get(her_id=line["report"]["sender"]).is_confirmed


@pytest.mark.django_db
def test_handing_over_twice_doubles_nothing(write):
    path = write(a_message())

    first, second = lines("submit_messages", path, path)

    assert (first["outcome"], second["outcome"]) == ("stored", "duplicate")
    assert (second["report"], second["apprec"]["status"]) == (None, None)


@pytest.mark.django_db
def test_same_id_other_content_is_quarantined_and_says_so(write):
    path, other = write(a_message()), write(a_message(results=[]), "annet.xml")

    _, line = lines("submit_messages", path, other)

    assert (line["outcome"], line["report"]) == ("quarantined", None)
    assert "karantene" in line["warnings"][0]


@pytest.mark.django_db
def test_a_correction_is_the_second_version(write):
    corrected = a_message(
        id="b1f7c0de-0000-4000-8000-000000000002",
        service_type="M",
        results=[a_number(number="13.9")],
    )

    _, line = lines("submit_messages", write(a_message()), write(corrected, "m.xml"))

    assert (line["report"]["versions"], line["report"]["status"]) == (2, "amended")


@pytest.mark.django_db
def test_a_message_without_a_sender_is_the_given_ones(write):
    content = a_message()
    start = content.index(b"<ServProvider>")
    end = content.index(b"</ServProvider>") + len(b"</ServProvider>")
    path = write(content[:start] + content[end:])

    (line,) = lines("submit_messages", path, sender="990001")

    assert (line["outcome"], line["report"]["sender"]) == ("stored", "990001")
    assert line["apprec"]["status"] == 1


@pytest.mark.django_db
def test_a_refused_message_is_kept(write):
    path = write(a_message(about=a_person(number="54321")))

    (line,) = lines("submit_messages", path)

    assert (line["outcome"], line["apprec"]["status"]) == ("rejected", 2)
    assert ReceivedMessage.objects.count() == 1
