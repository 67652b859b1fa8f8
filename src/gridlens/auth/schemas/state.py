"""How far a browser has come on its way in."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

import msgspec
from msgspec import Meta

Email = Annotated[str, Meta(min_length=3, max_length=254)]
PRINTABLE = r"^[^\x00-\x1f\x7f]*[^\s\x00-\x1f\x7f][^\x00-\x1f\x7f]*$"
"""At least one visible character and no control characters, which could end a mail's header."""
PersonName = Annotated[str, Meta(min_length=1, max_length=200, pattern=PRINTABLE)]
GivenPassword = Annotated[str, Meta(min_length=1, max_length=1024)]
"""A password to compare; longer than any that is taken, so that no honest one is cut."""
NewPassword = Annotated[str, Meta(min_length=1, max_length=1024)]
"""A password to judge: what is too short or too long is answered with the reason."""
Token = Annotated[str, Meta(min_length=20, max_length=100)]
Code = Annotated[str, Meta(min_length=1, max_length=64)]
Zone = Annotated[str, Meta(min_length=1, max_length=64)]
Locale = Annotated[str, Meta(pattern=r"^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$", max_length=20)]
Theme = Literal["system", "light", "dark"]
Method = Literal["totp", "email", "recovery"]


class LogIn(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, rename="camel"):
    email: Email
    password: GivenPassword
    enrolment_token: Token | None = None


class SecondStepCode(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, rename="camel"):
    method: Method
    code: Code
    trust_device: bool = False


class GivenPasswordOnly(
    msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, rename="camel"
):
    password: GivenPassword


class SignedInUser(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    id: UUID
    name: str
    email: str
    role: str
    permissions: list[str]
    zone: str
    theme: Theme
    locale: str
    organisation: str


class ThisSession(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    id: UUID
    aal: int
    expires_at: datetime
    idle_expires_at: datetime
    stepped_up_until: datetime | None


class AwaitedStep(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """The code that is awaited; ``methods`` has the best first and may be empty."""

    purpose: Literal["sign_in", "step_up"]
    methods: list[Method]
    email: str
    attempts_left: int
    expires_at: datetime
    email_sent_at: datetime | None
    email_expires_at: datetime | None
    email_resend_at: datetime | None
    may_trust_device: bool


class Enrolment(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    expires_at: datetime
    may_use_email: bool


class SessionState(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """``csrf_token`` goes into ``X-CSRF-Token``; it changes with the session's id."""

    step: Literal["set_up", "password", "second_step", "enrol", "signed_in"]
    csrf_token: str | None
    user: SignedInUser | None
    session: ThisSession | None
    second_step: AwaitedStep | None
    enrolment: Enrolment | None
    minimum_password_length: int
    is_demo: bool
