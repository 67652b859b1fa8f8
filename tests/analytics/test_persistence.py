"""Questions and history keep what they are given, on SQLite, PostgreSQL and MariaDB alike."""

import asyncio
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from tests.analytics.conftest import Clock, Sources

from gridlens.analytics.ask.plan import Aggregate, ColumnRef, QueryPlan
from gridlens.analytics.errors import QuestionChanged
from gridlens.analytics.parameters import Parameter
from gridlens.analytics.plans import Plans
from gridlens.analytics.questions.schemas import NewQuestion, QuestionChange
from gridlens.analytics.questions.service import QuestionService
from gridlens.analytics.running.history import History, Run
from gridlens.analytics.running.service import QueryService
from gridlens.core.module import Core
from gridlens.core.principal import Principal

pytestmark = pytest.mark.anyio


@pytest.fixture
def anywhere(
    every_core: Core, energy_file: Path, analyst: Principal, admin: Principal
) -> tuple[QuestionService, Sources]:
    sources = Sources(every_core, energy_file, (analyst, admin))
    clock = Clock()
    queries = QueryService(every_core.settings, every_core.bus, History(every_core.database), clock)
    service = QuestionService(
        every_core.database, every_core.bus, every_core.outbox, queries, Plans(clock), 1_000
    )
    return service, sources


async def test_a_question_survives_with_everything_in_it(
    anywhere: tuple[QuestionService, Sources], analyst: Principal
) -> None:
    service, sources = anywhere
    parameters = (
        Parameter(name="city", type="list", default=("Köln", "☃"), label="Städte"),
        Parameter(name="least", type="number", is_optional=True),
    )
    sql = "SELECT name FROM site WHERE city IN (:city) OR area_m2 > :least -- " + "ä" * 20_000
    new = NewQuestion(
        name="Größe 🔌",
        description="d" * 5_000,
        words="wie groß?",
        source_id=sources.source_id,
        sql=sql,
        parameters=parameters,
    )

    saved = await service.create(analyst, new)
    found = await service.get(analyst, saved.question_id)

    assert (found.name, found.description, found.words) == (new.name, new.description, new.words)
    assert (found.sql, found.parameters, found.plan) == (sql, parameters, None)
    assert found.created_at.tzinfo is not None
    assert [each.question_id for each in await service.list_all(analyst, words="GRÖSSE ☃")] == []
    assert [each.question_id for each in await service.list_all(analyst, words="GRÖSSE")] == [
        saved.question_id
    ]
    assert [each.question_id for each in await service.list_all(analyst, words="wie")] == [saved.question_id]


async def test_a_plan_survives_and_gives_way_to_sql(
    anywhere: tuple[QuestionService, Sources], analyst: Principal
) -> None:
    service, sources = anywhere
    measure = Aggregate(function="sum", column=ColumnRef(table="reading", column="kwh"), name="energy")
    plan = QueryPlan(measures=(measure,))
    saved = await service.create(analyst, NewQuestion(name="Energy", source_id=sources.source_id, plan=plan))

    assert (await service.get(analyst, saved.question_id)).plan == plan
    await service.change(
        analyst, saved.question_id, QuestionChange(version=1, name="Energy", sql="SELECT 1 AS one")
    )

    found = await service.get(analyst, saved.question_id)
    assert (found.sql, found.plan, found.version) == ("SELECT 1 AS one", None, 2)


async def test_of_two_editors_at_the_same_moment_one_wins(
    anywhere: tuple[QuestionService, Sources], analyst: Principal, admin: Principal
) -> None:
    service, sources = anywhere
    saved = await service.create(
        analyst, NewQuestion(name="Sites", source_id=sources.source_id, sql="SELECT name FROM site")
    )

    outcomes = await asyncio.gather(
        *(
            service.change(
                who, saved.question_id, QuestionChange(version=1, name=name, sql="SELECT 1 AS one")
            )
            for who, name in ((analyst, "First"), (admin, "Second"))
        ),
        return_exceptions=True,
    )

    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["QuestionChanged", "QuestionDetail"]
    assert any(isinstance(outcome, QuestionChanged) for outcome in outcomes)
    assert (await service.get(analyst, saved.question_id)).version == 2


async def test_history_keeps_order_to_the_microsecond_and_pages_through_it(every_core: Core) -> None:
    history, organisation_id, user_id = History(every_core.database), uuid4(), uuid4()
    began = datetime(2025, 4, 1, 8, 0, 0, 123456, tzinfo=UTC)
    for number in range(7):
        history.note(
            Run(
                id=uuid4(),
                organisation_id=organisation_id,
                user_id=user_id,
                source_id=uuid4(),
                question_id=None,
                door="sql",
                sql=f"SELECT {number}",
                status="failed" if number % 2 else "succeeded",
                error="It failed: Ü" if number % 2 else None,
                started_at=began + timedelta(microseconds=number),
                elapsed_ms=1.5,
                engine_ms=0.5,
                row_count=number,
            )
        )

    first = await history.page(organisation_id, user_id=user_id, limit=3)
    rest = await history.page(organisation_id, before=first[-1].id, limit=10)

    assert [run.sql for run in (*first, *rest)] == [f"SELECT {number}" for number in range(6, -1, -1)]
    assert first[0].started_at == began + timedelta(microseconds=6)
    assert [run.error for run in await history.page(organisation_id, status="failed", limit=1)] == [
        "It failed: Ü"
    ]
