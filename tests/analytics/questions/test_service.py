"""Saved questions: kept once they can be answered, changed by one editor at a time, brought back."""

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import msgspec
import pytest
from sqlalchemy import select
from tests.analytics.conftest import Clock, Sources, with_role

from gridlens.analytics.ask.errors import PlanRefused
from gridlens.analytics.ask.plan import Aggregate, ColumnRef, Dimension, Last, QueryPlan, TimeScope
from gridlens.analytics.errors import (
    InvalidParameters,
    InvalidQuestion,
    QueryRefused,
    QuestionChanged,
    QuestionNotFound,
    TooOldToRestore,
)
from gridlens.analytics.models import Question
from gridlens.analytics.parameters import Parameter
from gridlens.analytics.questions.schemas import NewQuestion, QuestionChange, QuestionDetail
from gridlens.analytics.questions.service import QuestionService
from gridlens.analytics.questions.sharing import QuestionSharing
from gridlens.core.errors import NotFound, Refused
from gridlens.core.module import Core
from gridlens.core.outbox import OutboxEvent
from gridlens.core.principal import Principal
from gridlens.shared.permissions import Role
from gridlens.shared.results import Kind
from gridlens.shared.time import Filter, Scope, TimeRange

pytestmark = pytest.mark.anyio

KWH = ColumnRef(table="reading", column="kwh")
BY_SITE = QueryPlan(
    measures=(Aggregate(function="sum", column=KWH, name="kwh", unit="kWh"),),
    dimensions=(Dimension(column=ColumnRef(table="site", column="name"), name="site"),),
)


def new(sources: Sources, **changes: object) -> NewQuestion:
    given: dict[str, object] = {
        "name": "Sites",
        "source_id": sources.source_id,
        "sql": "SELECT name, city FROM site ORDER BY name",
    }
    return NewQuestion(**(given | changes))  # type: ignore[arg-type]


def changed(question: QuestionDetail, **changes: object) -> QuestionChange:
    given: dict[str, object] = {"version": question.version, "name": question.name, "sql": question.sql}
    return QuestionChange(**(given | changes))  # type: ignore[arg-type]


def berlin_day(day: int, days: int = 1) -> Scope:
    start = datetime(2025, 3, day - 1, 23, tzinfo=UTC)
    # The night to the 30th loses an hour in Berlin.
    hours = 24 * days - (1 if day <= 30 < day + days else 0)
    return Scope(time_range=TimeRange(start=start, end=start + timedelta(hours=hours), zone="Europe/Berlin"))


async def test_a_saved_question_is_read_as_it_was_written(
    questions: QuestionService,
    sharing: QuestionSharing,
    sources: Sources,
    analyst: Principal,
    viewer: Principal,
) -> None:
    saved = await questions.create(
        analyst, new(sources, name="  Sites ", description="All of them", words="which sites are there?")
    )
    await sharing.share(analyst, saved.question_id, with_role(Role.VIEWER))

    found = await questions.get(viewer, saved.question_id)

    assert (found.name, found.description, found.words) == ("Sites", "All of them", "which sites are there?")
    assert (found.kind, found.sql, found.plan) == ("sql", "SELECT name, city FROM site ORDER BY name", None)
    assert (found.source_name, found.version) == ("metering", 1)
    assert found.owner is not None
    assert found.owner.name == analyst.name
    assert (saved.access, found.access) == ("own", "view")


async def test_a_plan_is_kept_as_a_plan(
    questions: QuestionService, sources: Sources, analyst: Principal
) -> None:
    saved = await questions.create(analyst, new(sources, sql=None, plan=BY_SITE))

    assert (await questions.get(analyst, saved.question_id)).plan == BY_SITE


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"sql": "DELETE FROM site"}, QueryRefused),
        ({"sql": "SELECT * FROM payroll"}, QueryRefused),
        ({"sql": "SELECT :city"}, QueryRefused),
        ({"sql": None}, InvalidQuestion),
        ({"plan": BY_SITE}, InvalidQuestion),
        ({"sql": None, "plan": BY_SITE, "parameters": (Parameter(name="x"),)}, InvalidQuestion),
        ({"parameters": (Parameter(name="x"), Parameter(name="X"))}, InvalidQuestion),
        ({"parameters": (Parameter(name="x", type="number", default="many"),)}, InvalidParameters),
        (
            {
                "sql": None,
                "plan": QueryPlan(
                    measures=(
                        Aggregate(function="sum", column=ColumnRef(table="reading", column="gone"), name="x"),
                    )
                ),
            },
            PlanRefused,
        ),
        ({"source_id": uuid4()}, NotFound),
    ],
)
async def test_what_could_never_be_answered_is_not_saved(
    questions: QuestionService,
    sources: Sources,
    analyst: Principal,
    changes: dict[str, object],
    refusal: type[Exception],
) -> None:
    with pytest.raises(refusal):
        await questions.create(analyst, new(sources, **changes))

    assert await questions.list_all(analyst) == []


async def test_viewers_read_and_run_what_is_shared_but_do_not_write(
    questions: QuestionService,
    sharing: QuestionSharing,
    sources: Sources,
    analyst: Principal,
    viewer: Principal,
) -> None:
    saved = await questions.create(analyst, new(sources))
    # Their role bounds what a share can give.
    await sharing.share(analyst, saved.question_id, with_role(Role.VIEWER, "edit"))

    assert (await questions.run(viewer, saved.question_id)).frame.height == 3
    with pytest.raises(Refused):
        await questions.create(viewer, new(sources))
    with pytest.raises(Refused):
        await questions.delete(viewer, saved.question_id)


async def test_only_its_owner_and_administrators_change_a_question(
    questions: QuestionService,
    sharing: QuestionSharing,
    sources: Sources,
    analyst: Principal,
    admin: Principal,
) -> None:
    saved = await questions.create(analyst, new(sources))
    await sharing.share(analyst, saved.question_id, with_role(Role.ANALYST))
    colleague = msgspec.structs.replace(analyst, user_id=uuid4())

    with pytest.raises(Refused, match="save a copy"):
        await questions.change(colleague, saved.question_id, changed(saved, name="Mine"))

    assert (await questions.change(admin, saved.question_id, changed(saved, name="Ours"))).name == "Ours"


async def test_another_organisation_sees_nothing_of_it(
    questions: QuestionService, sources: Sources, analyst: Principal
) -> None:
    saved = await questions.create(analyst, new(sources))
    stranger = msgspec.structs.replace(analyst, organisation_id=uuid4())

    assert await questions.list_all(stranger) == []
    for work in (questions.get, questions.run, questions.delete, questions.describe, questions.restore):
        with pytest.raises(QuestionNotFound):
            await work(stranger, saved.question_id)  # type: ignore[operator]


async def test_of_two_editors_the_second_is_told(
    questions: QuestionService, sources: Sources, analyst: Principal, admin: Principal
) -> None:
    saved = await questions.create(analyst, new(sources))
    first = await questions.change(analyst, saved.question_id, changed(saved, name="First"))

    with pytest.raises(QuestionChanged) as conflict:
        await questions.change(admin, saved.question_id, changed(saved, name="Second"))

    assert conflict.value.extra == {"version": 2}
    assert first.version == 2
    assert (await questions.get(analyst, saved.question_id)).name == "First"


async def test_a_plan_can_become_sql_and_sql_a_plan(
    questions: QuestionService, sources: Sources, analyst: Principal
) -> None:
    saved = await questions.create(analyst, new(sources, sql=None, plan=BY_SITE))

    as_sql = await questions.change(analyst, saved.question_id, changed(saved, sql="SELECT 1 AS one"))
    as_plan = await questions.change(analyst, saved.question_id, changed(as_sql, sql=None, plan=BY_SITE))

    assert (as_sql.kind, as_sql.plan) == ("sql", None)
    assert (await questions.get(analyst, saved.question_id)).plan == as_plan.plan == BY_SITE


async def test_questions_are_found_by_words_source_and_owner(
    questions: QuestionService,
    sharing: QuestionSharing,
    sources: Sources,
    analyst: Principal,
    admin: Principal,
) -> None:
    await questions.create(analyst, new(sources, name="Peak load", description="of every meter"))
    shared = await questions.create(admin, new(sources, name="100% renewable_hours"))
    await sharing.share(admin, shared.question_id, with_role(Role.ANALYST))

    async def names(**how: object) -> list[str]:
        return [each.name for each in await questions.list_all(analyst, **how)]  # type: ignore[arg-type]

    assert await names() == ["100% renewable_hours", "Peak load"]
    assert await names(words="LOAD meter") == ["Peak load"]
    assert await names(words="0%") == ["100% renewable_hours"]
    assert await names(words="w_l") == []
    assert await names(which="mine") == ["Peak load"]
    assert await names(source_id=uuid4()) == []


async def test_a_deleted_question_is_gone_until_it_is_brought_back(
    questions: QuestionService, sources: Sources, analyst: Principal, core: Core
) -> None:
    saved = await questions.create(analyst, new(sources))
    await questions.delete(analyst, saved.question_id)

    assert await questions.list_all(analyst) == []
    assert [each.name for each in await questions.list_all(analyst, which="deleted")] == ["Sites"]
    with pytest.raises(QuestionNotFound):
        await questions.run(analyst, saved.question_id)

    back = await questions.restore(analyst, saved.question_id)

    assert back.deleted_at is None
    assert (await questions.run(analyst, saved.question_id)).frame.height == 3
    async with core.database.transaction() as session:
        told = [row.payload for row in await session.scalars(select(OutboxEvent).order_by(OutboxEvent.id))]
    audited = [msgspec.json.decode(payload) for payload in told if '"auth.action_audited"' in payload]
    assert [(each["action"], each["subject"]) for each in audited] == [
        (f"question.{action}", f"question:{saved.question_id}")
        for action in ("created", "deleted", "restored")
    ]
    events = [msgspec.json.decode(payload)["event"] for payload in told]
    assert [each for each in events if each.startswith("analytics.")] == [
        "analytics.question_deleted",
        "analytics.question_restored",
    ]


async def test_after_thirty_days_a_deleted_question_is_gone_for_good(
    questions: QuestionService, sources: Sources, analyst: Principal, core: Core
) -> None:
    saved = await questions.create(analyst, new(sources))
    await questions.delete(analyst, saved.question_id)
    async with core.database.transaction() as session:
        row = await session.get(Question, saved.question_id)
        assert row is not None
        row.deleted_at = datetime(2025, 1, 1, tzinfo=UTC)

    with pytest.raises(TooOldToRestore):
        await questions.restore(analyst, saved.question_id)
    await questions.purge()

    async with core.database.transaction() as session:
        assert await session.get(Question, saved.question_id) is None


async def test_a_plan_is_answered_with_its_own_units_and_names(
    questions: QuestionService, sources: Sources, analyst: Principal
) -> None:
    plan = msgspec.structs.replace(
        BY_SITE, measures=(Aggregate(function="sum", column=KWH, name="energy", unit="MWh"),)
    )
    saved = await questions.create(analyst, new(sources, sql=None, plan=plan))

    result = await questions.run(analyst, saved.question_id)

    assert [(column.name, column.unit) for column in result.columns] == [("site", None), ("energy", "MWh")]
    # Meters 10 and 11: 48 hours of (hour % 24) / 2 kWh over 1.0 and 1.1 kWh make 2 * 276 + 48 * 2.1 kWh.
    energies = dict(result.frame.iter_rows())
    assert energies["Harbour Campus"] == pytest.approx((2 * 276 + 48 * 2.1) / 1000)


async def test_a_time_range_replaces_the_span_of_a_plan(
    questions: QuestionService, sources: Sources, analyst: Principal
) -> None:
    plan = msgspec.structs.replace(
        BY_SITE,
        dimensions=(),
        time=TimeScope(column=ColumnRef(table="reading", column="ts"), span=Last(unit="month")),
    )
    saved = await questions.create(analyst, new(sources, sql=None, plan=plan))

    day = await questions.run(analyst, saved.question_id, scope=berlin_day(30))
    sql = sources.fetched[-1].sql

    # 2025-03-30 has 23 hours in Berlin: from 23:00 UTC of the 29th to 22:00 UTC.
    hours = [23, *range(22)]
    expected = sum(3 * hour * 0.5 + 1.0 + 1.1 + 2.0 for hour in hours)
    assert day.frame.item() == pytest.approx(expected)
    assert day.notes == ()
    assert "2025-03-29 23:00:00+00:00" in sql
    assert "2025-03-30 22:00:00+00:00" in sql


async def test_a_grain_groups_a_plan_anew(
    questions: QuestionService, sources: Sources, analyst: Principal
) -> None:
    ts = ColumnRef(table="reading", column="ts")
    plan = QueryPlan(
        measures=(Aggregate(function="sum", column=ColumnRef(table="reading", column="kwh"), name="kwh"),),
        dimensions=(Dimension(column=ts, name="hour", grain="hour"),),
    )
    saved = await questions.create(analyst, NewQuestion(name="Load", source_id=sources.source_id, plan=plan))

    hours = await questions.run(analyst, saved.question_id)
    days = await questions.run(analyst, saved.question_id, scope=Scope(grain="day"))
    finer = await questions.run(analyst, saved.question_id, scope=Scope(grain="minute15"))

    # Forty-eight hours of UTC touch three days in Berlin, and the sum stays what it was.
    assert (hours.frame.height, days.frame.height) == (48, 3)
    assert days.frame["kwh"].sum() == pytest.approx(hours.frame["kwh"].sum())
    assert days.columns[0].kind is Kind.DATE
    assert finer.frame.height == 48
    assert finer.notes == ("The grain is not applied: the readings are no finer than 1 hour.",)


async def test_sql_keeps_its_own_grain_and_says_so(
    questions: QuestionService, sources: Sources, analyst: Principal
) -> None:
    def new(sql: str) -> NewQuestion:
        return NewQuestion(name="Load", source_id=sources.source_id, sql=sql)

    series = await questions.create(analyst, new("SELECT ts, sum(kwh) AS kwh FROM reading GROUP BY ts"))
    total = await questions.create(analyst, new("SELECT sum(kwh) AS kwh FROM reading"))

    assert (await questions.run(analyst, series.question_id, scope=Scope(grain="day"))).notes == (
        "The grain is not applied: this chart is built from SQL, which groups its times itself.",
    )
    assert (await questions.run(analyst, total.question_id, scope=Scope(grain="day"))).notes == ()


async def test_a_plan_without_time_gets_the_time_column_of_its_table(
    questions: QuestionService, sources: Sources, analyst: Principal
) -> None:
    saved = await questions.create(analyst, new(sources, sql=None, plan=BY_SITE))

    whole = await questions.run(analyst, saved.question_id)
    part = await questions.run(analyst, saved.question_id, scope=berlin_day(30))

    assert part.frame.get_column("kwh").sum() < whole.frame.get_column("kwh").sum()


async def test_a_range_within_days_widens_a_plan_to_whole_days_and_says_so(
    questions: QuestionService, sources: Sources, analyst: Principal
) -> None:
    saved = await questions.create(analyst, new(sources, sql=None, plan=BY_SITE))
    morning = Scope(
        time_range=TimeRange(
            start=datetime(2025, 3, 30, 4, tzinfo=UTC),
            end=datetime(2025, 3, 30, 10, tzinfo=UTC),
            zone="Europe/Berlin",
        )
    )

    widened = await questions.run(analyst, saved.question_id, scope=morning)
    whole_day = await questions.run(analyst, saved.question_id, scope=berlin_day(30))

    assert widened.notes == ("The time range is widened to whole days in Europe/Berlin.",)
    assert widened.frame.equals(whole_day.frame)


async def test_filters_narrow_a_plan_by_columns_of_its_tables_and_their_parents(
    questions: QuestionService, sources: Sources, analyst: Principal
) -> None:
    saved = await questions.create(analyst, new(sources, sql=None, plan=BY_SITE))

    async def sites(*filters: Filter) -> list[str]:
        result = await questions.run(analyst, saved.question_id, scope=Scope(filters=filters))
        return sorted(result.frame.get_column("site").to_list())

    assert await sites(Filter(column="site", values=("Weir House",))) == ["Weir House"]
    assert await sites(Filter(column="City", values=("Hamburg", None))) == ["Harbour Campus"]
    assert await sites(Filter(column="label", values=("PV",))) == ["Harbour Campus"]
    assert await sites(Filter(column="city", values=("Hamburg",), operator="not_in")) == ["Weir House"]
    assert await sites(Filter(column="city", values=())) == []


async def test_a_filter_on_an_unknown_column_is_noted_and_ignored(
    questions: QuestionService, sources: Sources, analyst: Principal
) -> None:
    saved = await questions.create(analyst, new(sources, sql=None, plan=BY_SITE))
    scope = Scope(filters=(Filter(column="tariff", values=("day",)),))

    result = await questions.run(analyst, saved.question_id, scope=scope)

    assert result.frame.height == 2
    assert len(result.notes) == 1
    assert "“tariff” is not applied" in result.notes[0]


SINCE = "SELECT count(*) AS hours FROM price WHERE ts >= :from AND ts < :to"
RANGE = (
    Parameter(name="from", type="timestamp", default="2025-01-01T00:00Z"),
    Parameter(name="to", type="timestamp", default="2026-01-01T00:00Z"),
)


async def test_a_time_range_fills_the_parameters_from_and_to(
    questions: QuestionService, sources: Sources, analyst: Principal
) -> None:
    saved = await questions.create(analyst, new(sources, sql=SINCE, parameters=RANGE))

    whole = await questions.run(analyst, saved.question_id)
    day = await questions.run(analyst, saved.question_id, scope=berlin_day(30))

    assert whole.frame.item() == 48
    assert day.frame.item() == 23
    assert day.notes == ()


async def test_a_time_range_fills_parameters_that_are_dates_with_local_days(
    questions: QuestionService, sources: Sources, analyst: Principal
) -> None:
    days = tuple(msgspec.structs.replace(each, type="date", default="2025-03-01") for each in RANGE)
    sql = "SELECT :from AS first, :to AS last"
    saved = await questions.create(analyst, new(sources, sql=sql, parameters=days))

    result = await questions.run(analyst, saved.question_id, scope=berlin_day(30))

    assert result.frame.row(0) == (date(2025, 3, 30), date(2025, 3, 31))


async def test_filters_fill_parameters_of_their_name(
    questions: QuestionService, sources: Sources, analyst: Principal
) -> None:
    sql = "SELECT name FROM site WHERE city IN (:city) ORDER BY name"
    parameters = (Parameter(name="city", type="list", is_optional=True),)
    saved = await questions.create(analyst, new(sources, sql=sql, parameters=parameters))
    cities = Scope(filters=(Filter(column="city", values=("Köln", "Hamburg")),))

    assert (await questions.run(analyst, saved.question_id)).frame.height == 3
    result = await questions.run(analyst, saved.question_id, scope=cities)

    assert result.frame.get_column("name").to_list() == ["Harbour Campus", "Weir House"]
    assert result.notes == ()


async def test_what_no_parameter_takes_narrows_the_result_or_is_noted(
    questions: QuestionService, sources: Sources, analyst: Principal
) -> None:
    saved = await questions.create(analyst, new(sources))
    scope = Scope(
        time_range=berlin_day(30).time_range,
        filters=(Filter(column="city", values=("Köln",)), Filter(column="meter", values=(1,))),
    )

    result = await questions.run(analyst, saved.question_id, scope=scope)

    assert result.frame.get_column("name").to_list() == ["Weir House"]
    assert len(result.notes) == 2


async def test_values_given_for_a_run_are_checked(
    questions: QuestionService, sources: Sources, analyst: Principal
) -> None:
    sql = "SELECT name FROM site WHERE area_m2 > :least ORDER BY name"
    saved = await questions.create(
        analyst, new(sources, sql=sql, parameters=(Parameter(name="least", type="number"),))
    )

    result = await questions.run(analyst, saved.question_id, values={"least": 1_000})

    assert result.frame.get_column("name").to_list() == ["Harbour Campus"]
    with pytest.raises(InvalidParameters):
        await questions.run(analyst, saved.question_id)
    with pytest.raises(InvalidParameters):
        await questions.run(analyst, saved.question_id, values={"least": "0; DROP TABLE site"})


async def test_relative_spans_move_on_with_the_days(
    questions: QuestionService, sources: Sources, analyst: Principal, clock: Clock
) -> None:
    plan = msgspec.structs.replace(
        BY_SITE, time=TimeScope(column=ColumnRef(table="reading", column="ts"), span=Last(unit="day"))
    )
    saved = await questions.create(analyst, new(sources, sql=None, plan=plan))

    before = (await questions.describe(analyst, saved.question_id)).sql
    clock.now += timedelta(days=1)

    assert (await questions.describe(analyst, saved.question_id)).sql != before


async def test_a_source_that_is_gone_is_named_as_the_reason(
    questions: QuestionService, sources: Sources, analyst: Principal
) -> None:
    saved = await questions.create(analyst, new(sources))
    sources.description = msgspec.structs.replace(sources.description, source_id=uuid4())

    with pytest.raises(NotFound, match="data source does not exist"):
        await questions.run(analyst, saved.question_id)
    assert (await questions.get(analyst, saved.question_id)).sql == saved.sql
