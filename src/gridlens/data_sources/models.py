"""The tables of data_sources; nobody else reads them."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, ForeignKey, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from gridlens.core.models import Base, Json, LongText, OwnedEntity, UtcDateTime, utc_now


class Source(OwnedEntity):
    """``settings`` hold no secret; ``secret`` is the sealed password.

    ``file_name`` names the current file in the source's own folder, for sources that are files of
    ours. ``kept_seconds`` is how long its answers are shown again; nothing leaves it to the settings.
    ``state`` is new, ready or failed, as the last look at the source left it.
    """

    __tablename__ = "source"

    owner_id: Mapped[UUID] = mapped_column(index=True)
    name: Mapped[str] = mapped_column(String(200))
    kind: Mapped[str] = mapped_column(String(20))
    settings: Mapped[dict[str, Any]] = mapped_column(Json)
    secret: Mapped[bytes | None] = mapped_column(LargeBinary)
    zone: Mapped[str] = mapped_column(String(64))
    anchors_to_newest: Mapped[bool] = mapped_column(default=False)
    kept_seconds: Mapped[int | None]
    catalog_version: Mapped[int] = mapped_column(default=0)
    state: Mapped[str] = mapped_column(String(20), default="new")
    last_error: Mapped[str | None] = mapped_column(LongText)
    refreshed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    refresh_cron: Mapped[str | None] = mapped_column(String(200))
    refresh_zone: Mapped[str | None] = mapped_column(String(64))
    file_name: Mapped[str | None] = mapped_column(String(80))
    size_bytes: Mapped[int] = mapped_column(BigInteger, default=0)


class SourceCatalog(Base):
    """The catalog as it was read, without what people said about it; ``content`` is its JSON."""

    __tablename__ = "source_catalog"

    source_id: Mapped[UUID] = mapped_column(ForeignKey("source.id", ondelete="CASCADE"), primary_key=True)
    content: Mapped[str] = mapped_column(LongText)


class SourceOverride(OwnedEntity):
    """What a person said about a table or column; it outlives every refresh.

    ``place`` is a digest of schema, table and column, because the names together are too long
    for an index. An empty ``unit`` says that there is none; nothing says that nobody decided.
    """

    __tablename__ = "source_override"
    __table_args__ = (UniqueConstraint("source_id", "place", name="uq_source_override_place"),)

    source_id: Mapped[UUID] = mapped_column(ForeignKey("source.id", ondelete="CASCADE"))
    place: Mapped[str] = mapped_column(String(64))
    schema_name: Mapped[str | None] = mapped_column(String(255))
    table_name: Mapped[str] = mapped_column(String(255))
    column_name: Mapped[str | None] = mapped_column(String(255))
    label: Mapped[str | None] = mapped_column(String(200))
    description: Mapped[str | None] = mapped_column(LongText)
    unit: Mapped[str | None] = mapped_column(String(40))
    role: Mapped[str | None] = mapped_column(String(20))
    is_hidden: Mapped[bool] = mapped_column(default=False)


class SourceAccess(Base):
    """Who sees what of a source; ``version`` lets one of two editors win.

    ``rules`` is JSON, and so are ``arrivals``: schema and name of each table that came since there are rules
    and that no administrator let be seen.
    """

    __tablename__ = "source_access"

    source_id: Mapped[UUID] = mapped_column(ForeignKey("source.id", ondelete="CASCADE"), primary_key=True)
    organisation_id: Mapped[UUID] = mapped_column(index=True)
    version: Mapped[int]
    rules: Mapped[str] = mapped_column(LongText)
    arrivals: Mapped[str] = mapped_column(LongText)


class SourceTask(OwnedEntity):
    """Work that somebody waits for: a refresh or an import. ``outcome`` is JSON of its kind."""

    __tablename__ = "source_task"

    source_id: Mapped[UUID] = mapped_column(index=True)
    kind: Mapped[str] = mapped_column(String(20))
    state: Mapped[str] = mapped_column(String(20), default="waiting")
    done: Mapped[int] = mapped_column(BigInteger, default=0)
    total: Mapped[int] = mapped_column(BigInteger, default=0)
    outcome: Mapped[str | None] = mapped_column(LongText)
    error: Mapped[str | None] = mapped_column(LongText)
    finished_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class SourceUpload(OwnedEntity):
    """An uploaded file on its way to become a table; ``file_name`` is only what its owner calls it."""

    __tablename__ = "source_upload"

    owner_id: Mapped[UUID]
    file_name: Mapped[str] = mapped_column(String(255))
    size_bytes: Mapped[int] = mapped_column(BigInteger)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)


class SourceFetch(Base):
    """A query that runs for long, listed so that another process can ask for its end."""

    __tablename__ = "source_fetch"

    query_id: Mapped[UUID] = mapped_column(primary_key=True)
    organisation_id: Mapped[UUID]
    user_id: Mapped[UUID]
    is_stopped: Mapped[bool] = mapped_column(default=False)
    started_at: Mapped[datetime] = mapped_column(UtcDateTime, default=utc_now, index=True)
