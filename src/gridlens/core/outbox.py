"""Events that survive a crash: saved with the change, delivered after it.

``Outbox.save`` puts an event in the caller's transaction. The relay claims saved events and
hands each to its subscribers; what fails is offered again later.
"""

import asyncio
from base64 import b64decode, b64encode
from datetime import datetime, timedelta
from functools import reduce
from operator import or_
from typing import Any
from uuid import UUID

import msgspec
import structlog
from sqlalchemy import String, delete, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from gridlens.core.database import Database, after_commit
from gridlens.core.events import Bus, Event
from gridlens.core.models import Base, LongText, UtcDateTime, utc_now
from gridlens.core.security.vault import Vault

LEASE = timedelta(minutes=2)
LONGEST_WAIT_SECONDS = 3600
RECEIPTS_KEPT = timedelta(days=30)
SEALED = "sealed:"
log = structlog.get_logger()


class OutboxEvent(Base):
    __tablename__ = "outbox_event"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    payload: Mapped[str] = mapped_column(LongText)
    available_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    attempts: Mapped[int] = mapped_column(default=0)


class Receipt(Base):
    """Says that one subscriber has already acted on one event."""

    __tablename__ = "event_receipt"

    event_id: Mapped[UUID] = mapped_column(primary_key=True)
    subscriber: Mapped[str] = mapped_column(String(200), primary_key=True)
    received_at: Mapped[datetime] = mapped_column(UtcDateTime, default=utc_now, index=True)


async def first_time(session: AsyncSession, event: Event, subscriber: str) -> bool:
    """Mark the event handled by this subscriber, in the subscriber's own transaction."""
    if await session.get(Receipt, (event.event_id, subscriber)) is not None:
        return False
    session.add(Receipt(event_id=event.event_id, subscriber=subscriber))
    await session.flush()
    return True


class Outbox:
    """Saves events, and relays them to the bus once their transaction is committed."""

    def __init__(self, bus: Bus, database: Database, vault: Vault) -> None:
        self._bus = bus
        self._database = database
        self._vault = vault
        self._wake = asyncio.Event()
        self._is_stopping = False

    def save(self, session: AsyncSession, event: Event) -> None:
        """Record an event that becomes true when the session commits."""
        content = msgspec.json.encode(event)
        payload = content.decode()
        if event.is_sealed:
            payload = SEALED + b64encode(self._vault.seal(content, _place(event.event_id))).decode()
        session.add(OutboxEvent(id=event.event_id, payload=payload, available_at=utc_now()))
        after_commit(session, self._wake.set)

    async def run(self, poll_seconds: float = 5.0) -> None:
        """Deliver until stopped: at once after a commit here, within the poll after one elsewhere."""
        while not self._is_stopping:
            self._wake.clear()
            try:
                await self.deliver_due()
            except Exception:
                log.exception("outbox_failed")
            try:
                await asyncio.wait_for(self._wake.wait(), poll_seconds)
            except TimeoutError:
                continue

    def stop(self) -> None:
        """Let ``run`` end after the event in hand."""
        self._is_stopping = True
        self._wake.set()

    async def deliver_due(self) -> int:
        """Deliver everything that is due; the count of events that every subscriber accepted."""
        delivered = 0
        while not self._is_stopping and (row := await self._claim()) is not None:
            failures = await self._bus.publish(self._read(row))
            delivered += not failures
            mine = OutboxEvent.id == row.id
            async with self._database.transaction() as session:
                if failures:
                    wait = timedelta(seconds=min(2.0**row.attempts, LONGEST_WAIT_SECONDS))
                    await session.execute(
                        update(OutboxEvent).where(mine).values(available_at=utc_now() + wait)
                    )
                else:
                    await session.execute(delete(OutboxEvent).where(mine))
        return delivered

    async def forget_receipts(self) -> None:
        """Receipts outlive every redelivery by far before they are dropped."""
        async with self._database.transaction() as session:
            old = Receipt.received_at < utc_now() - RECEIPTS_KEPT
            await session.execute(delete(Receipt).where(old))

    def _read(self, row: OutboxEvent) -> Event:
        content = row.payload.encode()
        if row.payload.startswith(SEALED):
            content = self._vault.open(b64decode(row.payload.removeprefix(SEALED)), _place(row.id))
        event: Event = msgspec.json.decode(content, type=_every_event())
        return event

    async def _claim(self) -> OutboxEvent | None:
        """Lease the oldest due event; the guarded UPDATE lets one process win."""
        now = utc_now()
        due = select(OutboxEvent).where(OutboxEvent.available_at <= now)
        async with self._database.transaction() as session:
            for row in await session.scalars(due.order_by(OutboxEvent.id).limit(10)):
                lease = (
                    update(OutboxEvent)
                    .where(OutboxEvent.id == row.id, OutboxEvent.available_at == row.available_at)
                    .values(available_at=now + LEASE, attempts=OutboxEvent.attempts + 1)
                )
                taken: Any = await session.execute(lease, execution_options={"synchronize_session": False})
                if taken.rowcount:
                    session.expunge(row)
                    return row
        return None


def _place(event_id: UUID) -> str:
    return f"outbox_event|{event_id}|payload"


def _every_event() -> Any:
    """The tagged union of all events that the modules of this process have defined."""
    return reduce(or_, sorted(Event.__subclasses__(), key=lambda kind: kind.__name__))
