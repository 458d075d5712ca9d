"""Where the embedded server lies, and as whom it runs."""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from portal.postgres import reset, server
from portal.postgres.places import (
    LONGEST_SOCKET_PATH,
    PORT,
    Account,
    UnsafeFolder,
    claim_folder,
    claim_passage,
    find_places,
    may_reach,
)
from portal.postgres.users import Use

as_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root changes accounts")
OLA = Account(uid=4711, gid=4711)


@pytest.fixture
def folder():
    made = Path(tempfile.mkdtemp(dir="/var/tmp", prefix="pv-"))
    made.chmod(0o755)
    yield made
    shutil.rmtree(made, ignore_errors=True)


def socket_path(places):
    return f"{places.sockets}/.s.PGSQL.{PORT}"


def test_a_folder_that_ola_may_not_pass_hides_all_below(folder):
    (folder / "closed" / "open").mkdir(parents=True)
    (folder / "closed").chmod(0o700)

    assert may_reach(folder, OLA)
    assert not may_reach(folder / "closed" / "open", OLA)
    assert not may_reach(folder / "closed" / "not yet made", OLA)


@as_root
def test_ola_may_pass_what_is_his_or_his_groups(folder):
    for name, uid, gid, mode in (
        ("his", OLA.uid, 0, 0o100),
        ("his group's", 0, OLA.gid, 0o710),
    ):
        (folder / name).mkdir()
        os.chown(folder / name, uid, gid)
        (folder / name).chmod(mode)
        assert may_reach(folder / name, OLA)


def test_without_another_account_everything_is_reached(folder):
    folder.chmod(0o700)
    assert may_reach(folder, None)


@as_root
def test_in_an_open_checkout_all_lies_in_the_state_folder(folder, monkeypatch):
    programs = folder / "programs"
    programs.mkdir(mode=0o755)
    monkeypatch.setattr("portal.postgres.places.PACKAGE", programs)

    places = find_places(folder / "state")

    assert places.account is not None
    assert places.account.uid != 0
    assert places.data == folder / "state" / "postgres" / "data"
    assert places.binaries == programs


@as_root
def test_the_checkouts_owner_runs_it_where_root_is_only_visiting(folder):
    owner = find_places(folder).account
    os.chown(folder, owner.uid, owner.gid)
    assert find_places(folder / "state").account == owner

    os.chown(folder, OLA.uid, OLA.gid)  # an account that this machine does not know
    assert find_places(folder / "state").account == owner


def test_a_long_path_gets_a_short_socket(folder):
    deep = folder.joinpath(*["a-rather-long-folder-name"] * 4)
    deep.mkdir(parents=True)

    anne = Use(deep / "state")

    try:
        assert len(socket_path(anne.places)) <= LONGEST_SOCKET_PATH
        assert anne.places.sockets.parent == anne.places.beside
        assert Path(socket_path(anne.places)).is_socket()
    finally:
        anne.end()
        reset(deep / "state")
    assert not anne.places.beside.exists()


@as_root
def test_below_a_closed_folder_data_and_programs_lie_beside(folder, monkeypatch):
    """As in /root, where no other account may look."""
    monkeypatch.setattr("portal.postgres.places.PACKAGE", folder / "not-for-others")
    folder.chmod(0o700)

    anne = Use(folder / "state")

    try:
        places, pid = anne.places, server.running_pid(anne.places)
        assert Path(f"/proc/{pid}").stat().st_uid == places.account.uid != 0
        assert {places.data.parent, places.binaries.parent} == {places.beside}
        # What only the server may change is closed; what it runs only root may change.
        assert places.data.stat().st_mode & 0o777 == 0o700
        assert places.beside.stat().st_uid == 0
    finally:
        anne.end()
        reset(folder / "state")
    assert not places.beside.exists()


@as_root
def test_what_a_removed_state_folder_left_beside_is_not_used_again(folder):
    """Its keys went with it, so nobody could read it any more."""
    folder.chmod(0o700)
    killed = "import os, sys; Use(Path(sys.argv[1])); os._exit(0)"
    imports = "from pathlib import Path; from portal.postgres.users import Use; "
    program = [sys.executable, "-c", imports + killed, str(folder / "state")]
    subprocess.run(program, check=True)
    (find_places(folder / "state").beside / "left-behind").touch()
    shutil.rmtree(folder / "state")

    bjorn = Use(folder / "state")

    assert not (bjorn.places.beside / "left-behind").exists()
    assert server.running_pid(bjorn.places) is not None
    bjorn.end()
    reset(folder / "state")
    assert not bjorn.places.beside.exists()


@as_root
def test_a_folder_that_someone_else_made_first_is_refused(folder):
    squatted = folder / "squatted"
    squatted.mkdir()
    os.chown(squatted, OLA.uid, OLA.gid)

    with pytest.raises(UnsafeFolder, match="someone else"):
        claim_passage(squatted)
    with pytest.raises(UnsafeFolder):
        claim_folder(squatted, Account(uid=1, gid=1))


def test_a_symbolic_link_is_refused(folder):
    (folder / "elsewhere").mkdir()
    (folder / "link").symlink_to(folder / "elsewhere")

    with pytest.raises(UnsafeFolder):
        claim_passage(folder / "link")


def test_a_folder_left_open_is_closed(folder):
    (folder / "open").mkdir(mode=0o777)

    claim_folder(folder / "open", None)

    assert (folder / "open").stat().st_mode & 0o777 == 0o700
