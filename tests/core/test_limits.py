"""Limits in this process: exact, cheap at every use, and without a memory of what is over."""

import asyncio
import time

import pytest

from gridlens.core.http import limits
from gridlens.core.http.limits import Limiter, LocalStore

pytestmark = pytest.mark.anyio


async def test_a_limit_is_exact_and_each_key_counts_for_itself() -> None:
    limiter = Limiter()

    assert [await limiter.allows("3/minute", "requests", "a") for _ in range(4)] == [True, True, True, False]
    assert await limiter.allows("3/minute", "requests", "b")


async def test_a_window_moves_on(monkeypatch: pytest.MonkeyPatch) -> None:
    limiter, now = Limiter(), time.time()
    assert [await limiter.allows("1/second", "requests", "a") for _ in range(2)] == [True, False]

    monkeypatch.setattr(time, "time", lambda: now + 2.5)

    assert await limiter.allows("1/second", "requests", "a")


async def test_a_use_costs_no_thread_however_many_keys_there_are(monkeypatch: pytest.MonkeyPatch) -> None:
    limiter, hops = Limiter(), 0
    to_thread = asyncio.to_thread

    async def counted(*arguments: object) -> object:
        nonlocal hops
        hops += 1
        return await to_thread(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(asyncio, "to_thread", counted)
    for number in range(200):
        await limiter.allows("600/minute", "requests", f"user {number % 20}")
        await asyncio.sleep(0)

    assert hops == 0


async def test_what_is_over_is_dropped(monkeypatch: pytest.MonkeyPatch) -> None:
    store, now = LocalStore(), time.time()
    await store.acquire_entry("key", limit=5, expiry=1)
    assert set(store.events) == {"key"}

    monkeypatch.setattr(limits, "TIDIED_AFTER_SECONDS", 0.0)
    monkeypatch.setattr(time, "time", lambda: now + 2)
    await store.acquire_entry("other", limit=5, expiry=1)
    assert store.timer is not None
    await store.timer

    assert set(store.events) == {"other"}
