"""Who asks: the identity that travels in every request."""

from uuid import UUID

import msgspec

from gridlens.core.errors import Refused

Plain = str | int | float | bool
"""One value of a user's attribute."""
Attributes = tuple[tuple[str, tuple[Plain, ...]], ...]
"""The values of each attribute by its name, sorted; frozen, so that they can be part of a key."""


class Principal(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody on whose behalf work is done, with the rights of this moment.

    A browser session, an API token and a scheduled report all run as a principal; a token's permissions
    may be fewer than its owner's, and ``by_token`` tells of one. ``groups`` and ``attributes`` decide
    which rows they see.
    """

    user_id: UUID
    organisation_id: UUID
    name: str
    email: str
    role: str
    permissions: frozenset[str]
    by_token: bool = False
    zone: str = "UTC"
    groups: frozenset[UUID] = frozenset()
    attributes: Attributes = ()

    def may(self, permission: str) -> bool:
        return permission in self.permissions

    def lacks(self, *permissions: str) -> Refused:
        """The refusal of what needs these permissions, with whom or what to blame for it."""
        named = ", ".join(permissions)
        if self.by_token:
            return Refused(f"This token was not given the scope {named}. Make one that has it, if you may.")
        return Refused(
            f"Your role “{self.role}” does not include this ({named}). Ask an administrator if you need it."
        )
