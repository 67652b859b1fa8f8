"""The draft of a dashboard, its publication, and the versions that stay behind."""

from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import null, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from gridlens.core.database import Database
from gridlens.core.events import Bus
from gridlens.core.models import utc_now
from gridlens.core.outbox import Outbox
from gridlens.core.principal import Principal
from gridlens.dashboards import layout as layouts
from gridlens.dashboards.access import find, find_editable
from gridlens.dashboards.audit import audited
from gridlens.dashboards.errors import EditedElsewhere, NoSuchVersion
from gridlens.dashboards.models import Dashboard, DashboardVersion
from gridlens.dashboards.people import people_by_id
from gridlens.dashboards.placed import place, placeable, publish_draft
from gridlens.dashboards.schemas import DraftSave, DraftSaved, Publication, VersionDetail, VersionSummary
from gridlens.shared.auth import Person


class EditingService:
    """Changes what a dashboard shows, each change on top of the revision its editor saw."""

    def __init__(self, database: Database, bus: Bus, outbox: Outbox) -> None:
        self._database = database
        self._bus = bus
        self._outbox = outbox

    async def save_draft(self, principal: Principal, dashboard_id: UUID, save: DraftSave) -> DraftSaved:
        """Keep the editor's state; viewers go on seeing what is published.

        Raises:
            EditedElsewhere: somebody changed the dashboard since the editor's revision.
        """
        layouts.check(save.layout)
        document = layouts.stored(save.layout)
        charts = await placeable(self._bus, self._database, principal, save.layout, dashboard_id)
        now = utc_now()
        async with self._database.transaction() as session:
            row = await find_editable(session, principal, dashboard_id)
            if row.drafted_at and _is_sent_again(row, principal, save):
                return DraftSaved(revision=row.revision, saved_at=row.drafted_at)
            is_ours = await _advance(
                session,
                principal,
                row,
                save.revision,
                draft=document,
                drafted_by=principal.user_id,
                drafted_at=now,
            )
            if is_ours:
                await place(session, row, charts, is_draft=True)
        if not is_ours:
            raise await self._edited_elsewhere(principal, dashboard_id)
        return DraftSaved(revision=save.revision + 1, saved_at=now)

    async def discard_draft(self, principal: Principal, dashboard_id: UUID, revision: int) -> None:
        async with self._database.transaction() as session:
            row = await find_editable(session, principal, dashboard_id)
            if row.draft is None:
                return
            is_ours = await _advance(session, principal, row, revision, **_no_draft())
            if is_ours:
                await place(session, row, (), is_draft=True)
        if not is_ours:
            raise await self._edited_elsewhere(principal, dashboard_id)

    async def publish(self, principal: Principal, dashboard_id: UUID, publication: Publication) -> None:
        """Show the draft to everybody and keep it as a version; without a draft nothing changes."""
        async with self._database.transaction() as session:
            row = await find_editable(session, principal, dashboard_id)
            if row.draft is None and row.revision == publication.revision:
                return
            is_ours = row.draft is not None and await _publish(
                session, principal, row, publication.revision, row.draft, note=publication.note, **_no_draft()
            )
            if is_ours:
                await publish_draft(session, row)
                self._outbox.save(session, audited(principal, "dashboard.published", row))
        if not is_ours:
            raise await self._edited_elsewhere(principal, dashboard_id)

    async def list_versions(self, principal: Principal, dashboard_id: UUID) -> list[VersionSummary]:
        """Newest first."""
        people = await people_by_id(self._bus, principal)
        async with self._database.transaction() as session:
            row = await find_editable(session, principal, dashboard_id)
            versions = await session.scalars(
                select(DashboardVersion)
                .where(DashboardVersion.dashboard_id == row.id)
                .order_by(DashboardVersion.number.desc())
            )
            return [
                VersionSummary(
                    number=each.number,
                    note=each.note,
                    published_by=people.get(each.published_by),
                    published_at=each.created_at,
                    restored_from=each.restored_from,
                )
                for each in versions
            ]

    async def get_version(self, principal: Principal, dashboard_id: UUID, number: int) -> VersionDetail:
        people = await people_by_id(self._bus, principal)
        async with self._database.transaction() as session:
            row = await find_editable(session, principal, dashboard_id)
            version = await _version(session, row, number)
            return VersionDetail(
                number=version.number,
                note=version.note,
                published_by=people.get(version.published_by),
                published_at=version.created_at,
                restored_from=version.restored_from,
                layout=layouts.read(version.layout),
            )

    async def restore_version(
        self, principal: Principal, dashboard_id: UUID, number: int, publication: Publication
    ) -> None:
        """Publish an old version as the newest one. A draft that waits stays a draft."""
        layout = (await self.get_version(principal, dashboard_id, number)).layout
        charts = await placeable(self._bus, self._database, principal, layout, dashboard_id)
        async with self._database.transaction() as session:
            row = await find_editable(session, principal, dashboard_id)
            old = await _version(session, row, number)
            is_ours = await _publish(
                session,
                principal,
                row,
                publication.revision,
                old.layout,
                note=publication.note,
                restored_from=number,
            )
            if is_ours:
                await place(session, row, charts, is_draft=False)
                self._outbox.save(session, audited(principal, "dashboard.published", row))
        if not is_ours:
            raise await self._edited_elsewhere(principal, dashboard_id)

    async def _edited_elsewhere(self, principal: Principal, dashboard_id: UUID) -> EditedElsewhere:
        people = await people_by_id(self._bus, principal)
        async with self._database.transaction() as session:
            row = await find(session, principal, dashboard_id)
        editor = people.get(row.edited_by)
        edited_at = row.edited_at.astimezone(ZoneInfo(principal.zone))
        who = "You, in another window," if row.edited_by == principal.user_id else _name(editor)
        return EditedElsewhere(
            f"{who} changed this dashboard at {edited_at:%H:%M %Z}, after you opened it. Nothing of "
            "yours was saved yet: take theirs, keep yours on top of theirs, or save yours as a copy.",
            extra={
                "revision": row.revision,
                "editedBy": editor,
                "editedAt": row.edited_at,
                "layout": row.draft if row.draft is not None else row.layout,
                "isPublished": row.draft is None,
            },
        )


def _is_sent_again(row: Dashboard, principal: Principal, save: DraftSave) -> bool:
    """An editor whose answer was lost on the way sends the same once more."""
    is_next = row.revision == save.revision + 1 and row.drafted_by == principal.user_id
    return is_next and row.draft is not None and layouts.read(row.draft) == save.layout


async def _advance(
    session: AsyncSession, principal: Principal, row: Dashboard, revision: int, **values: object
) -> bool:
    """Write on top of ``revision``; false when that is no longer the newest one."""
    written: Any = await session.execute(
        update(Dashboard)
        .where(Dashboard.id == row.id, Dashboard.revision == revision)
        .values(revision=revision + 1, edited_by=principal.user_id, edited_at=utc_now(), **values),
        execution_options={"synchronize_session": False},
    )
    return bool(written.rowcount)


async def _publish(
    session: AsyncSession,
    principal: Principal,
    row: Dashboard,
    revision: int,
    document: dict[str, Any],
    *,
    note: str,
    restored_from: int | None = None,
    **values: object,
) -> bool:
    number = row.version + 1
    is_ours = await _advance(
        session, principal, row, revision, layout=document, version=number, published_at=utc_now(), **values
    )
    if is_ours:
        session.add(
            DashboardVersion(
                organisation_id=row.organisation_id,
                dashboard_id=row.id,
                number=number,
                note=note,
                layout=document,
                published_by=principal.user_id,
                restored_from=restored_from,
            )
        )
    return is_ours


async def _version(session: AsyncSession, row: Dashboard, number: int) -> DashboardVersion:
    if not 1 <= number <= row.version:
        raise NoSuchVersion(number)
    version = await session.scalar(
        select(DashboardVersion).where(
            DashboardVersion.dashboard_id == row.id, DashboardVersion.number == number
        )
    )
    if version is None:
        raise NoSuchVersion(number)
    return version


def _no_draft() -> dict[str, Any]:
    return {"draft": null(), "drafted_by": None, "drafted_at": None}


def _name(person: Person | None) -> str:
    return person.name if person else "Somebody who has left since"
