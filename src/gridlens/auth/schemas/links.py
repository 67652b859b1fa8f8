"""Links that went out by mail or on the console, and what comes back through them."""

from datetime import datetime
from typing import Literal

import msgspec

from gridlens.auth.schemas.state import Email, Locale, NewPassword, PersonName, Token, Zone

Kind = Literal["set_up", "invitation", "reset", "enrolment", "email_change"]


class LinkToken(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, rename="camel"):
    kind: Kind
    token: Token


class TokenOnly(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, rename="camel"):
    token: Token


class LinkTarget(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """Whom a link is for; the set-up link is for nobody yet."""

    kind: Kind
    name: str | None
    email: str | None
    organisation: str | None
    minimum_password_length: int
    expires_at: datetime


class SetUp(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, rename="camel"):
    token: Token
    organisation: PersonName
    name: PersonName
    email: Email
    password: NewPassword
    zone: Zone = "UTC"
    locale: Locale = "en-GB"


class AcceptInvitation(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, rename="camel"):
    token: Token
    name: PersonName
    password: NewPassword
    zone: Zone = "UTC"
    locale: Locale = "en-GB"


class AskForReset(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, rename="camel"):
    email: Email


class ResetPassword(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, rename="camel"):
    token: Token
    password: NewPassword
