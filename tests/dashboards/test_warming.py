"""Warming: what people usually open is drawn before, as themselves, and only that."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import msgspec
import pytest
from sqlalchemy import func, select
from tests.dashboards.conftest import Room

from gridlens.core.module import Core
from gridlens.core.principal import Principal
from gridlens.dashboards.layout import ChartWidget, Layout
from gridlens.dashboards.models import DashboardOpening
from gridlens.dashboards.schemas import NewDashboard, ShowOptions
from gridlens.dashboards.warming import BEFORE, FORGOTTEN_AFTER, MOST_DRAWN, Warming, hour_of_week
from gridlens.shared.auth import FindPrincipal, UserErased
from gridlens.shared.permissions import Role
from gridlens.shared.sharing import Shares, ShareWithRole

pytestmark = pytest.mark.anyio
WEEK = timedelta(weeks=1)
# A Monday, 8:20 in Berlin, where clocks are an hour ahead of UTC.
MONDAY = datetime(2026, 1, 12, 7, 20, tzinfo=UTC)


class Office:
    """A dashboard that people open, and a clock that is set by hand."""

    def __init__(self, room: Room, people: tuple[Principal, ...], core: Core | None = None) -> None:
        self.room = room
        self.now = MONDAY
        self.active = {each.user_id: each for each in people}
        room.core.bus.answers(FindPrincipal)(self.find)
        self.warming = Warming(core or room.core, lambda: self.now)

    async def find(self, question: FindPrincipal) -> Principal | None:
        return self.active.get(question.user_id)

    async def opened(self, who: Principal, dashboard_id) -> None:
        self.warming.note(await self.room.renderer.prepare(who, dashboard_id, ShowOptions()))
        await self.warming.settle()

    async def warmed(self, at: datetime) -> list[str]:
        """Who was drawn for, ten minutes before that instant."""
        self.now = at - BEFORE
        self.room.neighbours.drawn.clear()
        await self.warming.warm()
        return [question.principal.name for question in self.room.neighbours.drawn]


async def made(room: Room, owner: Principal, zone: str = "Europe/Berlin") -> object:
    chart = ChartWidget(widget_id=uuid4(), x=0, y=0, width=3, height=2, chart_id=uuid4())
    layout = Layout(widgets=(chart,), zone=zone)
    dashboard = await room.dashboards.create(owner, NewDashboard(name="Load", layout=layout))
    view = Shares(entries=(ShareWithRole(role=Role.VIEWER, access="view"),))
    await room.sharing.share(owner, dashboard.dashboard_id, view)
    return dashboard.dashboard_id


async def test_what_was_opened_in_two_weeks_is_drawn_before_the_third(
    every_room: Room, analyst: Principal, viewer: Principal
) -> None:
    office = Office(every_room, (analyst, viewer))
    dashboard = await made(every_room, analyst)
    for weeks in (0, 1):
        office.now = MONDAY + weeks * WEEK
        await office.opened(viewer, dashboard)
    await office.opened(analyst, dashboard)  # for the first time

    full_hour = (MONDAY + 2 * WEEK).replace(minute=0)
    assert await office.warmed(full_hour) == [viewer.name]
    assert await office.warmed(full_hour + timedelta(hours=1)) == []
    assert await office.warmed(full_hour + timedelta(days=1)) == []
    # The clocks have gone forward: the same hour on the wall is another one in UTC.
    assert hour_of_week(datetime(2026, 3, 30, 6, 20, tzinfo=UTC), "Europe/Berlin") == 8


async def test_a_list_tells_when_its_reader_opened_each_dashboard_last(
    room: Room, analyst: Principal, viewer: Principal
) -> None:
    office = Office(room, (analyst, viewer))
    dashboard = await made(room, analyst)
    await office.opened(analyst, dashboard)
    office.now = MONDAY + timedelta(hours=3)
    await office.opened(analyst, dashboard)

    [mine] = await room.dashboards.list_visible(analyst)
    [theirs] = await room.dashboards.list_visible(viewer)

    assert mine.opened_at == MONDAY + timedelta(hours=3)
    assert theirs.opened_at is None


async def test_one_week_counts_once_however_often_it_is_opened(room: Room, analyst: Principal) -> None:
    office = Office(room, (analyst,))
    dashboard = await made(room, analyst)
    other_process = Warming(room.core, lambda: office.now)
    for _ in range(3):
        await office.opened(analyst, dashboard)
        other_process.note(await room.renderer.prepare(analyst, dashboard, ShowOptions()))
        await other_process.settle()
        office.now += timedelta(minutes=5)

    assert await office.warmed((MONDAY + WEEK).replace(minute=0)) == []


async def test_nobody_is_drawn_for_who_may_not_see_it_now(
    room: Room, analyst: Principal, viewer: Principal
) -> None:
    office = Office(room, (analyst, viewer))
    dashboard = await made(room, analyst)
    for weeks in (0, 1):
        office.now = MONDAY + weeks * WEEK
        await office.opened(viewer, dashboard)
        await office.opened(analyst, dashboard)
    monday = (MONDAY + 2 * WEEK).replace(minute=0)

    fewer = msgspec.structs.replace(analyst, permissions=analyst.permissions - {"sources.manage"})
    office.active[analyst.user_id] = fewer
    await room.sharing.share(analyst, dashboard, Shares(entries=()))
    assert await office.warmed(monday) == [analyst.name]
    assert room.neighbours.drawn[0].principal == fewer, "with the rights of now"

    del office.active[analyst.user_id]
    assert await office.warmed(monday) == []

    await room.dashboards.delete(analyst, dashboard)
    office.active[analyst.user_id] = analyst
    assert await office.warmed(monday) == []


async def test_a_habit_that_ended_is_forgotten(room: Room, analyst: Principal) -> None:
    office = Office(room, (analyst,))
    dashboard = await made(room, analyst)
    for weeks in (0, 1):
        office.now = MONDAY + weeks * WEEK
        await office.opened(analyst, dashboard)

    assert await office.warmed(MONDAY.replace(minute=0) + 5 * WEEK) == [analyst.name]
    assert await office.warmed(MONDAY.replace(minute=0) + 7 * WEEK) == []
    office.now = MONDAY + WEEK + FORGOTTEN_AFTER + timedelta(hours=1)
    await office.warming.forget()
    assert await openings(room.core) == 0


async def test_what_is_drawn_in_an_hour_is_bounded(room: Room, analyst: Principal) -> None:
    office = Office(room, (analyst,))
    for _ in range(MOST_DRAWN + 1):
        dashboard = await made(room, analyst)
        for weeks in (0, 1):
            office.now = MONDAY + weeks * WEEK
            await office.opened(analyst, dashboard)

    assert len(await office.warmed((MONDAY + 2 * WEEK).replace(minute=0))) == MOST_DRAWN


async def test_switched_off_nothing_is_learned_and_nothing_drawn(room: Room, analyst: Principal) -> None:
    on = Office(room, (analyst,))
    dashboard = await made(room, analyst)
    for weeks in (0, 1):
        on.now = MONDAY + weeks * WEEK
        await on.opened(analyst, dashboard)
    settings = msgspec.structs.replace(room.core.settings, warm_dashboards=False)
    before = await openings(room.core)

    off = Warming(replace(room.core, settings=settings), lambda: on.now)
    on.now = (MONDAY + 2 * WEEK).replace(minute=0) - BEFORE
    assert await off.warm() == 0
    on.now += timedelta(hours=3)
    off.note(await room.renderer.prepare(analyst, dashboard, ShowOptions()))
    await off.settle()
    assert await openings(room.core) == before


async def test_what_was_learned_of_somebody_goes_with_them(
    room: Room, analyst: Principal, admin: Principal
) -> None:
    office = Office(room, (analyst,))
    await office.opened(analyst, await made(room, analyst))
    assert await openings(room.core) == 1

    async with room.core.database.transaction() as session:
        room.core.outbox.save(
            session,
            UserErased(
                organisation_id=analyst.organisation_id, user_id=analyst.user_id, heir_id=admin.user_id
            ),
        )
    await room.core.outbox.deliver_due()

    assert await openings(room.core) == 0


async def openings(core: Core) -> int:
    async with core.database.transaction() as session:
        return await session.scalar(select(func.count()).select_from(DashboardOpening)) or 0
