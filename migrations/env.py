"""Alembic's entry point; Gridlens hands over the configured engine."""

import asyncio

from advanced_alchemy.base import metadata_registry
from alembic import context
from sqlalchemy import Connection

import gridlens.app  # noqa: F401 # every module's tables are known once the modules are imported

config = context.config


def migrate(connection: Connection) -> None:
    context.configure(
        connection=connection,
        target_metadata=metadata_registry.get(config.bind_key),
        version_table=config.version_table_name,
        render_as_batch=True,
        compare_type=True,
        transaction_per_migration=True,
        user_module_prefix=None,
    )
    with context.begin_transaction():
        context.run_migrations()


async def main() -> None:
    async with config.engine.connect() as connection:
        await connection.run_sync(migrate)
    await config.engine.dispose()


asyncio.run(main())
