"""What routes share that a browser's cookies pass through."""

from typing import Any

from litestar import Request, Response
from litestar.datastructures import Cookie
from litestar.di import NamedDependency, Provide

from gridlens.auth.cookies import AuthCookie
from gridlens.auth.schemas.state import SessionState
from gridlens.auth.services.assembly import AuthServices
from gridlens.auth.visit import Visit, visit_of

AnyRequest = Request[Any, Any, Any]


def read_visit(request: AnyRequest, auth: NamedDependency[AuthServices]) -> Visit:
    return visit_of(request, auth.cookies)


VISIT = {"visit": Provide(read_visit, sync_to_thread=False)}


async def with_state(auth: AuthServices, before: Visit, after: Visit) -> Response[SessionState]:
    """Tell the browser where it stands, and set the cookies that changed."""
    return Response(await auth.states.of(after), cookies=changed_cookies(auth, before, after))


def changed_cookies(auth: AuthServices, before: Visit, after: Visit) -> list[Cookie]:
    jar = auth.cookies
    pairs: tuple[tuple[AuthCookie, str | None, str | None], ...] = (
        (jar.session, before.session, after.session),
        (jar.half_login, before.half_login, after.half_login),
        (jar.device, before.device, after.device),
    )
    return [cookie.carrying(new) if new else cookie.cleared() for cookie, old, new in pairs if old != new]
