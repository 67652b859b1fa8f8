"""A mail before it has a recipient, and the message it becomes."""

from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from hashlib import sha256

import msgspec


class InlinePicture(msgspec.Struct, frozen=True, kw_only=True):
    """``content_id`` is what ``cid:`` in the HTML names."""

    content_id: str
    media_type: str
    content: bytes


class Attachment(msgspec.Struct, frozen=True, kw_only=True):
    filename: str
    media_type: str
    content: bytes


class MailContent(msgspec.Struct, frozen=True, kw_only=True):
    """``reply_to`` is where a reader asks to be left out."""

    subject: str
    text: str
    html: str
    pictures: tuple[InlinePicture, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    reply_to: str | None = None


def delivery_key(occasion: str, recipient: str) -> str:
    """Names the one delivery of an occasion to a recipient, for ever."""
    return sha256(f"{occasion}|{recipient.casefold()}".encode()).hexdigest()[:40]


def message_id(key: str, sender: str) -> str:
    """The same for every attempt, so that a receiver can see a repeat."""
    return f"<{key}@{_domain(sender)}>"


def build(content: MailContent, *, sender: str, to: str, key: str, written_at: datetime) -> EmailMessage:
    """The message as it is sent; header values with line breaks are refused by the policy."""
    message = EmailMessage(policy=SMTP)
    name, address = split_sender(sender)
    local, _, domain = address.rpartition("@")
    message["From"] = Address(display_name=name, username=local, domain=domain)
    message["To"] = to
    message["Subject"] = content.subject
    message["Date"] = format_datetime(written_at)
    message["Message-ID"] = message_id(key, sender)
    message["Auto-Submitted"] = "auto-generated"
    if content.reply_to:
        message["Reply-To"] = content.reply_to
        message["List-Unsubscribe"] = f"<mailto:{content.reply_to}?subject=Unsubscribe>"
    message.set_content(content.text, cte="quoted-printable")
    message.add_alternative(content.html, subtype="html", cte="quoted-printable")
    page = message.get_payload()[-1]  # type: ignore[index]
    for picture in content.pictures:
        main, sub = picture.media_type.split("/", 1)
        page.add_related(  # type: ignore[union-attr]
            picture.content, main, sub, cid=f"<{picture.content_id}>", disposition="inline"
        )
    for file in content.attachments:
        main, sub = file.media_type.split("/", 1)
        message.add_attachment(file.content, main, sub, filename=file.filename)
    return message


def split_sender(sender: str) -> tuple[str, str]:
    """Name and address of the sender in the settings, whose name may hold commas without quotes."""
    name, bracket, rest = sender.rpartition("<")
    if not bracket:
        return "", sender.strip()
    return name.strip().strip('"'), rest.rstrip().removesuffix(">").strip()


def _domain(sender: str) -> str:
    return split_sender(sender)[1].rpartition("@")[2] or "localhost"
