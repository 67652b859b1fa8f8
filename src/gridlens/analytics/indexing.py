"""What values each source holds, so that questions may name them: an index of each, built in the background.

It lies in the data directory beside the cache and is made anew from the source at any time. Columns whose
data looks as it did are taken over from the index before, for a day.
"""

import asyncio
import hashlib
import sqlite3
import time
from collections import OrderedDict
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Literal
from uuid import UUID

import msgspec
import structlog
from sqlalchemy.ext.asyncio import AsyncSession
from uuid_utils.compat import uuid7

from gridlens.core.database import Database
from gridlens.core.errors import GridlensError
from gridlens.core.events import Bus
from gridlens.core.jobs import Job, Jobs
from gridlens.core.models import utc_now
from gridlens.core.principal import Principal
from gridlens.shared.data_sources import DescribeSource, FetchRows, SourceDescription
from gridlens.shared.permissions import ROLE_PERMISSIONS, Role

if TYPE_CHECKING:
    from gridlens.analytics.ask.parsing.schema import Column, Schema
    from gridlens.analytics.ask.parsing.values import ValueIndex

SECONDS_PER_COLUMN = 15.0
MOST_SECONDS = 180.0
MOST_OPEN = 16
MOST_VALUES_IN_ALL = 2_000_000
TAKEN_OVER_FOR = timedelta(days=1)
"""A column may change without its figures telling."""
SILENT_SECONDS = 60.0
"""Who has not told of progress for so long has died."""
NOBODY = UUID(int=0)
log = structlog.get_logger()


class IndexSource(Job, frozen=True, kw_only=True, tag="analytics.index_source"):
    """Read the values of a source for questions; ``version`` of its catalog says for which state."""

    organisation_id: UUID
    source_id: UUID
    version: int


class IndexState(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """Whether the values of a source are known to questions, and how many columns are read meanwhile."""

    state: Literal["waiting", "reading", "ready"]
    columns_read: int = 0
    columns: int = 0


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

    async def state(self, source: SourceDescription, organisation_id: UUID) -> IndexState:
        """How far the index is; asking for it starts it where there is none."""
        if (told := await asyncio.to_thread(self._told, source.source_id)) is not None:
            return told
        index = await self.of(source, organisation_id)
        return IndexState(state="waiting" if index is None else "ready")

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
            await asyncio.to_thread(self._progress_of(job.source_id).unlink, missing_ok=True)

    def forget(self, source_id: UUID) -> None:
        for key in [key for key in self._open if key[0] == source_id]:
            self._open.pop(key).close()
        self._path(source_id).unlink(missing_ok=True)
        self._progress_of(source_id).unlink(missing_ok=True)

    async def _fill(self, path: Path, source: SourceDescription, asker: Principal) -> None:
        from gridlens.analytics.ask.parsing.schema import Schema
        from gridlens.analytics.ask.parsing.values import ValueIndex

        schema = await asyncio.to_thread(Schema, source.catalog)
        index = await asyncio.to_thread(ValueIndex, schema, path)
        await asyncio.to_thread(path.chmod, 0o600)
        older = self._path(source.source_id)
        try:
            has_older = await asyncio.to_thread(_set_beside, index, older)
            await self._read(index, schema, source, asker, has_older=has_older)
        finally:
            index.close()

    async def _read(
        self,
        index: "ValueIndex",
        schema: "Schema",
        source: SourceDescription,
        asker: Principal,
        *,
        has_older: bool,
    ) -> None:
        from gridlens.analytics.ask.parsing.values import MOST_VALUES, reading_statements

        columns = list(reading_statements(schema, source.dialect))
        clock = asyncio.get_running_loop().time
        ends, left = clock() + MOST_SECONDS, MOST_VALUES_IN_ALL
        for place, (column, sql) in enumerate(columns):
            await asyncio.to_thread(self._tell, source.source_id, place, len(columns))
            if clock() > ends or left <= 0:
                log.info("index_cut_short", source_id=str(source.source_id), columns=place, of=len(columns))
                break
            now = utc_now()
            read_as, since = _looks_of(column), (now - TAKEN_OVER_FOR).timestamp()
            if has_older and read_as and await asyncio.to_thread(index.take_over, column, read_as, since):
                continue
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
                left -= len(values)
                await asyncio.to_thread(index.add, column, values, read_as, now.timestamp())

    def _tell(self, source_id: UUID, read: int, columns: int) -> None:
        """Other processes answer for the progress of this one."""
        progress = IndexState(state="reading", columns_read=read, columns=columns)
        path = self._progress_of(source_id)
        made = path.with_suffix(f".{uuid7()}")
        made.write_bytes(msgspec.json.encode(progress))
        made.replace(path)

    def _told(self, source_id: UUID) -> IndexState | None:
        path = self._progress_of(source_id)
        try:
            is_silent = time.time() - path.stat().st_mtime > SILENT_SECONDS
            return None if is_silent else msgspec.json.decode(path.read_bytes(), type=IndexState)
        except (FileNotFoundError, msgspec.MsgspecError):
            return None

    def _progress_of(self, source_id: UUID) -> Path:
        return self._folder / f"{source_id}.progress"

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


def _set_beside(index: "ValueIndex", older: Path) -> bool:
    """Whether columns can be taken over from the index before; from one of another release they cannot."""
    if not older.exists():
        return False
    try:
        index.beside(older)
    except sqlite3.Error:
        return False
    return True


def _looks_of(column: "Column") -> str | None:
    """The state of a column's data, as far as its figures tell it; nothing where there are none."""
    if column.column.profile is None:
        return None
    looks = (column.column.native_type, column.table.table.row_count, column.column.profile)
    return hashlib.blake2b(msgspec.msgpack.encode(looks), digest_size=16).hexdigest()


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
