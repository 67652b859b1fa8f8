"""Secrets at rest, sealed with a hybrid of X25519 and ML-KEM-1024 over AES-256-GCM.

The key pairs lie in a file of the data directory, wrapped by the master key (AES key wrap with
padding, RFC 5649). A sealed value names the pair that sealed it, so pairs can be rotated while
old values stay readable.
"""

import os
from base64 import b64decode, b64encode
from hashlib import sha256
from pathlib import Path

import msgspec
from cryptography.hazmat.primitives.asymmetric.mlkem import MLKEM1024PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.keywrap import aes_key_unwrap_with_padding, aes_key_wrap_with_padding

from gridlens.core.security.files import read_private, write_private

VERSION = b"\x01"
KID = slice(1, 9)
EPHEMERAL = slice(9, 41)
ENCAPSULATED = slice(41, 1609)
NONCE = slice(1609, 1621)
SHORTEST = 1637


class UnreadableSecret(ValueError):
    """A sealed value was damaged, moved to another place, or its key is gone."""


class _StoredPair(msgspec.Struct, frozen=True):
    kid: bytes
    x25519: bytes
    ml_kem_seed: bytes


class _KeyFile(msgspec.Struct, frozen=True):
    active: bytes
    pairs: list[_StoredPair]


Pair = tuple[X25519PrivateKey, MLKEM1024PrivateKey]


class Vault:
    """Seals and opens small secrets; each is bound to the place where it is kept."""

    def __init__(self, pairs: dict[bytes, Pair], active: bytes) -> None:
        self._pairs = pairs
        self._active = active

    @classmethod
    def load(cls, key_file: Path, master_key: bytes) -> "Vault":
        """Open the key file, or make it with a first pair when there is none yet."""
        if not key_file.exists():
            kid, pair = _new_pair()
            write_private(key_file, _wrap({kid: pair}, kid, master_key))
        wrapped = read_private(key_file)
        stored = msgspec.msgpack.decode(
            aes_key_unwrap_with_padding(master_key, b64decode(wrapped)), type=_KeyFile
        )
        pairs = {
            each.kid: (
                X25519PrivateKey.from_private_bytes(each.x25519),
                MLKEM1024PrivateKey.from_seed_bytes(each.ml_kem_seed),
            )
            for each in stored.pairs
        }
        return cls(pairs, stored.active)

    def seal(self, data: bytes, where: str) -> bytes:
        """Encrypt ``data`` for one place, written ``table|row id|column``; adds 1,637 bytes."""
        x25519, ml_kem = self._pairs[self._active]
        ephemeral = X25519PrivateKey.generate()
        shared_secret, ciphertext = ml_kem.public_key().encapsulate()
        head = VERSION + self._active + ephemeral.public_key().public_bytes_raw() + ciphertext
        secret = ephemeral.exchange(x25519.public_key()) + shared_secret
        nonce = os.urandom(12)
        return head + nonce + _cipher(secret, head).encrypt(nonce, data, where.encode())

    def open(self, blob: bytes, where: str) -> bytes:
        """Decrypt a value sealed for this place."""
        if blob[:1] != VERSION or len(blob) < SHORTEST:
            raise UnreadableSecret("unknown envelope")
        pair = self._pairs.get(blob[KID])
        if pair is None:
            raise UnreadableSecret("the key that sealed this secret is gone")
        x25519, ml_kem = pair
        secret = x25519.exchange(X25519PublicKey.from_public_bytes(blob[EPHEMERAL])) + ml_kem.decapsulate(
            blob[ENCAPSULATED]
        )
        try:
            return _cipher(secret, blob[: NONCE.start]).decrypt(
                blob[NONCE], blob[NONCE.stop :], where.encode()
            )
        except Exception as error:
            raise UnreadableSecret("the sealed secret was damaged or moved") from error


def _new_pair() -> tuple[bytes, Pair]:
    pair = (X25519PrivateKey.generate(), MLKEM1024PrivateKey.generate())
    public = pair[0].public_key().public_bytes_raw() + pair[1].public_key().public_bytes_raw()
    return sha256(public).digest()[:8], pair


def _wrap(pairs: dict[bytes, Pair], active: bytes, master_key: bytes) -> bytes:
    stored = [
        _StoredPair(kid, x25519.private_bytes_raw(), ml_kem.private_bytes_raw())
        for kid, (x25519, ml_kem) in pairs.items()
    ]
    content = msgspec.msgpack.encode(_KeyFile(active, stored))
    return b64encode(aes_key_wrap_with_padding(master_key, content))


def _cipher(secret: bytes, head: bytes) -> AESGCM:
    return AESGCM(HKDF(SHA256(), 32, None, b"gridlens secret v1" + head).derive(secret))
