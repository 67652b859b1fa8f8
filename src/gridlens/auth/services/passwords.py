"""Passwords: hashing in threads, and which new ones are taken."""

import asyncio
import re
import secrets
import unicodedata
from base64 import b64encode
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache, partial
from typing import TypeVar

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from gridlens.auth.errors import PasswordNotTaken
from gridlens.core.http.limits import Limiter

LONGEST = 256
SHORTEST = 15
SHORTEST_WITH_CODES = 8
SCORED = 72
"""zxcvbn raises above this length."""
GOOD_SCORE = 3
JUDGED_PER_ASKER = "20/minute"
PRODUCT = "gridlens"
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Verdict:
    is_right: bool
    is_outdated: bool = False
    """The hash was made with other costs than those of today."""


class Hasher:
    """Argon2id. Checking nobody's password takes as long as checking somebody's."""

    # Four hashes at 19 MiB each bound the memory that a crowd at the door can take. The threads belong
    # to the instance: a server's workers are forked, and threads do not survive that.
    def __init__(self, memory_kib: int = 19 * 1024, rounds: int = 2, lanes: int = 1) -> None:
        self._argon2 = PasswordHasher(time_cost=rounds, memory_cost=memory_kib, parallelism=lanes)
        self._threads = ThreadPoolExecutor(4, thread_name_prefix="argon2")
        salt, digest = (
            b64encode(secrets.token_bytes(size)).decode().rstrip("=")
            for size in (self._argon2.salt_len, self._argon2.hash_len)
        )
        self._nobody = f"$argon2id$v=19$m={memory_kib},t={rounds},p={lanes}${salt}${digest}"

    async def hash(self, password: str) -> str:
        return await _in(self._threads, self._argon2.hash, normalised(password))

    async def verify(self, password_hash: str | None, password: str) -> Verdict:
        """Compare with the hash, or with nobody's when there is none."""
        verdict = await _in(self._threads, self._verify, password_hash or self._nobody, normalised(password))
        return verdict if password_hash else Verdict(is_right=False)

    def _verify(self, password_hash: str, password: str) -> Verdict:
        try:
            self._argon2.verify(password_hash, password)
        except (VerificationError, InvalidHashError):
            return Verdict(is_right=False)
        return Verdict(is_right=True, is_outdated=self._argon2.check_needs_rehash(password_hash))


def normalised(password: str) -> str:
    """One spelling for what looks the same on different keyboards."""
    return unicodedata.normalize("NFC", password)


class PasswordRules:
    """Judges new passwords in a thread. That takes about 120 ms, so each place may ask so often."""

    def __init__(self, limiter: Limiter) -> None:
        self._limiter = limiter
        # zxcvbn keeps the words it is given in a global, so it gets one thread and no more.
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="zxcvbn")

    async def check(self, password: str, *, shortest: int, names: Iterable[str], asker: str) -> None:
        """Raise when the password is not taken, saying why."""
        await self._limiter.check(JUDGED_PER_ASKER, "new password", asker)
        reason = await _in(self._thread, objection, normalised(password), shortest, list(names))
        if reason:
            raise PasswordNotTaken(reason)


def objection(password: str, shortest: int, names: Iterable[str]) -> str | None:
    """Why a new password is not taken, or nothing. ``names`` are those of the user and organisation."""
    from zxcvbn import zxcvbn

    if len(password) < shortest:
        return f"it needs at least {shortest} characters"
    if len(password) > LONGEST:
        return f"it may have at most {LONGEST} characters"
    folded = password.casefold()
    letters = "".join(each for each in folded if each.isalpha())
    if {folded, letters} & _common():
        return "it is among the most used passwords, which are tried first"
    words = _words([PRODUCT, *names])
    rest = letters
    for word in sorted(words, key=len, reverse=True):
        rest = rest.replace(word, "")
    if len(rest) < 4 and rest != letters:
        return "it is made of your name, your organisation or the product"
    if zxcvbn(password[:SCORED], user_inputs=sorted(words))["score"] < GOOD_SCORE:
        return "it is easy to guess; three or four unrelated words are better"
    return None


def _words(names: Iterable[str]) -> set[str]:
    parts = (part for name in names for part in re.split(r"[\W\d_]+", name.casefold()))
    return {part for part in parts if len(part) >= 3}


@cache
def _common() -> frozenset[str]:
    from zxcvbn.frequency_lists import FREQUENCY_LISTS

    return frozenset(FREQUENCY_LISTS["passwords"])


async def _in(pool: ThreadPoolExecutor, function: Callable[..., T], *arguments: object) -> T:
    return await asyncio.get_running_loop().run_in_executor(pool, partial(function, *arguments))
