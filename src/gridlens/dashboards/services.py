"""Dashboards as things: made, listed, copied, deleted and brought back."""

from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Literal
from uuid import UUID

import msgspec
from msgspec import UNSET
from sqlalchemy import delete, func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import defer

from gridlens.core.database import Database
from gridlens.core.errors import Conflict, Refused
from gridlens.core.events import Bus
from gridlens.core.models import utc_now
from gridlens.core.outbox import Outbox
from gridlens.core.principal import Principal
from gridlens.dashboards import layout as layouts
from gridlens.dashboards.access import access_to, editable_by, find, find_editable, find_own, visible_to
from gridlens.dashboards.audit import audited
from gridlens.dashboards.layout import Layout
from gridlens.dashboards.models import Dashboard, DashboardOpening, DashboardPin, DashboardVersion
from gridlens.dashboards.people import people_by_id
from gridlens.dashboards.placed import place, placeable
from gridlens.dashboards.schemas import (
    DashboardChange,
    DashboardCopy,
    DashboardDetail,
    DashboardSummary,
    Draft,
    NewDashboard,
)
from gridlens.shared.auth import Person
from gridlens.shared.dashboards import DashboardDeleted, DashboardDescription, DashboardRestored
from gridlens.shared.permissions import Permission
from gridlens.shared.sharing import Access

KEPT_AFTER_DELETION = timedelta(days=30)
MOST_LISTED = 1000

Which = Literal["all", "mine", "pinned", "deleted"]


class TooOldToRestore(Conflict):
    kind = "too-old-to-restore"
    title = "It is too late for this"


class DashboardService:
    """Everything about dashboards but what is in them."""

    def __init__(self, database: Database, bus: Bus, outbox: Outbox) -> None:
        self._database = database
        self._bus = bus
        self._outbox = outbox

    async def list_visible(
        self, principal: Principal, *, which: Which = "all", words: str = "", tag: str = ""
    ) -> list[DashboardSummary]:
        """Those the asker may see, by name; ``words`` are looked for in names and descriptions."""
        people = await people_by_id(self._bus, principal)
        has_draft = Dashboard.draft.is_not(None)
        rows = select(Dashboard, has_draft).where(visible_to(principal))
        rows = rows.options(defer(Dashboard.layout), defer(Dashboard.draft))
        if which == "deleted":
            rows = rows.where(Dashboard.deleted_at > utc_now() - KEPT_AFTER_DELETION)
        else:
            rows = rows.where(Dashboard.deleted_at.is_(None))
        if which == "mine":
            rows = rows.where(Dashboard.owner_id == principal.user_id)
        async with self._database.transaction() as session:
            pinned = await _pinned_by(session, principal)
            if which == "pinned":
                rows = rows.where(Dashboard.id.in_(pinned))
            editable = await editable_by(session, principal)
            found = (await session.execute(rows)).all()
            opened = await _opened_by(session, principal)
        summaries = [
            msgspec.structs.replace(
                _summary(row, access_to(principal, row, editable), row.id in pinned, is_drafted, people),
                opened_at=opened.get(row.id),
            )
            for row, is_drafted in found
            if _matches(row, words, tag)
        ]
        if which == "deleted":
            summaries = [each for each in summaries if each.access == "own"]
        return sorted(summaries, key=lambda each: (each.name.casefold(), each.dashboard_id))[:MOST_LISTED]

    async def create(self, principal: Principal, new: NewDashboard) -> DashboardDetail:
        """A dashboard of the asker's own, published at once; nobody else sees it yet."""
        layout = new.layout or Layout(zone=principal.zone)
        layouts.check(layout)
        return await self._add(principal, new.name, new.description, new.tags, layout)

    async def get(self, principal: Principal, dashboard_id: UUID) -> DashboardDetail:
        people = await people_by_id(self._bus, principal)
        async with self._database.transaction() as session:
            row = await find(session, principal, dashboard_id)
            access = access_to(principal, row, await editable_by(session, principal))
            return _detail(row, access, row.id in await _pinned_by(session, principal), people)

    async def describe(self, principal: Principal, dashboard_id: UUID) -> DashboardDescription:
        async with self._database.transaction() as session:
            row = await find(session, principal, dashboard_id)
            return DashboardDescription(dashboard_id=row.id, name=row.name)

    async def change(
        self, principal: Principal, dashboard_id: UUID, change: DashboardChange
    ) -> DashboardDetail:
        async with self._database.transaction() as session:
            row = await find_editable(session, principal, dashboard_id)
            if change.name is not UNSET:
                row.name = change.name
            if change.description is not UNSET:
                row.description = change.description
            if change.tags is not UNSET:
                row.tags = _without_repeats(change.tags)
        return await self.get(principal, dashboard_id)

    async def duplicate(
        self, principal: Principal, dashboard_id: UUID, copy: DashboardCopy
    ) -> DashboardDetail:
        """A copy of the asker's own, shared with nobody."""
        async with self._database.transaction() as session:
            seek = find_editable if copy.is_draft else find
            row = await seek(session, principal, dashboard_id)
            document = row.draft if copy.is_draft and row.draft is not None else row.layout
            description, tags = row.description, tuple(row.tags)
        return await self._add(principal, copy.name, description, tags, layouts.read(document))

    async def delete(self, principal: Principal, dashboard_id: UUID) -> DashboardSummary:
        """Take it away from everybody; for 30 days it can be brought back as it was."""
        people = await people_by_id(self._bus, principal)
        async with self._database.transaction() as session:
            row = await find_own(session, principal, dashboard_id)
            row.deleted_at = utc_now()
            deleted = DashboardDeleted(organisation_id=row.organisation_id, dashboard_id=row.id)
            self._outbox.save(session, deleted)
            self._audit(session, principal, "dashboard.deleted", row)
            pinned = await _pinned_by(session, principal)
            return _summary(row, "own", row.id in pinned, row.draft is not None, people)

    async def restore(self, principal: Principal, dashboard_id: UUID) -> DashboardDetail:
        async with self._database.transaction() as session:
            row = await find_own(session, principal, dashboard_id, is_deleted=True)
            if row.deleted_at is None or row.deleted_at < utc_now() - KEPT_AFTER_DELETION:
                raise TooOldToRestore("This dashboard was deleted more than 30 days ago and is gone.")
            row.deleted_at = None
            restored = DashboardRestored(organisation_id=row.organisation_id, dashboard_id=row.id)
            self._outbox.save(session, restored)
            self._audit(session, principal, "dashboard.restored", row)
        return await self.get(principal, dashboard_id)

    async def purge(self) -> None:
        """Remove for good what was deleted so long ago that nobody can bring it back."""
        async with self._database.transaction() as session:
            gone = Dashboard.deleted_at < utc_now() - KEPT_AFTER_DELETION
            await session.execute(delete(Dashboard).where(gone))

    async def pin(self, principal: Principal, dashboard_id: UUID) -> None:
        pin = DashboardPin(
            organisation_id=principal.organisation_id, user_id=principal.user_id, dashboard_id=dashboard_id
        )
        # Pinning twice at once, as a double click does, is pinning.
        with suppress(IntegrityError):
            async with self._database.transaction() as session:
                await find(session, principal, dashboard_id)
                if dashboard_id not in await _pinned_by(session, principal):
                    session.add(pin)

    async def unpin(self, principal: Principal, dashboard_id: UUID) -> None:
        mine = (DashboardPin.user_id == principal.user_id) & (DashboardPin.dashboard_id == dashboard_id)
        async with self._database.transaction() as session:
            await session.execute(delete(DashboardPin).where(mine))

    async def _add(
        self, principal: Principal, name: str, description: str, tags: Sequence[str], layout: Layout
    ) -> DashboardDetail:
        if not principal.may(Permission.EDIT_DASHBOARDS):
            raise Refused("Your role may look at dashboards but not make any. Ask an administrator.")
        charts = await placeable(self._bus, self._database, principal, layout)
        async with self._database.transaction() as session:
            row = Dashboard(
                organisation_id=principal.organisation_id,
                owner_id=principal.user_id,
                name=name,
                description=description,
                tags=_without_repeats(tags),
                layout=layouts.stored(layout),
                edited_by=principal.user_id,
            )
            session.add(row)
            await session.flush()
            session.add(
                DashboardVersion(
                    organisation_id=principal.organisation_id,
                    dashboard_id=row.id,
                    number=1,
                    layout=row.layout,
                    published_by=principal.user_id,
                )
            )
            await place(session, row, charts, is_draft=False)
            self._audit(session, principal, "dashboard.created", row)
        return await self.get(principal, row.id)

    def _audit(self, session: AsyncSession, principal: Principal, action: str, row: Dashboard) -> None:
        self._outbox.save(session, audited(principal, action, row))


async def _pinned_by(session: AsyncSession, principal: Principal) -> set[UUID]:
    pins = select(DashboardPin.dashboard_id).where(DashboardPin.user_id == principal.user_id)
    return set(await session.scalars(pins))


def _matches(row: Dashboard, words: str, tag: str) -> bool:
    # In Python, because the three databases fold case and accents each in their own way.
    text = f"{row.name} {row.description}".casefold()
    return (not tag or tag in row.tags) and all(word in text for word in words.casefold().split())


def _without_repeats(tags: Sequence[str]) -> list[str]:
    return list(dict.fromkeys(tag.strip() for tag in tags if tag.strip()))


def _restorable_until(deleted_at: datetime | None) -> datetime | None:
    return deleted_at and deleted_at + KEPT_AFTER_DELETION


async def _opened_by(session: AsyncSession, principal: Principal) -> dict[UUID, datetime]:
    """When they opened each dashboard last."""
    theirs = (
        select(DashboardOpening.dashboard_id, func.max(DashboardOpening.last_at))
        .where(DashboardOpening.user_id == principal.user_id)
        .group_by(DashboardOpening.dashboard_id)
    )
    return {row[0]: row[1] for row in await session.execute(theirs)}


def _summary(
    row: Dashboard, access: Access, is_pinned: bool, is_drafted: bool, people: dict[UUID, Person]
) -> DashboardSummary:
    return DashboardSummary(
        dashboard_id=row.id,
        name=row.name,
        description=row.description,
        tags=tuple(row.tags),
        owner=people.get(row.owner_id),
        access=access,
        is_pinned=is_pinned,
        has_draft=is_drafted and access != "view",
        published_at=row.published_at,
        edited_at=row.edited_at,
        restorable_until=_restorable_until(row.deleted_at),
    )


def _detail(row: Dashboard, access: Access, is_pinned: bool, people: dict[UUID, Person]) -> DashboardDetail:
    draft = None
    if row.draft is not None and row.drafted_by and row.drafted_at and access != "view":
        drafter = people.get(row.drafted_by)
        draft = Draft(layout=layouts.read(row.draft), saved_by=drafter, saved_at=row.drafted_at)
    return DashboardDetail(
        dashboard_id=row.id,
        name=row.name,
        description=row.description,
        tags=tuple(row.tags),
        owner=people.get(row.owner_id),
        access=access,
        is_pinned=is_pinned,
        has_draft=draft is not None,
        published_at=row.published_at,
        edited_at=row.edited_at,
        revision=row.revision,
        version=row.version,
        layout=layouts.read(row.layout),
        draft=draft,
    )
