"""How long to wait before trying again: longer each time, and for ever."""

import datetime

_STEPS = tuple(
    datetime.timedelta(seconds=seconds)
    for seconds in (10, 60, 5 * 60, 30 * 60, 2 * 3600, 6 * 3600)
)
# So that those who failed together do not all come back at once.
_SPREAD = 0.2


def wait_before_next(attempts: int, *, jitter: float) -> datetime.timedelta:
    """After so many attempts in vain (1 or more). `jitter`, 0 to 1, stretches the step
    by up to a fifth. The last step is repeated: nothing is ever given up."""
    step = _STEPS[min(max(attempts, 1), len(_STEPS)) - 1]
    return step * (1 + _SPREAD * jitter)
