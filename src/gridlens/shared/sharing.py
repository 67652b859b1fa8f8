"""With whom something is shared: the words that dashboards and questions have in common."""

from collections.abc import Iterable, Mapping
from typing import Annotated, Literal
from uuid import UUID

import msgspec
from msgspec import Meta

from gridlens.core.principal import Principal
from gridlens.shared.permissions import Role

Access = Literal["own", "edit", "view"]
"""What somebody may do with a thing that they see."""
SharedAccess = Literal["view", "edit"]


class _Entry(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, rename="camel"):
    access: SharedAccess


class ShareWithUser(_Entry, frozen=True, kw_only=True, tag="user", tag_field="type"):
    user_id: UUID


class ShareWithRole(_Entry, frozen=True, kw_only=True, tag="role", tag_field="type"):
    role: Role


ShareEntry = ShareWithUser | ShareWithRole


class Shares(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, rename="camel"):
    """Everybody, apart from its owner and administrators, who sees it."""

    entries: Annotated[tuple[ShareEntry, ...], Meta(max_length=500)]


def grantees(principal: Principal) -> tuple[str, str]:
    """The names under which something may be shared with this person."""
    return f"user:{principal.user_id}", f"role:{principal.role}"


def granted(shares: Shares) -> dict[str, str]:
    """Access by grantee, as it is stored; of two entries for one grantee the last counts."""
    return {_grantee(entry): entry.access for entry in shares.entries}


def shares_of(stored: Iterable[tuple[str, str]]) -> Shares:
    """What was stored as grantee and access."""
    return Shares(entries=tuple(_entry(grantee, access) for grantee, access in stored))


def strangers(shares: Shares, people: Mapping[UUID, object]) -> dict[str, str]:
    """The entries that name nobody of the organisation, each with its reason."""
    return {
        f"entries[{index}].userId": "nobody of your organisation"
        for index, entry in enumerate(shares.entries)
        if isinstance(entry, ShareWithUser) and entry.user_id not in people
    }


def _grantee(entry: ShareEntry) -> str:
    return f"user:{entry.user_id}" if isinstance(entry, ShareWithUser) else f"role:{entry.role}"


def _entry(grantee: str, access: str) -> ShareEntry:
    kind, _, who = grantee.partition(":")
    given: SharedAccess = "edit" if access == "edit" else "view"
    if kind == "user":
        return ShareWithUser(user_id=UUID(who), access=given)
    return ShareWithRole(role=Role(who), access=given)
