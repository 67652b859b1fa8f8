"""Files that only their owner may read."""

import os
import secrets
from pathlib import Path

KEY_BYTES = 32


class UnsafeFile(ValueError):
    """A secret file is readable by others, empty, or not what it should be."""


def write_private(path: Path, content: bytes) -> None:
    """Put the whole content in place or none of it, readable by the owner alone."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
    except BaseException:
        draft.unlink(missing_ok=True)
        raise


def read_private(path: Path) -> bytes:
    if os.name == "posix" and path.stat().st_mode & 0o077:
        raise UnsafeFile(f"{path} can be read by others; run: chmod 600 {path}")
    return path.read_bytes()


def load_key(path: Path) -> bytes:
    """A 32-byte key from its file, made at first use; known, empty and short keys are refused."""
    if not path.exists():
        write_private(path, secrets.token_bytes(KEY_BYTES).hex().encode())
    text = read_private(path).decode("ascii", "replace").strip()
    try:
        key = bytes.fromhex(text)
    except ValueError as error:
        raise UnsafeFile(f"{path} does not hold a key of {KEY_BYTES} bytes in hexadecimal") from error
    if len(key) != KEY_BYTES or len(set(key)) < KEY_BYTES // 4:
        raise UnsafeFile(
            f"{path} holds a key that is too short or guessable; put {KEY_BYTES} random bytes in "
            "hexadecimal there, or remove it before first use to have one made"
        )
    return key
