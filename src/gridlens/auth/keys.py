"""Random tokens, their hashes, and the keys for values that are compared but never read back."""

import hmac
import secrets
from hashlib import sha256

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

TOKEN_BYTES = 32


def new_token() -> str:
    """256 random bits, safe in a cookie, a URL and a header."""
    return secrets.token_urlsafe(TOKEN_BYTES)


def fingerprint(token: str) -> str:
    """What is stored of a random token; enough bits went in that no slow hash is needed."""
    return sha256(token.encode()).hexdigest()


def same(left: str, right: str) -> bool:
    """Compare without telling by the time it takes where the two differ."""
    return hmac.compare_digest(left.encode(), right.encode())


class Keys:
    """One key for each use, derived from the master key: knowing one says nothing about another."""

    def __init__(self, master_key: bytes) -> None:
        self._master_key = master_key
        self._derived: dict[str, bytes] = {}

    def derive(self, use: str) -> bytes:
        """``use`` is one of our own few words, never anything that was sent."""
        if use not in self._derived:
            info = b"gridlens auth " + use.encode()
            self._derived[use] = HKDF(SHA256(), 32, None, info).derive(self._master_key)
        return self._derived[use]

    def mac(self, use: str, *parts: str) -> str:
        """HMAC-SHA256 over the parts; their borders count, so ("ab", "c") is not ("a", "bc")."""
        message = b"".join(len(part.encode()).to_bytes(4, "big") + part.encode() for part in parts)
        return hmac.digest(self.derive(use), message, "sha256").hex()
