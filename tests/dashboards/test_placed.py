"""A dashboard opens its charts to those who see it, and only charts that its editors may see."""

from uuid import UUID, uuid4

import pytest
from tests.dashboards.conftest import chart_at

from gridlens.core.migrating import downgrade, upgrade
from gridlens.core.principal import Principal
from gridlens.dashboards.layout import Layout
from gridlens.dashboards.schemas import DashboardCopy, DashboardDetail, DraftSave, NewDashboard, Publication
from gridlens.shared.dashboards import ChartsShown
from gridlens.shared.permissions import Role
from gridlens.shared.sharing import Shares, ShareWithRole

pytestmark = pytest.mark.anyio
FOR_VIEWERS = Shares(entries=(ShareWithRole(role=Role.VIEWER, access="view"),))
FOR_EDITORS = Shares(entries=(ShareWithRole(role=Role.ANALYST, access="edit"),))


async def shown(room, who: Principal, *charts: UUID) -> frozenset[UUID]:
    found: frozenset[UUID] = await room.core.bus.request(ChartsShown(principal=who, chart_ids=charts))
    return found


async def make(room, who: Principal, *charts: UUID, shares: Shares = FOR_VIEWERS) -> DashboardDetail:
    widgets = tuple(chart_at(0, 4 * row, chart_id=chart) for row, chart in enumerate(charts))
    made: DashboardDetail = await room.dashboards.create(
        who, NewDashboard(name="Load", layout=Layout(widgets=widgets))
    )
    await room.sharing.share(who, made.dashboard_id, shares)
    return made


async def test_whoever_sees_a_dashboard_sees_its_charts_while_they_do(
    every_room, analyst: Principal, viewer: Principal, colleague: Principal, stranger: Principal
) -> None:
    chart, other = uuid4(), uuid4()
    made = await make(every_room, analyst, chart)

    assert await shown(every_room, viewer, chart, other) == {chart}
    assert await shown(every_room, colleague, chart) == frozenset()
    assert await shown(every_room, stranger, chart) == frozenset()
    await every_room.sharing.share(analyst, made.dashboard_id, Shares(entries=()))
    assert await shown(every_room, viewer, chart) == frozenset()
    await every_room.sharing.share(analyst, made.dashboard_id, FOR_VIEWERS)
    await every_room.dashboards.delete(analyst, made.dashboard_id)
    assert await shown(every_room, viewer, chart) == frozenset()


async def test_a_chart_of_the_draft_is_open_to_editors_until_it_is_published(
    every_room, analyst: Principal, viewer: Principal, colleague: Principal
) -> None:
    old, new = uuid4(), uuid4()
    both = Shares(entries=(*FOR_VIEWERS.entries, *FOR_EDITORS.entries))
    made = await make(every_room, analyst, old, shares=both)
    layout = Layout(widgets=(chart_at(0, 0, chart_id=new),))

    await every_room.editing.save_draft(analyst, made.dashboard_id, DraftSave(layout=layout, revision=1))

    assert await shown(every_room, viewer, old, new) == {old}
    assert await shown(every_room, colleague, old, new) == {old, new}
    await every_room.editing.publish(colleague, made.dashboard_id, Publication(revision=2))
    assert await shown(every_room, viewer, old, new) == {new}
    await every_room.editing.restore_version(analyst, made.dashboard_id, 1, Publication(revision=3))
    assert await shown(every_room, viewer, old, new) == {old}


async def test_a_discarded_draft_opens_nothing(room, analyst: Principal, colleague: Principal) -> None:
    new = uuid4()
    made = await make(room, analyst, shares=FOR_EDITORS)
    layout = Layout(widgets=(chart_at(0, 0, chart_id=new),))
    await room.editing.save_draft(analyst, made.dashboard_id, DraftSave(layout=layout, revision=1))
    assert await shown(room, colleague, new) == {new}

    await room.editing.discard_draft(analyst, made.dashboard_id, 2)

    assert await shown(room, colleague, new) == frozenset()


async def test_to_place_a_chart_that_one_may_not_see_opens_it_to_nobody(
    room, neighbours, analyst: Principal, viewer: Principal
) -> None:
    secret = uuid4()
    neighbours.hidden.add(secret)
    made = await make(room, analyst)

    layout = Layout(widgets=(chart_at(0, 0, chart_id=secret),))
    await room.editing.save_draft(analyst, made.dashboard_id, DraftSave(layout=layout, revision=1))
    await room.editing.publish(analyst, made.dashboard_id, Publication(revision=2))

    assert await shown(room, analyst, secret) == frozenset()
    assert await shown(room, viewer, secret) == frozenset()


async def test_a_chart_stays_open_when_a_second_editor_who_does_not_own_it_saves(
    room, neighbours, analyst: Principal, viewer: Principal, colleague: Principal
) -> None:
    chart = uuid4()
    both = Shares(entries=(*FOR_VIEWERS.entries, *FOR_EDITORS.entries))
    made = await make(room, analyst, chart, shares=both)
    neighbours.hidden.add(chart)

    moved = Layout(widgets=(chart_at(2, 0, chart_id=chart),))
    await room.editing.save_draft(colleague, made.dashboard_id, DraftSave(layout=moved, revision=1))
    await room.editing.publish(colleague, made.dashboard_id, Publication(revision=2))

    assert await shown(room, viewer, chart) == {chart}


async def test_a_copy_opens_what_its_maker_sees(
    room, analyst: Principal, colleague: Principal, viewer: Principal
) -> None:
    chart = uuid4()
    made = await make(room, analyst, chart, shares=FOR_EDITORS)

    copy = await room.dashboards.duplicate(colleague, made.dashboard_id, DashboardCopy(name="Mine"))
    await room.sharing.share(colleague, copy.dashboard_id, FOR_VIEWERS)

    assert await shown(room, viewer, chart) == {chart}


async def test_dashboards_from_before_go_on_showing_their_charts(
    every_room, analyst: Principal, viewer: Principal
) -> None:
    database = every_room.core.database
    old, new = uuid4(), uuid4()
    made = await make(every_room, analyst, old)
    layout = Layout(widgets=(chart_at(0, 0, chart_id=new), chart_at(6, 0, chart_id=new)))
    await every_room.editing.save_draft(analyst, made.dashboard_id, DraftSave(layout=layout, revision=1))

    await downgrade(database, "0008")
    await upgrade(database)

    assert await shown(every_room, viewer, old, new) == {old}
    assert await shown(every_room, analyst, old, new) == {old, new}
