"""Who may do what, checked where the work is done."""

from gridlens.core.errors import Refused
from gridlens.core.principal import Principal
from gridlens.shared.permissions import Permission, Role


def require(principal: Principal, permission: Permission) -> None:
    if not principal.may(permission):
        raise Refused(
            f"Your role “{principal.role}” does not include this ({permission}). "
            "Ask an administrator if you need it."
        )


def is_admin(principal: Principal) -> bool:
    return principal.role == Role.ADMIN
