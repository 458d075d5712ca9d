"""Loading the demonstration: through the front door, once, and not for ever."""

import datetime
import http.client
import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from portal.demo.front_door import FrontDoor, Refused
from portal.demo.generator.messages import Prepared
from portal.demo.loading import (
    Diary,
    NothingHappens,
    Sent,
    await_receipts,
    send_all,
)

TODAY = datetime.date(2026, 11, 1)
RECEIPT = '<AppRec><Status V="{}" DN="OK"/></AppRec>'


class Service(ThreadingHTTPServer):
    """Answers as the portal does: 202 with an address, then a receipt after a while."""

    daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Answering)
        self.seen: list[tuple[str, dict, bytes]] = []
        self.polls_before_receipt = 0
        self.status = "1"
        self.answer = http.client.ACCEPTED
        self.polls = 0


class Answering(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_POST(self):
        content = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.seen.append((self.path, dict(self.headers), content))
        place = f"/api/messages/{len(self.server.seen)}/apprec"
        self.reply(self.server.answer, b"Nei, takk", {"Location": place})

    def do_GET(self):
        self.server.polls += 1
        if self.server.polls <= self.server.polls_before_receipt:
            return self.reply(404, b"")
        return self.reply(200, RECEIPT.format(self.server.status).encode())

    def reply(self, status, body, headers=None):
        self.send_response(status)
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_args):
        """Quiet."""


@pytest.fixture
def service():
    server = Service()
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    yield server
    server.shutdown()
    server.server_close()


def credentials(client_id, method, address):
    return {"Authorization": f"DPoP token-of-{client_id}", "DPoP": method + address}


@pytest.fixture
def door(service):
    door = FrontDoor(credentials, port=service.server_port)
    yield door
    door.close()


def prepared(hour: int, client_id: str = "nordlab-send") -> Prepared:
    return Prepared(
        name=f"{hour}.xml",
        client_id=client_id,
        generated_at=datetime.datetime(2026, 3, 2, hour),
        content=f"<Message>{hour}</Message>".encode(),
    )


def test_a_refusal_is_told_with_its_sentence(door, service):
    service.answer = http.client.FORBIDDEN

    with pytest.raises(Refused, match="403: Nei, takk") as refusal:
        door.send(b"<x/>", client_id="nordlab-send")

    assert refusal.value.status == http.client.FORBIDDEN


def test_nobody_at_home_is_an_ordinary_error():
    with pytest.raises(OSError, match="refused"):
        FrontDoor(credentials, port=1).send(b"<x/>", client_id="nordlab-send")


def test_waiting_ends_when_nothing_happens(door, service):
    service.polls_before_receipt = 10_000
    sent = [Sent("nordlab-send", "/api/messages/1/apprec")]

    with pytest.raises(NothingHappens):
        await_receipts(door, sent, patience_seconds=0.3)


def test_a_message_is_sent_as_a_producer_sends_it(door, service):
    location = door.send(b"<Message/>", client_id="fjordlab-send")

    path, headers, content = service.seen[0]
    host = f"localhost:{service.server_port}"
    assert location == "/api/messages/1/apprec"
    assert (path, content) == ("/api/messages", b"<Message/>")
    assert headers["Host"] == host
    assert headers["Content-Type"] == "application/xml"
    assert headers["Prefer"] == "wait=0"
    assert headers["Authorization"] == "DPoP token-of-fjordlab-send"
    assert headers["DPoP"] == f"POSThttp://{host}/api/messages"


def test_messages_leave_in_the_order_they_were_made(door, service):
    sent = send_all(door, [prepared(11), prepared(9, "fjordlab-send"), prepared(10)])

    assert [content for _, _, content in service.seen] == [
        b"<Message>9</Message>",
        b"<Message>10</Message>",
        b"<Message>11</Message>",
    ]
    assert [each.client_id for each in sent] == [
        "fjordlab-send",
        "nordlab-send",
        "nordlab-send",
    ]


def test_receipts_are_awaited(door, service):
    service.polls_before_receipt = 2

    refused = await_receipts(door, send_all(door, [prepared(9), prepared(10)]))

    assert refused == 0
    assert service.polls == 4


def test_negative_receipts_are_counted(door, service):
    service.status = "2"

    assert await_receipts(door, send_all(door, [prepared(9), prepared(10)])) == 2


def test_the_first_time_everything_up_to_today_is_loaded(tmp_path):
    plan, is_loaded = Diary(tmp_path / "d.json").plan(patients=10, today=TODAY)

    assert plan.until == TODAY
    assert not is_loaded


def test_the_next_day_nothing_is_loaded_again(tmp_path):
    diary = Diary(tmp_path / "state" / "d.json")
    plan, _ = diary.plan(patients=10, today=TODAY)
    diary.begin(plan)
    diary.finish(plan)

    later, is_loaded = diary.plan(patients=10, today=TODAY + datetime.timedelta(1))

    assert is_loaded
    assert later == plan


def test_what_was_interrupted_is_taken_up_as_of_the_same_day(tmp_path):
    diary = Diary(tmp_path / "d.json")
    plan, _ = diary.plan(patients=10, today=TODAY)
    diary.begin(plan)

    again, is_loaded = diary.plan(patients=10, today=TODAY + datetime.timedelta(3))

    assert not is_loaded
    assert again == plan


def test_more_patients_may_be_asked_for_later(tmp_path):
    diary = Diary(tmp_path / "d.json")
    plan, _ = diary.plan(patients=10, today=TODAY)
    diary.begin(plan)
    diary.finish(plan)

    more, is_loaded = diary.plan(patients=20, today=TODAY + datetime.timedelta(9))

    assert not is_loaded
    assert (more.patients, more.until) == (20, TODAY)


def test_the_diary_holds_no_one(tmp_path):
    path = tmp_path / "d.json"
    plan, _ = Diary(path).plan(patients=10, today=TODAY)
    Diary(path).begin(plan)
    Diary(path).finish(plan)

    assert json.loads(path.read_text()) == {
        "until": "2026-11-01",
        "loaded_patients": 10,
    }
