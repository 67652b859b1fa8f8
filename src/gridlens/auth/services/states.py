"""What a browser is told about its way in."""

from datetime import timedelta
from typing import Literal, cast

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from gridlens.auth.keys import fingerprint, same
from gridlens.auth.models import HalfLoginPurpose, Organisation, SetUpCompletion
from gridlens.auth.schemas.state import (
    AwaitedStep,
    Enrolment,
    Method,
    SessionState,
    SignedInUser,
    Theme,
    ThisSession,
)
from gridlens.auth.services.attempts import Attempts, Counted
from gridlens.auth.services.ground import Ground
from gridlens.auth.services.half_logins import HalfLogins, HalfWay, code_subject
from gridlens.auth.services.passwords import SHORTEST, SHORTEST_WITH_CODES
from gridlens.auth.services.second_steps import SecondSteps
from gridlens.auth.services.sessions import IDLE, Found, Sessions
from gridlens.auth.visit import Visit

RESEND_AFTER = timedelta(seconds=30)
"""The page offers another mail after this pause; the server's own limit is three in a quarter of an hour."""


class States:
    def __init__(
        self,
        ground: Ground,
        half_logins: HalfLogins,
        sessions: Sessions,
        steps: SecondSteps,
        attempts: Attempts,
    ) -> None:
        self._ground = ground
        self._half_logins = half_logins
        self._sessions = sessions
        self._steps = steps
        self._attempts = attempts
        self._is_set_up = False

    async def of(self, visit: Visit) -> SessionState:
        found = await self._sessions.find(visit.session) if visit.session else None
        async with self._ground.transaction() as session:
            way = await self._half_logins.find(session, visit)
            if way is not None and not _belongs(way, found):
                way = None
            awaited, enrolment = await self._awaited(session, way) if way else (None, None)
            step = await self._step(session, found, awaited, enrolment)
            organisation = found.organisation if found else way.organisation if way else None
        role = found.user.role if found else way.user.role if way else None
        return SessionState(
            step=step,
            csrf_token=self.csrf_token(visit, found, way),
            user=_user(found) if found else None,
            session=_session(found) if found else None,
            second_step=awaited,
            enrolment=enrolment,
            minimum_password_length=shortest_password(organisation, role),
            is_demo=self._ground.settings.demo,
        )

    def csrf_token(self, visit: Visit, found: Found | None, way: HalfWay | None) -> str | None:
        """Bound to the session's cookie, or before there is one to the half-login's."""
        bearer = visit.session if found else visit.half_login if way else None
        return self._ground.keys.mac("csrf", fingerprint(bearer)) if bearer else None

    async def accepts_csrf_token(self, visit: Visit, given: str, *, is_signed_in: bool) -> bool:
        """True when the token fits the cookie that this request acts by, or it acts by none."""
        bearer = visit.session if is_signed_in else visit.half_login
        if not is_signed_in and bearer:
            async with self._ground.transaction() as session:
                if await self._half_logins.find(session, visit) is None:
                    return True
        return not bearer or same(self._ground.keys.mac("csrf", fingerprint(bearer)), given)

    async def _step(
        self,
        session: AsyncSession,
        found: Found | None,
        awaited: AwaitedStep | None,
        enrolment: Enrolment | None,
    ) -> Literal["set_up", "password", "second_step", "enrol", "signed_in"]:
        if enrolment:
            return "enrol"
        if awaited:
            return "second_step"
        if found:
            return "signed_in"
        if not self._is_set_up:
            self._is_set_up = await session.scalar(select(SetUpCompletion.slot)) is not None
        return "password" if self._is_set_up else "set_up"

    async def _awaited(
        self, session: AsyncSession, way: HalfWay
    ) -> tuple[AwaitedStep | None, Enrolment | None]:
        steps = await self._steps.of(session, way.user, way.organisation)
        code = await self._steps.email_code(session, way.half)
        allowance = await self._attempts.allowance(session, Counted.CODE, code_subject(way.half))
        awaited = AwaitedStep(
            purpose="step_up" if way.half.purpose == HalfLoginPurpose.STEP_UP else "sign_in",
            methods=cast(list[Method], steps.methods),
            email=way.user.email,
            attempts_left=max(0, allowance.left),
            expires_at=way.half.expires_at,
            email_sent_at=code.sent_at if code else None,
            email_expires_at=code.expires_at if code else None,
            email_resend_at=code.sent_at + RESEND_AFTER if code else None,
            may_trust_device=way.half.purpose == HalfLoginPurpose.SIGN_IN,
        )
        if way.half.may_enrol and not steps.has_totp:
            return awaited, Enrolment(expires_at=way.half.expires_at, may_use_email=steps.email_codes)
        return awaited, None


def shortest_password(organisation: Organisation | None, role: str | None) -> int:
    """Eight characters are enough only where a code is asked for as well."""
    with_codes = organisation is None or (role is not None and organisation.requires_otp(role))
    return SHORTEST_WITH_CODES if with_codes else SHORTEST


def _belongs(way: HalfWay, found: Found | None) -> bool:
    """A half-login that steps up is nothing without the very session it was opened from."""
    if way.half.purpose == HalfLoginPurpose.STEP_UP:
        return found is not None and found.session.id == way.half.session_id
    return found is None


def _user(found: Found) -> SignedInUser:
    user = found.user
    return SignedInUser(
        id=user.id,
        name=user.name,
        email=user.email,
        role=user.role,
        permissions=sorted(found.principal.permissions),
        zone=user.zone,
        theme=cast(Theme, user.theme),
        locale=user.locale,
        organisation=found.organisation.name,
    )


def _session(found: Found) -> ThisSession:
    return ThisSession(
        id=found.session.id,
        aal=found.session.aal,
        expires_at=found.session.expires_at,
        idle_expires_at=found.session.seen_at + IDLE,
        stepped_up_until=found.stepped_up_until,
    )
