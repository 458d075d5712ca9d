"""What `make fuzz` holds messages to, over its own seeds and a few changes of each."""

import pytest

from .corpus import seeds
from .mutating import mutate
from .target import try_one

SEEDS = list(seeds())


def test_the_target_would_see_what_is_wrong(monkeypatch):
    monkeypatch.setattr("tests.fuzz.target.ALLOWED_TAGS", frozenset())
    with pytest.raises(AssertionError):
        list(map(try_one, SEEDS))


def test_every_seed_holds(settings, tmp_path):
    settings.SCHEMA_DIR = tmp_path
    for content in SEEDS:
        try_one(content)


@pytest.mark.parametrize("seed", range(200))
def test_so_does_a_message_that_was_changed(seed, settings, tmp_path):
    settings.SCHEMA_DIR = tmp_path
    changed = mutate(SEEDS[seed % len(SEEDS)], seed)
    if changed is not None:
        try_one(changed)


def test_changes_keep_a_message_well_formed():
    changed = [mutate(SEEDS[0], seed) for seed in range(50)]
    assert len(set(changed)) > 40
    assert None not in changed
