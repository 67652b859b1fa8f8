"""Users, the sign-in policy and the audit log, for administrators."""

from datetime import datetime
from typing import Any, Literal, cast
from uuid import UUID

import msgspec

from gridlens.auth.models import Organisation
from gridlens.auth.schemas.state import Email, PersonName
from gridlens.auth.services.audit_reading import ReadEntry
from gridlens.auth.services.rights import groups_of
from gridlens.auth.services.users import ListedUser
from gridlens.shared.permissions import Role

State = Literal["invited", "active", "locked"]


class UserOut(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """``codes_stopped`` is true after 100 wrong codes in a row, until somebody unlocks the account."""

    id: UUID
    name: str
    email: str
    role: Role
    state: State
    has_app: bool
    codes_stopped: bool
    signed_in_at: datetime | None
    created_at: datetime
    group_ids: list[UUID]
    attributes: dict[str, list[str | int | float | bool]]

    @classmethod
    def of(cls, listed: ListedUser) -> "UserOut":
        user = listed.user
        return cls(
            id=user.id,
            name=user.name,
            email=user.email,
            role=Role(user.role),
            state=cast(State, user.state),
            has_app=listed.has_app,
            codes_stopped=user.stopped_at is not None,
            signed_in_at=user.signed_in_at,
            created_at=user.created_at,
            group_ids=sorted(groups_of(user)),
            attributes=user.attributes or {},
        )


class UserPage(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    users: list[UserOut]
    total: int


class Invited(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """``link`` is to be handed over where there is no mail server; else it is on its way."""

    user: UserOut
    link: str | None


class Invitation(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, rename="camel"):
    name: PersonName
    email: Email
    role: Role


class NewRole(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, rename="camel"):
    role: Role


class Heir(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, rename="camel"):
    heir_id: UUID


class SignInPolicy(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, rename="camel"):
    """Who needs a code: everyone, or only the named roles."""

    organisation: PersonName
    otp_for_everyone: bool
    otp_roles: list[Role]
    email_codes_allowed: bool

    @classmethod
    def of(cls, row: Organisation) -> "SignInPolicy":
        return cls(
            organisation=row.name,
            otp_for_everyone=row.otp_for_everyone,
            otp_roles=[Role(each) for each in row.otp_roles],
            email_codes_allowed=row.email_codes_allowed,
        )


class AuditEntryOut(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """``user_name`` is missing for a person who was erased."""

    number: int
    at: datetime
    user_id: UUID | None
    user_name: str | None
    action: str
    subject: str
    detail: dict[str, Any]
    address: str

    @classmethod
    def of(cls, read: ReadEntry) -> "AuditEntryOut":
        entry = read.entry
        return cls(
            number=entry.number,
            at=entry.at,
            user_id=entry.user_id,
            user_name=read.user_name,
            action=entry.action,
            subject=entry.subject,
            detail=read.detail,
            address=entry.address,
        )


class AuditPage(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """Ask for the next page with ``before=nextBefore``; there is none when it is missing."""

    entries: list[AuditEntryOut]
    next_before: int | None

    @classmethod
    def of(cls, entries: list[ReadEntry], limit: int) -> "AuditPage":
        last = entries[-1].entry.number if len(entries) == limit else None
        return cls(entries=[AuditEntryOut.of(each) for each in entries], next_before=last)


class AuditVerification(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """``first_bad`` is the number of the first entry that was changed, added or taken out."""

    entries: int
    first_bad: int | None
