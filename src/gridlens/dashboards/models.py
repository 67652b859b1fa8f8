"""The tables of dashboards; nobody else reads them."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from gridlens.core.models import Json, OwnedEntity, UtcDateTime, utc_now

NOBODY = UUID(int=0)
"""Stands where somebody stood who was erased since."""


class Dashboard(OwnedEntity):
    """``revision`` rises with every change of the draft or of what is published.

    ``draft`` is absent (SQL's null, set with ``null()``) while nothing waits to be published;
    ``edited_*`` tell of the last revision, ``drafted_*`` of the draft.
    """

    __tablename__ = "dashboard"

    owner_id: Mapped[UUID] = mapped_column(index=True)
    name: Mapped[str] = mapped_column(String(200))
    description: Mapped[str] = mapped_column(String(2000), default="")
    tags: Mapped[list[str]] = mapped_column(Json)
    layout: Mapped[dict[str, Any]] = mapped_column(Json)
    draft: Mapped[dict[str, Any] | None] = mapped_column(Json)
    revision: Mapped[int] = mapped_column(default=1)
    version: Mapped[int] = mapped_column(default=1)
    edited_by: Mapped[UUID]
    edited_at: Mapped[datetime] = mapped_column(UtcDateTime, default=utc_now)
    drafted_by: Mapped[UUID | None]
    drafted_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    published_at: Mapped[datetime] = mapped_column(UtcDateTime, default=utc_now)
    deleted_at: Mapped[datetime | None] = mapped_column(UtcDateTime, index=True)


class DashboardVersion(OwnedEntity):
    """What was published once, as it was."""

    __tablename__ = "dashboard_version"
    __table_args__ = (UniqueConstraint("dashboard_id", "number", name="uq_dashboard_version_number"),)

    dashboard_id: Mapped[UUID] = mapped_column(ForeignKey("dashboard.id", ondelete="CASCADE"))
    number: Mapped[int]
    note: Mapped[str] = mapped_column(String(200), default="")
    layout: Mapped[dict[str, Any]] = mapped_column(Json)
    published_by: Mapped[UUID]
    restored_from: Mapped[int | None]


class DashboardShare(OwnedEntity):
    """``grantee`` is ``user:<id>`` or ``role:<role>``; ``access`` is view or edit."""

    __tablename__ = "dashboard_share"
    __table_args__ = (
        UniqueConstraint("dashboard_id", "grantee", name="uq_dashboard_share_grantee"),
        Index("ix_dashboard_share_grantee", "grantee"),
    )

    dashboard_id: Mapped[UUID] = mapped_column(ForeignKey("dashboard.id", ondelete="CASCADE"))
    grantee: Mapped[str] = mapped_column(String(64))
    access: Mapped[str] = mapped_column(String(8))


class DashboardChart(OwnedEntity):
    """A chart that a dashboard opens to those who see it; one of the draft only to its editors."""

    __tablename__ = "dashboard_chart"
    __table_args__ = (
        UniqueConstraint("dashboard_id", "chart_id", "is_draft", name="uq_dashboard_chart_place"),
        Index("ix_dashboard_chart_chart_id", "chart_id"),
    )

    dashboard_id: Mapped[UUID] = mapped_column(ForeignKey("dashboard.id", ondelete="CASCADE"))
    chart_id: Mapped[UUID]
    is_draft: Mapped[bool]


class DashboardPin(OwnedEntity):
    """A user keeps this dashboard on their home page."""

    __tablename__ = "dashboard_pin"
    __table_args__ = (UniqueConstraint("user_id", "dashboard_id", name="uq_dashboard_pin_user"),)

    user_id: Mapped[UUID]
    dashboard_id: Mapped[UUID] = mapped_column(ForeignKey("dashboard.id", ondelete="CASCADE"))


class DashboardOpening(OwnedEntity):
    """In how many weeks somebody opened a dashboard in one hour of the week, and when last.

    The hour counts from Monday's midnight on the clock of ``zone``, which is the dashboard's.
    """

    __tablename__ = "dashboard_opening"
    __table_args__ = (
        UniqueConstraint("dashboard_id", "user_id", "zone", "hour_of_week", name="uq_dashboard_opening_hour"),
        Index("ix_dashboard_opening_hour", "zone", "hour_of_week"),
    )

    dashboard_id: Mapped[UUID] = mapped_column(ForeignKey("dashboard.id", ondelete="CASCADE"))
    user_id: Mapped[UUID] = mapped_column(index=True)
    zone: Mapped[str] = mapped_column(String(64))
    hour_of_week: Mapped[int]
    weeks: Mapped[int]
    last_at: Mapped[datetime] = mapped_column(UtcDateTime)


class DeletedChart(OwnedEntity):
    """A chart that was deleted elsewhere, so that its widgets can say so."""

    __tablename__ = "dashboard_deleted_chart"

    chart_id: Mapped[UUID] = mapped_column(unique=True)
    deleted_at: Mapped[datetime] = mapped_column(UtcDateTime)
