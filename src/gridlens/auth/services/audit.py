"""The audit log: entries appended under a lock, each bound to the one before by an HMAC."""

import hmac
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from gridlens.auth.models import AuditEntry, AuditHead
from gridlens.core.models import utc_now

Plain = str | int | float | bool | None
SUBJECT_LENGTH = 300


class AuditLog:
    """Appends inside the caller's transaction, so that a change and its entry are true together.

    Append last: the head's row stays locked until the transaction ends.
    """

    def __init__(self, key: bytes, clock: Callable[[], datetime] = utc_now) -> None:
        self._key = key
        self._clock = clock

    async def append(
        self,
        session: AsyncSession,
        action: str,
        *,
        organisation_id: UUID | None,
        user_id: UUID | None = None,
        subject: str = "",
        address: str = "",
        at: datetime | None = None,
        detail: Mapping[str, Plain] | None = None,
    ) -> None:
        await session.execute(
            update(AuditHead).values(number=AuditHead.number + 1).where(AuditHead.slot == 1),
            execution_options={"synchronize_session": False},
        )
        columns = select(AuditHead.number, AuditHead.hmac)
        number, previous = (await session.execute(columns)).one()
        entry = AuditEntry(
            number=number,
            at=at or self._clock(),
            organisation_id=organisation_id,
            user_id=user_id,
            action=action,
            subject=_storable(subject)[:SUBJECT_LENGTH],
            detail=_storable(msgspec.json.encode(dict(detail or {}), order="sorted").decode()),
            address=address,
        )
        entry.hmac = self.link(previous, entry)
        session.add(entry)
        await session.execute(
            update(AuditHead).values(hmac=entry.hmac).where(AuditHead.slot == 1),
            execution_options={"synchronize_session": False},
        )
        await session.flush()

    def link(self, previous: str, entry: AuditEntry) -> str:
        """The HMAC that ties an entry to the one before it."""
        content = msgspec.json.encode(_content(entry), order="sorted")
        return hmac.digest(self._key, bytes.fromhex(previous) + content, "sha256").hex()


def _content(entry: AuditEntry) -> dict[str, Any]:
    return {
        "number": entry.number,
        "at": entry.at,
        "organisation_id": entry.organisation_id,
        "user_id": entry.user_id,
        "action": entry.action,
        "subject": entry.subject,
        "detail": entry.detail,
        "address": entry.address,
    }


def _storable(text: str) -> str:
    # PostgreSQL keeps no NUL in text, and what is stored must be what the HMAC covers.
    return text.replace("\x00", "").replace("\\u0000", "")
