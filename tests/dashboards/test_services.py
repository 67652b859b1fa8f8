"""Dashboards are made, seen, copied, deleted and brought back by those who may."""

from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy import func, select, update

from gridlens.core.errors import NotFound, Refused
from gridlens.core.models import utc_now
from gridlens.core.principal import Principal
from gridlens.dashboards.errors import MayNotEdit, NoSuchDashboard
from gridlens.dashboards.layout import Layout
from gridlens.dashboards.models import Dashboard, DashboardVersion
from gridlens.dashboards.schemas import (
    DashboardChange,
    DashboardCopy,
    DraftSave,
    NewDashboard,
)
from gridlens.dashboards.services import TooOldToRestore
from gridlens.shared.auth import UserErased
from gridlens.shared.dashboards import DashboardDeleted, DashboardRestored
from gridlens.shared.permissions import Role
from gridlens.shared.sharing import Shares, ShareWithRole, ShareWithUser

pytestmark = pytest.mark.anyio


async def test_a_new_dashboard_is_published_and_seen_by_its_owner_alone(
    room, analyst: Principal, colleague: Principal, two_charts: Layout
) -> None:
    made = await room.dashboards.create(
        analyst, NewDashboard(name="Überblick", tags=("load", "load", " "), layout=two_charts)
    )

    assert made.layout == two_charts
    assert (made.revision, made.version, made.access, made.tags) == (1, 1, "own", ("load",))
    assert made.owner is not None
    assert made.owner.name == analyst.name
    assert [each.name for each in await room.dashboards.list_visible(analyst)] == ["Überblick"]
    assert await room.dashboards.list_visible(colleague) == []
    with pytest.raises(NoSuchDashboard):
        await room.dashboards.get(colleague, made.dashboard_id)


async def test_a_foreign_administrator_finds_nothing(room, analyst: Principal, stranger: Principal) -> None:
    made = await room.dashboards.create(analyst, NewDashboard(name="Load"))

    for attempt in (
        room.dashboards.get(stranger, made.dashboard_id),
        room.dashboards.describe(stranger, made.dashboard_id),
        room.dashboards.delete(stranger, made.dashboard_id),
        room.dashboards.pin(stranger, made.dashboard_id),
        room.dashboards.duplicate(stranger, made.dashboard_id, DashboardCopy(name="Mine now")),
        room.editing.list_versions(stranger, made.dashboard_id),
        room.sharing.shares(stranger, made.dashboard_id),
    ):
        with pytest.raises(NotFound):
            await attempt
    assert await room.dashboards.list_visible(stranger) == []


async def test_a_viewer_can_make_none(room, viewer: Principal) -> None:
    with pytest.raises(Refused):
        await room.dashboards.create(viewer, NewDashboard(name="Load"))


async def test_sharing_decides_who_looks_and_who_edits(
    every_room, analyst: Principal, viewer: Principal, colleague: Principal
) -> None:
    made = await every_room.dashboards.create(analyst, NewDashboard(name="Load"))
    shares = Shares(
        entries=(
            ShareWithRole(role=Role.VIEWER, access="edit"),
            ShareWithUser(user_id=colleague.user_id, access="edit"),
        )
    )

    assert set((await every_room.sharing.share(analyst, made.dashboard_id, shares)).entries) == set(
        shares.entries
    )

    # A viewer's role bounds what a share can give.
    assert (await every_room.dashboards.get(viewer, made.dashboard_id)).access == "view"
    with pytest.raises(MayNotEdit):
        await every_room.dashboards.change(viewer, made.dashboard_id, DashboardChange(name="Mine"))
    changed = await every_room.dashboards.change(colleague, made.dashboard_id, DashboardChange(name="Ours"))
    assert (changed.name, changed.access) == ("Ours", "edit")
    with pytest.raises(MayNotEdit):
        await every_room.sharing.share(colleague, made.dashboard_id, Shares(entries=()))
    with pytest.raises(MayNotEdit):
        await every_room.dashboards.delete(colleague, made.dashboard_id)

    await every_room.sharing.share(analyst, made.dashboard_id, Shares(entries=()))
    with pytest.raises(NoSuchDashboard):
        await every_room.dashboards.get(colleague, made.dashboard_id)


async def test_nobody_outside_the_organisation_is_shared_with(
    room, analyst: Principal, stranger: Principal
) -> None:
    made = await room.dashboards.create(analyst, NewDashboard(name="Load"))

    with pytest.raises(Exception, match="not in your organisation"):
        await room.sharing.share(
            analyst,
            made.dashboard_id,
            Shares(entries=(ShareWithUser(user_id=stranger.user_id, access="view"),)),
        )

    assert (await room.sharing.shares(analyst, made.dashboard_id)).entries == ()


async def test_a_draft_is_hidden_from_those_who_only_look(
    room, analyst: Principal, viewer: Principal, two_charts: Layout
) -> None:
    made = await room.dashboards.create(analyst, NewDashboard(name="Load"))
    view = Shares(entries=(ShareWithRole(role=Role.VIEWER, access="view"),))
    await room.sharing.share(analyst, made.dashboard_id, view)
    await room.editing.save_draft(analyst, made.dashboard_id, DraftSave(layout=two_charts, revision=1))

    seen = await room.dashboards.get(viewer, made.dashboard_id)

    assert (seen.draft, seen.has_draft, seen.layout.widgets) == (None, False, ())
    assert not (await room.dashboards.list_visible(viewer))[0].has_draft
    assert (await room.dashboards.list_visible(analyst))[0].has_draft


async def test_a_deleted_dashboard_comes_back_as_it_was(room, analyst: Principal, two_charts: Layout) -> None:
    made = await room.dashboards.create(analyst, NewDashboard(name="Load", layout=two_charts))
    told: list[object] = []

    async def tell(event: object) -> None:
        told.append(type(event))

    room.core.bus.on(DashboardDeleted)(tell)
    room.core.bus.on(DashboardRestored)(tell)

    deleted = await room.dashboards.delete(analyst, made.dashboard_id)

    assert deleted.restorable_until is not None
    assert timedelta(days=29) < deleted.restorable_until - utc_now() <= timedelta(days=30)
    assert await room.dashboards.list_visible(analyst) == []
    with pytest.raises(NoSuchDashboard):
        await room.dashboards.get(analyst, made.dashboard_id)
    [bin_entry] = await room.dashboards.list_visible(analyst, which="deleted")
    assert bin_entry.dashboard_id == made.dashboard_id

    back = await room.dashboards.restore(analyst, made.dashboard_id)

    assert back == made
    await room.core.outbox.deliver_due()
    assert told == [DashboardDeleted, DashboardRestored]


async def test_after_thirty_days_a_deletion_is_final(every_room, analyst: Principal) -> None:
    old = await every_room.dashboards.create(analyst, NewDashboard(name="Old"))
    recent = await every_room.dashboards.create(analyst, NewDashboard(name="Recent"))
    for made in (old, recent):
        await every_room.dashboards.delete(analyst, made.dashboard_id)
    async with every_room.core.database.transaction() as session:
        long_ago = utc_now() - timedelta(days=30, minutes=1)
        aged = update(Dashboard).where(Dashboard.id == old.dashboard_id).values(deleted_at=long_ago)
        await session.execute(aged)

    with pytest.raises(TooOldToRestore):
        await every_room.dashboards.restore(analyst, old.dashboard_id)
    await every_room.dashboards.purge()

    async with every_room.core.database.transaction() as session:
        assert list(await session.scalars(select(Dashboard.name))) == ["Recent"]
        assert await session.scalar(select(func.count()).select_from(DashboardVersion)) == 1


async def test_a_copy_belongs_to_who_made_it_and_is_shared_with_nobody(
    room, analyst: Principal, colleague: Principal, viewer: Principal, two_charts: Layout
) -> None:
    made = await room.dashboards.create(analyst, NewDashboard(name="Load", layout=two_charts))
    everyone = Shares(
        entries=tuple(ShareWithRole(role=each, access="view") for each in (Role.ANALYST, Role.VIEWER))
    )
    await room.sharing.share(analyst, made.dashboard_id, everyone)

    copy = await room.dashboards.duplicate(colleague, made.dashboard_id, DashboardCopy(name="My load"))

    assert (copy.name, copy.layout, copy.access) == ("My load", two_charts, "own")
    assert copy.owner is not None
    assert copy.owner.user_id == colleague.user_id
    assert [each.name for each in await room.dashboards.list_visible(viewer)] == ["Load"]
    with pytest.raises(Refused):
        await room.dashboards.duplicate(viewer, made.dashboard_id, DashboardCopy(name="Mine"))


async def test_lists_are_narrowed_by_words_tag_owner_and_pin(
    room, admin: Principal, analyst: Principal
) -> None:
    make = room.dashboards.create
    pv = await make(analyst, NewDashboard(name="PV plant", description="Süd roof", tags=("solar",)))
    await make(analyst, NewDashboard(name="Grid prices"))
    await make(admin, NewDashboard(name="Wind", tags=("Solar",)))
    await room.dashboards.pin(analyst, pv.dashboard_id)
    await room.dashboards.pin(analyst, pv.dashboard_id)

    async def names(who: Principal, **narrowed: str) -> list[str]:
        return [each.name for each in await room.dashboards.list_visible(who, **narrowed)]

    assert await names(admin) == ["Grid prices", "PV plant", "Wind"]
    assert await names(admin, which="mine") == ["Wind"]
    assert await names(admin, words="SÜD pv") == ["PV plant"]
    assert await names(admin, tag="solar") == ["PV plant"]
    assert await names(analyst, which="pinned") == ["PV plant"]
    assert await names(admin, which="pinned") == []
    await room.dashboards.unpin(analyst, pv.dashboard_id)
    assert await names(analyst, which="pinned") == []


async def test_what_an_erased_user_owned_passes_to_the_heir_once(
    every_room, analyst: Principal, colleague: Principal, admin: Principal
) -> None:
    made = await every_room.dashboards.create(analyst, NewDashboard(name="Load"))
    shared = await every_room.dashboards.create(admin, NewDashboard(name="Shared"))
    with_analyst = Shares(entries=(ShareWithUser(user_id=analyst.user_id, access="edit"),))
    await every_room.sharing.share(admin, shared.dashboard_id, with_analyst)
    await every_room.dashboards.pin(analyst, shared.dashboard_id)
    erased = UserErased(
        organisation_id=analyst.organisation_id, user_id=analyst.user_id, heir_id=colleague.user_id
    )

    assert await every_room.core.bus.publish(erased) == []
    assert await every_room.core.bus.publish(erased) == []

    assert (await every_room.dashboards.get(colleague, made.dashboard_id)).access == "own"
    assert (await every_room.sharing.shares(admin, shared.dashboard_id)).entries == ()
    assert await every_room.dashboards.list_visible(analyst) == []


async def test_a_missing_dashboard_says_where_to_look(room, admin: Principal) -> None:
    with pytest.raises(NoSuchDashboard, match="look in the list of dashboards"):
        await room.dashboards.get(admin, uuid4())
