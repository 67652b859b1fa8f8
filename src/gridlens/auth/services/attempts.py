"""Counting failures in moving windows, so that guessing is slow and its owner is not locked out."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession
from uuid_utils.compat import uuid7

from gridlens.auth.models import Attempt
from gridlens.auth.services.ground import Ground


class Counted(StrEnum):
    """What is counted: passwords, codes over all factors together, code mails and reset mails."""

    PASSWORD = "password"  # noqa: S105 # the name of a counter
    CODE = "code"
    EMAIL_CODE = "email_code"
    RESET = "reset"


Window = tuple[int, timedelta]
WINDOWS: dict[Counted, tuple[Window, ...]] = {
    Counted.PASSWORD: ((10, timedelta(minutes=5)),),
    Counted.CODE: ((5, timedelta(minutes=5)), (20, timedelta(hours=1)), (50, timedelta(days=1))),
    Counted.EMAIL_CODE: ((3, timedelta(minutes=15)),),
    Counted.RESET: ((3, timedelta(minutes=15)),),
}
LONGEST = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Allowance:
    """``left`` tries are free now; when none is, the next one is after ``wait``."""

    left: int
    wait: timedelta


@dataclass(frozen=True, slots=True)
class Reservation:
    """A try that counts already. ``left`` is what remains if it fails."""

    id: UUID
    is_granted: bool
    left: int
    wait: timedelta


class Attempts:
    """Counts a try before it is made: many tries at once cannot all slip under the limit."""

    def __init__(self, ground: Ground) -> None:
        self._ground = ground

    async def reserve(self, kind: Counted, subject: str) -> Reservation:
        """Count one try. A try over the limit is not granted and leaves no trace, so that it cannot
        prolong the wait."""
        now = self._ground.clock()
        identity = uuid7()
        async with self._ground.transaction() as session:
            session.add(Attempt(id=identity, kind=kind, subject=subject, made_at=now))
        # The row is committed before anybody counts: of several at once, the last sees all others.
        async with self._ground.transaction() as session:
            tries = await self._tries(session, kind, subject, now)
            over = _allowance(kind, tries, now, spare=1)
            if over.left < 0:
                await session.execute(delete(Attempt).where(Attempt.id == identity))
                return Reservation(identity, is_granted=False, left=0, wait=over.wait)
        return Reservation(identity, is_granted=True, left=over.left, wait=over.wait)

    async def take_back(self, session: AsyncSession, reservations: Iterable[Reservation]) -> None:
        """The tries succeeded, so they were no failures."""
        ids = [each.id for each in reservations]
        await session.execute(delete(Attempt).where(Attempt.id.in_(ids)))

    async def allowance(self, session: AsyncSession, kind: Counted, subject: str) -> Allowance:
        now = self._ground.clock()
        return _allowance(kind, await self._tries(session, kind, subject, now), now)

    async def forget(self, session: AsyncSession, kind: Counted, subject: str) -> None:
        await session.execute(delete(Attempt).where(Attempt.kind == kind, Attempt.subject == subject))

    async def forget_old(self) -> None:
        async with self._ground.transaction() as session:
            await session.execute(delete(Attempt).where(Attempt.made_at < self._ground.clock() - LONGEST))

    async def _tries(
        self, session: AsyncSession, kind: Counted, subject: str, now: datetime
    ) -> list[datetime]:
        longest = max(span for _, span in WINDOWS[kind])
        mine = select(Attempt.made_at).where(
            Attempt.kind == kind, Attempt.subject == subject, Attempt.made_at > now - longest
        )
        return list(await session.scalars(mine.order_by(Attempt.made_at.desc())))


def _allowance(kind: Counted, tries: list[datetime], now: datetime, spare: int = 0) -> Allowance:
    """What the windows leave; ``tries`` newest first, ``spare`` of them not yet known to be failures."""
    left, wait = [], timedelta()
    for limit, span in WINDOWS[kind]:
        inside = [at for at in tries if at > now - span]
        left.append(limit - len(inside))
        if len(inside) >= limit + spare:
            wait = max(wait, inside[limit - 1 + spare] + span - now)
    return Allowance(min(left), wait)
