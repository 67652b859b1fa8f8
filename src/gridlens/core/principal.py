"""Who asks: the identity that travels in every request."""

from uuid import UUID

import msgspec


class Principal(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody on whose behalf work is done, with the rights of this moment.

    A browser session, an API token and a scheduled report all run as a principal;
    a token's permissions may be fewer than its owner's.
    """

    user_id: UUID
    organisation_id: UUID
    name: str
    email: str
    role: str
    permissions: frozenset[str]
    zone: str = "UTC"

    def may(self, permission: str) -> bool:
        return permission in self.permissions
