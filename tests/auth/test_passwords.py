"""Which passwords are taken, and how they are kept."""

import asyncio
import threading
import time
from typing import Any

import pytest

from gridlens.auth.services.passwords import Hasher, objection

NAMES = ["Northwind Cooperative", "Test Ana", "ana@example.org"]


@pytest.mark.parametrize(
    "password",
    [
        "velvet-otter-41-harbour",
        "correct horse battery staple",
        "ein ganz anderes Wort über Äpfel",
        "密码很长而且不容易猜到的一句话呢",
        "a b c d e f g zebra quartz",
        "x7!Qp" * 50,
    ],
)
def test_long_unusual_passwords_of_any_characters_are_taken(password: str) -> None:
    assert objection(password, 15, NAMES) is None


@pytest.mark.parametrize(
    ("password", "reason"),
    [
        ("kV9#mQ2x", "at least 15"),
        ("velvet-otter" * 22, "at most 256"),
        ("gridlensgridlens1", "the product"),
        ("Northwind-Cooperative-2026", "organisation"),
        ("TestAna!TestAna!TestAna!", "your name"),
        ("aaaaaaaaaaaaaaaaaaaa", "easy to guess"),
        ("qwertyuiopasdfghjkl", "easy to guess"),
        ("passwordpassword1", "easy to guess"),
    ],
)
def test_short_endless_named_and_guessable_passwords_are_not_taken(password: str, reason: str) -> None:
    assert reason in (objection(password, 15, NAMES) or "")


@pytest.mark.parametrize("password", ["password", "Password1", "iloveyou", "TRUSTNO1", "dragon12345"])
def test_most_used_passwords_are_not_taken_even_where_codes_are_asked_for(password: str) -> None:
    assert objection(password, 8, NAMES)


def test_eight_characters_are_enough_beside_codes_and_not_without() -> None:
    assert objection("kV9#mQ2xTw", 8, NAMES) is None
    assert "15" in (objection("kV9#mQ2xTw", 15, NAMES) or "")


@pytest.mark.anyio
async def test_nothing_is_cut_and_characters_composed_otherwise_are_the_same() -> None:
    hasher = Hasher(memory_kib=8 * 1024, rounds=1)
    long = "x" * 255
    hashed = await hasher.hash(long + "a")
    composed = await hasher.hash("\u00fcber-otter-41-harbour")

    assert (await hasher.verify(hashed, long + "a")).is_right
    assert not (await hasher.verify(hashed, long + "b")).is_right
    assert (await hasher.verify(composed, "u\u0308ber-otter-41-harbour")).is_right


@pytest.mark.anyio
async def test_costs_are_those_of_the_design_and_older_ones_are_noticed() -> None:
    hasher = Hasher()
    hashed = await hasher.hash("velvet-otter-41-harbour")
    old = await Hasher(memory_kib=8 * 1024, rounds=1).hash("velvet-otter-41-harbour")

    assert hashed.startswith("$argon2id$v=19$m=19456,t=2,p=1$")
    assert not (await hasher.verify(hashed, "velvet-otter-41-harbour")).is_outdated
    assert (await hasher.verify(old, "velvet-otter-41-harbour")).is_outdated


@pytest.mark.anyio
async def test_nobodys_password_is_never_right_and_takes_as_long() -> None:
    hasher = Hasher()
    hashed = await hasher.hash("velvet-otter-41-harbour")

    async def best(password_hash: str | None) -> float:
        spans = []
        for _ in range(5):
            started = time.process_time()  # what others do on this machine does not count
            assert not (await hasher.verify(password_hash, "something else")).is_right
            spans.append(time.process_time() - started)
        return min(spans)

    nobody, somebody = await best(None), await best(hashed)
    assert 0.5 < nobody / somebody < 2


@pytest.mark.anyio
async def test_at_most_four_hashes_run_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    hasher = Hasher(memory_kib=8 * 1024, rounds=1)
    running = most = 0
    lock = threading.Lock()
    real: Any = hasher._verify

    def watched(password_hash: str, password: str) -> Any:
        nonlocal running, most
        with lock:
            running += 1
            most = max(most, running)
        time.sleep(0.02)
        try:
            return real(password_hash, password)
        finally:
            with lock:
                running -= 1

    monkeypatch.setattr(hasher, "_verify", watched)
    await asyncio.gather(*(hasher.verify(None, "x") for _ in range(16)))

    assert most == 4


@pytest.mark.anyio
async def test_damaged_hash_is_a_wrong_password() -> None:
    assert not (await Hasher().verify("not a hash", "x")).is_right
