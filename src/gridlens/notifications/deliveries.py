"""Messages on their way: kept before they are sent, tried until they arrive or are given up."""

from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import AbstractAsyncContextManager
from datetime import timedelta
from typing import Any
from uuid import UUID

import msgspec
import structlog
from sqlalchemy import delete, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from uuid_utils.compat import uuid7

from gridlens.core.database import Database
from gridlens.core.jobs import Job, Jobs
from gridlens.core.models import utc_now
from gridlens.core.outbox import Outbox
from gridlens.core.principal import Principal
from gridlens.core.security.vault import Vault
from gridlens.notifications.channels.smtp import NotAccepted, SmtpServer, send
from gridlens.notifications.errors import NoSuchDelivery
from gridlens.notifications.mail.content import MailContent, build, delivery_key
from gridlens.notifications.models import Delivery, Message, ReportRun
from gridlens.notifications.schemas import DeliveryOut
from gridlens.shared.notifications import DeliveryFailed, ReportSent

FIRST_WAIT_SECONDS = 30
LONGEST_WAIT_SECONDS = 1800
MOST_ATTEMPTS = 20
"""With the waits above, more than seven hours: a mail server may be away for a while."""
MESSAGES_KEPT = timedelta(days=30)
FAILED_CONTENT_KEPT = timedelta(days=7)
log = structlog.get_logger()

Reach = Callable[[], AbstractAsyncContextManager[SmtpServer]]


class Recipient(msgspec.Struct, frozen=True):
    address: str
    user_id: UUID | None = None


class DeliverMail(Job, frozen=True, kw_only=True, tag="notifications.deliver_mail"):
    delivery_id: UUID


class Deliveries:
    """Puts messages in line and hands them to the mail server; ``reach`` opens the way to it."""

    def __init__(
        self, database: Database, jobs: Jobs, outbox: Outbox, vault: Vault, *, sender: str, reach: Reach
    ) -> None:
        self._database = database
        self._jobs = jobs
        self._outbox = outbox
        self._vault = vault
        self._sender = sender
        self._reach = reach

    async def put(
        self,
        session: AsyncSession,
        *,
        organisation_id: UUID,
        kind: str,
        content: MailContent,
        recipients: Sequence[Recipient],
        occasion: str,
        run_id: UUID | None = None,
    ) -> list[UUID]:
        """Keep a message for each recipient, in the transaction of what it is about.

        ``occasion`` names what the message is about for ever: one recipient gets it once.
        """
        message = Message(id=uuid7(), organisation_id=organisation_id, kind=kind, run_id=run_id)
        message.content = self._vault.seal(msgspec.msgpack.encode(content), _place(message.id))
        session.add(message)
        await session.flush()
        waiting = []
        for recipient in {each.address.casefold(): each for each in recipients}.values():
            delivery = Delivery(
                id=uuid7(),
                organisation_id=organisation_id,
                message_id=message.id,
                key=delivery_key(occasion, recipient.address),
                recipient=recipient.address,
                user_id=recipient.user_id,
                next_attempt_at=utc_now(),
            )
            session.add(delivery)
            await self._jobs.enqueue(
                session, DeliverMail(delivery_id=delivery.id), key=f"deliver:{delivery.id}:0"
            )
            waiting.append(delivery.id)
        return waiting

    async def deliver(self, job: DeliverMail) -> None:
        """One attempt. A crash on the way leaves the job to be offered again, with the same Message-ID."""
        claimed = await self._claim(job.delivery_id)
        if claimed is None:
            return
        delivery, message = claimed
        reason, is_final = None, False
        try:
            content = self._open(message)
            mail = build(
                content,
                sender=self._sender,
                to=delivery.recipient,
                key=delivery.key,
                written_at=message.created_at,
            )
            async with self._reach() as server:
                await send(mail, delivery.recipient, server)
        except NotAccepted as refusal:
            reason, is_final = refusal.reason, refusal.is_final
        except Exception as error:  # whatever it is must not leave the delivery waiting for ever
            log.exception("delivery_failed", delivery_id=str(delivery.id))
            reason = f"This mail could not be built: {type(error).__name__}. The log has the details."
        await self._settle(delivery, reason, is_final=is_final)

    async def state_of(self, principal: Principal, delivery_id: UUID) -> DeliveryOut:
        """How a mail to the asker fares."""
        async with self._database.transaction() as session:
            row = await session.scalar(
                select(Delivery).where(
                    Delivery.id == delivery_id,
                    Delivery.organisation_id == principal.organisation_id,
                    Delivery.user_id == principal.user_id,
                )
            )
        if row is None:
            raise NoSuchDelivery
        return delivery_out(row)

    async def try_again(self, session: AsyncSession, run_id: UUID) -> int:
        """Put the failed deliveries of a run back in line; the count of them."""
        failed = (
            select(Delivery)
            .join(Message, Message.id == Delivery.message_id)
            .where(Message.run_id == run_id, Delivery.state == "failed", Message.content.is_not(None))
        )
        rows = list(await session.scalars(failed))
        for row in rows:
            row.state, row.next_attempt_at = "waiting", utc_now()
            key = f"deliver:{row.id}:{row.attempts}:again"
            await self._jobs.enqueue(session, DeliverMail(delivery_id=row.id), key=key)
        if rows:
            again = update(Message).where(Message.id == rows[0].message_id).values(finished_at=None)
            await session.execute(again)
        return len(rows)

    async def forget(self) -> None:
        """Contents that nobody can ask for again, and messages of long ago that belong to no report."""
        now = utc_now()
        async with self._database.transaction() as session:
            stale = Message.finished_at < now - FAILED_CONTENT_KEPT
            await session.execute(update(Message).where(stale).values(content=None))
            old = (Message.finished_at < now - MESSAGES_KEPT) & Message.run_id.is_(None)
            await session.execute(delete(Message).where(old))

    def _open(self, message: Message) -> MailContent:
        sealed = message.content or b""
        return msgspec.msgpack.decode(self._vault.open(sealed, _place(message.id)), type=MailContent)

    async def _claim(self, delivery_id: UUID) -> tuple[Delivery, Message] | None:
        """Count one more attempt; only one process can count the same one."""
        async with self._database.transaction() as session:
            delivery = await session.get(Delivery, delivery_id)
            if delivery is None or delivery.state != "waiting":
                return None
            mine: Any = await session.execute(
                update(Delivery)
                .where(
                    Delivery.id == delivery.id,
                    Delivery.state == "waiting",
                    Delivery.attempts == delivery.attempts,
                )
                .values(attempts=delivery.attempts + 1),
                execution_options={"synchronize_session": False},
            )
            message = await session.get(Message, delivery.message_id)
            if not mine.rowcount or message is None:
                return None
            session.expunge_all()
        delivery.attempts += 1
        return delivery, message

    async def _settle(self, delivery: Delivery, reason: str | None, *, is_final: bool) -> None:
        is_over = is_final or delivery.attempts >= MOST_ATTEMPTS
        async with self._database.transaction() as session:
            # The message's row is the lock under which its last delivery is recognised.
            touched = update(Message).where(Message.id == delivery.message_id).values(updated_at=utc_now())
            await session.execute(touched)
            row = await session.get(Delivery, delivery.id)
            message = await session.get(Message, delivery.message_id)
            if row is None or message is None:
                return  # its report was deleted meanwhile
            row.reason = reason
            row.next_attempt_at = None
            if reason is None:
                row.state, row.sent_at = "sent", utc_now()
            elif is_over:
                row.state = "failed"
                failed = DeliveryFailed(
                    organisation_id=row.organisation_id, message_id=row.message_id, reason=reason
                )
                self._outbox.save(session, failed)
            else:
                row.next_attempt_at = utc_now() + _wait_after(row.attempts)
                await self._jobs.enqueue(
                    session,
                    DeliverMail(delivery_id=row.id),
                    key=f"deliver:{row.id}:{row.attempts}",
                    run_at=row.next_attempt_at,
                )
            await session.flush()
            await self._finish(session, message)

    async def _finish(self, session: AsyncSession, message: Message) -> None:
        """Close the message, and the run it belongs to, once none of its deliveries waits."""
        states = select(Delivery.state).where(Delivery.message_id == message.id)
        count = Counter(await session.scalars(states))
        if count["waiting"]:
            return
        sent, failed = count["sent"], count["failed"]
        message.finished_at = utc_now()
        if message.run_id is None or not failed:
            message.content = None
        if message.run_id is None:
            return
        run = await session.get(ReportRun, message.run_id)
        if run is None:
            return
        run.finished_at = message.finished_at
        run.state = "sent" if not failed else "partly_sent" if sent else "failed"
        if failed:
            run.reason = f"{failed} of {sent + failed} mails did not arrive; each recipient's line says why."
        if sent and not run.is_test:
            self._outbox.save(
                session,
                ReportSent(organisation_id=message.organisation_id, report_id=run.report_id, recipients=sent),
            )


def delivery_out(row: Delivery) -> DeliveryOut:
    return DeliveryOut(
        delivery_id=row.id,
        recipient=row.recipient,
        state=row.state,
        attempts=row.attempts,
        reason=row.reason,
        sent_at=row.sent_at,
        next_attempt_at=row.next_attempt_at,
    )


def _wait_after(attempts: int) -> timedelta:
    return timedelta(seconds=min(FIRST_WAIT_SECONDS * 2 ** (attempts - 1), LONGEST_WAIT_SECONDS))


def _place(message_id: UUID) -> str:
    return f"message|{message_id}|content"
