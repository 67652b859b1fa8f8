"""Mail over SMTP: one message to one recipient, and whether a failure is worth another try."""

import ssl
from email.message import EmailMessage
from typing import Literal

import aiosmtplib
import msgspec

from gridlens.core.config import Settings
from gridlens.notifications.printable import printable

PERMANENT = range(500, 600)
SETTINGS_AT_FAULT = {530, 534, 535, 538}
"""Codes about signing in: the operator can mend these, so that the mail is kept for later."""


class SmtpServer(msgspec.Struct, frozen=True, kw_only=True):
    """Where mail is handed over; ``security`` is the kind of TLS."""

    host: str
    port: int
    user: str = ""
    password: str = ""
    security: Literal["starttls", "tls", "none"] = "none"
    seconds: float = 30.0

    @classmethod
    def of(cls, settings: Settings) -> "SmtpServer":
        return cls(
            host=settings.smtp_host,
            port=settings.smtp_port,
            user=settings.smtp_user,
            password=settings.smtp_password,
            security=settings.smtp_security,
            seconds=settings.smtp_seconds,
        )


class NotAccepted(Exception):
    """The server did not take the mail; ``is_final`` when trying again would change nothing."""

    def __init__(self, reason: str, *, is_final: bool) -> None:
        self.reason = printable(reason)
        super().__init__(self.reason)
        self.is_final = is_final


async def send(message: EmailMessage, to: str, server: SmtpServer) -> None:
    """Hand the message over; returns once the server has accepted it.

    Raises:
        NotAccepted: with the reason in words.
    """
    if not server.host:
        raise NotAccepted(
            "No mail server is set. Set GRIDLENS_SMTP_HOST and start Gridlens again.", is_final=False
        )
    client = aiosmtplib.SMTP(
        hostname=server.host,
        port=server.port,
        username=server.user or None,
        password=server.password or None,
        use_tls=server.security == "tls",
        start_tls=server.security == "starttls",
        timeout=server.seconds,
    )
    where = f"{server.host}:{server.port}"
    try:
        async with client:
            await client.sendmail(message["From"].addresses[0].addr_spec, [to], message.as_bytes())
    except aiosmtplib.SMTPRecipientsRefused as error:
        refusal = error.recipients[0]
        raise _refused(where, refusal.code, refusal.message) from error
    except aiosmtplib.SMTPResponseException as error:
        raise _refused(where, error.code, error.message) from error
    except ssl.SSLError as error:
        raise NotAccepted(f"The TLS connection to {where} failed: {error.reason}.", is_final=False) from error
    except TimeoutError as error:
        reason = f"The mail server {where} did not answer within {server.seconds:g} s."
        raise NotAccepted(reason, is_final=False) from error
    except (aiosmtplib.SMTPException, OSError) as error:
        raise NotAccepted(f"The mail server {where} cannot be reached: {error}", is_final=False) from error


def _refused(where: str, code: int, said: str) -> NotAccepted:
    is_final = code in PERMANENT and code not in SETTINGS_AT_FAULT
    return NotAccepted(f"The mail server {where} answered {code}: {said}", is_final=is_final)
