"""One's own sessions, devices, password, profile and activity."""

from typing import Annotated, Any
from uuid import UUID

from litestar import Controller, Request, Response, delete, get, patch, post, put
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody, QueryParameter

from gridlens.auth.guards import at_browser, authentication_of, stepped_up
from gridlens.auth.routes.browser import VISIT, with_state
from gridlens.auth.schemas.account import ChangePassword, DeviceOut, NewEmail, SessionOut, UpdateProfile
from gridlens.auth.schemas.administration import AuditEntryOut
from gridlens.auth.schemas.state import SessionState
from gridlens.auth.services.assembly import AuthServices
from gridlens.auth.services.devices import current_device_id
from gridlens.auth.visit import Visit
from gridlens.core.http.access import signed_in
from gridlens.core.principal import Principal


class AccountController(Controller):
    path = "/api/v1/auth"
    tags = ["account"]
    dependencies = VISIT
    guards = [signed_in, at_browser]

    @get("/sessions", operation_id="listSessions")
    async def list_sessions(
        self,
        request: Request[Any, Any, Any],
        auth: NamedDependency[AuthServices],
        principal: NamedDependency[Principal],
    ) -> list[SessionOut]:
        current = authentication_of(request).session_id
        rows = await auth.sessions.all_of(principal)
        return [SessionOut.of(row, trusted_until, current) for row, trusted_until in rows]

    @delete("/sessions/{session_id:uuid}", operation_id="endSession")
    async def end_session(
        self,
        session_id: FromPath[UUID],
        auth: NamedDependency[AuthServices],
        principal: NamedDependency[Principal],
        visit: NamedDependency[Visit],
    ) -> None:
        await auth.sessions.end(principal, session_id, visit)

    @delete("/sessions", operation_id="endOtherSessions")
    async def end_other_sessions(
        self,
        request: Request[Any, Any, Any],
        auth: NamedDependency[AuthServices],
        principal: NamedDependency[Principal],
        visit: NamedDependency[Visit],
    ) -> None:
        """Log out everywhere but here."""
        await auth.sessions.end_others(principal, authentication_of(request).session_id, visit)

    @get("/devices", operation_id="listTrustedDevices")
    async def list_trusted_devices(
        self,
        auth: NamedDependency[AuthServices],
        principal: NamedDependency[Principal],
        visit: NamedDependency[Visit],
    ) -> list[DeviceOut]:
        current = current_device_id(visit)
        return [DeviceOut.of(row, current) for row in await auth.devices.all_of(principal)]

    @delete("/devices/{device_id:uuid}", operation_id="forgetTrustedDevice")
    async def forget_trusted_device(
        self,
        device_id: FromPath[UUID],
        auth: NamedDependency[AuthServices],
        principal: NamedDependency[Principal],
        visit: NamedDependency[Visit],
    ) -> None:
        await auth.devices.forget(principal, device_id, visit)

    @put("/password", operation_id="changePassword")
    async def change_password(
        self,
        data: JSONBody[ChangePassword],
        auth: NamedDependency[AuthServices],
        visit: NamedDependency[Visit],
    ) -> Response[SessionState]:
        """Asks for the current password, and ends every other session."""
        after = await auth.accounts.change_password(data.current_password, data.new_password, visit)
        return await with_state(auth, visit, after)

    @patch("/profile", operation_id="updateProfile")
    async def update_profile(
        self,
        data: JSONBody[UpdateProfile],
        auth: NamedDependency[AuthServices],
        principal: NamedDependency[Principal],
        visit: NamedDependency[Visit],
    ) -> SessionState:
        await auth.accounts.update_profile(
            principal, name=data.name, zone=data.zone, theme=data.theme, locale=data.locale
        )
        return await auth.states.of(visit)

    @post("/email-change", operation_id="requestEmailChange", status_code=202, guards=[stepped_up])
    async def request_email_change(
        self,
        data: JSONBody[NewEmail],
        auth: NamedDependency[AuthServices],
        principal: NamedDependency[Principal],
        visit: NamedDependency[Visit],
    ) -> None:
        """Mail a confirmation to the new address; it takes effect when that is opened."""
        await auth.accounts.ask_for_email(principal, data.email, visit)

    @get("/activity", operation_id="listOwnActivity")
    async def list_own_activity(
        self,
        auth: NamedDependency[AuthServices],
        principal: NamedDependency[Principal],
        limit: Annotated[int, QueryParameter(ge=1, le=200)] = 20,
    ) -> list[AuditEntryOut]:
        """What was done in one's own name, the newest first."""
        return [AuditEntryOut.of(each) for each in await auth.audit_reader.own(principal, limit)]
