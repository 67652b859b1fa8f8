"""Short-lived signed tokens (JWT, Ed25519) for programs, and the refresh tokens behind them."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID, uuid4

from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import GuestProtocol, OKPKey
from joserfc.jwt import JWTClaimsRegistry, Token
from sqlalchemy import delete, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from uuid_utils.compat import uuid7

from gridlens.auth import mails
from gridlens.auth.keys import fingerprint, new_token
from gridlens.auth.models import RefreshToken, RevokedJwt, SigningKey
from gridlens.auth.services.api_tokens import ApiTokens, FoundToken
from gridlens.auth.services.ground import Ground
from gridlens.auth.visit import Visit
from gridlens.core.errors import Unauthenticated

ALGORITHM: Final = "Ed25519"
AUDIENCE: Final = "gridlens"
TYPE: Final = "at+jwt"
ACCESS_LASTS: Final = timedelta(minutes=10)
REFRESH_LASTS: Final = timedelta(days=30)
KEY_SIGNS_FOR: Final = timedelta(days=90)


@dataclass(frozen=True, slots=True)
class Pair:
    access_token: str
    refresh_token: str
    expires_at: datetime


class _Refused(Unauthenticated):
    kind = "token-refused"
    title = "This token is not accepted"


class AccessTokens:
    def __init__(self, ground: Ground, api_tokens: ApiTokens) -> None:
        self._ground = ground
        self._api_tokens = api_tokens

    async def issue(self, api_token: str, visit: Visit) -> Pair:
        """Begin a family of tokens with the rights of an API token."""
        found = await self._api_tokens.find(api_token)
        if found is None:
            raise _Refused("The API token is unknown, expired or revoked. Make a new one under Settings.")
        key = await self._signing_key()
        async with self._ground.transaction() as session:
            pair = self._pair(session, found, uuid7(), key)
            await self._record(session, found, visit, "auth.access_token_issued")
            return pair

    async def refresh(self, refresh_token: str, visit: Visit) -> Pair:
        """Exchange a refresh token for the next pair. One that comes twice was copied: its family ends."""
        now = self._ground.clock()
        key = await self._signing_key()
        async with self._ground.transaction() as session:
            row = await session.scalar(
                select(RefreshToken).where(RefreshToken.token_hash == fingerprint(refresh_token))
            )
            found = await self._api_tokens.find_by_id(session, row.api_token_id) if row else None
            if row is None or found is None or row.revoked_at or row.expires_at <= now:
                raise _Refused("The refresh token is unknown, expired or revoked. Start with the API token.")
            spent: Any = await session.execute(
                update(RefreshToken)
                .where(RefreshToken.id == row.id, RefreshToken.used_at.is_(None))
                .values(used_at=now),
                execution_options={"synchronize_session": False},
            )
            if spent.rowcount:
                return self._pair(session, found, row.family_id, key)
            await self._end_family(session, row.family_id)
            self._ground.outbox.save(session, mails.tokens_revoked(found.user, found.token.name))
            await self._record(session, found, visit, "auth.refresh_token_reused")
        raise _Refused("The refresh token was used before, so all tokens that came from it were ended.")

    async def revoke(self, refresh_token: str) -> None:
        """End a family: its refresh tokens, and the access tokens that still run."""
        async with self._ground.transaction() as session:
            row = await session.scalar(
                select(RefreshToken).where(RefreshToken.token_hash == fingerprint(refresh_token))
            )
            if row is not None:
                await self._end_family(session, row.family_id)

    async def find(self, text: str) -> FoundToken | None:
        """Who an access token speaks for: signature, times and type are right, and nothing that it
        rests on has been revoked."""
        claims = await self._claims(text)
        if claims is None:
            return None
        try:
            token_id = UUID(claims["token"])
        except (KeyError, TypeError, ValueError):
            return None
        async with self._ground.transaction() as session:
            if await session.get(RevokedJwt, claims["jti"]) is not None:
                return None
            found = await self._api_tokens.find_by_id(session, token_id)
        return found if found and str(found.user.id) == claims["sub"] else None

    async def forget_old(self) -> None:
        now = self._ground.clock()
        async with self._ground.transaction() as session:
            await session.execute(delete(RefreshToken).where(RefreshToken.expires_at < now))
            await session.execute(delete(RevokedJwt).where(RevokedJwt.expires_at < now))
            await session.execute(delete(SigningKey).where(SigningKey.retired_at < now - 2 * ACCESS_LASTS))

    async def _claims(self, text: str) -> dict[str, Any] | None:
        async with self._ground.transaction() as session:
            rows = list(await session.scalars(select(SigningKey)))
        keys = {row.kid: row for row in rows}

        def key_of(token: GuestProtocol) -> OKPKey:
            # Only our own table says which key a kid names; no header can bring or point to one.
            row = keys.get(str(token.headers().get("kid")))
            if row is None:
                raise _Refused("The token names no key of ours.")
            return self._open(row)

        try:
            token: Token = jwt.decode(text, key_of, algorithms=[ALGORITHM])
            if token.header.get("typ") != TYPE:
                return None
            self._registry().validate(token.claims)
        except (JoseError, _Refused, ValueError):
            return None
        return dict(token.claims)

    def _registry(self) -> JWTClaimsRegistry:
        return JWTClaimsRegistry(
            now=lambda: int(self._ground.clock().timestamp()),
            iss={"essential": True, "value": self._ground.settings.address},
            aud={"essential": True, "value": AUDIENCE},
            sub={"essential": True},
            exp={"essential": True},
            iat={"essential": True},
            jti={"essential": True},
            typ={"essential": True, "value": "access"},
        )

    def _pair(self, session: AsyncSession, found: FoundToken, family_id: UUID, key: SigningKey) -> Pair:
        now = self._ground.clock()
        expires_at = min(now + ACCESS_LASTS, found.token.expires_at)
        refresh_token, jti = new_token(), str(uuid4())
        session.add(
            RefreshToken(
                family_id=family_id,
                api_token_id=found.token.id,
                token_hash=fingerprint(refresh_token),
                jti=jti,
                created_at=now,
                expires_at=min(now + REFRESH_LASTS, found.token.expires_at),
            )
        )
        claims = {
            "iss": self._ground.settings.address,
            "aud": AUDIENCE,
            "sub": str(found.user.id),
            "iat": int(now.timestamp()),
            "exp": int(expires_at.timestamp()),
            "jti": jti,
            "typ": "access",
            "token": str(found.token.id),
        }
        header = {"alg": ALGORITHM, "typ": TYPE, "kid": key.kid}
        return Pair(
            jwt.encode(header, claims, self._open(key), algorithms=[ALGORITHM]), refresh_token, expires_at
        )

    async def _end_family(self, session: AsyncSession, family_id: UUID) -> None:
        now = self._ground.clock()
        family = RefreshToken.family_id == family_id
        ended: Any = await session.execute(
            update(RefreshToken).where(family, RefreshToken.revoked_at.is_(None)).values(revoked_at=now),
            execution_options={"synchronize_session": False},
        )
        if not ended.rowcount:
            return  # somebody else ended it this instant
        running = select(RefreshToken.jti).where(family, RefreshToken.created_at > now - ACCESS_LASTS)
        for jti in (await session.scalars(running)).all():
            session.add(RevokedJwt(jti=jti, expires_at=now + ACCESS_LASTS))

    async def _signing_key(self) -> SigningKey:
        """The key that signs now; every 90 days a new one takes over."""
        now = self._ground.clock()
        async with self._ground.transaction() as session:
            fresh = select(SigningKey).where(
                SigningKey.retired_at.is_(None), SigningKey.made_at > now - KEY_SIGNS_FOR
            )
            key = await session.scalar(fresh.order_by(SigningKey.made_at.desc()).limit(1))
            if key is None:
                await session.execute(
                    update(SigningKey).where(SigningKey.retired_at.is_(None)).values(retired_at=now)
                )
                key = self._new_key(now)
                session.add(key)
            return key

    def _new_key(self, now: datetime) -> SigningKey:
        pair = OKPKey.generate_key("Ed25519")
        kid = uuid4().hex
        sealed = self._ground.vault.seal(pair.as_pem(private=True), _place(kid))
        return SigningKey(kid=kid, sealed_private=sealed, made_at=now, retired_at=None)

    def _open(self, row: SigningKey) -> OKPKey:
        return OKPKey.import_key(self._ground.vault.open(row.sealed_private, _place(row.kid)))

    async def _record(self, session: AsyncSession, found: FoundToken, visit: Visit, action: str) -> None:
        await session.flush()
        await self._ground.audit.append(
            session,
            action,
            organisation_id=found.user.organisation_id,
            user_id=found.user.id,
            subject=str(found.token.id),
            address=visit.network,
        )


def _place(kid: str) -> str:
    return f"auth_signing_key|{kid}|sealed_private"
