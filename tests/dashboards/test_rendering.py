"""Every widget by itself: in parallel, once a chart, with its own error, with the viewer's rights."""

import asyncio
from contextlib import aclosing
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import msgspec
import pytest

from gridlens.core.errors import NotFound, Unavailable
from gridlens.core.principal import Principal
from gridlens.dashboards.errors import MayNotEdit
from gridlens.dashboards.layout import ChartWidget, FilterSlot, Layout, TextWidget
from gridlens.dashboards.periods import Between, Days, Relative
from gridlens.dashboards.rendering import OUR_MISTAKE, PARALLEL
from gridlens.dashboards.schemas import (
    CourseOrder,
    DraftSave,
    NewDashboard,
    RenderOptions,
    ScopeChoice,
)
from gridlens.shared.dashboards import RenderDashboard, RenderedWidget
from gridlens.shared.permissions import Role
from gridlens.shared.sharing import Shares, ShareWithRole
from gridlens.shared.time import Filter, Scope, TimeRange
from gridlens.shared.visualizations import ChartDeleted, DrawChart

pytestmark = pytest.mark.anyio


def chart(x: int, y: int, chart_id=None, title: str = "") -> ChartWidget:
    return ChartWidget(
        widget_id=uuid4(), title=title, x=x, y=y, width=3, height=2, chart_id=chart_id or uuid4()
    )


async def drawn(room, who: Principal, dashboard_id, options: RenderOptions | None = None):
    rendering = await room.renderer.prepare(who, dashboard_id, options or RenderOptions())
    return [widget async for widget in room.renderer.draw(rendering)]


async def test_equal_charts_are_asked_once_and_shown_in_every_widget(room, analyst: Principal) -> None:
    same = uuid4()
    layout = Layout(widgets=(chart(0, 0, same), chart(3, 0, same, title="Again"), chart(6, 0)))
    made = await room.dashboards.create(analyst, NewDashboard(name="Load", layout=layout))

    widgets = await drawn(room, analyst, made.dashboard_id)

    assert len(room.neighbours.drawn) == 2
    assert sorted(each.title for each in widgets) == ["Again", "Load", "Load"]
    assert all(each.chart is not None for each in widgets)


async def seen(room, who: Principal, dashboard_id) -> list[RenderedWidget]:
    """What somebody sees who is looking, one after another."""
    rendering = await room.renderer.prepare(who, dashboard_id, RenderOptions())
    return [widget async for widget in room.renderer.draw(replace(rendering, may_be_stale=True))]


async def test_old_numbers_come_at_once_and_new_ones_after_them(room, analyst: Principal) -> None:
    old, young = uuid4(), uuid4()
    room.neighbours.old = {old}
    layout = Layout(widgets=(chart(0, 0, old), chart(3, 0, old), chart(6, 0, young)))
    made = await room.dashboards.create(analyst, NewDashboard(name="Load", layout=layout))

    widgets = await seen(room, analyst, made.dashboard_id)

    of_old = [each.chart.provenance.is_stale for each in widgets if each.x == 0 and each.chart]
    assert of_old == [True, False]
    assert len(widgets) == 5
    assert len(room.neighbours.drawn) == 3


async def test_old_numbers_stay_where_new_ones_cannot_be_had(room, analyst: Principal) -> None:
    old = uuid4()
    room.neighbours.old = {old}

    async def fail(question: DrawChart) -> None:
        if not question.may_be_stale:
            raise Unavailable("The database metering does not answer. Try again in a minute.")

    room.neighbours.on_draw = fail
    layout = Layout(widgets=(chart(0, 0, old),))
    made = await room.dashboards.create(analyst, NewDashboard(name="Load", layout=layout))

    [widget] = await seen(room, analyst, made.dashboard_id)

    assert widget.chart is not None
    assert widget.chart.provenance.is_stale


async def test_a_mail_never_takes_old_numbers(room, analyst: Principal) -> None:
    old = uuid4()
    room.neighbours.old = {old}
    layout = Layout(widgets=(chart(0, 0, old),))
    made = await room.dashboards.create(analyst, NewDashboard(name="Load", layout=layout))

    await room.renderer.answer(RenderDashboard(principal=analyst, dashboard_id=made.dashboard_id))

    assert [question.may_be_stale for question in room.neighbours.drawn] == [False]


async def test_one_failure_harms_no_neighbour(room, analyst: Principal) -> None:
    down, broken, fine = uuid4(), uuid4(), uuid4()

    async def fail(question: DrawChart) -> None:
        if question.chart_id == down:
            raise Unavailable("The database metering does not answer. Try again in a minute.")
        if question.chart_id == broken:
            raise ZeroDivisionError

    room.neighbours.on_draw = fail
    layout = Layout(widgets=(chart(0, 0, down), chart(3, 0, broken), chart(6, 0, fine)))
    made = await room.dashboards.create(analyst, NewDashboard(name="Load", layout=layout))

    by_x = {each.x: each for each in await drawn(room, analyst, made.dashboard_id)}

    assert by_x[0].error == "The database metering does not answer. Try again in a minute."
    assert by_x[3].error == OUR_MISTAKE
    assert by_x[6].error is None
    assert by_x[6].chart is not None


async def test_what_is_ready_first_comes_first(room, analyst: Principal, gate: asyncio.Event) -> None:
    slow = uuid4()

    async def wait(question: DrawChart) -> None:
        if question.chart_id == slow:
            await gate.wait()

    room.neighbours.on_draw = wait
    text = TextWidget(widget_id=uuid4(), x=0, y=9, width=3, height=2, markdown="*Notes*")
    layout = Layout(widgets=(chart(0, 0, slow), chart(3, 0), text))
    made = await room.dashboards.create(analyst, NewDashboard(name="Load", layout=layout))
    rendering = await room.renderer.prepare(analyst, made.dashboard_id, RenderOptions())

    async with aclosing(room.renderer.draw(rendering)) as widgets:
        order = [await anext(widgets), await anext(widgets)]
        gate.set()
        order.append(await anext(widgets))

    assert [(each.kind, each.x) for each in order] == [("text", 0), ("chart", 3), ("chart", 0)]
    assert order[0].markdown == "*Notes*"


async def test_few_charts_are_drawn_at_a_time(room, analyst: Principal) -> None:
    async def take_a_moment(_question: DrawChart) -> None:
        await asyncio.sleep(0.01)

    room.neighbours.on_draw = take_a_moment
    layout = Layout(widgets=tuple(chart(0, 2 * row) for row in range(3 * PARALLEL)))
    made = await room.dashboards.create(analyst, NewDashboard(name="Load", layout=layout))

    assert len(await drawn(room, analyst, made.dashboard_id)) == 3 * PARALLEL

    assert room.neighbours.most_running == PARALLEL


async def test_who_stops_reading_stops_the_questions(room, analyst: Principal, gate: asyncio.Event) -> None:
    async def wait(_question: DrawChart) -> None:
        await gate.wait()

    room.neighbours.on_draw = wait
    text = TextWidget(widget_id=uuid4(), x=6, y=0, width=3, height=2, markdown="")
    layout = Layout(widgets=(chart(0, 0), chart(3, 0), text))
    made = await room.dashboards.create(analyst, NewDashboard(name="Load", layout=layout))
    rendering = await room.renderer.prepare(analyst, made.dashboard_id, RenderOptions())

    async with aclosing(room.renderer.draw(rendering)) as widgets:
        await anext(widgets)
        await asyncio.sleep(0.01)
        assert room.neighbours.running == 2

    assert room.neighbours.running == 0


async def test_charts_are_drawn_with_the_rights_of_who_looks(
    room, analyst: Principal, viewer: Principal
) -> None:
    layout = Layout(widgets=(chart(0, 0),))
    made = await room.dashboards.create(analyst, NewDashboard(name="Load", layout=layout))
    view = Shares(entries=(ShareWithRole(role=Role.VIEWER, access="view"),))
    await room.sharing.share(analyst, made.dashboard_id, view)

    await drawn(room, viewer, made.dashboard_id, RenderOptions(theme="dark"))

    [question] = room.neighbours.drawn
    assert question.principal == viewer
    assert question.theme == "dark"
    with pytest.raises(MayNotEdit):
        await room.renderer.prepare(viewer, made.dashboard_id, RenderOptions(is_draft=True))


async def test_the_viewer_narrows_time_and_replaces_a_filter_of_the_same_column(
    room, analyst: Principal
) -> None:
    layout = Layout(
        zone="Europe/Berlin",
        widgets=(chart(0, 0),),
        time_range=Relative(span="last", unit="day", count=7),
        filters=(
            FilterSlot(column="site", chosen=("North",)),
            FilterSlot(column="phase", chosen=("L1",)),
            FilterSlot(column="kind"),
        ),
    )
    made = await room.dashboards.create(analyst, NewDashboard(name="Load", layout=layout))
    scope = ScopeChoice(
        time_range=Days(
            first_on=datetime(2026, 3, 29, tzinfo=UTC).date(),
            last_on=datetime(2026, 3, 29, tzinfo=UTC).date(),
        ),
        filters=(Filter(column="site", values=("South",)), Filter(column="phase", values=())),
    )

    await drawn(room, analyst, made.dashboard_id, RenderOptions(scope=scope))

    [question] = room.neighbours.drawn
    assert question.scope == Scope(
        time_range=TimeRange(
            start=datetime(2026, 3, 28, 23, tzinfo=UTC),
            end=datetime(2026, 3, 29, 22, tzinfo=UTC),
            zone="Europe/Berlin",
        ),
        filters=(Filter(column="site", values=("South",)),),
    )


async def test_a_range_relative_to_the_newest_data_ends_where_the_charts_tables_end(
    room, analyst: Principal
) -> None:
    layout = Layout(
        zone="Europe/Berlin",
        widgets=(chart(0, 0),),
        time_range=Relative(span="last", unit="day", count=2, anchor="newest"),
    )
    made = await room.dashboards.create(analyst, NewDashboard(name="Archive", layout=layout))

    rendering = await room.renderer.prepare(analyst, made.dashboard_id, RenderOptions())

    # “readings” ends at 22:30 UTC on 31 December, 23:30 in Berlin; “tariffs” is not read by the chart.
    assert rendering.anchor_at == datetime(2014, 12, 31, 22, 30, tzinfo=UTC)
    assert rendering.scope.time_range is not None
    assert rendering.scope.time_range.start == datetime(2014, 12, 29, 23, tzinfo=UTC)
    assert rendering.scope.time_range.end == datetime(2014, 12, 31, 23, tzinfo=UTC)


async def test_a_mark_such_as_the_year_9999_is_not_taken_for_data(room, analyst: Principal) -> None:
    room.neighbours.newest = "9999-12-31T00:00:00+00:00"
    layout = Layout(widgets=(chart(0, 0),), time_range=Relative(span="last", unit="day", anchor="newest"))
    made = await room.dashboards.create(analyst, NewDashboard(name="Archive", layout=layout))

    rendering = await room.renderer.prepare(analyst, made.dashboard_id, RenderOptions())

    assert abs(rendering.anchor_at - datetime.now(UTC)) < timedelta(minutes=1)


async def test_a_widget_says_that_its_chart_was_deleted(room, analyst: Principal) -> None:
    async def gone(_question: DrawChart) -> None:
        raise NotFound("There is no such chart.")

    room.neighbours.on_draw = gone
    deleted, unknown = uuid4(), uuid4()
    layout = Layout(widgets=(chart(0, 0, deleted), chart(3, 0, unknown)))
    made = await room.dashboards.create(analyst, NewDashboard(name="Load", layout=layout))
    event = ChartDeleted(
        organisation_id=analyst.organisation_id,
        chart_id=deleted,
        occurred_at=datetime(2026, 6, 18, 12, tzinfo=UTC),
    )
    assert await room.core.bus.publish(event) == []
    assert await room.core.bus.publish(event) == []

    by_x = {each.x: each.error for each in await drawn(room, analyst, made.dashboard_id)}

    assert by_x[0] == (
        "The chart of this widget was deleted on 18 June 2026. "
        "Choose another chart for it, or remove the widget."
    )
    assert by_x[3] == "There is no such chart."


async def test_the_draft_and_single_widgets_can_be_drawn(room, analyst: Principal) -> None:
    made = await room.dashboards.create(analyst, NewDashboard(name="Load"))
    left, right = chart(0, 0), chart(3, 0)
    layout = Layout(widgets=(left, right))
    await room.editing.save_draft(analyst, made.dashboard_id, DraftSave(layout=layout, revision=1))

    assert await drawn(room, analyst, made.dashboard_id) == []
    options = RenderOptions(is_draft=True, widget_ids=(right.widget_id,))
    assert [each.widget_id for each in await drawn(room, analyst, made.dashboard_id, options)] == [
        right.widget_id
    ]


async def test_another_module_gets_the_whole_dashboard_in_reading_order(room, analyst: Principal) -> None:
    layout = Layout(
        zone="Europe/Berlin",
        widgets=(chart(6, 4), chart(0, 4), chart(3, 0)),
        time_range=Relative(span="last", unit="day", count=7),
        filters=(FilterSlot(column="site", chosen=("North",)),),
    )
    made = await room.dashboards.create(analyst, NewDashboard(name="Load", layout=layout))
    week = TimeRange(
        start=datetime(2026, 6, 7, 22, tzinfo=UTC),
        end=datetime(2026, 6, 14, 22, tzinfo=UTC),
        zone="Europe/Berlin",
    )

    answer = await room.core.bus.request(
        RenderDashboard(principal=analyst, dashboard_id=made.dashboard_id, scope=Scope(time_range=week))
    )

    assert [(each.y, each.x) for each in answer.widgets] == [(0, 3), (4, 0), (4, 6)]
    assert answer.scope == Scope(time_range=week, filters=(Filter(column="site", values=("North",)),))
    assert {question.scope for question in room.neighbours.drawn} == {answer.scope}


async def test_drawn_widgets_travel_as_json(room, analyst: Principal, two_charts: Layout) -> None:
    made = await room.dashboards.create(analyst, NewDashboard(name="Load", layout=two_charts))

    for widget in await drawn(room, analyst, made.dashboard_id):
        again = msgspec.json.decode(msgspec.json.encode(widget), type=RenderedWidget)
        assert again.chart_id == widget.chart_id


async def test_a_dashboard_is_compared_as_it_says_unless_its_viewer_says_otherwise(
    room, analyst: Principal
) -> None:
    june = Days(first_on=date(2026, 6, 12), last_on=date(2026, 6, 18))
    layout = Layout(zone="Europe/Berlin", time_range=june, compare="previous", widgets=(chart(0, 0),))
    made = await room.dashboards.create(analyst, NewDashboard(name="Load", layout=layout))

    async def label(choice: ScopeChoice) -> str | None:
        rendering = await room.renderer.prepare(analyst, made.dashboard_id, RenderOptions(scope=choice))
        return rendering.scope.compared.label if rendering.scope.compared else None

    assert await label(ScopeChoice()) == "previous week"
    assert await label(ScopeChoice(compare="year")) == "52 weeks earlier"
    assert await label(ScopeChoice(compare="none")) is None


async def test_a_grain_and_a_comparison_reach_every_chart(room, analyst: Principal) -> None:
    june = Days(first_on=date(2026, 6, 12), last_on=date(2026, 6, 18))
    layout = Layout(zone="Europe/Berlin", time_range=june, compare="previous", widgets=(chart(0, 0),))
    made = await room.dashboards.create(analyst, NewDashboard(name="Load", layout=layout))

    await drawn(room, analyst, made.dashboard_id, RenderOptions(scope=ScopeChoice(grain="day")))

    [asked] = room.neighbours.drawn
    assert asked.scope.grain == "day"
    assert asked.scope.compared.time_range.end == asked.scope.time_range.start


async def test_a_mail_over_another_range_is_compared_with_what_lies_before_that(
    room, analyst: Principal
) -> None:
    june = Days(first_on=date(2026, 6, 12), last_on=date(2026, 6, 18))
    layout = Layout(zone="UTC", time_range=june, compare="previous", widgets=(chart(0, 0),))
    made = await room.dashboards.create(analyst, NewDashboard(name="Load", layout=layout))
    span = TimeRange(start=datetime(2026, 6, 1, tzinfo=UTC), end=datetime(2026, 6, 2, tzinfo=UTC), zone="UTC")

    rendered = await room.renderer.answer(
        RenderDashboard(principal=analyst, dashboard_id=made.dashboard_id, scope=Scope(time_range=span))
    )

    assert rendered.scope.compared.label == "previous day"
    assert rendered.scope.compared.time_range.start == datetime(2026, 5, 31, tzinfo=UTC)


JUNE = Between(start=datetime(2026, 6, 1, tzinfo=UTC), end=datetime(2026, 7, 1, tzinfo=UTC))


async def test_the_course_is_that_of_the_first_chart_that_has_one(room, analyst: Principal) -> None:
    layout = Layout(zone="UTC", widgets=(chart(0, 4), chart(0, 0), chart(0, 2)))
    made = await room.dashboards.create(analyst, NewDashboard(name="Load", layout=layout))
    third, first, second = (widget.chart_id for widget in layout.widgets)
    room.neighbours.with_course = {second, third}
    order = CourseOrder(span=JUNE)

    found = await room.renderer.course(analyst, made.dashboard_id, order)

    assert found is not None
    assert found.start == JUNE.start
    assert [asked.chart_id for asked in room.neighbours.courses] == [first, second]
    assert {asked.scope.grain for asked in room.neighbours.courses} == {"hour"}


async def test_a_dashboard_without_times_has_no_course(room, analyst: Principal) -> None:
    made = await room.dashboards.create(
        analyst, NewDashboard(name="Load", layout=Layout(widgets=(chart(0, 0),)))
    )
    order = CourseOrder(span=JUNE)

    assert await room.renderer.course(analyst, made.dashboard_id, order) is None


async def test_a_course_without_a_span_is_that_of_the_dashboards_own_range(room, analyst: Principal) -> None:
    june = Days(first_on=date(2026, 6, 12), last_on=date(2026, 6, 18))
    layout = Layout(zone="UTC", time_range=june, widgets=(chart(0, 0),))
    made = await room.dashboards.create(analyst, NewDashboard(name="Load", layout=layout))
    room.neighbours.with_course = {layout.widgets[0].chart_id}

    found = await room.renderer.course(analyst, made.dashboard_id, CourseOrder())

    assert found is not None
    assert (found.start.day, found.end.day) == (12, 19)


async def test_a_chart_is_drawn_for_the_part_of_the_grid_that_its_widget_has(
    room, analyst: Principal
) -> None:
    chart_id = uuid4()
    widgets = tuple(
        ChartWidget(widget_id=uuid4(), x=x, y=y, width=width, height=2, chart_id=chart_id)
        for x, y, width in ((0, 0, 12), (0, 2, 4), (4, 2, 3))
    )
    made = await room.dashboards.create(
        analyst, NewDashboard(name="Load", layout=Layout(zone="UTC", widgets=widgets))
    )

    await drawn(room, analyst, made.dashboard_id, RenderOptions(width=1_180))

    # 1180, 393 and 295 px, each rounded up to whole 400s; two widgets of about one size share a drawing.
    assert sorted(asked.width for asked in room.neighbours.drawn) == [400, 1_200]


async def test_an_empty_chart_names_its_newest_data_where_the_range_keeps_it_away(
    room, analyst: Principal
) -> None:
    room.neighbours.rows = 0
    layout = Layout(widgets=(chart(0, 0),))
    made = await room.dashboards.create(analyst, NewDashboard(name="Load", layout=layout))

    async def newest_of(first: date) -> datetime | None:
        days = Days(first_on=first, last_on=first + timedelta(days=6))
        options = RenderOptions(scope=ScopeChoice(time_range=days))
        return (await drawn(room, analyst, made.dashboard_id, options))[0].newest_at

    assert await newest_of(date(2015, 3, 1)) == datetime(2014, 12, 31, 22, 30, tzinfo=UTC)
    # Something else than the range keeps it empty: a jump would lead nowhere.
    assert await newest_of(date(2014, 12, 28)) is None
    assert (await drawn(room, analyst, made.dashboard_id))[0].newest_at is None
    room.neighbours.rows = 1
    assert await newest_of(date(2015, 3, 1)) is None
