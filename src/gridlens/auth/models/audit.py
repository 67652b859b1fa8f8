"""What was done, by whom: a chain in which no entry can be changed or taken out unseen."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, Index, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from gridlens.auth.models.sign_in import HASH_LENGTH
from gridlens.core.models import Base, LongText, UtcDateTime


class AuditEntry(Base):
    """``detail`` is the exact JSON text that the HMAC covers. People appear by id alone."""

    __tablename__ = "auth_audit_entry"
    __table_args__ = (
        Index("ix_auth_audit_entry_organisation_id_number", "organisation_id", "number"),
        Index("ix_auth_audit_entry_user_id_number", "user_id", "number"),
    )

    number: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    organisation_id: Mapped[UUID | None]
    user_id: Mapped[UUID | None]
    action: Mapped[str] = mapped_column(String(100))
    subject: Mapped[str] = mapped_column(String(300))
    detail: Mapped[str] = mapped_column(LongText)
    address: Mapped[str] = mapped_column(String(64))
    hmac: Mapped[str] = mapped_column(String(HASH_LENGTH))


class AuditHead(Base):
    """The end of the chain. Its one row is locked while an entry is added."""

    __tablename__ = "auth_audit_head"
    __table_args__ = (CheckConstraint("slot = 1", name="slot"),)

    slot: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    number: Mapped[int] = mapped_column(BigInteger)
    hmac: Mapped[str] = mapped_column(String(HASH_LENGTH))


class AuditSignature(Base):
    """The head as it was at a moment, signed, so that cutting the chain's end shows as well."""

    __tablename__ = "auth_audit_signature"

    number: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    hmac: Mapped[str] = mapped_column(String(HASH_LENGTH))
    signature: Mapped[bytes] = mapped_column(LargeBinary)
    signed_at: Mapped[datetime] = mapped_column(UtcDateTime)
