"""A message in a file is whole or not there: whoever looks early finds nothing."""

import threading

import pytest
from kombu import Connection

from portal import file_broker


@pytest.fixture
def queue(tmp_path):
    file_broker.register()
    folders = {
        "data_folder_in": str(tmp_path / "queue"),
        "data_folder_out": str(tmp_path / "queue"),
        "control_folder": str(tmp_path / "control"),
    }
    (tmp_path / "queue").mkdir()
    with Connection("filesystem://", transport_options=folders) as connection:
        queue = connection.SimpleQueue("wake")
        yield queue
        queue.close()


def test_it_is_ours(queue):
    assert isinstance(queue.channel, file_broker.Channel)


def test_what_is_put_is_got(queue):
    queue.channel._put("wake", {"task": "drain"})

    assert queue.channel._get("wake") == {"task": "drain"}


def test_one_unfinished_is_not_seen(queue, tmp_path):
    (tmp_path / "queue" / ".1_x.wake.msg").write_text("")

    with pytest.raises(queue.Empty):
        queue.get_nowait()


def test_many_put_while_one_gets(queue):
    """Half a message would raise in the one who gets."""
    great = {"text": "x" * 200_000}
    putting = threading.Thread(
        target=lambda: [queue.channel._put("wake", great) for _ in range(50)]
    )
    putting.start()
    got = 0
    while putting.is_alive():
        got += len(list(_waiting(queue)))
    putting.join()
    got += len(list(_waiting(queue)))

    assert got == 50


def _waiting(queue):
    while True:
        try:
            yield queue.channel._get("wake")
        except queue.Empty:
            return
