"""PostgreSQL for the demonstration: found or started when somebody needs it.

Used whenever DATABASE_URL is unset. `use(state)` gives the places of a running server;
`reset(state)` removes it. `portal.postgres.backend` is the Django side.
"""

from portal.postgres.users import StillInUse, reset, use

__all__ = ["StillInUse", "reset", "use"]
