"""API tokens of one's own, and short-lived tokens for programs."""

from typing import Any
from uuid import UUID

from litestar import Controller, Request, delete, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody

from gridlens.auth.guards import at_browser, stepped_up
from gridlens.auth.routes.browser import VISIT
from gridlens.auth.schemas.tokens import (
    AccessTokenOut,
    ApiTokenOut,
    ApiTokenWithSecret,
    NewApiToken,
    RefreshTokenIn,
    RenewApiToken,
)
from gridlens.auth.services.assembly import AuthServices
from gridlens.auth.visit import Visit, bearer_token
from gridlens.core.http.access import public, signed_in
from gridlens.core.principal import Principal

TRIES = "30/minute"


class TokenController(Controller):
    path = "/api/v1/tokens"
    tags = ["tokens"]
    dependencies = VISIT
    guards = [signed_in, at_browser]

    @get(operation_id="listTokens")
    async def list_tokens(
        self, auth: NamedDependency[AuthServices], principal: NamedDependency[Principal]
    ) -> list[ApiTokenOut]:
        return [ApiTokenOut.of(each) for each in await auth.api_tokens.all_of(principal)]

    @post(operation_id="createToken", guards=[stepped_up])
    async def create_token(
        self,
        data: JSONBody[NewApiToken],
        auth: NamedDependency[AuthServices],
        principal: NamedDependency[Principal],
        visit: NamedDependency[Visit],
    ) -> ApiTokenWithSecret:
        """A token with some of one's own rights; its text is in this answer and nowhere else."""
        token, text = await auth.api_tokens.create(
            principal, name=data.name, scopes=data.scopes, days=data.days, visit=visit
        )
        return ApiTokenWithSecret(token=text, details=ApiTokenOut.of(token))

    @post("/{token_id:uuid}/renew", operation_id="renewToken", status_code=200, guards=[stepped_up])
    async def renew_token(
        self,
        token_id: FromPath[UUID],
        data: JSONBody[RenewApiToken],
        auth: NamedDependency[AuthServices],
        principal: NamedDependency[Principal],
        visit: NamedDependency[Visit],
    ) -> ApiTokenWithSecret:
        """A new secret and expiry; the old secret stops working at once."""
        token, text = await auth.api_tokens.renew(principal, token_id, days=data.days, visit=visit)
        return ApiTokenWithSecret(token=text, details=ApiTokenOut.of(token))

    @delete("/{token_id:uuid}", operation_id="revokeToken")
    async def revoke_token(
        self,
        token_id: FromPath[UUID],
        auth: NamedDependency[AuthServices],
        principal: NamedDependency[Principal],
        visit: NamedDependency[Visit],
    ) -> None:
        await auth.api_tokens.revoke(principal, token_id, visit)


class AccessTokenController(Controller):
    path = "/api/v1/auth/token"
    tags = ["tokens"]
    dependencies = VISIT
    guards = [public]

    @post(operation_id="issueAccessToken", status_code=200)
    async def issue_access_token(
        self,
        request: Request[Any, Any, Any],
        auth: NamedDependency[AuthServices],
        visit: NamedDependency[Visit],
    ) -> AccessTokenOut:
        """Exchange the API token in the ``Authorization`` header for a signed token of ten minutes."""
        await auth.ground.core.limiter.check(TRIES, "access tokens", visit.limit_key)
        return AccessTokenOut.of(await auth.access_tokens.issue(bearer_token(request) or "", visit))

    @post("/refresh", operation_id="refreshAccessToken", status_code=200)
    async def refresh_access_token(
        self,
        data: JSONBody[RefreshTokenIn],
        auth: NamedDependency[AuthServices],
        visit: NamedDependency[Visit],
    ) -> AccessTokenOut:
        """The refresh token is the right to call this; it works once."""
        await auth.ground.core.limiter.check(TRIES, "access tokens", visit.limit_key)
        return AccessTokenOut.of(await auth.access_tokens.refresh(data.refresh_token, visit))

    @post("/revoke", operation_id="revokeAccessToken", status_code=204)
    async def revoke_access_token(
        self,
        data: JSONBody[RefreshTokenIn],
        auth: NamedDependency[AuthServices],
        visit: NamedDependency[Visit],
    ) -> None:
        """End every token of this family; harmless for one that is unknown."""
        await auth.ground.core.limiter.check(TRIES, "access tokens", visit.limit_key)
        await auth.access_tokens.revoke(data.refresh_token)
