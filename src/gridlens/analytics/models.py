"""The tables of analytics; nobody else reads them."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, Double, ForeignKey, Index, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from gridlens.core.models import Entity, Json, LongText, OwnedEntity, UtcDateTime, utc_now


class Question(OwnedEntity):
    """A saved question: a plan or SQL, never both. ``words`` are those it was asked in.

    ``kept_seconds`` is how long its answers are shown again; nothing leaves it to its source.
    """

    __tablename__ = "question"
    __table_args__ = (Index("ix_question_source_id", "source_id"),)

    owner_id: Mapped[UUID]
    source_id: Mapped[UUID]
    name: Mapped[str] = mapped_column(String(200))
    description: Mapped[str] = mapped_column(LongText, default="")
    words: Mapped[str | None] = mapped_column(String(500))
    sql: Mapped[str | None] = mapped_column(LongText)
    plan: Mapped[dict[str, Any] | None] = mapped_column(Json)
    parameters: Mapped[list[dict[str, Any]]] = mapped_column(Json, default=list)
    kept_seconds: Mapped[int | None]
    version: Mapped[int] = mapped_column(default=1)
    deleted_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class QuestionShare(OwnedEntity):
    """``grantee`` is ``user:<id>`` or ``role:<role>``; ``access`` is view or edit."""

    __tablename__ = "question_share"
    __table_args__ = (
        UniqueConstraint("question_id", "grantee", name="uq_question_share_grantee"),
        Index("ix_question_share_grantee", "grantee"),
    )

    question_id: Mapped[UUID] = mapped_column(ForeignKey("question.id", ondelete="CASCADE"))
    grantee: Mapped[str] = mapped_column(String(64))
    access: Mapped[str] = mapped_column(String(8))


class QueryRun(Entity):
    """One run of a query: whose, through which door, how long, how many rows, and how it ended."""

    __tablename__ = "query_run"
    __table_args__ = (
        Index("ix_query_run_organisation_id", "organisation_id", "started_at"),
        Index("ix_query_run_user_id", "user_id", "started_at"),
        Index("ix_query_run_started_at", "started_at"),
    )

    organisation_id: Mapped[UUID]
    user_id: Mapped[UUID | None]
    source_id: Mapped[UUID]
    question_id: Mapped[UUID | None]
    door: Mapped[str] = mapped_column(String(20))
    sql: Mapped[str] = mapped_column(LongText)
    status: Mapped[str] = mapped_column(String(20))
    error: Mapped[str | None] = mapped_column(LongText)
    started_at: Mapped[datetime] = mapped_column(UtcDateTime, default=utc_now)
    elapsed_ms: Mapped[float] = mapped_column(Double)
    engine_ms: Mapped[float | None] = mapped_column(Double)
    row_count: Mapped[int | None]
    is_cut: Mapped[bool] = mapped_column(default=False)
    is_cached: Mapped[bool] = mapped_column(default=False)


class QueryExportRow(OwnedEntity):
    """A file that somebody asked for, and how far it is. ``target`` is the JSON of what it holds.

    ``rights`` and ``tables`` are what it was read with and from. ``size_bytes`` is the room that it takes.
    """

    __tablename__ = "query_export"
    __table_args__ = (
        Index("ix_query_export_user_id", "user_id"),
        Index("ix_query_export_source_id", "source_id"),
    )

    user_id: Mapped[UUID]
    source_id: Mapped[UUID]
    question_id: Mapped[UUID | None]
    target: Mapped[str] = mapped_column(LongText)
    name: Mapped[str] = mapped_column(String(200))
    file_format: Mapped[str] = mapped_column(String(8))
    state: Mapped[str] = mapped_column(String(20), default="waiting")
    rows_done: Mapped[int] = mapped_column(BigInteger, default=0)
    row_count: Mapped[int | None] = mapped_column(BigInteger)
    size_bytes: Mapped[int] = mapped_column(BigInteger, default=0)
    rights: Mapped[str] = mapped_column(String(200), default="")
    tables: Mapped[list[list[str | None]]] = mapped_column(Json, default=list)
    error: Mapped[str | None] = mapped_column(LongText)
    finished_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    expires_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class SemanticModelRow(OwnedEntity):
    """What is agreed about a source now, as the JSON of a semantic model, which keeps its order."""

    __tablename__ = "semantic_model"
    __table_args__ = (UniqueConstraint("source_id", name="uq_semantic_model_source_id"),)

    source_id: Mapped[UUID]
    version: Mapped[int]
    document: Mapped[str] = mapped_column(LongText)
    changed_by: Mapped[UUID | None]


class SemanticVersion(OwnedEntity):
    """The same as it was after one change, with a word on what changed."""

    __tablename__ = "semantic_version"
    __table_args__ = (UniqueConstraint("source_id", "version", name="uq_semantic_version_source_id"),)

    source_id: Mapped[UUID]
    version: Mapped[int]
    document: Mapped[str] = mapped_column(LongText)
    note: Mapped[str] = mapped_column(String(200))
    changed_by: Mapped[UUID | None]


class LanguageModelRow(OwnedEntity):
    """The language model an organisation uses; ``secret`` is its sealed key, and no settings mean none."""

    __tablename__ = "language_model"
    __table_args__ = (UniqueConstraint("organisation_id", name="uq_language_model_organisation_id"),)

    version: Mapped[int]
    settings: Mapped[dict[str, Any] | None] = mapped_column(Json)
    secret: Mapped[bytes | None] = mapped_column(LargeBinary)
