"""Erases the log about those whose record ended long ago; the trees stand.

The database does it, in a function with the owner's rights that can do nothing else:
rows five years old, sealed, of a record that ended five years ago, about which no case
is open. That it was done is a row of the log itself, which names the rows that went.
"""

from access.sealing.rows import sealer

LARGEST_BATCH = 1000


def erase_expired(*, batch: int = LARGEST_BATCH) -> int:
    """Erase one batch; gives how many rows."""
    with sealer() as cursor:
        cursor.execute("SELECT access_log_erase(%s)", [batch])
        return int(cursor.fetchone()[0])
