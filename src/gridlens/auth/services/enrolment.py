"""Factors: an app is added and proved, codes by mail go on and off, recovery codes are made anew."""

from dataclasses import dataclass
from uuid import UUID

import pyotp
from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession
from uuid_utils.compat import uuid7

from gridlens.auth import mails
from gridlens.auth.errors import NotPossible, SignInExpired, StepUpRequired
from gridlens.auth.models import HalfLogin, HalfLoginPurpose, Organisation, TotpFactor, User
from gridlens.auth.services.code_counter import CodeCounter
from gridlens.auth.services.ground import Ground
from gridlens.auth.services.half_logins import HalfLogins, HalfWay
from gridlens.auth.services.second_steps import SecondSteps, Steps, active_totp
from gridlens.auth.services.sessions import Sessions
from gridlens.auth.services.sign_in import SignIn
from gridlens.auth.visit import Visit
from gridlens.core.errors import Invalid

ISSUER = "Gridlens"
SECRET_CHARACTERS = 32
"""160 bits in base32."""


@dataclass(frozen=True, slots=True)
class Offer:
    """A secret that an app may take; it counts only after one valid code."""

    secret: str
    uri: str
    qr_svg: str


@dataclass(frozen=True, slots=True)
class Factors:
    user: User
    organisation: Organisation
    steps: Steps
    totp: TotpFactor | None


@dataclass(frozen=True, slots=True)
class _Bearer:
    """Who changes factors: somebody signed in who confirmed it just now, or the bearer of a link that
    we handed out and a right password."""

    user: User
    session_id: UUID | None
    half: HalfLogin | None


class FactorSettings:
    def __init__(
        self,
        ground: Ground,
        sign_in: SignIn,
        sessions: Sessions,
        steps: SecondSteps,
        half_logins: HalfLogins,
        code_counter: CodeCounter,
    ) -> None:
        self._ground = ground
        self._half_logins = half_logins
        self._code_counter = code_counter
        self._sign_in = sign_in
        self._sessions = sessions
        self._steps = steps

    async def read(self, visit: Visit) -> Factors:
        found = await self._sign_in.signed_in(visit)
        async with self._ground.transaction() as session:
            steps = await self._steps.of(session, found.user, found.organisation)
            return Factors(found.user, found.organisation, steps, await active_totp(session, found.user.id))

    async def offer_totp(self, visit: Visit) -> Offer:
        """A new secret, replacing one that was offered and never proved."""
        bearer = await self._bearer(visit)
        secret = pyotp.random_base32(SECRET_CHARACTERS)
        factor_id = uuid7()
        async with self._ground.transaction() as session:
            await session.execute(
                delete(TotpFactor).where(
                    TotpFactor.user_id == bearer.user.id, TotpFactor.is_active.is_(False)
                )
            )
            session.add(
                TotpFactor(
                    id=factor_id,
                    user_id=bearer.user.id,
                    sealed_secret=self._ground.vault.seal(secret.encode(), self._steps.totp_place(factor_id)),
                    last_step=0,
                    is_active=False,
                )
            )
        uri = pyotp.TOTP(secret).provisioning_uri(name=bearer.user.email, issuer_name=ISSUER)
        grouped = " ".join(secret[at : at + 4] for at in range(0, len(secret), 4))
        import segno

        return Offer(grouped, uri, segno.make(uri, error="m").svg_inline(scale=4, border=2))

    async def confirm_totp(
        self, code: str, visit: Visit, *, trust_device: bool = False
    ) -> tuple[Visit, list[str]]:
        """Make the offered app the user's app; ten recovery codes come with a user's first one."""
        bearer = await self._bearer(visit)
        way = await self._counted_as(bearer)
        recovery_codes: list[str] = []
        async with (
            self._code_counter.counted(way, visit, "totp") as tried,
            self._ground.transaction() as session,
        ):
            user = await session.get_one(User, bearer.user.id)
            offered = await session.scalar(
                select(TotpFactor).where(TotpFactor.user_id == user.id, TotpFactor.is_active.is_(False))
            )
            if offered is None:
                raise Invalid("No authenticator app was offered. Ask for a new QR code and scan it first.")
            tried.is_right = await self._steps.spend_totp(session, offered, code)
            if tried.is_right:
                await self._code_counter.settle(session, user, tried)
                await self._activate(session, user, offered)
                if not (await self._steps.of(session, user, way.organisation)).recovery_codes:
                    recovery_codes = await self._steps.new_recovery_codes(session, user.id)
                visit = await self._settle(session, bearer, user, visit, trust_device)
        return visit, recovery_codes

    async def remove_totp(self, visit: Visit) -> Visit:
        found = await self._sign_in.signed_in(visit)
        async with self._ground.transaction() as session:
            user = await session.get_one(User, found.user.id)
            steps = await self._steps.of(session, user, found.organisation)
            if found.organisation.requires_otp(user.role) and not steps.may_email:
                raise NotPossible(
                    "Your organisation asks for a code and none comes by mail here, so the app has to stay. "
                    "Scan a new QR code to replace it."
                )
            user.email_codes_enabled = True
            await session.execute(delete(TotpFactor).where(TotpFactor.user_id == user.id))
            return await self._changed(
                session,
                user,
                visit,
                found.session.id,
                "auth.totp_removed",
                "Your authenticator app was removed.",
            )

    async def set_email_codes(self, visit: Visit, *, enabled: bool) -> Visit:
        found = await self._sign_in.signed_in(visit)
        async with self._ground.transaction() as session:
            user = await session.get_one(User, found.user.id)
            if enabled and not found.organisation.email_codes_allowed:
                raise NotPossible("Your organisation allows no codes by mail. Ask an administrator.")
            if enabled:
                self._ground.demand_mail()
            if not enabled and await active_totp(session, user.id) is None:
                raise NotPossible("Add an authenticator app first, then switch codes by mail off.")
            user.email_codes_enabled = enabled
            state = "on" if enabled else "off"
            return await self._changed(
                session,
                user,
                visit,
                found.session.id,
                f"auth.email_codes_{state}",
                f"Codes by mail were switched {state}.",
            )

    async def new_recovery_codes(self, visit: Visit) -> tuple[Visit, list[str]]:
        found = await self._sign_in.signed_in(visit)
        async with self._ground.transaction() as session:
            user = await session.get_one(User, found.user.id)
            codes = await self._steps.new_recovery_codes(session, user.id)
            visit = await self._changed(
                session,
                user,
                visit,
                found.session.id,
                "auth.recovery_codes_made",
                "A new set of recovery codes was made; the old ones work no more.",
            )
            return visit, codes

    async def _bearer(self, visit: Visit) -> _Bearer:
        found = await self._sessions.find(visit.session) if visit.session else None
        if found is not None:
            if not found.authentication.is_stepped_up:
                raise StepUpRequired
            return _Bearer(found.user, found.session.id, None)
        async with self._ground.transaction() as session:
            way = await self._half_logins.need(session, visit)
            if not way.half.may_enrol or await active_totp(session, way.user.id) is not None:
                raise SignInExpired
        return _Bearer(way.user, None, way.half)

    async def _counted_as(self, bearer: _Bearer) -> HalfWay:
        async with self._ground.transaction() as session:
            organisation = await session.get_one(Organisation, bearer.user.organisation_id)
        half = bearer.half or HalfLogin(user_id=bearer.user.id, purpose=HalfLoginPurpose.STEP_UP)
        return HalfWay(half, bearer.user, organisation)

    async def _activate(self, session: AsyncSession, user: User, offered: TotpFactor) -> None:
        # The old app goes first: at most one active factor per user is a constraint of the table.
        await session.execute(
            delete(TotpFactor).where(TotpFactor.user_id == user.id, TotpFactor.is_active.is_(True))
        )
        offered.is_active = True
        offered.activated_at = self._ground.clock()
        await session.flush()

    async def _settle(
        self, session: AsyncSession, bearer: _Bearer, user: User, visit: Visit, trust_device: bool
    ) -> Visit:
        if bearer.half is None:
            return await self._changed(
                session,
                user,
                visit,
                bearer.session_id,
                "auth.totp_added",
                "An authenticator app was added.",
                aal=2,
            )
        await self._record(session, user, visit, "auth.totp_added")
        return await self._sign_in.complete(session, bearer.half, user, visit, "totp", trust_device)

    async def _changed(
        self,
        session: AsyncSession,
        user: User,
        visit: Visit,
        session_id: UUID | None,
        action: str,
        words: str,
        **columns: object,
    ) -> Visit:
        """A changed factor ends every other session and gives this one a new id."""
        await session.flush()
        await self._sessions.end_all(session, user.id, keep=session_id)
        visit = await self._sign_in.renew(session, visit, session_id, **columns)
        self._ground.outbox.save(session, mails.factor_changed(user, words))
        await self._record(session, user, visit, action)
        return visit

    async def _record(self, session: AsyncSession, user: User, visit: Visit, action: str) -> None:
        await self._ground.audit.append(
            session,
            action,
            organisation_id=user.organisation_id,
            user_id=user.id,
            address=visit.network,
        )
