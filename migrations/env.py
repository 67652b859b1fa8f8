"""Alembic's entry point; Gridlens hands over a connection."""

from typing import Any

from alembic import context
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Connection, LargeBinary, Numeric
from sqlalchemy.dialects import mysql

import gridlens.app  # noqa: F401 # every module's tables are known once the modules are imported
from gridlens.core.migrating import VERSION_TABLE
from gridlens.core.models import Base, Guid

GUID_BYTES = 16
MEDIUMBLOB_BYTES = 2**24 - 1


def differs(
    migration: MigrationContext, _column_found: Any, _column: Any, found: Any, declared: Any
) -> bool | None:
    """Whether a column is of another type than its model says; nothing leaves it to Alembic.

    SQLite gives BINARY(16) back as a number of 16 digits, and MariaDB a long binary as its own LONGBLOB.
    """
    if migration.dialect.name == "sqlite" and isinstance(declared, Guid):
        return not (isinstance(found, Numeric) and found.precision == GUID_BYTES)
    if isinstance(found, mysql.LONGBLOB) and isinstance(declared, LargeBinary):
        return not (declared.length and declared.length > MEDIUMBLOB_BYTES)
    return None


def migrate(connection: Connection) -> None:
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        version_table=VERSION_TABLE,
        render_as_batch=True,
        compare_type=differs,
        transaction_per_migration=True,
        user_module_prefix=None,
    )
    with context.begin_transaction():
        context.run_migrations()


migrate(context.config.attributes["connection"])
