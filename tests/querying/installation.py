"""An installation with an administrator, a viewer and one source, for commands to work on."""

import asyncio
from pathlib import Path

from gridlens import auth, data_sources
from gridlens.core.config import read_settings
from gridlens.core.migrating import upgrade
from gridlens.core.module import make_core
from gridlens.data_sources.connections import DuckdbSettings
from gridlens.data_sources.schemas import NewSource
from gridlens.data_sources.services.sources import SourceService
from gridlens.shared.permissions import Role


def install(folder: Path, environment: dict[str, str]) -> None:
    """``energy.duckdb`` in the folder becomes the source “Metering”."""

    async def make() -> None:
        core = make_core(read_settings(environment))
        await upgrade(core.database)
        services = data_sources.connect(core)
        admin, _ = await auth.create_user(core, email="ada@example.org", name="Ada", role=Role.ADMIN)
        await auth.set_password(core, "ada@example.org", "a long enough passphrase")
        await auth.create_user(core, email="vera@example.org", name="Vera", role=Role.VIEWER)
        sources = services["sources"]
        assert isinstance(sources, SourceService)
        path = str(folder / "energy.duckdb")
        await sources.create(
            admin, NewSource(name="Metering", connection=DuckdbSettings(path=path), zone="UTC")
        )
        async with data_sources.lifespan(core):
            await core.jobs.run_due()
        await core.database.close()

    asyncio.run(make())
