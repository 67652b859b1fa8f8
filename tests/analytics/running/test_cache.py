"""The cache keeps to its budget, survives damage, and forgets on demand."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID, uuid4

import polars as pl
import pytest

from gridlens.analytics.running.cache import Answer, AnswerCache
from gridlens.shared.results import Column, ColumnRole, Completeness, Kind

pytestmark = pytest.mark.anyio

NOW = datetime(2025, 4, 1, tzinfo=UTC)
SOURCE = uuid4()


def answer(rows: int = 10, read_at: datetime = NOW) -> Answer:
    return Answer(
        columns=(Column(name="n", kind=Kind.INTEGER, role=ColumnRole.MEASURE, unit="kWh"),),
        frame=pl.DataFrame({"n": range(rows)}),
        is_cut=False,
        engine_ms=1.0,
        read_at=read_at,
        completeness=Completeness(expected=rows, present=rows),
    )


def cache(folder: Path, most_bytes: int = 10_000_000) -> AnswerCache:
    return AnswerCache(folder, most_bytes, timedelta(minutes=5), lambda: NOW)


def files(folder: Path, ending: str = "arrow") -> int:
    return len(list(folder.rglob(f"*.{ending}")))


async def test_an_answer_comes_back_from_disk_as_it_was(tmp_path: Path) -> None:
    first = cache(tmp_path)
    first.put(SOURCE, "key", answer())
    await first.settle()

    found = await cache(tmp_path).get(SOURCE, "key")

    assert found is not None
    assert found.columns == answer().columns
    assert found.completeness == answer().completeness
    assert found.frame.equals(answer().frame)


async def test_a_file_without_a_total_is_read_as_of_an_answer_without_one(tmp_path: Path) -> None:
    first = cache(tmp_path)
    first.put(SOURCE, "key", replace(answer(), is_cut=True, total_rows=1_204_332))
    await first.settle()
    [place] = tmp_path.rglob("*.json")
    head = json.loads(place.read_bytes())
    assert head.pop("total_rows") == 1_204_332

    found = await cache(tmp_path).get(SOURCE, "key")
    place.write_text(json.dumps(head))
    older = await cache(tmp_path).get(SOURCE, "key")

    assert found is not None
    assert older is not None
    assert (found.total_rows, older.total_rows, older.is_cut) == (1_204_332, None, True)


async def test_the_disk_stays_within_its_budget_and_loses_the_oldest_first(tmp_path: Path) -> None:
    small = cache(tmp_path, most_bytes=2_000_000)
    for number in range(30):
        # Random numbers do not compress: 100 kB each.
        rows = pl.DataFrame({"n": pl.Series(range(12_500)).shuffle(seed=number) * 7_919_777_777})
        small.put(
            SOURCE,
            f"key{number:02}",
            Answer(columns=(), frame=rows, is_cut=False, engine_ms=1, read_at=NOW, completeness=None),
        )
        await small.settle()

    assert sum(path.stat().st_size for path in tmp_path.rglob("*.arrow")) <= 2_000_000
    assert files(tmp_path) == files(tmp_path, "json")
    fresh = cache(tmp_path, most_bytes=2_000_000)
    assert await fresh.get(SOURCE, "key00") is None
    assert await fresh.get(SOURCE, "key29") is not None


async def test_an_answer_that_would_fill_the_cache_is_not_kept(tmp_path: Path) -> None:
    small = cache(tmp_path, most_bytes=100_000)
    small.put(SOURCE, "key", answer(rows=100_000))
    await small.settle()

    assert files(tmp_path) == 0
    assert await small.get(SOURCE, "key") is None


@pytest.mark.parametrize("broken", ["json", "arrow"])
async def test_a_damaged_file_is_as_good_as_none_and_is_removed(tmp_path: Path, broken: str) -> None:
    first = cache(tmp_path)
    first.put(SOURCE, "key", answer())
    await first.settle()
    [path] = tmp_path.rglob(f"*.{broken}")
    path.write_bytes(b"nonsense")

    assert await cache(tmp_path).get(SOURCE, "key") is None
    assert files(tmp_path) == files(tmp_path, "json") == 0


async def test_dropping_a_source_forgets_its_answers_and_no_others(tmp_path: Path) -> None:
    other: UUID = uuid4()
    kept = cache(tmp_path)
    kept.put(SOURCE, "key", answer())
    kept.put(other, "key2", answer())
    await kept.settle()

    await kept.drop(SOURCE)

    assert await kept.get(SOURCE, "key") is None
    assert await kept.get(other, "key2") is not None
    assert files(tmp_path) == 1


async def test_an_old_answer_is_removed_when_it_is_met(tmp_path: Path) -> None:
    first = cache(tmp_path)
    first.put(SOURCE, "key", answer(read_at=NOW - timedelta(minutes=5)))
    await first.settle()

    assert await cache(tmp_path).get(SOURCE, "key") is None
    assert files(tmp_path) == 0


async def test_an_old_answer_is_there_for_who_asks_again_at_once(tmp_path: Path) -> None:
    def patient() -> AnswerCache:
        hour = timedelta(hours=1)
        return AnswerCache(tmp_path, 10_000_000, timedelta(minutes=5), lambda: NOW, stale_for=hour)

    first = patient()
    first.put(SOURCE, "old", answer(read_at=NOW - timedelta(minutes=6)))
    first.put(SOURCE, "too old", answer(read_at=NOW - timedelta(minutes=66)))
    await first.settle()

    for each in (first, patient()):
        assert await each.get(SOURCE, "old") is None
        assert await each.get(SOURCE, "old", may_be_stale=True) is not None
        assert await each.get(SOURCE, "too old", may_be_stale=True) is None


async def test_a_cache_of_no_bytes_keeps_nothing(tmp_path: Path) -> None:
    none = cache(tmp_path, most_bytes=0)
    none.put(SOURCE, "key", answer())
    await none.settle()

    assert await none.get(SOURCE, "key") is None
    assert files(tmp_path) == 0


async def test_a_disk_that_cannot_be_written_costs_only_speed(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("no folder")
    kept = cache(blocked)
    kept.put(SOURCE, "key", answer())
    await kept.settle()

    assert await kept.get(SOURCE, "key") is not None


async def test_what_is_forgotten_before_it_was_written_is_not_written(tmp_path: Path) -> None:
    kept = cache(tmp_path)
    kept.put(SOURCE, "key", answer())
    await kept.drop(SOURCE)
    await kept.settle()

    assert files(tmp_path) == 0


async def test_of_two_answers_that_wait_to_be_written_the_later_one_is(tmp_path: Path) -> None:
    first = cache(tmp_path)
    first.put(SOURCE, "key", answer(10))
    first.put(SOURCE, "key", answer(20))
    await first.settle()

    found = await cache(tmp_path).get(SOURCE, "key")

    assert found is not None
    assert found.frame.height == 20
