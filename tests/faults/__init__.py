"""Faults in real processes: `make test-faults`. See index.toml for which is where."""
