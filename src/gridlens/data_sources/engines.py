"""Every source's connector, kept for as long as the source stays what it is."""

import hashlib
from pathlib import Path
from typing import Literal
from uuid import UUID
from weakref import WeakKeyDictionary

import msgspec

from gridlens.core.config import Settings as CoreSettings
from gridlens.core.events import Bus
from gridlens.core.module import Core
from gridlens.core.security.vault import UnreadableSecret, Vault
from gridlens.data_sources.addresses import AddressPolicy
from gridlens.data_sources.connections import (
    DuckdbSettings,
    FilesSettings,
    MysqlSettings,
    PostgresqlSettings,
    Settings,
    SqliteSettings,
    from_stored,
)
from gridlens.data_sources.connectors import Connector
from gridlens.data_sources.connectors.files import FileConnector
from gridlens.data_sources.errors import FileRefused, SignInRefused
from gridlens.data_sources.models import Source
from gridlens.data_sources.storage import Storage
from gridlens.data_sources.workers.pool import WorkerPool


class Engines:
    """Builds connectors, and hands out the one of a source while nothing about it has changed."""

    def __init__(self, settings: CoreSettings, vault: Vault) -> None:
        self.storage = Storage(settings.data_dir, settings.file_roots)
        self.pool = WorkerPool(settings.engine_workers)
        self._policy = AddressPolicy(settings.private_networks)
        self._vault = vault
        self._kept: dict[UUID, tuple[str, Connector]] = {}

    async def connector(self, source: Source) -> Connector:
        fingerprint = _fingerprint(source)
        kept = self._kept.get(source.id)
        if kept is not None:
            if kept[0] == fingerprint:
                return kept[1]
            await self.forget(source.id)
        settings = from_stored(source.settings)
        file = self.storage.source_file(source.id, source.file_name) if source.file_name else None
        connector = self.build(settings, self.password(source), source.zone, file)
        if isinstance(settings, SqliteSettings | DuckdbSettings) and settings.path is not None:
            return connector  # holds nothing, and its path is looked at anew each time
        self._kept[source.id] = (fingerprint, connector)
        return connector

    def build(self, settings: Settings, password: str, zone: str, file: Path | None = None) -> Connector:
        """A connector of its own, which the caller closes; ``file`` is one of ours."""
        if isinstance(settings, PostgresqlSettings):
            from gridlens.data_sources.connectors.postgresql import PostgresqlConnector

            return PostgresqlConnector(settings, password, zone, self._policy)
        if isinstance(settings, MysqlSettings):
            from gridlens.data_sources.connectors.mysql import MysqlConnector

            return MysqlConnector(settings, password, zone, self._policy)
        engine: Literal["sqlite", "duckdb"] = "sqlite" if isinstance(settings, SqliteSettings) else "duckdb"
        if not isinstance(settings, FilesSettings) and settings.path is not None:
            listed = self.storage.listed_file(settings.path)
            return FileConnector(engine, str(listed), zone, self.pool, is_ours=False)
        if file is None:
            raise FileRefused("This source holds no table yet. Upload a file into it first.")
        return FileConnector(engine, str(file), zone, self.pool, is_ours=True)

    def password(self, source: Source) -> str:
        if source.secret is None:
            return ""
        try:
            return self._vault.open(source.secret, secret_place(source.id)).decode()
        except UnreadableSecret as error:
            raise SignInRefused(
                "The stored password cannot be read with the keys of this server. Enter it again.",
                fields={"password": "enter it again"},
            ) from error

    def seal(self, source_id: UUID, password: str) -> bytes | None:
        return self._vault.seal(password.encode(), secret_place(source_id)) if password else None

    async def forget(self, source_id: UUID) -> None:
        kept = self._kept.pop(source_id, None)
        if kept is not None:
            await kept[1].close()

    async def forget_all(self) -> None:
        for source_id in list(self._kept):
            await self.forget(source_id)

    async def close(self) -> None:
        await self.forget_all()
        await self.pool.close()


_engines: WeakKeyDictionary[Bus, Engines] = WeakKeyDictionary()


def engines_of(core: Core) -> Engines:
    """The engines of one application, made at the first call: for its services and for its shutdown."""
    if core.bus not in _engines:
        _engines[core.bus] = Engines(core.settings, core.vault)
    return _engines[core.bus]


def secret_place(source_id: UUID) -> str:
    return f"source|{source_id}|secret"


def _fingerprint(source: Source) -> str:
    parts = (source.kind, source.settings, source.secret, source.zone, source.file_name)
    return hashlib.sha256(msgspec.json.encode(parts)).hexdigest()
