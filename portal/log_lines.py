"""How a log line is written: one line, and no identity number in it."""

import logging

from results.identity import blot_out


class BlindFormatter(logging.Formatter):
    """Blots out identity numbers in the whole of what is written, tracebacks too."""

    def format(self, record: logging.LogRecord) -> str:
        return blot_out(super().format(record))
