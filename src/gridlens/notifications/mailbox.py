"""The demo's own mail server and the mailbox it fills, so that mails are seen with no account anywhere."""

import asyncio
from base64 import b64encode
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import TYPE_CHECKING
from uuid import UUID

from msgspec.structs import asdict, replace
from sqlalchemy import delete, select, update
from sqlalchemy.orm import defer

from gridlens.core.database import Database
from gridlens.core.errors import Refused
from gridlens.core.principal import Principal
from gridlens.notifications.channels.smtp import SmtpServer
from gridlens.notifications.errors import NoMailbox, NoSuchMail
from gridlens.notifications.models import Delivery, MailboxMail
from gridlens.notifications.schemas import MailDetail, MailPart, MailSummary
from gridlens.shared.permissions import Permission

if TYPE_CHECKING:
    from aiosmtpd.smtp import SMTP, Envelope, Session

MOST_BYTES = 25 * 1024 * 1024
MOST_LISTED = 500
HOST = "127.0.0.1"


class MailboxServer:
    """A real SMTP server on the loopback, up while something is on its way to it."""

    def __init__(self, database: Database) -> None:
        self._database = database

    @asynccontextmanager
    async def listening(self) -> AsyncIterator[SmtpServer]:
        from aiosmtpd.smtp import SMTP

        loop = asyncio.get_running_loop()
        server = await loop.create_server(
            lambda: SMTP(self, data_size_limit=MOST_BYTES, hostname="gridlens.demo", loop=loop),
            HOST,
            0,
        )
        try:
            yield SmtpServer(host=HOST, port=server.sockets[0].getsockname()[1])
        finally:
            server.close()

    async def handle_DATA(self, _server: "SMTP", _session: "Session", envelope: "Envelope") -> str:  # noqa: N802
        """Keep what Gridlens sent; the name is the one that the server library calls."""
        raw = envelope.content if isinstance(envelope.content, bytes) else b""
        mail = message_from_bytes(raw, policy=default)
        message_id = str(mail["Message-ID"] or "")
        key = message_id.strip("<> ").partition("@")[0]
        async with self._database.transaction() as session:
            owner = select(Delivery.organisation_id).where(Delivery.key == key)
            organisation_id = await session.scalar(owner)
            if organisation_id is None:
                return "550 This mailbox keeps only what Gridlens sent"
            session.add(
                MailboxMail(
                    organisation_id=organisation_id,
                    message_id=message_id[:255],
                    sender=str(mail["From"] or "")[:320],
                    recipient=", ".join(envelope.rcpt_tos)[:320],
                    subject=str(mail["Subject"] or "")[:998],
                    raw=raw,
                    size_bytes=len(raw),
                )
            )
        return "250 Kept"


class Mailbox:
    """What the demo's server received, for those who may read it."""

    def __init__(self, database: Database, *, is_open: bool) -> None:
        self._database = database
        self._is_open = is_open

    async def list_mails(self, principal: Principal) -> list[MailSummary]:
        """The newest first."""
        self._check(principal)
        mine = select(MailboxMail).where(MailboxMail.organisation_id == principal.organisation_id)
        newest = mine.order_by(MailboxMail.received_at.desc(), MailboxMail.id.desc()).limit(MOST_LISTED)
        newest = newest.options(defer(MailboxMail.raw))
        async with self._database.transaction() as session:
            return [_summary(each) for each in await session.scalars(newest)]

    async def get(self, principal: Principal, mail_id: UUID) -> MailDetail:
        """One mail, which counts as read from now on."""
        row = await self._find(principal, mail_id)
        async with self._database.transaction() as session:
            await session.execute(update(MailboxMail).where(MailboxMail.id == row.id).values(is_read=True))
        mail = _parsed(row)
        plain, html = mail.get_body(("plain",)), mail.get_body(("html",))
        return MailDetail(
            **asdict(replace(_summary(row), is_read=True)),
            message_id=row.message_id,
            text=str(plain.get_content()).replace("\r\n", "\n") if plain else "",
            has_html=html is not None,
            attachments=tuple(
                MailPart(
                    index=index,
                    filename=part.get_filename() or "attachment",
                    media_type=part.get_content_type(),
                    size_bytes=len(_content(part)),
                )
                for index, part in enumerate(mail.iter_attachments())
            ),
        )

    async def page(self, principal: Principal, mail_id: UUID) -> str:
        """The HTML with its inline pictures inside; empty when the mail has none."""
        mail = _parsed(await self._find(principal, mail_id))
        body = mail.get_body(("html",))
        if body is None:
            return ""
        page = str(body.get_content())
        for part in mail.walk():
            content_id = (part["Content-ID"] or "").strip("<> ")
            if content_id and part.get_content_maintype() == "image":
                data = b64encode(_content(part)).decode()
                page = page.replace(f"cid:{content_id}", f"data:{part.get_content_type()};base64,{data}")
        return page

    async def attachment(self, principal: Principal, mail_id: UUID, index: int) -> tuple[str, str, bytes]:
        """File name, media type and content."""
        parts = list(_parsed(await self._find(principal, mail_id)).iter_attachments())
        if not 0 <= index < len(parts):
            raise NoSuchMail
        part = parts[index]
        return part.get_filename() or "attachment", part.get_content_type(), _content(part)

    async def delete(self, principal: Principal, mail_id: UUID) -> None:
        row = await self._find(principal, mail_id)
        async with self._database.transaction() as session:
            await session.execute(delete(MailboxMail).where(MailboxMail.id == row.id))

    async def empty(self, principal: Principal) -> None:
        self._check(principal)
        mine = MailboxMail.organisation_id == principal.organisation_id
        async with self._database.transaction() as session:
            await session.execute(delete(MailboxMail).where(mine))

    async def _find(self, principal: Principal, mail_id: UUID) -> MailboxMail:
        self._check(principal)
        async with self._database.transaction() as session:
            row = await session.scalar(
                select(MailboxMail).where(
                    MailboxMail.id == mail_id, MailboxMail.organisation_id == principal.organisation_id
                )
            )
        if row is None:
            raise NoSuchMail
        return row

    def _check(self, principal: Principal) -> None:
        if not self._is_open:
            raise NoMailbox
        if not principal.may(Permission.READ_MAILBOX):
            raise Refused("The mailbox shows everybody's mails, so only administrators may read it.")


def _parsed(row: MailboxMail) -> EmailMessage:
    return message_from_bytes(row.raw, EmailMessage, policy=default)


def _content(part: EmailMessage) -> bytes:
    content = part.get_payload(decode=True)
    return content if isinstance(content, bytes) else b""


def _summary(row: MailboxMail) -> MailSummary:
    return MailSummary(
        mail_id=row.id,
        sender=row.sender,
        recipient=row.recipient,
        subject=row.subject,
        received_at=row.received_at,
        is_read=row.is_read,
        size_bytes=row.size_bytes,
    )
