"""What stands between a password and a session, and the session itself."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import BigInteger, ForeignKey, Index, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column
from uuid_utils.compat import uuid7

from gridlens.auth.models.people import EMAIL_LENGTH
from gridlens.core.models import Base, Entity, UtcDateTime

HASH_LENGTH = 64
"""Hexadecimal digits of a SHA-256 hash or HMAC."""


def owner() -> Mapped[UUID]:
    return mapped_column(ForeignKey("auth_user.id", ondelete="CASCADE"), index=True)


class TotpFactor(Entity):
    """An authenticator app. At most one is active and one awaits its first code."""

    __tablename__ = "auth_totp_factor"
    __table_args__ = (UniqueConstraint("user_id", "is_active", name="uq_auth_totp_factor_user_id_is_active"),)

    user_id: Mapped[UUID] = mapped_column(ForeignKey("auth_user.id", ondelete="CASCADE"))
    sealed_secret: Mapped[bytes] = mapped_column(LargeBinary)
    last_step: Mapped[int] = mapped_column(BigInteger, default=0)
    is_active: Mapped[bool] = mapped_column(default=False)
    activated_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class RecoveryCode(Entity):
    __tablename__ = "auth_recovery_code"

    user_id: Mapped[UUID] = owner()
    code_hmac: Mapped[str] = mapped_column(String(HASH_LENGTH))
    used_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class HalfLoginPurpose(StrEnum):
    SIGN_IN = "sign_in"
    STEP_UP = "step_up"


class HalfLogin(Entity):
    """A right password that waits for its second step; good for nothing else.

    ``may_enrol`` is true when it was opened through a link that we handed out, so that its bearer
    may add a first factor. ``device_id`` names the trusted device whose own bucket counts failures.
    """

    __tablename__ = "auth_half_login"

    user_id: Mapped[UUID] = owner()
    token_hash: Mapped[str] = mapped_column(String(HASH_LENGTH), unique=True)
    purpose: Mapped[str] = mapped_column(String(20))
    session_id: Mapped[UUID | None]
    device_id: Mapped[UUID | None]
    may_enrol: Mapped[bool] = mapped_column(default=False)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime)


class EmailCode(Base):
    """The newest code sent for one half-login; an older one is gone the moment it is replaced."""

    __tablename__ = "auth_email_code"

    half_login_id: Mapped[UUID] = mapped_column(
        ForeignKey("auth_half_login.id", ondelete="CASCADE"), primary_key=True
    )
    code_hmac: Mapped[str] = mapped_column(String(HASH_LENGTH))
    tries: Mapped[int] = mapped_column(default=0)
    sent_at: Mapped[datetime] = mapped_column(UtcDateTime)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime)


class UserSession(Entity):
    """A browser that is signed in. The cookie's value is not kept, only its hash."""

    __tablename__ = "auth_session"

    user_id: Mapped[UUID] = owner()
    token_hash: Mapped[str] = mapped_column(String(HASH_LENGTH), unique=True)
    aal: Mapped[int]
    user_agent: Mapped[str] = mapped_column(String(300))
    address: Mapped[str] = mapped_column(String(64))
    device_id: Mapped[UUID | None]
    seen_at: Mapped[datetime] = mapped_column(UtcDateTime)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime)
    stepped_up_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class TrustedDevice(Entity):
    """A browser that may skip the code; its secret changes at every use."""

    __tablename__ = "auth_trusted_device"

    user_id: Mapped[UUID] = owner()
    secret_hash: Mapped[str] = mapped_column(String(HASH_LENGTH))
    user_agent: Mapped[str] = mapped_column(String(300))
    address: Mapped[str] = mapped_column(String(64))
    used_at: Mapped[datetime] = mapped_column(UtcDateTime)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime)


class LinkKind(StrEnum):
    SET_UP = "set_up"
    INVITATION = "invitation"
    RESET = "reset"
    ENROLMENT = "enrolment"
    EMAIL_CHANGE = "email_change"


class MailedLink(Entity):
    """A one-time link that went out by mail or on the console."""

    __tablename__ = "auth_link"

    kind: Mapped[str] = mapped_column(String(20))
    user_id: Mapped[UUID | None] = mapped_column(ForeignKey("auth_user.id", ondelete="CASCADE"), index=True)
    token_hash: Mapped[str] = mapped_column(String(HASH_LENGTH), unique=True)
    new_email: Mapped[str | None] = mapped_column(String(EMAIL_LENGTH))
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime)
    used_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class Attempt(Base):
    """One try that counts against a limit; a try that succeeds is taken back."""

    __tablename__ = "auth_attempt"
    __table_args__ = (Index("ix_auth_attempt_kind_subject_made_at", "kind", "subject", "made_at"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid7)
    kind: Mapped[str] = mapped_column(String(20))
    subject: Mapped[str] = mapped_column(String(80))
    made_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
