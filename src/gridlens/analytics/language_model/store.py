"""The language model of each organisation as a row, its key sealed in the vault."""

from dataclasses import dataclass
from functools import partial
from uuid import UUID

import msgspec
from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError
from uuid_utils.compat import uuid7

from gridlens.analytics.language_model.errors import ModelSettingsChanged
from gridlens.analytics.language_model.settings import ModelSettings
from gridlens.analytics.models import LanguageModelRow
from gridlens.core.database import Database
from gridlens.core.remembered import Remembered
from gridlens.core.security.vault import Vault


@dataclass(frozen=True, slots=True)
class Kept:
    """What is set, with the key still sealed; without settings no model is used."""

    version: int = 0
    settings: ModelSettings | None = None
    row_id: UUID | None = None
    secret: bytes | None = None


class ModelStore:
    def __init__(self, database: Database, vault: Vault) -> None:
        self._database = database
        self._vault = vault
        self._kept: Remembered[UUID, Kept] = Remembered(database)

    async def current(self, organisation_id: UUID) -> Kept:
        return await self._kept.get(organisation_id, partial(self._load, organisation_id))

    def key_of(self, kept: Kept) -> str:
        if kept.secret is None or kept.row_id is None:
            return ""
        return self._vault.open(kept.secret, _place(kept.row_id)).decode()

    async def keep(
        self, organisation_id: UUID, version: int, settings: ModelSettings | None, key: str | None
    ) -> None:
        """Make this the version after ``version``; without a new ``key`` the stored one stays.

        Raises:
            ModelSettingsChanged: somebody else made that version first.
        """
        before = await self._load(organisation_id)
        if before.version != version:
            raise _changed()
        row_id = before.row_id or uuid7()
        secret = before.secret if key is None else self._sealed(key, row_id)
        said = {
            "version": version + 1,
            "settings": None if settings is None else msgspec.to_builtins(settings),
            "secret": None if settings is None else secret,
        }
        try:
            async with self._database.transaction() as session:
                if before.row_id is None:
                    session.add(LanguageModelRow(id=row_id, organisation_id=organisation_id, **said))
                    return
                mine = (LanguageModelRow.id == row_id) & (LanguageModelRow.version == version)
                taken = await session.execute(
                    update(LanguageModelRow)
                    .where(mine)
                    .values(**said)
                    .execution_options(synchronize_session=False)
                )
                if not taken.rowcount:  # type: ignore[attr-defined]
                    raise _changed()
        except IntegrityError as error:
            raise _changed() from error

    def _sealed(self, key: str, row_id: UUID) -> bytes | None:
        return self._vault.seal(key.encode(), _place(row_id)) if key else None

    async def _load(self, organisation_id: UUID) -> Kept:
        async with self._database.transaction() as session:
            row = await session.scalar(
                select(LanguageModelRow).where(LanguageModelRow.organisation_id == organisation_id)
            )
            if row is None:
                return Kept()
            settings = None if row.settings is None else msgspec.convert(row.settings, ModelSettings)
            return Kept(row.version, settings, row.id, row.secret)


def _place(row_id: UUID) -> str:
    return f"language_model|{row_id}|secret"


def _changed() -> ModelSettingsChanged:
    return ModelSettingsChanged(
        "Somebody changed the language model since you opened its settings. Open them again, then make your "
        "change."
    )
