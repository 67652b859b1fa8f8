"""Charts kept and drawn, on the three databases, with analytics stood in for on the real bus."""

from uuid import UUID, uuid4

import msgspec
import pytest

from gridlens.core.errors import Invalid, NotFound, Refused
from gridlens.core.module import Core
from gridlens.core.outbox import OutboxEvent
from gridlens.shared.analytics import QuestionDeleted, RunQuery, RunQuestion
from gridlens.shared.auth import UserErased
from gridlens.shared.time import Filter, Scope
from gridlens.shared.visualizations import (
    ChartDeleted,
    DescribeChart,
    DrawChart,
    DrawResult,
    Figure,
    Headline,
)
from gridlens.visualizations import connect
from gridlens.visualizations.errors import ChartChangedMeanwhile, ChartNotFound
from gridlens.visualizations.schemas import ChartChange, DrawOptions, NewChart, PreviewOrder
from gridlens.visualizations.services import ChartService
from gridlens.visualizations.spec import ChartKind, ChartSpec

pytestmark = pytest.mark.anyio
STEP = ChartSpec(kind=ChartKind.STEP, x="at", y=("load",))


def charts_on(core: Core, analytics) -> ChartService:
    analytics.answer_on(core)
    charts = connect(core)["charts"]
    assert isinstance(charts, ChartService)
    return charts


@pytest.fixture
def charts(core: Core, analytics) -> ChartService:
    return charts_on(core, analytics)


def new(analytics, name: str = "Load", spec: ChartSpec = STEP) -> NewChart:
    return NewChart(name=name, question_id=analytics.question_id, spec=spec)


async def told(core: Core) -> list[ChartDeleted]:
    """The deletions that wait in the outbox."""
    heard: list[ChartDeleted] = []

    @core.bus.on(ChartDeleted)
    async def hear(event: ChartDeleted) -> None:
        heard.append(event)

    await core.outbox.deliver_due()
    return heard


async def test_a_chart_is_kept_found_changed_and_deleted_on_every_database(every_core, analytics, analyst):
    charts = charts_on(every_core, analytics)
    spec = ChartSpec(kind=ChartKind.BAR, x="Köln ⚡", y=("a", "b"), arrangement="stacked", limit=7)

    made = await charts.create(analyst, new(analytics, "  Ørsted & Söhne 100 %  ", spec))
    assert (made.name, made.version, made.spec) == ("Ørsted & Söhne 100 %", 1, spec)
    assert made.owner_id == analyst.user_id
    assert await charts.get(analyst, made.chart_id) == made

    changed = await charts.change(analyst, made.chart_id, ChartChange(version=1, spec=STEP))
    assert (changed.version, changed.spec, changed.name) == (2, STEP, made.name)
    assert changed.updated_at >= made.updated_at

    with pytest.raises(ChartChangedMeanwhile) as refusal:
        await charts.change(analyst, made.chart_id, ChartChange(version=1, name="Late"))
    assert refusal.value.extra == {"version": 2}
    assert (await charts.get(analyst, made.chart_id)).name == made.name

    await charts.delete(analyst, made.chart_id)
    with pytest.raises(ChartNotFound):
        await charts.get(analyst, made.chart_id)
    assert [event.chart_id for event in await told(every_core)] == [made.chart_id]


async def test_charts_are_listed_by_name_and_found_by_their_words(charts, analytics, analyst):
    for name in ("Zebra load", "Day-ahead price", "load 100%", "Load of site_1"):
        await charts.create(analyst, new(analytics, name))

    assert [chart.name for chart in await charts.list_charts(analyst, words="LOAD")] == [
        "Load of site_1",
        "Zebra load",
        "load 100%",
    ]
    assert [chart.name for chart in await charts.list_charts(analyst, words="0% load")] == ["load 100%"]
    assert [chart.name for chart in await charts.list_charts(analyst, words="e_1")] == ["Load of site_1"]
    assert len(await charts.list_charts(analyst, question_id=analytics.question_id)) == 4
    assert await charts.list_charts(analyst, question_id=uuid4()) == []


async def test_another_organisations_chart_does_not_exist(charts, core, analytics, analyst, admin):
    from msgspec.structs import replace

    stranger = replace(admin, organisation_id=uuid4())
    made = await charts.create(analyst, new(analytics))

    assert await charts.list_charts(stranger) == []
    for attempt in (
        charts.get(stranger, made.chart_id),
        charts.draw(stranger, made.chart_id, DrawOptions()),
        charts.change(stranger, made.chart_id, ChartChange(version=1, name="Mine")),
        charts.delete(stranger, made.chart_id),
        core.bus.request(DescribeChart(principal=stranger, chart_id=made.chart_id)),
    ):
        with pytest.raises(ChartNotFound):
            await attempt
    assert (await charts.get(analyst, made.chart_id)).name == "Load"


async def test_a_chart_is_as_visible_as_its_question(charts, core, analytics, analyst, viewer):
    made = await charts.create(analyst, new(analytics))
    analytics.not_shared_with.add(viewer.user_id)

    assert await charts.list_charts(viewer) == []
    for attempt in (
        charts.get(viewer, made.chart_id),
        charts.draw(viewer, made.chart_id, DrawOptions()),
        core.bus.request(DescribeChart(principal=viewer, chart_id=made.chart_id)),
    ):
        with pytest.raises(ChartNotFound):
            await attempt
    analytics.not_shared_with.clear()
    assert [each.chart_id for each in await charts.list_charts(viewer)] == [made.chart_id]


async def test_a_colleague_changes_no_chart_of_somebody_else(charts, analytics, analyst, admin):
    made = await charts.create(analyst, new(analytics))
    colleague = msgspec.structs.replace(analyst, user_id=uuid4())

    assert (made.can_edit, (await charts.get(colleague, made.chart_id)).can_edit) == (True, False)
    for attempt in (
        charts.change(colleague, made.chart_id, ChartChange(version=1, name="Mine")),
        charts.delete(colleague, made.chart_id),
    ):
        with pytest.raises(Refused, match="Save one of your own"):
            await attempt
    assert (await charts.change(admin, made.chart_id, ChartChange(version=1, name="Ours"))).name == "Ours"


async def test_a_viewer_may_look_and_not_touch(charts, analytics, analyst, viewer):
    made = await charts.create(analyst, new(analytics))

    assert (await charts.get(viewer, made.chart_id)).name == "Load"
    assert (await charts.draw(viewer, made.chart_id, DrawOptions())).title == "Load"
    for attempt in (
        charts.create(viewer, new(analytics)),
        charts.change(viewer, made.chart_id, ChartChange(version=1, name="Mine")),
        charts.delete(viewer, made.chart_id),
        charts.preview(viewer, PreviewOrder(source_id=uuid4(), sql="SELECT 1")),
    ):
        with pytest.raises(Refused):
            await attempt


async def test_a_token_without_any_reading_right_sees_no_chart(charts, analytics, analyst):
    from msgspec.structs import replace

    made = await charts.create(analyst, new(analytics))
    bare = replace(analyst, permissions=frozenset())

    for attempt in (
        charts.list_charts(bare),
        charts.get(bare, made.chart_id),
        charts.draw(bare, made.chart_id, DrawOptions()),
        charts.preview(bare, PreviewOrder(question_id=analytics.question_id)),
    ):
        with pytest.raises(Refused):
            await attempt


async def test_a_chart_needs_a_question_that_exists(charts, analyst, analytics):
    with pytest.raises(NotFound, match="no such question"):
        await charts.create(analyst, NewChart(name="Load", question_id=uuid4(), spec=STEP))
    made = await charts.create(analyst, new(analytics))
    with pytest.raises(NotFound, match="no such question"):
        await charts.change(analyst, made.chart_id, ChartChange(version=1, question_id=uuid4()))


async def test_a_chart_is_drawn_as_whoever_looks_in_their_scope(charts, core, analytics, analyst, viewer):
    made = await charts.create(analyst, new(analytics))
    scope = Scope(filters=(Filter(column="site", values=("A",)),))

    drawn = await core.bus.request(
        DrawChart(principal=viewer, chart_id=made.chart_id, scope=scope, theme="dark", is_fresh=True)
    )

    assert analytics.asked == [
        RunQuestion(
            principal=viewer,
            question_id=analytics.question_id,
            scope=scope,
            is_fresh=True,
            row_limit=core.settings.chart_rows,
        )
    ]
    assert (drawn.title, drawn.kind) == ("Load", "step")
    assert isinstance(drawn.content, Figure)
    assert b"#15181B" in bytes(drawn.content.plotly)
    assert drawn.provenance.source_name == "metering"


async def test_a_chart_describes_itself(charts, core, analytics, analyst, viewer):
    made = await charts.create(analyst, new(analytics))

    described = await core.bus.request(DescribeChart(principal=viewer, chart_id=made.chart_id))

    assert (described.name, described.kind, described.question_id) == ("Load", "step", analytics.question_id)


async def test_rows_at_hand_are_drawn_the_recommended_way(charts, core, analytics):
    drawn = await core.bus.request(DrawResult(title="Yesterday", result=analytics.result))

    assert (drawn.title, drawn.kind) == ("Yesterday", "step")


async def test_a_preview_without_a_spec_draws_the_best_one_and_offers_others(charts, analytics, analyst):
    preview = await charts.preview(
        analyst, PreviewOrder(source_id=UUID(int=1), sql="SELECT at, load FROM t", row_limit=50)
    )

    assert preview.spec == ChartSpec(kind=ChartKind.STEP, x="at", y=("load",))
    assert preview.chart.kind == "step"
    assert preview.suggestions[0].spec == preview.spec
    assert len(preview.suggestions) > 2
    assert analytics.asked == [
        RunQuery(principal=analyst, source_id=UUID(int=1), sql="SELECT at, load FROM t", row_limit=50)
    ]


async def test_a_preview_fills_in_what_the_spec_leaves_open(charts, analytics, viewer):
    preview = await charts.preview(
        viewer,
        PreviewOrder(question_id=analytics.question_id, spec=ChartSpec(kind=ChartKind.VALUE), title="Mean"),
    )

    assert preview.spec == ChartSpec(kind=ChartKind.VALUE, x="at", y=("load",))
    assert isinstance(preview.chart.content, Headline)
    # The mean of 1 to 24 MW.
    assert preview.chart.content.value == 12.5


@pytest.mark.parametrize(
    "order",
    [
        PreviewOrder(),
        PreviewOrder(sql="SELECT 1"),
        PreviewOrder(source_id=UUID(int=1)),
        PreviewOrder(question_id=UUID(int=1), source_id=UUID(int=1), sql="SELECT 1"),
    ],
)
async def test_a_preview_has_exactly_one_origin(charts, analyst, order):
    with pytest.raises(Invalid, match="either questionId, or sourceId together with sql"):
        await charts.preview(analyst, order)


async def test_charts_of_a_deleted_question_go_once_and_say_so(every_core, analytics, analyst):
    charts = charts_on(every_core, analytics)
    first, second = [await charts.create(analyst, new(analytics, name)) for name in ("A", "B")]
    event = QuestionDeleted(organisation_id=analyst.organisation_id, question_id=analytics.question_id)

    assert await every_core.bus.publish(event) == []
    assert await every_core.bus.publish(event) == []

    assert await charts.list_charts(analyst) == []
    assert {event.chart_id for event in await told(every_core)} == {first.chart_id, second.chart_id}


async def test_a_question_deleted_elsewhere_leaves_our_charts(charts, core, analytics, analyst):
    await charts.create(analyst, new(analytics))

    await core.bus.publish(QuestionDeleted(organisation_id=uuid4(), question_id=analytics.question_id))

    assert len(await charts.list_charts(analyst)) == 1


async def test_charts_of_an_erased_user_pass_to_the_heir(charts, core, analytics, analyst, admin):
    made = await charts.create(analyst, new(analytics))

    await core.bus.publish(
        UserErased(organisation_id=analyst.organisation_id, user_id=analyst.user_id, heir_id=admin.user_id)
    )

    assert (await charts.get(admin, made.chart_id)).owner_id == admin.user_id


async def test_nothing_is_told_of_a_deletion_that_did_not_happen(charts, core, analyst):
    from sqlalchemy import func, select

    with pytest.raises(ChartNotFound):
        await charts.delete(analyst, uuid4())

    async with core.database.transaction() as session:
        assert await session.scalar(select(func.count()).select_from(OutboxEvent)) == 0


@pytest.mark.parametrize(
    ("kind", "grain"), [(ChartKind.LINE, "day"), (ChartKind.VALUE, None), (ChartKind.HEAT_MAP, None)]
)
async def test_a_grain_is_for_what_is_drawn_along_time(charts, analytics, analyst, kind, grain):
    made = await charts.create(analyst, new(analytics, spec=ChartSpec(kind=kind)))

    await charts.draw(analyst, made.chart_id, DrawOptions(scope=Scope(grain="day")))

    assert analytics.asked[-1].scope.grain == grain
