"""The second step: authenticator app, code by mail, recovery code. Each works exactly once."""

import secrets
from base64 import b32encode
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pyotp
from sqlalchemy import delete, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from gridlens.auth import mails
from gridlens.auth.keys import same
from gridlens.auth.models import EmailCode, HalfLogin, Organisation, RecoveryCode, TotpFactor, User
from gridlens.auth.services.ground import Ground
from gridlens.auth.services.passwords import SHORTEST, normalised

STEP_SECONDS = 30
DRIFT_STEPS = 1
"""Clocks of telephones may be one step off; this is the documented allowance."""
EMAIL_DIGITS = 8
EMAIL_CODE_LASTS = timedelta(minutes=10)
EMAIL_CODE_TRIES = 5
RECOVERY_CODES = 10
RECOVERY_BYTES = 15
"""120 bits: 24 base32 characters."""


@dataclass(frozen=True, slots=True)
class Steps:
    """Which second steps a user has, the best first; ``may_email`` is whether codes can be mailed at all."""

    has_totp: bool
    may_email: bool
    email_codes: bool
    recovery_codes: int

    @property
    def methods(self) -> list[str]:
        offered = (
            ("totp", self.has_totp),
            ("email", self.email_codes),
            ("recovery", self.recovery_codes > 0),
        )
        return [name for name, is_there in offered if is_there]


class SecondSteps:
    def __init__(self, ground: Ground) -> None:
        self._ground = ground

    async def of(self, session: AsyncSession, user: User, organisation: Organisation) -> Steps:
        has_totp = await active_totp(session, user.id) is not None
        may_email = organisation.email_codes_allowed and self._ground.settings.sends_mail
        unused = select(func.count()).where(RecoveryCode.user_id == user.id, RecoveryCode.used_at.is_(None))
        return Steps(
            has_totp=has_totp,
            may_email=may_email,
            email_codes=may_email and (user.email_codes_enabled or not has_totp),
            recovery_codes=await session.scalar(unused) or 0,
        )

    async def verify(
        self, session: AsyncSession, user: User, half: HalfLogin, method: str, code: str
    ) -> bool:
        """Spend the code when it is right; of two who send it at once, one gets true."""
        if method == "totp":
            factor = await active_totp(session, user.id)
            return factor is not None and await self.spend_totp(session, factor, code)
        if method == "email":
            return await self._spend_email_code(session, half, code)
        return await self._spend_recovery_code(session, user, code)

    def totp_place(self, factor_id: UUID) -> str:
        """Where the vault binds a secret to."""
        return f"auth_totp_factor|{factor_id}|sealed_secret"

    async def spend_totp(self, session: AsyncSession, factor: TotpFactor, code: str) -> bool:
        secret = self._ground.vault.open(factor.sealed_secret, self.totp_place(factor.id)).decode()
        step = matching_step(secret, _bare(code), self._ground.clock())
        if step is None:
            return False
        # One statement decides: a code used before, or by somebody else this instant, moves no row.
        moved: Any = await session.execute(
            update(TotpFactor)
            .where(TotpFactor.id == factor.id, TotpFactor.last_step < step)
            .values(last_step=step),
            execution_options={"synchronize_session": False},
        )
        return bool(moved.rowcount)

    async def send_email_code(self, session: AsyncSession, user: User, half: HalfLogin) -> None:
        """Mail a new code; the one before stops working."""
        now = self._ground.clock()
        digits = f"{secrets.randbelow(10**EMAIL_DIGITS):0{EMAIL_DIGITS}}"
        await session.execute(delete(EmailCode).where(EmailCode.half_login_id == half.id))
        session.add(
            EmailCode(
                half_login_id=half.id,
                code_hmac=self._email_hmac(half, digits),
                tries=0,
                sent_at=now,
                expires_at=now + EMAIL_CODE_LASTS,
            )
        )
        await session.flush()
        self._ground.outbox.save(session, mails.code(user, digits, EMAIL_CODE_LASTS))

    async def email_code(self, session: AsyncSession, half: HalfLogin) -> EmailCode | None:
        return await session.get(EmailCode, half.id)

    async def new_recovery_codes(self, session: AsyncSession, user_id: UUID) -> list[str]:
        """Ten codes to show once; every older one stops working."""
        await session.execute(delete(RecoveryCode).where(RecoveryCode.user_id == user_id))
        codes = [b32encode(secrets.token_bytes(RECOVERY_BYTES)).decode() for _ in range(RECOVERY_CODES)]
        session.add_all(
            RecoveryCode(user_id=user_id, code_hmac=self._recovery_hmac(user_id, code)) for code in codes
        )
        await session.flush()
        return ["-".join(code[at : at + 6] for at in range(0, len(code), 6)) for code in codes]

    async def _spend_email_code(self, session: AsyncSession, half: HalfLogin, code: str) -> bool:
        mine = EmailCode.half_login_id == half.id
        counted: Any = await session.execute(
            update(EmailCode)
            .where(mine, EmailCode.tries < EMAIL_CODE_TRIES, EmailCode.expires_at > self._ground.clock())
            .values(tries=EmailCode.tries + 1),
            execution_options={"synchronize_session": False},
        )
        if not counted.rowcount:
            return False
        expected = await session.scalar(select(EmailCode.code_hmac).where(mine))
        if expected is None or not same(expected, self._email_hmac(half, _bare(code))):
            return False
        spent: Any = await session.execute(delete(EmailCode).where(mine, EmailCode.code_hmac == expected))
        return bool(spent.rowcount)

    async def _spend_recovery_code(self, session: AsyncSession, user: User, code: str) -> bool:
        spent: Any = await session.execute(
            update(RecoveryCode)
            .where(
                RecoveryCode.user_id == user.id,
                RecoveryCode.code_hmac == self._recovery_hmac(user.id, _bare(code).upper()),
                RecoveryCode.used_at.is_(None),
            )
            .values(used_at=self._ground.clock()),
            execution_options={"synchronize_session": False},
        )
        if not spent.rowcount:
            return False
        unused = select(func.count()).where(RecoveryCode.user_id == user.id, RecoveryCode.used_at.is_(None))
        self._ground.outbox.save(session, mails.recovery_code_used(user, await session.scalar(unused) or 0))
        return True

    def _email_hmac(self, half: HalfLogin, digits: str) -> str:
        return self._ground.keys.mac("email code", str(half.id), digits)

    def _recovery_hmac(self, user_id: UUID, code: str) -> str:
        return self._ground.keys.mac("recovery code", str(user_id), code)


async def active_totp(session: AsyncSession, user_id: UUID) -> TotpFactor | None:
    return await session.scalar(
        select(TotpFactor).where(TotpFactor.user_id == user_id, TotpFactor.is_active.is_(True))
    )


def matching_step(secret: str, code: str, now: datetime) -> int | None:
    """The newest 30-second step within the drift allowance whose code this is."""
    app = pyotp.TOTP(secret, interval=STEP_SECONDS)
    current = int(now.timestamp()) // STEP_SECONDS
    return next(
        (
            step
            for step in range(current + DRIFT_STEPS, current - DRIFT_STEPS - 1, -1)
            if same(app.generate_otp(step), code)
        ),
        None,
    )


def needs_second_step(user: User, organisation: Organisation, steps: Steps, password: str) -> bool:
    """True where the organisation asks for it, the user has an app, or the password is too short to
    stand alone."""
    return organisation.requires_otp(user.role) or steps.has_totp or len(normalised(password)) < SHORTEST


def _bare(code: str) -> str:
    return "".join(each for each in code if each.isalnum())
