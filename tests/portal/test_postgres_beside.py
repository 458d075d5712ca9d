"""What lies beside a state folder is whose it says, and never lost for half a name."""

import pytest

from portal.postgres.places import Places
from portal.postgres.users import _settle_beside


@pytest.fixture
def places(tmp_path) -> Places:
    """Settled once, with something in the data folder."""
    own, beside = tmp_path / "own", tmp_path / "beside"
    places = Places(
        account=None,
        own=own,
        beside=beside,
        binaries=beside / "binaries",
        data=beside / "data",
        sockets=beside / "sockets",
        log=tmp_path / "log",
    )
    own.mkdir()
    _settle_beside(places)
    places.data.mkdir()
    return places


def test_where_the_state_folder_is_new_what_lies_beside_is_removed(places):
    (places.own / "name").write_text("another")

    _settle_beside(places)

    assert not places.data.exists()
    assert (places.beside / "belongs-to").read_text() == "another"


def test_it_stays_as_long_as_the_state_folder_does(places):
    _settle_beside(places)

    assert places.data.exists()


def test_a_name_that_is_there_is_never_written_again(places):
    """Whoever was killed between emptying the file and filling it cost all the data."""
    written = (places.beside / "belongs-to").stat()

    _settle_beside(places)

    again = (places.beside / "belongs-to").stat()
    assert (again.st_ino, again.st_mtime_ns) == (written.st_ino, written.st_mtime_ns)


def test_an_empty_name_is_nobody_elses(places):
    (places.beside / "belongs-to").write_text("")

    _settle_beside(places)

    assert places.data.exists()
