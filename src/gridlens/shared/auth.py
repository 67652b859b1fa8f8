"""What auth answers and tells."""

from typing import Literal
from uuid import UUID

import msgspec

from gridlens.core.events import Event, Request
from gridlens.core.principal import Principal


class Person(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """A user as others see them."""

    user_id: UUID
    name: str
    email: str


class Authentication(msgspec.Struct, frozen=True, kw_only=True):
    """How the asker of a request proved who they are; ``request.auth`` holds it.

    ``aal`` is 2 when both steps were passed. ``is_stepped_up`` is true for ten minutes after password
    and code. ``scopes`` is nothing for a browser, which has all rights of its user.
    """

    method: Literal["session", "api_token", "jwt"]
    aal: int
    session_id: UUID | None = None
    token_id: UUID | None = None
    is_stepped_up: bool = False
    scopes: frozenset[str] | None = None


class FindPrincipal(Request[Principal | None], frozen=True, kw_only=True):
    """The current rights of a user; nothing when the user is gone, locked or disabled."""

    user_id: UUID


class ListPeople(Request[tuple[Person, ...]], frozen=True, kw_only=True):
    """Everybody in the asker's organisation who can be shared with or written to."""

    principal: Principal


class Group(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    group_id: UUID
    name: str


class ListGroups(Request[tuple[Group, ...]], frozen=True, kw_only=True):
    """The groups of the asker's organisation, by name."""

    principal: Principal


class FindUsesOfGroup(Request[tuple[str, ...]], frozen=True, kw_only=True):
    """What names a group, in words: while there is any, the group is not deleted."""

    organisation_id: UUID
    group_id: UUID


class UserSignedIn(Event, frozen=True, kw_only=True, tag="auth.user_signed_in"):
    """A user passed both steps."""

    organisation_id: UUID
    user_id: UUID


class SignInBlocked(Event, frozen=True, kw_only=True, tag="auth.sign_in_blocked"):
    """Too many failures: sign-in to this account waits until the limit has passed."""

    organisation_id: UUID
    user_id: UUID


class UserErased(Event, frozen=True, kw_only=True, tag="auth.user_erased"):
    """A user and what names them is gone; what they owned passes to ``heir_id``."""

    organisation_id: UUID
    user_id: UUID
    heir_id: UUID


class ActionAudited(Event, frozen=True, kw_only=True, tag="auth.action_audited"):
    """Somebody did something that an auditor wants to find again."""

    organisation_id: UUID
    user_id: UUID
    action: str
    subject: str
    detail: dict[str, str | int | float | bool | None] = {}
