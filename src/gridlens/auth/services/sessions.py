"""Browser sessions: opened, found, renewed, listed and ended on the server."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Any
from uuid import UUID

from sqlalchemy import delete, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from gridlens.auth.cookies import SESSION_LASTS
from gridlens.auth.keys import fingerprint, new_token
from gridlens.auth.models import Organisation, TrustedDevice, User, UserSession, UserState
from gridlens.auth.services.ground import Ground
from gridlens.auth.services.rights import principal_of_user
from gridlens.auth.visit import Visit
from gridlens.core.errors import NotFound
from gridlens.core.principal import Principal
from gridlens.core.remembered import Remembered
from gridlens.shared.auth import Authentication

IDLE = timedelta(minutes=30)
STEPPED_UP = timedelta(minutes=10)
MOST_PER_USER = 10
SEEN_EVERY = timedelta(minutes=1)
"""A busy page writes its last sign of life this often, not with every request."""


@dataclass(frozen=True, slots=True)
class Found:
    session: UserSession
    user: User
    organisation: Organisation
    principal: Principal
    authentication: Authentication

    @property
    def stepped_up_until(self) -> datetime | None:
        at = self.session.stepped_up_at
        return at + STEPPED_UP if at and self.authentication.is_stepped_up else None


Row = tuple[UserSession, User, Organisation, Principal]


class Sessions:
    def __init__(self, ground: Ground) -> None:
        self._ground = ground
        self._rows: Remembered[str, Row | None] = Remembered(ground.core.database)

    async def open(
        self,
        session: AsyncSession,
        user: User,
        visit: Visit,
        *,
        aal: int,
        stepped_up: bool,
        device_id: UUID | None = None,
    ) -> str:
        """The cookie's value of a new session; the oldest of more than ten ends, and the one this
        browser had before."""
        now = self._ground.clock()
        if visit.session:
            await self.drop(session, visit.session)
        mine = select(UserSession.id).where(UserSession.user_id == user.id)
        surplus = await session.scalars(mine.order_by(UserSession.seen_at.desc()).offset(MOST_PER_USER - 1))
        await session.execute(delete(UserSession).where(UserSession.id.in_(surplus.all())))
        token = new_token()
        session.add(
            UserSession(
                user_id=user.id,
                token_hash=fingerprint(token),
                aal=aal,
                user_agent=visit.user_agent,
                address=visit.network,
                device_id=device_id,
                created_at=now,
                seen_at=now,
                expires_at=now + SESSION_LASTS,
                stepped_up_at=now if stepped_up else None,
            )
        )
        await session.flush()
        return token

    async def renew(
        self, session: AsyncSession, session_id: UUID | None, old_token: str, **changed: object
    ) -> str | None:
        """Give a session a new id, with changed columns; nothing when it ended meanwhile."""
        token = new_token()
        renewed: Any = await session.execute(
            update(UserSession)
            .where(UserSession.id == session_id, UserSession.token_hash == fingerprint(old_token))
            .values(token_hash=fingerprint(token), **changed),
            execution_options={"synchronize_session": False},
        )
        return token if renewed.rowcount else None

    async def find(self, token: str) -> Found | None:
        """Who is behind a cookie, while the session lives and its user may be signed in."""
        now = self._ground.clock()
        token_hash = fingerprint(token)
        row = await self._rows.get(token_hash, partial(self._row, token_hash))
        if row is None:
            return None
        found, user, organisation, principal = row
        if found.expires_at <= now or found.seen_at <= now - IDLE:
            return None
        if found.aal < 2 and organisation.requires_otp(user.role):
            return None
        if now - found.seen_at >= SEEN_EVERY:
            async with self._ground.transaction() as session:
                await session.execute(
                    update(UserSession).where(UserSession.id == found.id).values(seen_at=now),
                    execution_options={"synchronize_session": False},
                )
        stepped_up = found.stepped_up_at is not None and now - found.stepped_up_at < STEPPED_UP
        return Found(
            found,
            user,
            organisation,
            principal,
            Authentication(method="session", aal=found.aal, session_id=found.id, is_stepped_up=stepped_up),
        )

    async def _row(self, token_hash: str) -> Row | None:
        async with self._ground.transaction() as session:
            row = (
                await session.execute(
                    select(UserSession, User, Organisation)
                    .join(User, User.id == UserSession.user_id)
                    .join(Organisation, Organisation.id == User.organisation_id)
                    .where(UserSession.token_hash == token_hash, User.state == UserState.ACTIVE)
                )
            ).one_or_none()
        return (*row, principal_of_user(row[1])) if row is not None else None

    async def all_of(self, principal: Principal) -> list[tuple[UserSession, datetime | None]]:
        """Living sessions, the latest seen first, each with the end of its device's trust."""
        now = self._ground.clock()
        async with self._ground.transaction() as session:
            rows = await session.execute(
                select(UserSession, TrustedDevice.expires_at)
                .outerjoin(TrustedDevice, TrustedDevice.id == UserSession.device_id)
                .where(
                    UserSession.user_id == principal.user_id,
                    UserSession.expires_at > now,
                    UserSession.seen_at > now - IDLE,
                )
                .order_by(UserSession.seen_at.desc())
            )
            return [(row[0], row[1]) for row in rows]

    async def end(self, principal: Principal, session_id: UUID, visit: Visit) -> None:
        async with self._ground.transaction() as session:
            ended: Any = await session.execute(
                delete(UserSession).where(
                    UserSession.id == session_id, UserSession.user_id == principal.user_id
                )
            )
            if not ended.rowcount:
                raise NotFound("This session has ended already.")
            await self._record(session, principal, visit, "auth.session_ended", str(session_id))

    async def end_others(self, principal: Principal, keep: UUID | None, visit: Visit) -> int:
        async with self._ground.transaction() as session:
            ended = await self.end_all(session, principal.user_id, keep=keep)
            await self._record(session, principal, visit, "auth.other_sessions_ended", f"{ended} sessions")
            return ended

    async def end_all(self, session: AsyncSession, user_id: UUID, *, keep: UUID | None = None) -> int:
        """End a user's sessions inside a change of rights, all but the one that made the change."""
        chosen = delete(UserSession).where(UserSession.user_id == user_id)
        ended: Any = await session.execute(chosen.where(UserSession.id != keep) if keep else chosen)
        return int(ended.rowcount)

    async def end_this(self, token: str) -> Found | None:
        """Log out; who it was, when anybody."""
        found = await self.find(token)
        async with self._ground.transaction() as session:
            await self.drop(session, token)
        return found

    async def drop(self, session: AsyncSession, token: str) -> None:
        await session.execute(delete(UserSession).where(UserSession.token_hash == fingerprint(token)))

    async def forget_old(self) -> None:
        now = self._ground.clock()
        async with self._ground.transaction() as session:
            over = or_(UserSession.expires_at < now, UserSession.seen_at < now - IDLE)
            await session.execute(delete(UserSession).where(over))

    async def _record(
        self, session: AsyncSession, principal: Principal, visit: Visit, action: str, subject: str
    ) -> None:
        await self._ground.audit.append(
            session,
            action,
            organisation_id=principal.organisation_id,
            user_id=principal.user_id,
            subject=subject,
            address=visit.network,
        )
