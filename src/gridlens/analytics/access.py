"""Who may do what, checked where the work is done."""

from gridlens.core.principal import Principal
from gridlens.shared.permissions import Permission, Role


def require(principal: Principal, permission: Permission) -> None:
    if not principal.may(permission):
        raise principal.lacks(permission)


def is_admin(principal: Principal) -> bool:
    return principal.role == Role.ADMIN
