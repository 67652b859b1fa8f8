"""Users, sign-in policy and audit log, for those who may."""

from datetime import UTC, datetime
from typing import Annotated
from uuid import UUID

from litestar import Controller, get, post, put
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, JSONBody, QueryParameter

from gridlens.auth.guards import stepped_up
from gridlens.auth.routes.browser import VISIT
from gridlens.auth.schemas.administration import (
    AuditPage,
    AuditVerification,
    Heir,
    Invitation,
    Invited,
    NewRole,
    SignInPolicy,
    UserOut,
    UserPage,
)
from gridlens.auth.schemas.groups import Belonging
from gridlens.auth.services.assembly import AuthServices
from gridlens.auth.services.users import ListedUser
from gridlens.auth.visit import Visit
from gridlens.core.errors import Invalid
from gridlens.core.http.access import requires
from gridlens.core.principal import Principal
from gridlens.shared.permissions import Permission

Searched = r"^[^\x00]*$"
"""PostgreSQL takes no NUL in text."""


class UserController(Controller):
    path = "/api/v1/users"
    tags = ["users"]
    dependencies = VISIT
    guards = [requires(Permission.MANAGE_USERS)]

    @get(operation_id="listUsers")
    async def list_users(
        self,
        auth: NamedDependency[AuthServices],
        principal: NamedDependency[Principal],
        search: Annotated[str, QueryParameter(max_length=200, pattern=Searched)] = "",
        offset: Annotated[int, QueryParameter(ge=0, le=1_000_000)] = 0,
        limit: Annotated[int, QueryParameter(ge=1, le=200)] = 50,
    ) -> UserPage:
        listed, total = await auth.users.page(principal, search=search, offset=offset, limit=limit)
        return UserPage(users=[UserOut.of(each) for each in listed], total=total)

    @get("/{user_id:uuid}", operation_id="readUser")
    async def read_user(
        self,
        user_id: FromPath[UUID],
        auth: NamedDependency[AuthServices],
        principal: NamedDependency[Principal],
    ) -> UserOut:
        return UserOut.of(await auth.users.one(principal, user_id))

    @post(operation_id="inviteUser", guards=[stepped_up])
    async def invite_user(
        self,
        data: JSONBody[Invitation],
        auth: NamedDependency[AuthServices],
        principal: NamedDependency[Principal],
        visit: NamedDependency[Visit],
    ) -> Invited:
        """Make an account and mail its owner a link."""
        user, link = await auth.users.invite(
            principal, name=data.name, email=data.email, role=data.role, visit=visit
        )
        return Invited(user=UserOut.of(ListedUser(user, has_app=False)), link=link)

    @post("/{user_id:uuid}/invitation", operation_id="resendInvitation", status_code=200, guards=[stepped_up])
    async def resend_invitation(
        self,
        user_id: FromPath[UUID],
        auth: NamedDependency[AuthServices],
        principal: NamedDependency[Principal],
        visit: NamedDependency[Visit],
    ) -> Invited:
        """Mail a new link; the one before stops working."""
        link = await auth.users.invite_again(principal, user_id, visit)
        return Invited(user=UserOut.of(await auth.users.one(principal, user_id)), link=link)

    @put("/{user_id:uuid}/role", operation_id="changeUserRole", guards=[stepped_up])
    async def change_user_role(
        self,
        user_id: FromPath[UUID],
        data: JSONBody[NewRole],
        auth: NamedDependency[AuthServices],
        principal: NamedDependency[Principal],
        visit: NamedDependency[Visit],
    ) -> UserOut:
        await auth.users.change_role(principal, user_id, data.role, visit)
        return UserOut.of(await auth.users.one(principal, user_id))

    @put("/{user_id:uuid}/belonging", operation_id="changeUserBelonging", guards=[stepped_up])
    async def change_user_belonging(
        self,
        user_id: FromPath[UUID],
        data: JSONBody[Belonging],
        auth: NamedDependency[AuthServices],
        principal: NamedDependency[Principal],
        visit: NamedDependency[Visit],
    ) -> UserOut:
        """Say which groups somebody is in, and the attributes that rules about rows ask for."""
        await auth.groups.place(principal, user_id, data.group_ids, data.attributes, visit)
        return UserOut.of(await auth.users.one(principal, user_id))

    @post("/{user_id:uuid}/lock", operation_id="lockUser", status_code=200, guards=[stepped_up])
    async def lock_user(
        self,
        user_id: FromPath[UUID],
        auth: NamedDependency[AuthServices],
        principal: NamedDependency[Principal],
        visit: NamedDependency[Visit],
    ) -> UserOut:
        await auth.users.lock(principal, user_id, visit)
        return UserOut.of(await auth.users.one(principal, user_id))

    @post("/{user_id:uuid}/unlock", operation_id="unlockUser", status_code=200, guards=[stepped_up])
    async def unlock_user(
        self,
        user_id: FromPath[UUID],
        auth: NamedDependency[AuthServices],
        principal: NamedDependency[Principal],
        visit: NamedDependency[Visit],
    ) -> UserOut:
        await auth.users.unlock(principal, user_id, visit)
        return UserOut.of(await auth.users.one(principal, user_id))

    @post(
        "/{user_id:uuid}/reset-factors",
        operation_id="resetUserFactors",
        status_code=200,
        guards=[stepped_up],
    )
    async def reset_user_factors(
        self,
        user_id: FromPath[UUID],
        auth: NamedDependency[AuthServices],
        principal: NamedDependency[Principal],
        visit: NamedDependency[Visit],
    ) -> UserOut:
        """Remove app, recovery codes and devices, and mail a link to enrol again."""
        await auth.users.reset_factors(principal, user_id, visit)
        return UserOut.of(await auth.users.one(principal, user_id))

    @post("/{user_id:uuid}/erase", operation_id="eraseUser", status_code=204, guards=[stepped_up])
    async def erase_user(
        self,
        user_id: FromPath[UUID],
        data: JSONBody[Heir],
        auth: NamedDependency[AuthServices],
        principal: NamedDependency[Principal],
        visit: NamedDependency[Visit],
    ) -> None:
        """Remove a person for ever; what they made passes to the heir."""
        await auth.users.erase(principal, user_id, data.heir_id, visit)


class PolicyController(Controller):
    path = "/api/v1/auth/policy"
    tags = ["users"]
    dependencies = VISIT
    guards = [requires(Permission.MANAGE_USERS)]

    @get(operation_id="readSignInPolicy")
    async def read_sign_in_policy(
        self, auth: NamedDependency[AuthServices], principal: NamedDependency[Principal]
    ) -> SignInPolicy:
        return SignInPolicy.of(await auth.policies.read(principal))

    @put(operation_id="changeSignInPolicy", guards=[stepped_up])
    async def change_sign_in_policy(
        self,
        data: JSONBody[SignInPolicy],
        auth: NamedDependency[AuthServices],
        principal: NamedDependency[Principal],
        visit: NamedDependency[Visit],
    ) -> SignInPolicy:
        changed = await auth.policies.change(
            principal,
            name=data.organisation,
            otp_for_everyone=data.otp_for_everyone,
            otp_roles=data.otp_roles,
            email_codes_allowed=data.email_codes_allowed,
            visit=visit,
        )
        return SignInPolicy.of(changed)


class AuditController(Controller):
    path = "/api/v1/audit"
    tags = ["audit"]
    guards = [requires(Permission.READ_AUDIT)]

    @get(operation_id="listAudit")
    async def list_audit(
        self,
        auth: NamedDependency[AuthServices],
        principal: NamedDependency[Principal],
        before: Annotated[int | None, QueryParameter(ge=1, le=2**53)] = None,
        limit: Annotated[int, QueryParameter(ge=1, le=200)] = 50,
        action: Annotated[str | None, QueryParameter(max_length=100, pattern=Searched)] = None,
        user_id: Annotated[UUID | None, QueryParameter(name="userId")] = None,
        since: FromQuery[datetime | None] = None,
        until: FromQuery[datetime | None] = None,
    ) -> AuditPage:
        """Entries, the newest first; ``action`` is a whole name or its first part, such as ``auth``."""
        entries = await auth.audit_reader.page(
            principal,
            before=before,
            limit=limit,
            action=action,
            user_id=user_id,
            since=_in_utc(since, "since"),
            until=_in_utc(until, "until"),
        )
        return AuditPage.of(entries, limit)

    @get("/verification", operation_id="verifyAudit")
    async def verify_audit(
        self, auth: NamedDependency[AuthServices], principal: NamedDependency[Principal]
    ) -> AuditVerification:
        """Recompute the whole chain and compare it with the signed heads."""
        await auth.ground.core.limiter.check("5/minute", "audit verification", str(principal.user_id))
        found = await auth.audit_reader.verify(principal)
        return AuditVerification(entries=found.entries, first_bad=found.first_bad)


def _in_utc(time: datetime | None, field: str) -> datetime | None:
    if time is None:
        return None
    try:
        if time.tzinfo is not None:
            return time.astimezone(UTC)
    except OverflowError:
        pass
    raise Invalid(
        f"Give “{field}” with its time zone, such as 2026-03-02T09:00:00Z.",
        fields={field: "not a time with a zone"},
    )
