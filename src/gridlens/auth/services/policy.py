"""What an organisation asks of a sign-in."""

from collections.abc import Sequence

from sqlalchemy import update

from gridlens.auth.models import Organisation
from gridlens.auth.services.ground import Ground
from gridlens.auth.services.rights import demand
from gridlens.auth.visit import Visit
from gridlens.core.principal import Principal
from gridlens.shared.permissions import Permission, Role


class Policies:
    def __init__(self, ground: Ground) -> None:
        self._ground = ground

    async def read(self, principal: Principal) -> Organisation:
        demand(principal, Permission.MANAGE_USERS)
        async with self._ground.transaction() as session:
            return await session.get_one(Organisation, principal.organisation_id)

    async def change(
        self,
        principal: Principal,
        *,
        name: str,
        otp_for_everyone: bool,
        otp_roles: Sequence[Role],
        email_codes_allowed: bool,
        visit: Visit,
    ) -> Organisation:
        """Take effect at once: a session with one step ends where two are asked for now."""
        demand(principal, Permission.MANAGE_USERS)
        roles = sorted({str(role) for role in otp_roles})
        async with self._ground.transaction() as session:
            await session.execute(
                update(Organisation)
                .where(Organisation.id == principal.organisation_id)
                .values(
                    name=name.strip(),
                    otp_for_everyone=otp_for_everyone,
                    otp_roles=roles,
                    email_codes_allowed=email_codes_allowed,
                )
            )
            await self._ground.audit.append(
                session,
                "auth.policy_changed",
                organisation_id=principal.organisation_id,
                user_id=principal.user_id,
                address=visit.network,
                detail={
                    "otp_for_everyone": otp_for_everyone,
                    "otp_roles": " ".join(roles),
                    "email_codes_allowed": email_codes_allowed,
                },
            )
            return await session.get_one(Organisation, principal.organisation_id)
