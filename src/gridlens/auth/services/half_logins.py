"""Half-logins: a right password that waits for its second step, for ten minutes."""

from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from gridlens.auth.cookies import HALF_LOGIN_LASTS
from gridlens.auth.errors import SignInExpired
from gridlens.auth.keys import fingerprint, new_token
from gridlens.auth.models import HalfLogin, HalfLoginPurpose, Organisation, User, UserState
from gridlens.auth.services.ground import Ground
from gridlens.auth.services.sessions import Sessions
from gridlens.auth.visit import Visit


@dataclass(frozen=True, slots=True)
class HalfWay:
    """A half-login with whom it belongs to."""

    half: HalfLogin
    user: User
    organisation: Organisation


class HalfLogins:
    def __init__(self, ground: Ground, sessions: Sessions) -> None:
        self._ground = ground
        self._sessions = sessions

    async def find(self, session: AsyncSession, visit: Visit) -> HalfWay | None:
        if not visit.half_login:
            return None
        row = (
            await session.execute(
                select(HalfLogin, User, Organisation)
                .join(User, User.id == HalfLogin.user_id)
                .join(Organisation, Organisation.id == User.organisation_id)
                .where(
                    HalfLogin.token_hash == fingerprint(visit.half_login),
                    HalfLogin.expires_at > self._ground.clock(),
                    User.state == UserState.ACTIVE,
                )
            )
        ).one_or_none()
        return HalfWay(*row) if row else None

    async def need(self, session: AsyncSession, visit: Visit) -> HalfWay:
        found = await self.find(session, visit)
        if found is None:
            raise SignInExpired
        return found

    async def open(
        self,
        session: AsyncSession,
        user: User,
        visit: Visit,
        *,
        purpose: HalfLoginPurpose = HalfLoginPurpose.SIGN_IN,
        session_id: UUID | None = None,
        device_id: UUID | None = None,
        may_enrol: bool = False,
    ) -> Visit:
        """Begin under a new id. Signing in ends the session that this browser had."""
        await self.drop(session, visit)
        if visit.session and purpose == HalfLoginPurpose.SIGN_IN:
            await self._sessions.drop(session, visit.session)
            visit = replace(visit, session=None)
        token = new_token()
        session.add(
            HalfLogin(
                user_id=user.id,
                token_hash=fingerprint(token),
                purpose=purpose,
                session_id=session_id,
                device_id=device_id,
                may_enrol=may_enrol,
                expires_at=self._ground.clock() + HALF_LOGIN_LASTS,
            )
        )
        await session.flush()
        return replace(visit, half_login=token)

    async def spend(self, session: AsyncSession, half: HalfLogin) -> None:
        """Use it up; of two who pass the second step at once, one becomes a session."""
        spent: Any = await session.execute(delete(HalfLogin).where(HalfLogin.id == half.id))
        if not spent.rowcount:
            raise SignInExpired

    async def drop(self, session: AsyncSession, visit: Visit) -> None:
        if visit.half_login:
            hashed = fingerprint(visit.half_login)
            await session.execute(delete(HalfLogin).where(HalfLogin.token_hash == hashed))

    async def forget_old(self) -> None:
        async with self._ground.transaction() as session:
            await session.execute(delete(HalfLogin).where(HalfLogin.expires_at < self._ground.clock()))


def code_subject(half: HalfLogin) -> str:
    """One counter per account over all second steps; a trusted device has its own."""
    return f"device:{half.device_id}" if half.device_id else str(half.user_id)
