"""Limits in this process: exact, cheap at every use, and without a memory of what is over."""

import asyncio
import time

import pytest
from limits import parse

from gridlens.core.http import limits
from gridlens.core.http.limits import Limiter, LocalWindows

pytestmark = pytest.mark.anyio


async def test_a_limit_is_exact_and_each_key_counts_for_itself() -> None:
    limiter = Limiter()

    assert [await limiter.allows("3/minute", "requests", "a") for _ in range(4)] == [True, True, True, False]
    assert await limiter.allows("3/minute", "requests", "b")


async def test_a_window_moves_on_use_by_use(monkeypatch: pytest.MonkeyPatch) -> None:
    limiter, now = Limiter(), time.monotonic()
    seen = []
    for second in (0.0, 0.4, 0.9, 1.1, 1.2, 1.5):
        monkeypatch.setattr(time, "monotonic", lambda at=now + second: at)
        seen.append(await limiter.allows("2/second", "requests", "a"))

    # The third comes while two are young; the fourth and the last each find one that has aged.
    assert seen == [True, True, False, True, False, True]


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


def test_what_is_over_is_dropped_and_what_counts_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    windows, now = LocalWindows(), time.monotonic()
    windows.hit(parse("5/second"), "requests", "gone")
    windows.hit(parse("1/minute"), "requests", "counting")
    assert len(windows) == 2

    monkeypatch.setattr(limits, "TIDIED_AFTER_SECONDS", 0.0)
    monkeypatch.setattr(time, "monotonic", lambda: now + 2)

    assert not windows.hit(parse("1/minute"), "requests", "counting")
    assert len(windows) == 1
