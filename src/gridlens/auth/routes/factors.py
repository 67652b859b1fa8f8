"""Factors of one's own account."""

from litestar import Controller, Response, delete, get, post, put
from litestar.di import NamedDependency
from litestar.params import JSONBody

from gridlens.auth.guards import at_browser, stepped_up
from gridlens.auth.routes.browser import VISIT, changed_cookies, with_state
from gridlens.auth.schemas.account import EmailCodesWanted, FactorsOut, RecoveryCodes, TotpCode, TotpOffer
from gridlens.auth.schemas.state import SessionState
from gridlens.auth.services.assembly import AuthServices
from gridlens.auth.visit import Visit
from gridlens.core.http.access import public, signed_in


class FactorController(Controller):
    path = "/api/v1/auth/factors"
    tags = ["account"]
    dependencies = VISIT

    @get(operation_id="listFactors", guards=[signed_in, at_browser])
    async def list_factors(
        self, auth: NamedDependency[AuthServices], visit: NamedDependency[Visit]
    ) -> FactorsOut:
        return FactorsOut.of(await auth.factors.read(visit))

    @post("/totp", operation_id="startTotp", status_code=200, guards=[public])
    async def start_totp(
        self, auth: NamedDependency[AuthServices], visit: NamedDependency[Visit]
    ) -> TotpOffer:
        """For somebody signed in who stepped up, and for a half-login from a link; the service checks."""
        return TotpOffer.of(await auth.factors.offer_totp(visit))

    @post("/totp/confirm", operation_id="confirmTotp", status_code=200, guards=[public])
    async def confirm_totp(
        self, data: JSONBody[TotpCode], auth: NamedDependency[AuthServices], visit: NamedDependency[Visit]
    ) -> Response[RecoveryCodes]:
        """For somebody signed in who stepped up, and for a half-login from a link; the service checks."""
        after, codes = await auth.factors.confirm_totp(data.code, visit, trust_device=data.trust_device)
        return await _with_codes(auth, visit, after, codes)

    @delete("/totp", operation_id="removeTotp", status_code=200, guards=[signed_in, stepped_up])
    async def remove_totp(
        self, auth: NamedDependency[AuthServices], visit: NamedDependency[Visit]
    ) -> Response[SessionState]:
        return await with_state(auth, visit, await auth.factors.remove_totp(visit))

    @put("/email", operation_id="setEmailCodes", guards=[signed_in, stepped_up])
    async def set_email_codes(
        self,
        data: JSONBody[EmailCodesWanted],
        auth: NamedDependency[AuthServices],
        visit: NamedDependency[Visit],
    ) -> Response[SessionState]:
        return await with_state(auth, visit, await auth.factors.set_email_codes(visit, enabled=data.enabled))

    @post(
        "/recovery-codes",
        operation_id="regenerateRecoveryCodes",
        status_code=200,
        guards=[signed_in, stepped_up],
    )
    async def regenerate_recovery_codes(
        self, auth: NamedDependency[AuthServices], visit: NamedDependency[Visit]
    ) -> Response[RecoveryCodes]:
        after, codes = await auth.factors.new_recovery_codes(visit)
        return await _with_codes(auth, visit, after, codes)


async def _with_codes(
    auth: AuthServices, before: Visit, after: Visit, codes: list[str]
) -> Response[RecoveryCodes]:
    content = RecoveryCodes(recovery_codes=codes, state=await auth.states.of(after))
    return Response(content, cookies=changed_cookies(auth, before, after))
