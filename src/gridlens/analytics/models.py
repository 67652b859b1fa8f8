"""The tables of analytics; nobody else reads them."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Double, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from gridlens.core.models import Entity, Json, LongText, OwnedEntity, UtcDateTime, utc_now


class Question(OwnedEntity):
    """A saved question: a plan or SQL, never both. ``words`` are those it was asked in."""

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
    version: Mapped[int] = mapped_column(default=1)
    deleted_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


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
