"""From a user's row to the rights of this moment."""

from collections.abc import Iterable
from uuid import UUID

from gridlens.auth.models import User
from gridlens.core.principal import Principal
from gridlens.shared.permissions import ROLE_PERMISSIONS, Permission, Role


def principal_of_user(user: User, scopes: Iterable[str] | None = None) -> Principal:
    """The user with the rights of their role, narrowed to ``scopes`` for a token."""
    rights = frozenset(str(each) for each in ROLE_PERMISSIONS[Role(user.role)])
    return Principal(
        user_id=user.id,
        organisation_id=user.organisation_id,
        name=user.name,
        email=user.email,
        role=user.role,
        permissions=rights if scopes is None else rights & frozenset(scopes),
        by_token=scopes is not None,
        zone=user.zone,
        groups=groups_of(user),
        attributes=tuple(sorted((name, tuple(values)) for name, values in (user.attributes or {}).items())),
    )


def groups_of(user: User) -> frozenset[UUID]:
    return frozenset(UUID(each) for each in user.group_ids or ())


def demand(principal: Principal, permission: Permission) -> None:
    """Raise unless the principal holds the permission."""
    if not principal.may(permission):
        raise principal.lacks(permission)
