"""What values each source holds, so that questions may name them: an index of each, built in the background.

It lies in the data directory beside the cache and is made anew from the source at any time.
"""

import asyncio
from collections import OrderedDict
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

import structlog
from sqlalchemy.ext.asyncio import AsyncSession
from uuid_utils.compat import uuid7

from gridlens.core.database import Database
from gridlens.core.errors import GridlensError
from gridlens.core.events import Bus
from gridlens.core.jobs import Job, Jobs
from gridlens.core.principal import Principal
from gridlens.shared.data_sources import DescribeSource, FetchRows, SourceDescription
from gridlens.shared.permissions import ROLE_PERMISSIONS, Role

if TYPE_CHECKING:
    from gridlens.analytics.ask.parsing.values import ValueIndex

SECONDS_PER_COLUMN = 15.0
MOST_SECONDS = 180.0
MOST_OPEN = 16
NOBODY = UUID(int=0)
log = structlog.get_logger()


class IndexSource(Job, frozen=True, kw_only=True, tag="analytics.index_source"):
    """Read the values of a source for questions; ``version`` of its catalog says for which state."""

    organisation_id: UUID
    source_id: UUID
    version: int


class SourceIndexes:
    """Opens the indexes of sources, each for the catalog that its asker may see."""

    def __init__(self, bus: Bus, database: Database, jobs: Jobs, data_dir: Path) -> None:
        self._bus, self._database, self._jobs = bus, database, jobs
        self._asked_for: set[tuple[UUID, int]] = set()
        self._folder = data_dir / "index"
        self._open: OrderedDict[tuple[UUID, int, str, float], ValueIndex] = OrderedDict()

    async def of(self, source: SourceDescription, organisation_id: UUID) -> "ValueIndex | None":
        """The index as this asker may use it; None while it is being built, which the first asker starts."""
        index = await asyncio.to_thread(self._opened, source, self._path(source.source_id))
        wanted = (source.source_id, source.catalog.version)
        if index is None and wanted not in self._asked_for:
            self._asked_for.add(wanted)
            async with self._database.transaction() as session:
                await self.enqueue(session, organisation_id, *wanted)
        return index

    async def enqueue(
        self, session: AsyncSession, organisation_id: UUID, source_id: UUID, version: int
    ) -> None:
        job = IndexSource(organisation_id=organisation_id, source_id=source_id, version=version)
        await self._jobs.enqueue(session, job)

    async def build(self, job: IndexSource) -> None:
        """Read the values of text, and of numbers that are few, into a file in the old one's place."""
        asker = _reader_of(job.organisation_id)
        try:
            source = await self._bus.request(DescribeSource(principal=asker, source_id=job.source_id))
        except GridlensError:
            return  # gone since
        if source.catalog.version > job.version:
            return  # a newer job is on its way
        path = self._path(job.source_id)
        made = path.with_suffix(f".{uuid7()}")
        await asyncio.to_thread(path.parent.mkdir, mode=0o700, parents=True, exist_ok=True)
        try:
            await self._fill(made, source, asker)
            await asyncio.to_thread(made.replace, path)
        finally:
            await asyncio.to_thread(made.unlink, missing_ok=True)

    def forget(self, source_id: UUID) -> None:
        for key in [key for key in self._open if key[0] == source_id]:
            self._open.pop(key).close()
        self._path(source_id).unlink(missing_ok=True)

    async def _fill(self, path: Path, source: SourceDescription, asker: Principal) -> None:
        from gridlens.analytics.ask.parsing.schema import Schema
        from gridlens.analytics.ask.parsing.values import MOST_VALUES, ValueIndex, reading_statements

        schema = await asyncio.to_thread(Schema, source.catalog)
        index = await asyncio.to_thread(ValueIndex, schema, path)
        await asyncio.to_thread(path.chmod, 0o600)
        ends = asyncio.get_running_loop().time() + MOST_SECONDS
        try:
            for column, sql in reading_statements(schema, source.dialect):
                if asyncio.get_running_loop().time() > ends:
                    log.info("index_cut_short", source_id=str(source.source_id))
                    break
                question = FetchRows(
                    principal=asker,
                    source_id=source.source_id,
                    query_id=uuid7(),
                    sql=sql,
                    row_limit=MOST_VALUES,
                    deadline_seconds=SECONDS_PER_COLUMN,
                )
                with suppress(GridlensError):  # one column that cannot be read costs the others nothing
                    fetched = await self._bus.request(question)
                    values = fetched.frame.to_series(0).to_list()
                    await asyncio.to_thread(index.add, column, values)
        finally:
            index.close()

    def _opened(self, source: SourceDescription, path: Path) -> "ValueIndex | None":
        from gridlens.analytics.ask.parsing.schema import Schema
        from gridlens.analytics.ask.parsing.values import ValueIndex

        try:
            changed_at = path.stat().st_mtime
        except FileNotFoundError:
            return None
        key = (source.source_id, source.catalog.version, source.rights, changed_at)
        index = self._open.get(key)
        if index is None:
            # Whoever sees only some rows of a table must not learn from it which values it holds.
            hidden = {(each.table.schema, each.table.name) for each in source.restrictions}
            index = ValueIndex(Schema(source.catalog), path, without=hidden)
            self._open[key] = index
            while len(self._open) > MOST_OPEN:
                self._open.popitem(last=False)[1].close()
        return index

    def _path(self, source_id: UUID) -> Path:
        return self._folder / f"{source_id}.sqlite"


def _reader_of(organisation_id: UUID) -> Principal:
    """Gridlens itself, which reads a source whole and keeps from each asker what they may not see."""
    return Principal(
        user_id=NOBODY,
        organisation_id=organisation_id,
        name="Gridlens",
        email="",
        role=Role.ADMIN,
        permissions=ROLE_PERMISSIONS[Role.ADMIN],
    )
