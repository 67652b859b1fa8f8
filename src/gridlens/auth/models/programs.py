"""Tokens that programs use instead of a person at a browser."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from gridlens.auth.models.sign_in import HASH_LENGTH, owner
from gridlens.core.models import Base, Entity, Json, UtcDateTime


class ApiToken(Entity):
    """Acts in its owner's name within ``scopes``, and never beyond the owner's rights of the moment."""

    __tablename__ = "auth_api_token"

    user_id: Mapped[UUID] = owner()
    public_id: Mapped[str] = mapped_column(String(16), unique=True)
    name: Mapped[str] = mapped_column(String(100))
    secret_hash: Mapped[str] = mapped_column(String(HASH_LENGTH))
    scopes: Mapped[list[str]] = mapped_column(Json)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime)
    used_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class SigningKey(Base):
    """An Ed25519 pair that signs tokens until ``retired_at``, and verifies a little longer."""

    __tablename__ = "auth_signing_key"

    kid: Mapped[str] = mapped_column(String(32), primary_key=True)
    sealed_private: Mapped[bytes] = mapped_column(LargeBinary)
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    retired_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class RefreshToken(Entity):
    """One link of a family that began with one API token; a link used twice ends the family."""

    __tablename__ = "auth_refresh_token"

    family_id: Mapped[UUID] = mapped_column(index=True)
    api_token_id: Mapped[UUID] = mapped_column(
        ForeignKey("auth_api_token.id", ondelete="CASCADE"), index=True
    )
    token_hash: Mapped[str] = mapped_column(String(HASH_LENGTH), unique=True)
    jti: Mapped[str] = mapped_column(String(36))
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime)
    used_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    revoked_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class RevokedJwt(Base):
    """A token that is refused although its signature and times are right."""

    __tablename__ = "auth_revoked_jwt"

    jti: Mapped[str] = mapped_column(String(36), primary_key=True)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime)
