"""One path for every query: guarded, cached, run once, stopped when nobody waits, and remembered."""

import asyncio
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import msgspec
import polars as pl
import pytest
from polars.testing import assert_frame_equal
from tests.analytics.conftest import Clock, Sources

from gridlens.analytics.errors import QueryCancelled, QueryRefused, TooManyQueries
from gridlens.analytics.running import counting
from gridlens.analytics.running.history import History
from gridlens.analytics.running.query import Query
from gridlens.analytics.running.service import QueryService
from gridlens.core.errors import Conflict, GridlensError, NotFound, Unavailable
from gridlens.core.module import Core
from gridlens.core.principal import Principal
from gridlens.shared.data_sources import FetchedRows, FetchRows
from gridlens.shared.results import Column, ColumnRole, Kind
from gridlens.shared.time import Scope, TimeRange

pytestmark = pytest.mark.anyio

DAILY = "SELECT date_trunc('hour', ts) AS hour, sum(kwh) AS kwh FROM reading GROUP BY 1 ORDER BY 1"


def query(sources: Sources, sql: str = "SELECT name FROM site ORDER BY name", **changes: object) -> Query:
    given: dict[str, object] = {"source_id": sources.source_id, "sql": sql, "door": "sql", "row_limit": 100}
    return Query(**(given | changes))  # type: ignore[arg-type]


async def reached(condition: object) -> None:
    """Give other tasks their turns until the condition holds."""
    for _ in range(2_000):
        if condition():  # type: ignore[operator]
            return
        await asyncio.sleep(0.001)
    raise AssertionError("that never happened")


async def test_a_result_tells_what_its_columns_are(
    queries: QueryService, sources: Sources, analyst: Principal
) -> None:
    result = await queries.run(analyst, query(sources, DAILY))

    assert result.columns == (
        Column(name="hour", kind=Kind.TIMESTAMP, role=ColumnRole.TIME),
        Column(name="kwh", kind=Kind.NUMBER, role=ColumnRole.MEASURE, unit="kWh"),
    )
    assert result.frame.height == 48
    assert result.sql == DAILY
    assert (result.source_name, result.zone, result.is_cut, result.is_cached) == (
        "metering",
        "Europe/Berlin",
        False,
        False,
    )
    # Three meters have 48 hours each, and one of them has no value in its sixth hour.
    assert result.completeness is not None
    assert (result.completeness.expected, result.completeness.present) == (144, 143)


async def test_more_rows_than_the_limit_are_cut_and_that_is_said(
    queries: QueryService, sources: Sources, analyst: Principal
) -> None:
    result = await queries.run(analyst, query(sources, "SELECT * FROM reading", row_limit=10))

    assert result.frame.height == 10
    assert (result.is_cut, result.total_rows) == (True, 144)
    assert result.row_limit == 10
    assert result.completeness is None
    assert sources.fetched[0].sql.endswith("LIMIT 11")


async def test_exactly_the_limit_is_not_cut(
    queries: QueryService, sources: Sources, analyst: Principal
) -> None:
    result = await queries.run(analyst, query(sources, "SELECT * FROM reading", row_limit=144))

    assert (result.is_cut, result.total_rows) == (False, None)
    assert sources.totalled == []


async def test_a_total_is_kept_with_its_answer(
    core: Core, queries: QueryService, sources: Sources, analyst: Principal, history: History, clock: Clock
) -> None:
    cut = query(sources, "SELECT * FROM reading WHERE meter_id = 20 LIMIT 40", row_limit=10)
    first = await queries.run(analyst, cut)
    again = await queries.run(analyst, replace(cut, query_id=uuid4()))
    await queries.close()
    another = QueryService(core.settings, core.bus, history, clock)
    from_disk = await another.run(analyst, replace(cut, query_id=uuid4()))

    assert [each.total_rows for each in (first, again, from_disk)] == [40, 40, 40]
    assert len(sources.totalled) == 1
    assert sources.totalled[0].deadline_seconds <= 2
    await another.close()


async def test_a_total_is_known_for_a_while_to_who_asked_at_any_limit(
    queries: QueryService, sources: Sources, analyst: Principal, clock: Clock
) -> None:
    cut = query(sources, "SELECT * FROM reading", row_limit=10)
    source = await queries.describe(analyst, sources.source_id)
    whole = replace(cut, query_id=uuid4(), row_limit=1_000_000)
    assert await queries.known_total(analyst, whole, source) is None

    await queries.run(analyst, cut)

    assert await queries.known_total(analyst, whole, source) == 144
    narrower = replace(whole, sql="SELECT * FROM reading WHERE meter_id = 20")
    assert await queries.known_total(analyst, narrower, source) is None
    assert len(sources.totalled) == 1
    clock.now += timedelta(minutes=6)
    assert await queries.known_total(analyst, whole, source) is None


async def test_answers_cut_at_different_limits_are_counted_once(
    queries: QueryService, sources: Sources, analyst: Principal
) -> None:
    sources.total_gate.clear()
    runs = [
        asyncio.create_task(queries.run(analyst, query(sources, "SELECT * FROM reading", row_limit=rows)))
        for rows in (10, 20)
    ]
    await reached(lambda: len(sources.fetched) == 2 and sources.totalled)
    await asyncio.sleep(0.05)
    sources.total_gate.set()

    assert [result.total_rows for result in await asyncio.gather(*runs)] == [144, 144]
    assert len(sources.totalled) == 1


async def test_what_cannot_be_counted_or_takes_too_long_has_no_total(
    queries: QueryService, sources: Sources, analyst: Principal, monkeypatch: pytest.MonkeyPatch
) -> None:
    cut = query(sources, "SELECT * FROM reading", row_limit=10, is_fresh=True)
    sources.total_failure = Unavailable("It takes too long.")
    failed = await queries.run(analyst, cut)
    sources.total_failure = None
    sources.total_gate.clear()
    monkeypatch.setattr(counting, "MOST_TOTAL_SECONDS", 0.1)
    late = await queries.run(analyst, replace(cut, query_id=uuid4()))

    for result in (failed, late):
        assert (result.frame.height, result.is_cut, result.total_rows) == (10, True, None)


async def test_a_total_of_no_more_than_is_shown_is_none(
    queries: QueryService, sources: Sources, analyst: Principal, monkeypatch: pytest.MonkeyPatch
) -> None:
    read = sources._rows

    def after_rows_have_gone(ask: FetchRows) -> FetchedRows:
        found = read(ask)
        is_count = "rows_that_are_counted" in ask.sql
        return msgspec.structs.replace(found, frame=pl.DataFrame({"count": [9]})) if is_count else found

    monkeypatch.setattr(sources, "_rows", after_rows_have_gone)

    result = await queries.run(analyst, query(sources, "SELECT * FROM reading", row_limit=10))

    assert (result.is_cut, result.total_rows) == (True, None)


async def test_a_trial_counts_nothing_and_keeps_no_total_from_who_asks_in_earnest(
    queries: QueryService, sources: Sources, analyst: Principal
) -> None:
    cut = query(sources, "SELECT * FROM reading", row_limit=10)

    tried = await queries.run(analyst, replace(cut, is_trial=True, query_id=uuid4()))
    asked = await queries.run(analyst, cut)

    assert (tried.is_cut, tried.total_rows) == (True, None)
    assert asked.total_rows == 144


async def test_a_refused_query_never_reaches_the_source(
    queries: QueryService, sources: Sources, analyst: Principal
) -> None:
    with pytest.raises(QueryRefused):
        await queries.run(analyst, query(sources, "DELETE FROM site"))

    assert sources.fetched == []


async def test_an_equal_query_is_answered_from_the_cache(
    queries: QueryService, sources: Sources, analyst: Principal
) -> None:
    first = await queries.run(analyst, query(sources, DAILY))
    again = await queries.run(analyst, query(sources, DAILY + " -- the same"))

    assert len(sources.fetched) == 1
    assert again.is_cached
    assert again.read_at == first.read_at
    assert_frame_equal(again.frame, first.frame)


async def test_fresh_means_asking_the_source_again(
    queries: QueryService, sources: Sources, analyst: Principal, clock: Clock
) -> None:
    await queries.run(analyst, query(sources))
    clock.now += timedelta(seconds=10)

    result = await queries.run(analyst, query(sources, is_fresh=True))

    assert len(sources.fetched) == 2
    assert result.read_at == clock.now
    assert not result.is_cached


async def test_an_answer_grows_too_old(
    queries: QueryService, sources: Sources, analyst: Principal, clock: Clock, core: Core
) -> None:
    await queries.run(analyst, query(sources))
    clock.now += timedelta(seconds=core.settings.cache_seconds)

    await queries.run(analyst, query(sources))

    assert len(sources.fetched) == 2


async def test_a_question_goes_before_its_source_and_that_before_the_settings(
    queries: QueryService, sources: Sources, analyst: Principal, clock: Clock, core: Core
) -> None:
    await queries.run(analyst, query(sources))
    clock.now += timedelta(seconds=60)
    assert core.settings.cache_seconds > 60
    hasty = msgspec.structs.replace(sources.description, kept_seconds=60)

    usual = await queries.run(analyst, query(sources))
    patient = await queries.run(analyst, query(sources, kept_seconds=61), hasty)
    always = await queries.run(analyst, query(sources, kept_seconds=0, may_be_stale=True))
    assert [each.is_cached for each in (usual, patient, always)] == [True, True, True]
    assert [each.is_stale for each in (usual, patient, always)] == [False, False, True]
    assert [each.kept_seconds for each in (usual, patient, always)] == [core.settings.cache_seconds, 61, 0]

    result = await queries.run(analyst, query(sources), hasty)
    assert (result.is_cached, result.read_at) == (False, clock.now)


async def test_a_changed_catalog_makes_old_answers_unreachable(
    queries: QueryService, sources: Sources, analyst: Principal
) -> None:
    await queries.run(analyst, query(sources))
    sources.change_catalog()

    await queries.run(analyst, query(sources))

    assert len(sources.fetched) == 2


async def test_other_rights_do_not_find_the_same_answer(
    queries: QueryService, sources: Sources, analyst: Principal, viewer: Principal
) -> None:
    await queries.run(analyst, query(sources))
    await queries.run(viewer, query(sources))

    assert len(sources.fetched) == 2


async def test_another_organisation_finds_no_such_source(
    queries: QueryService, sources: Sources, analyst: Principal
) -> None:
    import msgspec

    await queries.run(analyst, query(sources))
    stranger = msgspec.structs.replace(analyst, organisation_id=uuid4())

    with pytest.raises(NotFound):
        await queries.run(stranger, query(sources))


async def test_the_cache_outlives_the_process(
    core: Core, sources: Sources, history: History, analyst: Principal, clock: Clock
) -> None:
    before = QueryService(core.settings, core.bus, history, clock)
    first = await before.run(analyst, query(sources, DAILY))
    await before.close()

    after = QueryService(core.settings, core.bus, history, clock)
    result = await after.run(analyst, query(sources, DAILY))
    await after.close()

    assert result.is_cached
    assert result.columns == first.columns
    assert result.completeness == first.completeness
    assert_frame_equal(result.frame, first.frame)


async def test_equal_queries_in_flight_run_once(
    queries: QueryService, sources: Sources, analyst: Principal
) -> None:
    sources.gate.clear()
    waiting = [asyncio.create_task(queries.run(analyst, query(sources))) for _ in range(5)]
    await reached(lambda: sources.running == 1)
    sources.gate.set()

    results = await asyncio.gather(*waiting)

    assert len(sources.fetched) == 1
    assert {result.frame.height for result in results} == {3}


async def test_a_failure_reaches_everybody_who_waits_and_is_not_kept(
    queries: QueryService, sources: Sources, analyst: Principal
) -> None:
    sources.gate.clear()
    sources.failure = Unavailable("The data source cannot be reached.")
    waiting = [asyncio.create_task(queries.run(analyst, query(sources))) for _ in range(2)]
    await reached(lambda: sources.running == 1)
    sources.gate.set()
    outcomes = await asyncio.gather(*waiting, return_exceptions=True)
    sources.failure = None

    assert [type(outcome) for outcome in outcomes] == [Unavailable, Unavailable]
    assert (await queries.run(analyst, query(sources))).frame.height == 3


async def test_a_stopped_query_ends_at_the_source(
    queries: QueryService, sources: Sources, analyst: Principal
) -> None:
    sources.gate.clear()
    asked = query(sources)
    running = asyncio.create_task(queries.run(analyst, asked))
    await reached(lambda: sources.running == 1)

    assert await queries.cancel(analyst, asked.query_id)

    with pytest.raises(QueryCancelled):
        await running
    await reached(lambda: sources.running == 0)


async def test_stopping_leaves_others_who_wait_for_the_same_answer_alone(
    queries: QueryService, sources: Sources, analyst: Principal
) -> None:
    sources.gate.clear()
    mine, other = query(sources), query(sources)
    running = [asyncio.create_task(queries.run(analyst, each)) for each in (mine, other)]
    await reached(lambda: sources.running == 1)

    await queries.cancel(analyst, mine.query_id)
    with pytest.raises(QueryCancelled):
        await running[0]
    sources.gate.set()

    assert (await running[1]).frame.height == 3


async def test_nobody_stops_the_query_of_somebody_else(
    queries: QueryService, sources: Sources, analyst: Principal, admin: Principal
) -> None:
    sources.gate.clear()
    asked = query(sources)
    running = asyncio.create_task(queries.run(analyst, asked))
    await reached(lambda: asked.query_id in queries._flights)

    assert not queries._flights.leave(admin.user_id, asked.query_id)

    sources.gate.set()
    assert (await running).frame.height == 3


async def test_a_client_that_goes_away_takes_its_query_along(
    queries: QueryService, sources: Sources, analyst: Principal
) -> None:
    sources.gate.clear()
    running = asyncio.create_task(queries.run(analyst, query(sources)))
    await reached(lambda: sources.running == 1)

    running.cancel()

    with pytest.raises(asyncio.CancelledError):
        await running
    await reached(lambda: sources.running == 0)


async def test_an_id_runs_once_at_a_time(queries: QueryService, sources: Sources, analyst: Principal) -> None:
    sources.gate.clear()
    asked = query(sources)
    running = asyncio.create_task(queries.run(analyst, asked))
    await reached(lambda: sources.running == 1)

    with pytest.raises(Conflict):
        await queries.run(analyst, asked)

    sources.gate.set()
    await running


async def test_one_person_runs_two_queries_at_once_and_the_others_wait(
    queries: QueryService, sources: Sources, analyst: Principal
) -> None:
    sources.gate.clear()
    running = [asyncio.create_task(queries.run(analyst, query(sources, f"SELECT {n}"))) for n in range(6)]
    await reached(lambda: sources.running == 2)
    await asyncio.sleep(0.02)

    assert sources.running == 2
    sources.gate.set()
    assert len(await asyncio.gather(*running)) == 6
    assert sources.most_at_once == 2


async def test_too_many_waiting_queries_are_turned_away(
    queries: QueryService, sources: Sources, analyst: Principal
) -> None:
    sources.gate.clear()
    running = [asyncio.create_task(queries.run(analyst, query(sources, f"SELECT {n}"))) for n in range(12)]
    await reached(lambda: sources.running == 2)
    await asyncio.sleep(0.05)

    with pytest.raises(TooManyQueries):
        await queries.run(analyst, query(sources, "SELECT 99"))

    sources.gate.set()
    await asyncio.gather(*running)


async def test_dashboards_have_a_bounded_pool_that_leaves_people_their_places(
    core: Core, sources: Sources, history: History, analyst: Principal
) -> None:
    many = msgspec.structs.replace(core.settings, engine_workers=20, queries_per_source=20)
    queries = QueryService(many, core.bus, history)
    sources.gate.clear()
    shared = [
        asyncio.create_task(queries.run(analyst, query(sources, f"SELECT {n}", lane="shared")))
        for n in range(12)
    ]
    await reached(lambda: sources.running == 8)
    mine = asyncio.create_task(queries.run(analyst, query(sources, "SELECT 99")))
    await reached(lambda: sources.running == 9)

    sources.gate.set()
    await asyncio.gather(mine, *shared)
    await queries.close()


async def test_history_says_who_ran_what_and_how_it_ended(
    queries: QueryService, sources: Sources, analyst: Principal, history: History, clock: Clock
) -> None:
    await queries.run(analyst, query(sources))
    clock.now += timedelta(seconds=1)
    with pytest.raises(QueryRefused):
        await queries.run(analyst, query(sources, "SELECT * FROM payroll"))
    clock.now += timedelta(seconds=1)
    sources.failure = Unavailable("The data source cannot be reached.")
    with pytest.raises(Unavailable):
        await queries.run(analyst, query(sources, "SELECT 1"))

    failed, refused, succeeded = await history.page(analyst.organisation_id)

    assert (succeeded.status, succeeded.row_count, succeeded.engine_ms, succeeded.error) == (
        "succeeded",
        3,
        1.5,
        None,
    )
    assert succeeded.user_id == analyst.user_id
    assert succeeded.sql == "SELECT name FROM site ORDER BY name"
    assert succeeded.elapsed_ms > 0
    assert (refused.status, refused.row_count) == ("refused", None)
    assert "payroll" in str(refused.error)
    assert (failed.status, failed.error) == ("failed", "The data source cannot be reached.")


async def test_what_a_dashboard_shows_again_from_the_cache_is_not_remembered(
    queries: QueryService, sources: Sources, analyst: Principal, history: History
) -> None:
    for _ in range(3):
        await queries.run(analyst, query(sources, lane="shared"))

    assert len(await history.page(analyst.organisation_id)) == 1


async def test_history_comes_in_pages_and_never_from_other_organisations(
    queries: QueryService, sources: Sources, analyst: Principal, history: History, clock: Clock
) -> None:
    for number in range(5):
        clock.now += timedelta(seconds=number % 2)
        await queries.run(analyst, query(sources, f"SELECT {number}"))

    first = await history.page(analyst.organisation_id, limit=2)
    rest = await history.page(analyst.organisation_id, limit=10, before=first[-1].id)

    assert [run.sql for run in first + rest] == [f"SELECT {n}" for n in (4, 3, 2, 1, 0)]
    assert await history.page(uuid4()) == []


async def test_a_scope_is_applied_to_the_rows_and_part_of_the_cache(
    queries: QueryService, sources: Sources, analyst: Principal
) -> None:
    morning = Scope(
        time_range=TimeRange(
            start=datetime(2025, 3, 30, tzinfo=UTC),
            end=datetime(2025, 3, 30, 6, tzinfo=UTC),
            zone="Europe/Berlin",
        )
    )

    whole = await queries.run(analyst, query(sources, DAILY))
    part = await queries.run(analyst, query(sources, DAILY, scope=morning))

    assert (whole.frame.height, part.frame.height) == (48, 6)
    assert part.frame.get_column("hour").min() == datetime(2025, 3, 30, tzinfo=UTC)


async def test_a_cached_answer_takes_a_couple_of_milliseconds(
    queries: QueryService, sources: Sources, analyst: Principal
) -> None:
    import time

    await queries.run(analyst, query(sources, DAILY))
    began = time.perf_counter()
    for _ in range(50):
        await queries.run(analyst, query(sources, DAILY, lane="shared"))

    # Far above what it takes, so that a busy machine does not fail the test.
    assert (time.perf_counter() - began) / 50 < 0.02


def test_results_of_both_kinds_of_numbers_are_measures() -> None:
    from gridlens.analytics.running.columns import describe_columns

    frame = pl.DataFrame({"whole": [1], "part": [0.5], "text": ["x"], "day": [date(2025, 1, 1)]})

    assert [(c.kind, c.role) for c in describe_columns(frame, None)] == [
        (Kind.INTEGER, ColumnRole.MEASURE),
        (Kind.NUMBER, ColumnRole.MEASURE),
        (Kind.TEXT, ColumnRole.DIMENSION),
        (Kind.DATE, ColumnRole.TIME),
    ]


async def test_every_reader_gets_a_frame_of_its_own(
    queries: QueryService, sources: Sources, analyst: Principal
) -> None:
    # Two threads that use one polars frame, one of them writing, wait for each other for ever.
    results = await asyncio.gather(*(queries.run(analyst, query(sources, DAILY)) for _ in range(3)))
    results.append(await queries.run(analyst, query(sources, DAILY)))

    assert len({id(result.frame._df) for result in results}) == 4


async def test_looking_again_at_the_same_answer_is_not_noted_again(
    queries: QueryService, sources: Sources, analyst: Principal, clock: Clock, history: History
) -> None:
    for _ in range(3):
        await queries.run(analyst, query(sources))
    assert len(await history.page(analyst.organisation_id)) == 1

    clock.now += timedelta(seconds=10)
    await queries.run(analyst, query(sources, is_fresh=True))
    await queries.run(analyst, query(sources))

    assert [run.is_cached for run in await history.page(analyst.organisation_id)] == [False, False]


async def test_of_rows_too_heavy_to_hold_a_page_is_shown_and_said_to_be_cut(
    core: Core, queries: QueryService, sources: Sources, analyst: Principal, clock: Clock
) -> None:
    page = core.settings.query_rows
    sources.heavy_from = page + 1
    all_rows = query(sources, "SELECT a.ts FROM reading a, reading b", row_limit=2_000_000)

    first = await queries.run(analyst, all_rows)
    again = await queries.run(analyst, replace(all_rows, query_id=uuid4()))

    # 144 readings have 20,736 pairs.
    assert (first.frame.height, first.is_cut, first.row_limit) == (page, True, page)
    assert (first.total_rows, again.total_rows) == (20_736, 20_736)
    assert again.is_cached
    # The rows that cannot be held are asked for once, and not with every page that is turned.
    assert [ask.row_limit for ask in sources.fetched] == [2_000_000, page]

    # What was too heavy in a bad hour is not so for ever.
    sources.heavy_from = 3_000_000
    clock.now += timedelta(minutes=11)
    later = await queries.run(analyst, replace(all_rows, query_id=uuid4()))
    assert (later.frame.height, later.is_cut) == (20_736, False)


async def test_a_page_that_is_too_heavy_itself_is_refused(
    queries: QueryService, sources: Sources, analyst: Principal
) -> None:
    sources.heavy_from = 1

    with pytest.raises(GridlensError, match="too much memory"):
        await queries.run(analyst, query(sources, "SELECT * FROM reading", row_limit=2_000_000))
