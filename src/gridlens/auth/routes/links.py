"""Pages behind links from the console and from mails. The link is the right to call them."""

from litestar import Controller, Response, post
from litestar.di import NamedDependency
from litestar.params import JSONBody

from gridlens.auth.models import LinkKind
from gridlens.auth.routes.browser import VISIT, with_state
from gridlens.auth.schemas.links import (
    AcceptInvitation,
    AskForReset,
    LinkTarget,
    LinkToken,
    ResetPassword,
    SetUp,
    TokenOnly,
)
from gridlens.auth.schemas.state import SessionState
from gridlens.auth.services.assembly import AuthServices
from gridlens.auth.services.states import shortest_password
from gridlens.auth.visit import Visit
from gridlens.core.http.access import public

TRIES = "30/minute"


class LinkController(Controller):
    path = "/api/v1/auth"
    tags = ["sign-in"]
    dependencies = VISIT
    guards = [public]

    @post("/links/check", operation_id="checkLink", status_code=200)
    async def check_link(
        self, data: JSONBody[LinkToken], auth: NamedDependency[AuthServices], visit: NamedDependency[Visit]
    ) -> LinkTarget:
        """Whom a link is for, so that its page can greet them."""
        await auth.ground.core.limiter.check(TRIES, "links", visit.limit_key)
        link, user, organisation = await auth.entrances.look_at(LinkKind(data.kind), data.token)
        return LinkTarget(
            kind=data.kind,
            name=user.name if user else None,
            email=link.new_email or (user.email if user else None),
            organisation=organisation.name if organisation else None,
            minimum_password_length=shortest_password(organisation, user.role if user else None),
            expires_at=link.expires_at,
        )

    @post("/set-up", operation_id="setUp", status_code=200)
    async def set_up(
        self, data: JSONBody[SetUp], auth: NamedDependency[AuthServices], visit: NamedDependency[Visit]
    ) -> Response[SessionState]:
        """Make the first account of this installation, once."""
        after = await auth.entrances.set_up(
            data.token,
            data.organisation,
            data.name,
            data.email,
            data.password,
            data.zone,
            data.locale,
            visit,
        )
        return await with_state(auth, visit, after)

    @post("/invitation", operation_id="acceptInvitation", status_code=200)
    async def accept_invitation(
        self,
        data: JSONBody[AcceptInvitation],
        auth: NamedDependency[AuthServices],
        visit: NamedDependency[Visit],
    ) -> Response[SessionState]:
        """Take the account that an administrator made."""
        after = await auth.entrances.accept_invitation(
            data.token, data.name, data.password, data.zone, data.locale, visit
        )
        return await with_state(auth, visit, after)

    @post("/password-reset", operation_id="requestPasswordReset", status_code=202)
    async def request_password_reset(
        self,
        data: JSONBody[AskForReset],
        auth: NamedDependency[AuthServices],
        visit: NamedDependency[Visit],
    ) -> None:
        """Answered alike whether there is such an account or not."""
        await auth.ground.core.limiter.check("10/15 minutes", "reset", visit.limit_key)
        await auth.accounts.ask_for_reset(data.email, visit)

    @post("/password-reset/complete", operation_id="completePasswordReset", status_code=204)
    async def complete_password_reset(
        self,
        data: JSONBody[ResetPassword],
        auth: NamedDependency[AuthServices],
        visit: NamedDependency[Visit],
    ) -> None:
        await auth.accounts.reset_password(data.token, data.password, visit)

    @post("/email-change/confirm", operation_id="confirmEmailChange", status_code=204)
    async def confirm_email_change(
        self, data: JSONBody[TokenOnly], auth: NamedDependency[AuthServices], visit: NamedDependency[Visit]
    ) -> None:
        await auth.accounts.confirm_email(data.token, visit)
