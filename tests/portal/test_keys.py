"""Where secrets come from, and that none is made up for a real installation."""

import stat
import subprocess
import sys

import pytest
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)

from portal.keys import (
    MissingSecret,
    UnusableSecret,
    new_signing_key,
    read_optional_secret,
    read_secret,
    require_signing_key,
    seal_keys,
)

NAME = "PROVESVAR_EXAMPLE_KEY"
MAKE_IT = f"""
import sys
from pathlib import Path
from portal.keys import read_secret
print(read_secret("{NAME}", state_dir=Path(sys.argv[1])))
"""


@pytest.fixture(autouse=True)
def unconfigured(monkeypatch):
    monkeypatch.delenv(NAME, raising=False)
    monkeypatch.delenv(f"{NAME}_FILE", raising=False)


def test_a_real_installation_without_a_secret_is_told_what_to_set():
    with pytest.raises(MissingSecret, match=f"{NAME}_FILE .* or {NAME}"):
        read_secret(NAME, state_dir=None)


def test_a_named_file_that_is_missing_is_an_error_not_a_new_secret(
    monkeypatch, tmp_path
):
    monkeypatch.setenv(f"{NAME}_FILE", str(tmp_path / "mistyped"))

    with pytest.raises(FileNotFoundError):
        read_secret(NAME, state_dir=tmp_path)


def test_a_file_is_read_before_the_environment(monkeypatch, tmp_path):
    (tmp_path / "secret").write_text("from the file\n")
    monkeypatch.setenv(f"{NAME}_FILE", str(tmp_path / "secret"))
    monkeypatch.setenv(NAME, "from the environment")

    assert read_secret(NAME, state_dir=None) == "from the file"


def test_the_environment_is_read_before_one_is_made(monkeypatch, tmp_path):
    monkeypatch.setenv(NAME, " from the environment ")

    assert read_secret(NAME, state_dir=tmp_path) == "from the environment"
    assert list(tmp_path.iterdir()) == []


def test_the_demonstration_makes_one_and_keeps_it(tmp_path):
    made = read_secret(NAME, state_dir=tmp_path)

    assert len(bytes.fromhex(made)) == 32
    assert read_secret(NAME, state_dir=tmp_path) == made


def test_two_demonstrations_have_different_secrets(tmp_path):
    first = read_secret(NAME, state_dir=tmp_path / "first")
    assert read_secret(NAME, state_dir=tmp_path / "second") != first


def test_only_its_owner_may_read_it(tmp_path):
    read_secret(NAME, state_dir=tmp_path / "state")

    keys = tmp_path / "state" / "keys"
    assert stat.S_IMODE(keys.stat().st_mode) == 0o700
    (made,) = keys.iterdir()
    assert stat.S_IMODE(made.stat().st_mode) == 0o600


def test_programs_that_start_at_once_agree_on_one(tmp_path):
    programs = [
        subprocess.Popen(
            [sys.executable, "-c", MAKE_IT, str(tmp_path)],
            stdout=subprocess.PIPE,
            text=True,
        )
        for _ in range(4)
    ]

    assert len({program.communicate()[0] for program in programs}) == 1
    assert [path.name for path in (tmp_path / "keys").iterdir()] == [NAME.lower()]


def test_a_secret_of_another_kind_is_made_as_asked(tmp_path):
    pem = read_secret(NAME, state_dir=tmp_path, make=new_signing_key)

    key = load_pem_private_key(pem.encode(), password=None)
    assert key.curve.name == "secp256r1"


def test_what_need_not_be_configured_may_be_empty(monkeypatch, tmp_path):
    assert read_optional_secret(NAME) == ""

    (tmp_path / "secret").write_text("from the file\n")
    monkeypatch.setenv(f"{NAME}_FILE", str(tmp_path / "secret"))
    assert read_optional_secret(NAME) == "from the file"


def pem_of(key, encryption=None) -> str:
    form = (Encoding.PEM, PrivateFormat.PKCS8, encryption or NoEncryption())
    return key.private_bytes(*form).decode()


GOOD_KEYS = {
    "P-256": lambda: ec.generate_private_key(ec.SECP256R1()),
    "P-384": lambda: ec.generate_private_key(ec.SECP384R1()),
    "P-521": lambda: ec.generate_private_key(ec.SECP521R1()),
    "RSA": lambda: rsa.generate_private_key(65537, 2048),
}
BAD_KEYS = {
    "too short": lambda: rsa.generate_private_key(65537, 1024),  # noqa: S505
    "another curve": lambda: ec.generate_private_key(ec.SECP256K1()),
    "another kind": ed25519.Ed25519PrivateKey.generate,
}


@pytest.mark.parametrize("make", GOOD_KEYS.values(), ids=GOOD_KEYS.keys())
def test_keys_that_providers_take(make):
    require_signing_key(NAME, pem_of(make()))


@pytest.mark.parametrize("make", BAD_KEYS.values(), ids=BAD_KEYS.keys())
def test_keys_that_they_do_not(make):
    with pytest.raises(UnusableSecret, match=NAME):
        require_signing_key(NAME, pem_of(make()))


def test_a_key_behind_a_password_cannot_be_used():
    locked = pem_of(GOOD_KEYS["P-256"](), BestAvailableEncryption(b"secret"))

    with pytest.raises(UnusableSecret, match=NAME):
        require_signing_key(NAME, locked)


@pytest.mark.parametrize("text", ["", "x", "-----BEGIN PRIVATE KEY-----"])
def test_what_is_no_key_at_all(text):
    with pytest.raises(UnusableSecret) as caught:
        require_signing_key(NAME, text)

    assert text == "" or text not in str(caught.value)


@pytest.mark.parametrize(
    ("private", "others"),
    [("zz", []), ("0a" * 31, []), ("", ["0a"]), ("0a" * 32, ["øl"])],
    ids=range(4),
)
def test_a_key_for_seals_that_will_not_do_stops_the_start(private, others):
    with pytest.raises(UnusableSecret, match="32 bytes"):
        seal_keys(private, others)


def test_who_holds_the_private_key_knows_the_public_one_and_those_before():
    own, before = seal_keys("0a" * 32, ["0b" * 32])

    assert before == "0b" * 32
    assert own != "0a" * 32
    assert seal_keys("", [own]) == [own]
