"""The way in and out of a browser."""

from litestar import Controller, Response, get, post
from litestar.di import NamedDependency
from litestar.params import JSONBody

from gridlens.auth.guards import at_browser
from gridlens.auth.routes.browser import VISIT, changed_cookies, with_state
from gridlens.auth.schemas.state import GivenPasswordOnly, LogIn, SecondStepCode, SessionState
from gridlens.auth.services.assembly import AuthServices
from gridlens.auth.visit import Visit
from gridlens.core.http.access import public, signed_in


class SignInController(Controller):
    path = "/api/v1/auth"
    tags = ["sign-in"]
    dependencies = VISIT

    @get("/session", operation_id="readSession", guards=[public])
    async def read_session(
        self, auth: NamedDependency[AuthServices], visit: NamedDependency[Visit]
    ) -> SessionState:
        """Who this browser is and what it needs next; asked before anybody has signed in."""
        return await auth.states.of(visit)

    @post("/login", operation_id="logIn", status_code=200, guards=[public])
    async def log_in(
        self, data: JSONBody[LogIn], auth: NamedDependency[AuthServices], visit: NamedDependency[Visit]
    ) -> Response[SessionState]:
        """The first step, for anybody with a password."""
        after = await auth.sign_in.log_in(
            data.email, data.password, visit, enrolment_token=data.enrolment_token
        )
        return await with_state(auth, visit, after)

    @post("/second-step/email", operation_id="sendEmailCode", status_code=200, guards=[public])
    async def send_email_code(
        self, auth: NamedDependency[AuthServices], visit: NamedDependency[Visit]
    ) -> SessionState:
        """Mail a code to whoever passed the first step."""
        await auth.sign_in.send_email_code(visit)
        return await auth.states.of(visit)

    @post("/second-step", operation_id="passSecondStep", status_code=200, guards=[public])
    async def pass_second_step(
        self,
        data: JSONBody[SecondStepCode],
        auth: NamedDependency[AuthServices],
        visit: NamedDependency[Visit],
    ) -> Response[SessionState]:
        """The second step, for whoever passed the first."""
        after = await auth.sign_in.pass_second_step(
            data.method, data.code, visit, trust_device=data.trust_device
        )
        return await with_state(auth, visit, after)

    @post("/step-up", operation_id="stepUp", status_code=200, guards=[signed_in, at_browser])
    async def step_up(
        self,
        data: JSONBody[GivenPasswordOnly],
        auth: NamedDependency[AuthServices],
        visit: NamedDependency[Visit],
    ) -> Response[SessionState]:
        """Begin to confirm that it is still the same person."""
        return await with_state(auth, visit, await auth.sign_in.step_up(data.password, visit))

    @post("/logout", operation_id="logOut", status_code=204, guards=[public])
    async def log_out(
        self, auth: NamedDependency[AuthServices], visit: NamedDependency[Visit]
    ) -> Response[None]:
        """End the session or the half-login; harmless for whoever has neither."""
        after = await auth.sign_in.log_out(visit)
        # The next one at this computer finds nothing of what was shown.
        return Response(
            None,
            cookies=changed_cookies(auth, visit, after),
            headers={"Clear-Site-Data": '"cache"'},
        )
