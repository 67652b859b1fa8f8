"""Sealed secrets: bound to their place, unreadable without the key, refused when damaged."""

import os
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.keywrap import InvalidUnwrap

from gridlens.core.security.files import UnsafeFile, load_key
from gridlens.core.security.vault import UnreadableSecret, Vault


@pytest.fixture
def vault(tmp_path: Path) -> Vault:
    return Vault.load(tmp_path / "vault.keys", load_key(tmp_path / "master.key"))


def test_a_secret_comes_back_in_its_own_place_only(vault: Vault) -> None:
    blob = vault.seal(b"hunter2", "source|1|secret")
    assert b"hunter2" not in blob
    assert vault.open(blob, "source|1|secret") == b"hunter2"
    with pytest.raises(UnreadableSecret):
        vault.open(blob, "source|2|secret")


def test_the_same_secret_is_never_sealed_alike(vault: Vault) -> None:
    assert vault.seal(b"x", "a") != vault.seal(b"x", "a")


@pytest.mark.parametrize("position", [0, 4, 20, 800, 1612, 1630])
def test_a_damaged_secret_is_refused(vault: Vault, position: int) -> None:
    blob = bytearray(vault.seal(b"hunter2", "a"))
    blob[position] ^= 1
    with pytest.raises(UnreadableSecret):
        vault.open(bytes(blob), "a")


def test_secrets_survive_a_restart(tmp_path: Path) -> None:
    key = load_key(tmp_path / "master.key")
    blob = Vault.load(tmp_path / "vault.keys", key).seal(b"kept", "a")
    again = Vault.load(tmp_path / "vault.keys", load_key(tmp_path / "master.key"))
    assert again.open(blob, "a") == b"kept"


def test_another_master_key_opens_nothing(tmp_path: Path) -> None:
    Vault.load(tmp_path / "vault.keys", load_key(tmp_path / "one.key"))
    with pytest.raises(InvalidUnwrap):
        Vault.load(tmp_path / "vault.keys", load_key(tmp_path / "two.key"))


def test_keys_are_made_readable_by_the_owner_alone(tmp_path: Path) -> None:
    load_key(tmp_path / "master.key")
    assert (tmp_path / "master.key").stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("content", ["", "00" * 32, "ab" * 8, "not hexadecimal", "61" * 32])
def test_empty_short_and_known_keys_are_refused(tmp_path: Path, content: str) -> None:
    path = tmp_path / "master.key"
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT, 0o600)
    os.write(descriptor, content.encode())
    os.close(descriptor)
    with pytest.raises(UnsafeFile):
        load_key(path)


def test_a_key_that_others_can_read_is_refused(tmp_path: Path) -> None:
    load_key(tmp_path / "master.key")
    (tmp_path / "master.key").chmod(0o644)
    with pytest.raises(UnsafeFile, match="chmod 600"):
        load_key(tmp_path / "master.key")
