"""Semantic models as rows: one for each source, and each of its last versions."""

from collections import OrderedDict
from dataclasses import dataclass
from functools import partial
from uuid import UUID

import msgspec
from sqlalchemy import delete, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from gridlens.analytics.models import SemanticModelRow, SemanticVersion
from gridlens.analytics.semantic.enriching import described
from gridlens.analytics.semantic.errors import InvalidModel, ModelChanged
from gridlens.analytics.semantic.model import SemanticModel
from gridlens.core.database import Database
from gridlens.core.principal import Principal
from gridlens.core.remembered import Remembered
from gridlens.shared.data_sources import SourceDescription

VERSIONS_KEPT = 200
LARGEST_DOCUMENT = 4 * 2**20
_DESCRIBED_KEPT = 200
NOTHING = SemanticModel()


@dataclass(frozen=True, slots=True)
class _Known:
    """A source as it was asked for last, and as it was described then."""

    source: SourceDescription
    model: SemanticModel
    described: SourceDescription


class SemanticStore:
    def __init__(self, database: Database) -> None:
        self._database = database
        self._current: Remembered[tuple[UUID, UUID], tuple[int, SemanticModel]] = Remembered(database)
        self._known: OrderedDict[UUID, _Known] = OrderedDict()

    async def current(self, organisation_id: UUID, source_id: UUID) -> tuple[int, SemanticModel]:
        """The version that holds now with its model; version 0 says nothing."""
        return await self._current.get(
            (organisation_id, source_id), partial(self._load, organisation_id, source_id)
        )

    async def described(self, principal: Principal, source: SourceDescription) -> SourceDescription:
        """The source with what is agreed about it."""
        version, model = await self.current(principal.organisation_id, source.source_id)
        if version == 0:
            return source
        known = self._known.get(source.source_id)
        # Compared by identity, as comparing whole catalogs takes longer than many an answer.
        if known is None or known.source is not source or known.model is not model:
            known = _Known(source, model, described(source, model, version))
            self._known[source.source_id] = known
            if len(self._known) > _DESCRIBED_KEPT:
                self._known.popitem(last=False)
        return known.described

    async def _load(self, organisation_id: UUID, source_id: UUID) -> tuple[int, SemanticModel]:
        row = await self.row(organisation_id, source_id)
        if row is None:
            return 0, NOTHING
        return row.version, msgspec.json.decode(row.document, type=SemanticModel)

    async def row(self, organisation_id: UUID, source_id: UUID) -> SemanticModelRow | None:
        async with self._database.transaction() as session:
            found: SemanticModelRow | None = await session.scalar(
                select(SemanticModelRow).where(
                    SemanticModelRow.organisation_id == organisation_id,
                    SemanticModelRow.source_id == source_id,
                )
            )
            return found

    async def keep(
        self,
        session: AsyncSession,
        row: SemanticModelRow,
        *,
        expected: int,
        model: SemanticModel,
        note: str,
    ) -> None:
        """Make ``model`` the version after ``expected``; ``row`` says whose, for what, and by whom.

        Raises:
            ModelChanged: somebody else made that version first.
        """
        document = msgspec.json.encode(model)
        if len(document) > LARGEST_DOCUMENT:
            raise InvalidModel("These terms take more than 4 MiB. Leave out values that explain themselves.")
        row.version, row.document = expected + 1, document.decode()
        try:
            if expected == 0:
                session.add(row)
                await session.flush()
            else:
                await _replace(session, row, expected)
            session.add(
                SemanticVersion(
                    organisation_id=row.organisation_id,
                    source_id=row.source_id,
                    version=row.version,
                    document=row.document,
                    note=note[:200],
                    changed_by=row.changed_by,
                )
            )
            await session.flush()
        except IntegrityError as error:
            raise _changed() from error
        old = (SemanticVersion.source_id == row.source_id) & (
            SemanticVersion.version <= row.version - VERSIONS_KEPT
        )
        await session.execute(delete(SemanticVersion).where(old))

    async def versions(self, organisation_id: UUID, source_id: UUID) -> list[SemanticVersion]:
        """The newest first."""
        chosen = select(SemanticVersion).where(
            SemanticVersion.organisation_id == organisation_id, SemanticVersion.source_id == source_id
        )
        async with self._database.transaction() as session:
            return list(await session.scalars(chosen.order_by(SemanticVersion.version.desc())))

    async def forget_source(self, session: AsyncSession, organisation_id: UUID, source_id: UUID) -> None:
        for table in (SemanticModelRow, SemanticVersion):
            own = (table.organisation_id == organisation_id) & (table.source_id == source_id)
            await session.execute(delete(table).where(own))

    async def hand_over(
        self, session: AsyncSession, organisation_id: UUID, user_id: UUID, heir_id: UUID
    ) -> None:
        for table in (SemanticModelRow, SemanticVersion):
            own = (table.organisation_id == organisation_id) & (table.changed_by == user_id)
            await session.execute(update(table).where(own).values(changed_by=heir_id))


async def _replace(session: AsyncSession, row: SemanticModelRow, expected: int) -> None:
    # The guarded update lets one of two editors win, on every database.
    taken = await session.execute(
        update(SemanticModelRow)
        .where(
            SemanticModelRow.organisation_id == row.organisation_id,
            SemanticModelRow.source_id == row.source_id,
            SemanticModelRow.version == expected,
        )
        .values(version=row.version, document=row.document, changed_by=row.changed_by)
        .execution_options(synchronize_session=False)
    )
    if not taken.rowcount:  # type: ignore[attr-defined]
        raise _changed()


def _changed() -> ModelChanged:
    return ModelChanged(
        "Somebody changed the terms of this source since you opened them. Open them again, then make your "
        "change."
    )
