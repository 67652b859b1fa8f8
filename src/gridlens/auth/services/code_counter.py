"""Wrong codes: counted over all factors of an account, and stopped for good after a hundred in a row."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from sqlalchemy import update
from sqlalchemy.ext.asyncio import AsyncSession

from gridlens.auth.errors import CodesStopped, TooManyAttempts, WrongCode
from gridlens.auth.models import User
from gridlens.auth.services.attempts import Attempts, Counted, Reservation
from gridlens.auth.services.ground import Ground
from gridlens.auth.services.half_logins import HalfWay, code_subject
from gridlens.auth.visit import Visit
from gridlens.shared.auth import SignInBlocked

STOP_AFTER = 100
"""Wrong codes in a row, over days, after which an account takes no more."""


@dataclass(slots=True)
class TriedCode:
    reservation: Reservation
    is_right: bool = False


class CodeCounter:
    def __init__(self, ground: Ground, attempts: Attempts) -> None:
        self._ground = ground
        self._attempts = attempts

    @asynccontextmanager
    async def counted(self, way: HalfWay, visit: Visit, method: str) -> AsyncIterator[TriedCode]:
        """Count one code before it is looked at; raise at the end when it was not right."""
        if way.user.stopped_at is not None:
            raise CodesStopped
        reservation = await self._attempts.reserve(Counted.CODE, code_subject(way.half))
        if not reservation.is_granted:
            raise TooManyAttempts(reservation.wait)
        tried = TriedCode(reservation)
        yield tried
        if not tried.is_right:
            await self._record_wrong(way.user, method, visit, reservation)
            raise WrongCode(reservation.left)

    async def settle(self, session: AsyncSession, user: User, tried: TriedCode) -> None:
        """The code was right, so it was no failure and ends the row of them."""
        await self._attempts.take_back(session, [tried.reservation])
        user.wrong_codes_in_a_row = 0

    async def _record_wrong(self, user: User, method: str, visit: Visit, reservation: Reservation) -> None:
        async with self._ground.transaction() as session:
            await session.execute(
                update(User)
                .where(User.id == user.id)
                .values(wrong_codes_in_a_row=User.wrong_codes_in_a_row + 1),
                execution_options={"synchronize_session": False},
            )
            await session.execute(
                update(User)
                .where(User.id == user.id, User.wrong_codes_in_a_row >= STOP_AFTER)
                .values(stopped_at=self._ground.clock()),
                execution_options={"synchronize_session": False},
            )
            if not reservation.left:
                self._ground.outbox.save(
                    session, SignInBlocked(organisation_id=user.organisation_id, user_id=user.id)
                )
            await self._ground.audit.append(
                session,
                "auth.code_refused",
                organisation_id=user.organisation_id,
                user_id=user.id,
                address=visit.network,
                detail={"by": method},
            )
