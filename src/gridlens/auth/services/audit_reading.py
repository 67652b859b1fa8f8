"""Reading the audit log, and proving that nobody changed it."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import or_, select

from gridlens.auth.models import AuditEntry, AuditHead, User
from gridlens.auth.services.audit_signing import AuditSigner
from gridlens.auth.services.ground import Ground
from gridlens.auth.services.rights import demand
from gridlens.core.principal import Principal
from gridlens.shared.permissions import Permission

CHUNK = 1_000


@dataclass(frozen=True, slots=True)
class ReadEntry:
    entry: AuditEntry
    user_name: str | None
    """Nothing for a person who was erased: the log keeps their id alone."""

    @property
    def detail(self) -> dict[str, Any]:
        return dict(json.loads(self.entry.detail))


@dataclass(frozen=True, slots=True)
class Verification:
    entries: int
    first_bad: int | None


class AuditReader:
    def __init__(self, ground: Ground, signer: AuditSigner) -> None:
        self._ground = ground
        self._signer = signer

    async def page(
        self,
        principal: Principal,
        *,
        before: int | None = None,
        limit: int = 50,
        action: str | None = None,
        user_id: UUID | None = None,
        since: datetime | None = None,
        until: datetime | None = None,
    ) -> list[ReadEntry]:
        """The organisation's entries, the newest first; ``before`` is the number where the last page
        ended."""
        demand(principal, Permission.READ_AUDIT)
        return await self._read(principal, before, limit, action, user_id, since, until)

    async def own(self, principal: Principal, limit: int) -> list[ReadEntry]:
        """What was done in one's own name, which everybody may read."""
        return await self._read(principal, None, limit, None, principal.user_id, None, None)

    async def verify(self, principal: Principal) -> Verification:
        """Walk the whole chain; the number of the first entry that does not fit, if any."""
        demand(principal, Permission.READ_AUDIT)
        previous, expected = "0" * 64, 1
        async with self._ground.transaction() as session:
            head = (await session.execute(select(AuditHead.number, AuditHead.hmac))).one()
        while True:
            async with self._ground.transaction() as session:
                rows = list(
                    await session.scalars(
                        select(AuditEntry)
                        .where(AuditEntry.number >= expected, AuditEntry.number <= head.number)
                        .order_by(AuditEntry.number)
                        .limit(CHUNK)
                    )
                )
            for row in rows:
                if row.number != expected or row.hmac != self._ground.audit.link(previous, row):
                    return Verification(head.number, expected)
                previous, expected = row.hmac, expected + 1
            if len(rows) < CHUNK:
                break
        async with self._ground.transaction() as session:
            contradicted = await self._signer.first_contradiction(session)
        if contradicted is not None:
            return Verification(head.number, min(contradicted, expected))
        is_whole = expected == head.number + 1 and previous == head.hmac
        return Verification(head.number, None if is_whole else expected)

    async def _read(
        self,
        principal: Principal,
        before: int | None,
        limit: int,
        action: str | None,
        user_id: UUID | None,
        since: datetime | None,
        until: datetime | None,
    ) -> list[ReadEntry]:
        chosen = (
            select(AuditEntry, User.name)
            .outerjoin(User, User.id == AuditEntry.user_id)
            .where(AuditEntry.organisation_id == principal.organisation_id)
        )
        if before is not None:
            chosen = chosen.where(AuditEntry.number < before)
        if action:
            chosen = chosen.where(
                or_(AuditEntry.action == action, AuditEntry.action.startswith(f"{action}.", autoescape=True))
            )
        if user_id:
            chosen = chosen.where(AuditEntry.user_id == user_id)
        if since:
            chosen = chosen.where(AuditEntry.at >= since)
        if until:
            chosen = chosen.where(AuditEntry.at < until)
        async with self._ground.transaction() as session:
            rows = await session.execute(chosen.order_by(AuditEntry.number.desc()).limit(limit))
            return [ReadEntry(entry, name) for entry, name in rows]
