"""API tokens, and the short-lived tokens made from them."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

import msgspec
from msgspec import Meta

from gridlens.auth.models import ApiToken
from gridlens.auth.schemas.state import PRINTABLE, Token
from gridlens.auth.services.access_tokens import Pair
from gridlens.shared.permissions import Permission

Days = Annotated[int, Meta(ge=1, le=365)]
TokenName = Annotated[str, Meta(min_length=1, max_length=100, pattern=PRINTABLE)]


class NewApiToken(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, rename="camel"):
    name: TokenName
    scopes: Annotated[list[Permission], Meta(min_length=1, max_length=50)]
    days: Days


class RenewApiToken(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, rename="camel"):
    days: Days


class ApiTokenOut(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    id: UUID
    name: str
    starts_with: str
    scopes: list[str]
    created_at: datetime
    expires_at: datetime
    used_at: datetime | None

    @classmethod
    def of(cls, row: ApiToken) -> "ApiTokenOut":
        return cls(
            id=row.id,
            name=row.name,
            starts_with=f"gl_{row.public_id[:4]}",
            scopes=row.scopes,
            created_at=row.created_at,
            expires_at=row.expires_at,
            used_at=row.used_at,
        )


class ApiTokenWithSecret(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """``token`` is shown this once."""

    token: str
    details: ApiTokenOut


class RefreshTokenIn(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, rename="camel"):
    refresh_token: Token


class AccessTokenOut(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    access_token: str
    refresh_token: str
    expires_at: datetime

    @classmethod
    def of(cls, pair: Pair) -> "AccessTokenOut":
        return cls(
            access_token=pair.access_token, refresh_token=pair.refresh_token, expires_at=pair.expires_at
        )
