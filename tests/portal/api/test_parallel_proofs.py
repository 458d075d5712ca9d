"""One proof, shown many times at the same moment: the database lets one through."""

import secrets
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connections

from access.authentication import use_proof_once
from access.models import UsedProof

pytestmark = pytest.mark.django_db
AT_ONCE = 6


@pytest.fixture
def stranger():
    """A key nobody else uses; what the threads leave behind is removed by one."""
    yield secrets.token_hex(8)
    _apart(lambda: UsedProof.objects.all().delete())


def _apart(work):
    """On a connection of its own, beside this test's transaction."""

    def run():
        try:
            return work()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(1) as pool:
        return pool.submit(run).result()


def all_at_once(work) -> list:
    """What each of them got, when all began together."""
    start = threading.Barrier(AT_ONCE)

    def run(index):
        try:
            start.wait()
            return work(index)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(AT_ONCE) as pool:
        return list(pool.map(run, range(AT_ONCE)))


def test_of_many_at_once_one_gets_in(stranger):
    for proof_id in ("first", "second", "third"):
        answers = all_at_once(
            lambda _index, name=proof_id: use_proof_once(
                thumbprint=stranger, proof_id=name
            )
        )
        assert sorted(answers) == [False] * (AT_ONCE - 1) + [True]


def test_different_proofs_do_not_stand_in_each_others_way(stranger):
    answers = all_at_once(
        lambda index: use_proof_once(thumbprint=stranger, proof_id=str(index))
    )

    assert answers == [True] * AT_ONCE
