"""Trusted devices: a secret that replaces the code for 30 days and changes at every use."""

from typing import Any
from uuid import UUID

from sqlalchemy import delete, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from gridlens.auth import mails
from gridlens.auth.cookies import DEVICE_LASTS
from gridlens.auth.keys import fingerprint, new_token, same
from gridlens.auth.models import TrustedDevice, User
from gridlens.auth.services.ground import Ground
from gridlens.auth.visit import Visit, device_name
from gridlens.core.errors import NotFound
from gridlens.core.principal import Principal


class Devices:
    """The cookie carries ``<device id>.<secret>``. A secret that was replaced and comes again was
    copied: the device is trusted no more, and its owner hears of it."""

    def __init__(self, ground: Ground) -> None:
        self._ground = ground

    async def recognise(self, session: AsyncSession, visit: Visit, user: User | None) -> TrustedDevice | None:
        """The user's trusted device behind this visit, not yet used."""
        parsed = _parse(visit.device)
        if parsed is None or user is None:
            return None
        device_id, secret = parsed
        device = await session.scalar(
            select(TrustedDevice).where(
                TrustedDevice.id == device_id,
                TrustedDevice.user_id == user.id,
                TrustedDevice.expires_at > self._ground.clock(),
            )
        )
        if device is None or same(device.secret_hash, fingerprint(secret)):
            return device
        await self._revoke_replayed(session, device, user, visit)
        return None

    async def use(self, session: AsyncSession, device: TrustedDevice, user: User, visit: Visit) -> str | None:
        """The cookie's next value; nothing when the same value is being used elsewhere right now."""
        secret = new_token()
        rotated: Any = await session.execute(
            update(TrustedDevice)
            .where(TrustedDevice.id == device.id, TrustedDevice.secret_hash == device.secret_hash)
            .values(
                secret_hash=fingerprint(secret),
                used_at=self._ground.clock(),
                user_agent=visit.user_agent,
                address=visit.network,
            ),
            execution_options={"synchronize_session": False},
        )
        if rotated.rowcount:
            return f"{device.id}.{secret}"
        await self._revoke_replayed(session, device, user, visit)
        return None

    async def trust(self, session: AsyncSession, user: User, visit: Visit) -> tuple[UUID, str]:
        """Trust this browser from now on: the device's id and its cookie's value."""
        now = self._ground.clock()
        secret = new_token()
        replaced = _parse(visit.device)
        if replaced:
            await session.execute(
                delete(TrustedDevice).where(TrustedDevice.id == replaced[0], TrustedDevice.user_id == user.id)
            )
        device = TrustedDevice(
            user_id=user.id,
            secret_hash=fingerprint(secret),
            user_agent=visit.user_agent,
            address=visit.network,
            created_at=now,
            used_at=now,
            expires_at=now + DEVICE_LASTS,
        )
        session.add(device)
        await session.flush()
        return device.id, f"{device.id}.{secret}"

    async def all_of(self, principal: Principal) -> list[TrustedDevice]:
        async with self._ground.transaction() as session:
            rows = await session.scalars(
                select(TrustedDevice)
                .where(
                    TrustedDevice.user_id == principal.user_id,
                    TrustedDevice.expires_at > self._ground.clock(),
                )
                .order_by(TrustedDevice.used_at.desc())
            )
            return list(rows)

    async def forget(self, principal: Principal, device_id: UUID, visit: Visit) -> None:
        async with self._ground.transaction() as session:
            forgotten: Any = await session.execute(
                delete(TrustedDevice).where(
                    TrustedDevice.id == device_id, TrustedDevice.user_id == principal.user_id
                )
            )
            if not forgotten.rowcount:
                raise NotFound("This device is not trusted any more.")
            await self._ground.audit.append(
                session,
                "auth.device_forgotten",
                organisation_id=principal.organisation_id,
                user_id=principal.user_id,
                subject=str(device_id),
                address=visit.network,
            )

    async def forget_all(self, session: AsyncSession, user_id: UUID) -> None:
        await session.execute(delete(TrustedDevice).where(TrustedDevice.user_id == user_id))

    async def forget_old(self) -> None:
        async with self._ground.transaction() as session:
            await session.execute(
                delete(TrustedDevice).where(TrustedDevice.expires_at < self._ground.clock())
            )

    async def _revoke_replayed(
        self, session: AsyncSession, device: TrustedDevice, user: User, visit: Visit
    ) -> None:
        await session.execute(delete(TrustedDevice).where(TrustedDevice.id == device.id))
        self._ground.outbox.save(session, mails.device_replayed(user, device_name(device.user_agent)))
        await self._ground.audit.append(
            session,
            "auth.device_replayed",
            organisation_id=user.organisation_id,
            user_id=user.id,
            subject=str(device.id),
            address=visit.network,
        )


def current_device_id(visit: Visit) -> UUID | None:
    parsed = _parse(visit.device)
    return parsed[0] if parsed else None


def _parse(cookie: str | None) -> tuple[UUID, str] | None:
    identity, _, secret = (cookie or "").partition(".")
    try:
        return UUID(identity), secret
    except ValueError:
        return None
