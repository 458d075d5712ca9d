"""The demonstration's broker in files, each of them whole or not there at all.

Kombu's own writes a message bit by bit under the name it is looked for by; a worker
that looked in between read half of it and fell.
"""

import time
import uuid
from pathlib import Path
from typing import Any

from kombu.transport import TRANSPORT_ALIASES, filesystem
from kombu.utils.json import dumps


class Channel(filesystem.Channel):
    """As kombu's, but for how a message is put."""

    def _put(  # type: ignore[override]  # its ancestors name them differently
        self, queue: str, payload: dict[str, Any], **kwargs: object
    ) -> None:
        folder = Path(self.data_folder_out)
        name = f"{round(time.monotonic() * 1000)}_{uuid.uuid4()}.{queue}.msg"
        # Of another name than any queue's, so nobody looks for it yet.
        unfinished = folder / f".{name}"
        unfinished.write_text(dumps(payload))  # type: ignore[no-untyped-call]
        unfinished.rename(folder / name)


class Transport(filesystem.Transport):
    """`filesystem://` as it should be."""

    Channel = Channel


def register() -> None:
    """Let brokers in files be this one."""
    TRANSPORT_ALIASES["filesystem"] = f"{__name__}:{Transport.__name__}"
