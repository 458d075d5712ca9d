"""Workers as the API's tests need them."""

import pytest

from results.ingestion import inbox, receive


@pytest.fixture
def a_worker_at_hand(monkeypatch):
    """Whoever waits for an outcome finds a worker that has just drained the inbox."""
    monkeypatch.setattr(receive.tasks, "wake", lambda: None)
    await_outcome = receive.await_outcome

    def drain_and_wait(message_id, *, seconds):
        if seconds:
            inbox.drain(seconds=5)
        return await_outcome(message_id, seconds=0)

    monkeypatch.setattr(receive, "await_outcome", drain_and_wait)
