"""What people change about their own account: password, profile, email."""

from typing import Any
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from gridlens.auth import mails
from gridlens.auth.errors import EmailTaken, LinkNotValid
from gridlens.auth.models import LinkKind, Organisation, User, UserState
from gridlens.auth.services.attempts import Attempts, Counted
from gridlens.auth.services.devices import Devices
from gridlens.auth.services.emails import checked_email, normalised_email
from gridlens.auth.services.entrances import checked_zone, refuse_taken
from gridlens.auth.services.ground import Ground
from gridlens.auth.services.links import Links
from gridlens.auth.services.passwords import Hasher, PasswordRules
from gridlens.auth.services.sessions import Sessions
from gridlens.auth.services.sign_in import SignIn
from gridlens.auth.services.states import shortest_password
from gridlens.auth.visit import Visit
from gridlens.core.jobs import Job
from gridlens.core.principal import Principal


class MailReset(Job, frozen=True, kw_only=True, tag="auth.mail_reset"):
    """Somebody asked for a new password; whether there is such an account shows only here."""

    email: str
    network: str


class Accounts:
    def __init__(
        self,
        ground: Ground,
        attempts: Attempts,
        hasher: Hasher,
        rules: PasswordRules,
        sessions: Sessions,
        devices: Devices,
        links: Links,
        sign_in: SignIn,
    ) -> None:
        self._ground = ground
        self._attempts = attempts
        self._hasher = hasher
        self._rules = rules
        self._sessions = sessions
        self._devices = devices
        self._links = links
        self._sign_in = sign_in

    async def change_password(self, current: str, new: str, visit: Visit) -> Visit:
        """Set a new password; every other session ends and this one gets a new id."""
        found = await self._sign_in.signed_in(visit)
        await self._sign_in.confirm_password(found, current)
        await self._check(new, found.user, found.organisation, visit)
        password_hash = await self._hasher.hash(new)
        async with self._ground.transaction() as session:
            user = await session.get_one(User, found.user.id)
            user.password_hash = password_hash
            await session.flush()
            await self._sessions.end_all(session, user.id, keep=found.session.id)
            visit = await self._sign_in.renew(session, visit, found.session.id)
            self._ground.outbox.save(session, mails.password_changed(user))
            await self._record(session, user, visit, "auth.password_changed")
        return visit

    async def ask_for_reset(self, email: str, visit: Visit) -> None:
        """The same work for every address: a job is saved, and finds out later whom it is for."""
        self._ground.demand_mail()
        async with self._ground.transaction() as session:
            await self._ground.core.jobs.enqueue(
                session, MailReset(email=normalised_email(email), network=visit.network)
            )

    async def mail_reset(self, job: MailReset) -> None:
        async with self._ground.transaction() as session:
            user = await session.scalar(
                select(User).where(User.email == job.email, User.state == UserState.ACTIVE)
            )
        if user is None:
            return
        if not (await self._attempts.reserve(Counted.RESET, str(user.id))).is_granted:
            return
        async with self._ground.transaction() as session:
            link = await self._links.issue(session, LinkKind.RESET, user.id)
            self._ground.outbox.save(session, mails.reset(user, link))
            await self._ground.audit.append(
                session,
                "auth.reset_requested",
                organisation_id=user.organisation_id,
                user_id=user.id,
                address=job.network,
            )

    async def reset_password(self, token: str, new: str, visit: Visit) -> None:
        """Set a password through a mailed link: no sign-in, no factor removed, sessions and devices end."""
        async with self._ground.transaction() as session:
            link = await self._links.find(session, LinkKind.RESET, token)
            user, organisation = await self._owner(session, link.user_id)
        await self._check(new, user, organisation, visit)
        password_hash = await self._hasher.hash(new)
        async with self._ground.transaction() as session:
            await self._links.use(session, LinkKind.RESET, token)
            user, _ = await self._owner(session, user.id)
            user.password_hash = password_hash
            await session.flush()
            await self._sessions.end_all(session, user.id)
            await self._devices.forget_all(session, user.id)
            self._ground.outbox.save(session, mails.password_changed(user))
            await self._record(session, user, visit, "auth.password_reset")

    async def update_profile(
        self,
        principal: Principal,
        *,
        name: str | None,
        zone: str | None,
        theme: str | None,
        locale: str | None,
    ) -> None:
        given = {"name": name and name.strip(), "zone": zone, "theme": theme, "locale": locale}
        changed = {key: value for key, value in given.items() if value is not None}
        if zone is not None:
            checked_zone(zone)
        if not changed:
            return
        async with self._ground.transaction() as session:
            await session.execute(update(User).where(User.id == principal.user_id).values(**changed))

    async def ask_for_email(self, principal: Principal, new_email: str, visit: Visit) -> None:
        """Mail a link to the new address and a word to the old one; nothing changes until it is opened."""
        email = checked_email(new_email)
        self._ground.demand_mail()
        async with self._ground.transaction() as session:
            await refuse_taken(session, email)
            user = await session.get_one(User, principal.user_id)
            link = await self._links.issue(session, LinkKind.EMAIL_CHANGE, user.id, email)
            self._ground.outbox.save(session, mails.confirm_email(user, email, link))
            self._ground.outbox.save(session, mails.email_changing(user, email))
            await self._record(session, user, visit, "auth.email_change_asked")

    async def confirm_email(self, token: str, visit: Visit) -> None:
        try:
            async with self._ground.transaction() as session:
                link = await self._links.use(session, LinkKind.EMAIL_CHANGE, token)
                user, _ = await self._owner(session, link.user_id)
                user.email = link.new_email or user.email
                await session.flush()
                await self._record(session, user, visit, "auth.email_changed")
        except IntegrityError as error:
            raise EmailTaken from error

    async def _owner(self, session: AsyncSession, user_id: UUID | None) -> tuple[User, Organisation]:
        row: Any = (
            await session.execute(
                select(User, Organisation)
                .join(Organisation, Organisation.id == User.organisation_id)
                .where(User.id == user_id, User.state == UserState.ACTIVE)
            )
        ).one_or_none()
        if row is None:
            raise LinkNotValid
        return row[0], row[1]

    async def _check(self, password: str, user: User, organisation: Organisation, visit: Visit) -> None:
        await self._rules.check(
            password,
            shortest=shortest_password(organisation, user.role),
            names=[organisation.name, user.name, user.email],
            asker=visit.limit_key,
        )

    async def _record(self, session: AsyncSession, user: User, visit: Visit, action: str) -> None:
        await self._ground.audit.append(
            session,
            action,
            organisation_id=user.organisation_id,
            user_id=user.id,
            address=visit.network,
        )
