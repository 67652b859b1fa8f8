"""Organisations, their users, and the mark that set-up is over."""

from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.dialects.mysql import VARCHAR
from sqlalchemy.orm import Mapped, mapped_column

from gridlens.core.models import Base, Entity, Json, UtcDateTime

EMAIL_LENGTH = 254
# MariaDB and MySQL hold é and e for the same letter unless told otherwise; addresses differ by them.
EmailColumn = String(EMAIL_LENGTH).with_variant(
    VARCHAR(EMAIL_LENGTH, collation="utf8mb4_bin"), "mysql", "mariadb"
)


class UserState(StrEnum):
    INVITED = "invited"
    ACTIVE = "active"
    LOCKED = "locked"


class Organisation(Entity):
    """A customer of this installation, and what its administrators ask of a sign-in."""

    __tablename__ = "auth_organisation"

    name: Mapped[str] = mapped_column(String(200))
    otp_for_everyone: Mapped[bool] = mapped_column(default=True)
    otp_roles: Mapped[list[str]] = mapped_column(Json, default=list)
    email_codes_allowed: Mapped[bool] = mapped_column(default=True)

    def requires_otp(self, role: str) -> bool:
        return self.otp_for_everyone or role in self.otp_roles


class Group(Entity):
    """People who are spoken of together, such as in rules about who sees which rows."""

    __tablename__ = "auth_group"
    __table_args__ = (UniqueConstraint("organisation_id", "name", name="uq_auth_group_organisation_id_name"),)

    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("auth_organisation.id"))
    name: Mapped[str] = mapped_column(String(100))


class User(Entity):
    """``email`` is normalised. ``stopped_at`` is set after 100 wrong codes in a row.

    ``group_ids`` and ``attributes`` lie in the row itself, so that no request takes a second query to know
    whose rows somebody may see.
    """

    __tablename__ = "auth_user"

    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("auth_organisation.id"), index=True)
    name: Mapped[str] = mapped_column(String(200))
    email: Mapped[str] = mapped_column(EmailColumn, unique=True)
    password_hash: Mapped[str | None] = mapped_column(String(255))
    role: Mapped[str] = mapped_column(String(30))
    state: Mapped[str] = mapped_column(String(20), default=UserState.ACTIVE)
    zone: Mapped[str] = mapped_column(String(64), default="UTC")
    theme: Mapped[str] = mapped_column(String(10), default="system")
    locale: Mapped[str] = mapped_column(String(20), default="en-GB")
    email_codes_enabled: Mapped[bool] = mapped_column(default=True)
    wrong_codes_in_a_row: Mapped[int] = mapped_column(default=0)
    stopped_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    signed_in_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    group_ids: Mapped[list[str] | None] = mapped_column(Json)
    attributes: Mapped[dict[str, list[Any]] | None] = mapped_column(Json)


class SetUpCompletion(Base):
    """At most one row for ever: the key admits a single value, so set-up cannot happen twice."""

    __tablename__ = "auth_set_up_completion"
    __table_args__ = (CheckConstraint("slot = 1", name="slot"),)

    slot: Mapped[int] = mapped_column(primary_key=True, autoincrement=False, default=1)
    organisation_id: Mapped[UUID]
    completed_at: Mapped[datetime] = mapped_column(UtcDateTime)
