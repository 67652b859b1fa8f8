"""API tokens: ``gl_<id>_<secret><crc>``, shown once, stored as a hash."""

import re
import secrets
from base64 import b32encode
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import Any
from uuid import UUID
from zlib import crc32

from sqlalchemy import delete, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from gridlens.auth.keys import TOKEN_BYTES, fingerprint, same
from gridlens.auth.models import ApiToken, User, UserState
from gridlens.auth.services.ground import Ground
from gridlens.auth.services.rights import principal_of_user
from gridlens.auth.visit import Visit
from gridlens.core.errors import Invalid, NotFound
from gridlens.core.principal import Principal
from gridlens.core.remembered import Remembered

SHAPE = re.compile(r"(gl_([0-9a-f]{16})_([a-z2-7]{52}))([a-z2-7]{7})")
USED_EVERY = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class FoundToken:
    token: ApiToken
    user: User
    principal: Principal


class ApiTokens:
    def __init__(self, ground: Ground) -> None:
        self._ground = ground
        self._found: Remembered[str, FoundToken | None] = Remembered(ground.core.database)

    async def all_of(self, principal: Principal) -> list[ApiToken]:
        async with self._ground.transaction() as session:
            mine = select(ApiToken).where(ApiToken.user_id == principal.user_id)
            return list(await session.scalars(mine.order_by(ApiToken.created_at, ApiToken.id)))

    async def create(
        self, principal: Principal, *, name: str, scopes: Sequence[str], days: int, visit: Visit
    ) -> tuple[ApiToken, str]:
        """A token for some of one's own rights; its text is known only now."""
        beyond = sorted(set(scopes) - principal.permissions)
        if beyond:
            raise Invalid(
                "A token cannot do more than you can. Leave out: " + ", ".join(beyond) + ".",
                fields={"scopes": "more than your rights"},
            )
        public_id, secret, text = _new_text()
        token = ApiToken(
            user_id=principal.user_id,
            public_id=public_id,
            name=name.strip(),
            secret_hash=fingerprint(secret),
            scopes=sorted(set(scopes)),
            expires_at=self._ground.clock() + timedelta(days=days),
        )
        async with self._ground.transaction() as session:
            session.add(token)
            await session.flush()
            await self._record(session, principal, visit, "auth.token_created", token)
        return token, text

    async def renew(
        self, principal: Principal, token_id: UUID, *, days: int, visit: Visit
    ) -> tuple[ApiToken, str]:
        """A new secret and expiry for the same token; the old secret stops working at once."""
        public_id, secret, text = _new_text()
        async with self._ground.transaction() as session:
            token = await self._find(session, principal, token_id)
            token.public_id, token.secret_hash = public_id, fingerprint(secret)
            token.expires_at = self._ground.clock() + timedelta(days=days)
            await session.flush()
            await self._record(session, principal, visit, "auth.token_renewed", token)
        return token, text

    async def revoke(self, principal: Principal, token_id: UUID, visit: Visit) -> None:
        """End a token and every short-lived one that came from it."""
        async with self._ground.transaction() as session:
            token = await self._find(session, principal, token_id)
            await session.execute(delete(ApiToken).where(ApiToken.id == token.id))
            await self._record(session, principal, visit, "auth.token_revoked", token)

    async def find(self, text: str) -> FoundToken | None:
        """Who a token speaks for, while it and its owner are good."""
        parsed = _parse(text)
        if parsed is None:
            return None
        public_id, secret = parsed
        now = self._ground.clock()
        found = await self._found.get(public_id, partial(self._find_public, public_id))
        if found is None or found.token.expires_at <= now:
            return None
        if not same(found.token.secret_hash, fingerprint(secret)):
            return None
        used_at = found.token.used_at
        if used_at is None or now - used_at >= USED_EVERY:
            async with self._ground.transaction() as session:
                await session.execute(
                    update(ApiToken).where(ApiToken.id == found.token.id).values(used_at=now),
                    execution_options={"synchronize_session": False},
                )
        return found

    async def _find_public(self, public_id: str) -> FoundToken | None:
        async with self._ground.transaction() as session:
            return await self._with_owner(session, ApiToken.public_id == public_id)

    async def find_by_id(self, session: AsyncSession, token_id: UUID) -> FoundToken | None:
        return await self._with_owner(session, ApiToken.id == token_id)

    async def _with_owner(self, session: AsyncSession, chosen: Any) -> FoundToken | None:
        row = (
            await session.execute(
                select(ApiToken, User)
                .join(User, User.id == ApiToken.user_id)
                .where(chosen, ApiToken.expires_at > self._ground.clock(), User.state == UserState.ACTIVE)
            )
        ).one_or_none()
        if row is None:
            return None
        token, user = row
        return FoundToken(token, user, principal_of_user(user, token.scopes))

    async def _find(self, session: AsyncSession, principal: Principal, token_id: UUID) -> ApiToken:
        token = await session.scalar(
            select(ApiToken).where(ApiToken.id == token_id, ApiToken.user_id == principal.user_id)
        )
        if token is None:
            raise NotFound("There is no such token. It may have been revoked.")
        return token

    async def _record(
        self, session: AsyncSession, principal: Principal, visit: Visit, action: str, token: ApiToken
    ) -> None:
        await self._ground.audit.append(
            session,
            action,
            organisation_id=principal.organisation_id,
            user_id=principal.user_id,
            subject=str(token.id),
            address=visit.network,
            detail={"scopes": " ".join(token.scopes), "expires_at": token.expires_at.isoformat()},
        )


def _new_text() -> tuple[str, str, str]:
    public_id, secret = secrets.token_hex(8), _base32(secrets.token_bytes(TOKEN_BYTES))
    body = f"gl_{public_id}_{secret}"
    return public_id, secret, body + _checksum(body)


def _parse(text: str) -> tuple[str, str] | None:
    """The parts of a token that was typed whole; a slip of the pen costs no query."""
    shape = SHAPE.fullmatch(text)
    if shape is None or _checksum(shape[1]) != shape[4]:
        return None
    return shape[2], shape[3]


def _checksum(body: str) -> str:
    return _base32(crc32(body.encode()).to_bytes(4, "big"))


def _base32(data: bytes) -> str:
    return b32encode(data).decode().rstrip("=").lower()
