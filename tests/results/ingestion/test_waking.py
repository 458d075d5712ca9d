"""Waking a worker is a courtesy: a broker that is away delays nobody twice."""

import pytest

from results.ingestion import inbox, tasks


@pytest.fixture
def calls(monkeypatch) -> list[dict[str, object]]:
    monkeypatch.setattr(tasks, "_quiet_until", 0.0)
    made: list[dict[str, object]] = []
    monkeypatch.setattr(tasks.drain, "apply_async", lambda **how: made.append(how))
    return made


def test_a_dead_broker_is_asked_once_and_then_left_alone(monkeypatch, caplog):
    asked = []

    def refuse(**how):
        asked.append(how)
        raise ConnectionError("amqp://user:secret@broker")

    monkeypatch.setattr(tasks, "_quiet_until", 0.0)
    monkeypatch.setattr(tasks.drain, "apply_async", refuse)
    for _message in range(20):
        tasks.wake()

    assert len(asked) == 1
    assert "could not wake a worker: ConnectionError" in caplog.text
    assert "secret" not in caplog.text


def test_after_a_while_it_is_asked_again(calls, monkeypatch):
    monkeypatch.setattr(tasks, "_quiet_until", tasks.time.monotonic() + 60)
    tasks.wake()
    assert calls == []
    monkeypatch.setattr(tasks, "_quiet_until", tasks.time.monotonic() - 1)
    tasks.wake()

    assert len(calls) == 1


def test_a_wake_up_call_is_neither_retried_nor_kept_nor_about_anybody(calls):
    tasks.wake()

    (how,) = calls
    assert how == {"expires": 30, "retry_policy": {"max_retries": 0}}


def test_one_call_is_for_all_that_come_while_the_woken_one_still_looks(calls):
    for _message in range(20):
        tasks.wake()

    assert len(calls) == 1
    assert tasks._LAST_LOOK > tasks._CALL_LASTS


def test_whoever_is_woken_finds_what_came_without_calling(monkeypatch):
    looks = iter([3, 0, 2, 0])
    slept: list[float] = []
    clock = [0.0]

    def sleep(seconds):
        slept.append(seconds)
        clock[0] += seconds

    monkeypatch.setattr(inbox.time, "sleep", sleep)
    monkeypatch.setattr(inbox.time, "monotonic", lambda: clock[0])
    monkeypatch.setattr(inbox, "_take", lambda *args, **rest: next(looks))

    assert inbox.drain(seconds=30, last_look=0.25) == 5
    assert slept == [0.25]
