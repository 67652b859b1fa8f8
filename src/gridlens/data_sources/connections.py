"""Typed settings of each kind of source. They hold no secret and no driver options."""

from typing import Annotated, Literal
from uuid import UUID

import msgspec
from msgspec import Meta

Host = Annotated[
    str, Meta(pattern=r"^[A-Za-z0-9._:-]{1,253}$", description="Name or IP address of the server.")
]
Port = Annotated[int, Meta(ge=1, le=65535)]
ServerName = Annotated[str, Meta(min_length=1, max_length=128, pattern=r"^[^\x00-\x1f]+$")]
Tls = Annotated[
    Literal["verify", "require", "off"],
    Meta(
        description="`verify`: encrypted, and the certificate must be the host's. `require`: encrypted, to "
        "whoever answers. `off`: readable on the way."
    ),
]


class _Settings(
    msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, rename="camel", tag_field="kind"
):
    """What a connection form holds."""


class PostgresqlSettings(_Settings, frozen=True, kw_only=True, tag="postgresql"):
    """A PostgreSQL server. No ``schemas`` means all that its user may read."""

    host: Host
    database: ServerName
    user: ServerName
    port: Port = 5432
    tls: Tls = "verify"
    schemas: Annotated[tuple[ServerName, ...], Meta(max_length=100)] = ()


class MysqlSettings(_Settings, frozen=True, kw_only=True, tag="mysql"):
    """A MySQL or MariaDB server."""

    host: Host
    database: ServerName
    user: ServerName
    port: Port = 3306
    tls: Tls = "verify"


class _DatabaseFile(_Settings, frozen=True, kw_only=True):
    """A database file: one that was uploaded, or one in a folder that the operator lists."""

    upload_id: UUID | None = None
    path: Annotated[str, Meta(min_length=1, max_length=4096)] | None = None


class SqliteSettings(_DatabaseFile, frozen=True, kw_only=True, tag="sqlite"):
    """An SQLite database file."""


class DuckdbSettings(_DatabaseFile, frozen=True, kw_only=True, tag="duckdb"):
    """A DuckDB database file."""


class FilesSettings(_Settings, frozen=True, kw_only=True, tag="files"):
    """Uploaded tables, kept together in one DuckDB file."""


Settings = PostgresqlSettings | MysqlSettings | SqliteSettings | DuckdbSettings | FilesSettings
ServerSettings = PostgresqlSettings | MysqlSettings

DIALECTS = {
    "postgresql": "postgres",
    "mysql": "mysql",
    "sqlite": "sqlite",
    "duckdb": "duckdb",
    "files": "duckdb",
}
"""sqlglot's name of the SQL that each kind of source speaks."""


def kind_of(settings: Settings) -> str:
    return str(settings.__struct_config__.tag)


def to_stored(settings: Settings) -> dict[str, object]:
    stored: dict[str, object] = msgspec.to_builtins(settings)
    return stored


def from_stored(stored: dict[str, object]) -> Settings:
    settings: Settings = msgspec.convert(stored, type=Settings)
    return settings
