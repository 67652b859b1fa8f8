"""What administrators do with the accounts of their organisation."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import delete, func, or_, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from gridlens.auth import mails
from gridlens.auth.errors import EmailTaken, NotPossible
from gridlens.auth.models import (
    HalfLogin,
    LinkKind,
    Organisation,
    RecoveryCode,
    TotpFactor,
    User,
    UserState,
)
from gridlens.auth.services.attempts import Attempts, Counted
from gridlens.auth.services.devices import Devices
from gridlens.auth.services.emails import checked_email
from gridlens.auth.services.entrances import refuse_taken
from gridlens.auth.services.ground import Ground
from gridlens.auth.services.links import Links
from gridlens.auth.services.rights import demand
from gridlens.auth.services.sessions import Sessions
from gridlens.auth.visit import Visit
from gridlens.core.errors import NotFound
from gridlens.core.principal import Principal
from gridlens.shared.auth import UserErased
from gridlens.shared.permissions import Permission, Role


@dataclass(frozen=True, slots=True)
class ListedUser:
    user: User
    has_app: bool


class Users:
    """A user of another organisation is not found, whatever is asked about them."""

    def __init__(
        self, ground: Ground, links: Links, sessions: Sessions, devices: Devices, attempts: Attempts
    ) -> None:
        self._ground = ground
        self._links = links
        self._sessions = sessions
        self._devices = devices
        self._attempts = attempts

    async def page(
        self, principal: Principal, *, search: str = "", offset: int = 0, limit: int = 50
    ) -> tuple[list[ListedUser], int]:
        """Users by name, and how many there are in all."""
        demand(principal, Permission.MANAGE_USERS)
        ours = User.organisation_id == principal.organisation_id
        if search:
            ours = ours & or_(
                User.name.icontains(search, autoescape=True), User.email.icontains(search, autoescape=True)
            )
        async with self._ground.transaction() as session:
            count = await session.scalar(select(func.count()).select_from(User).where(ours)) or 0
            rows = await session.execute(
                select(User, TotpFactor.id)
                .outerjoin(TotpFactor, (TotpFactor.user_id == User.id) & TotpFactor.is_active.is_(True))
                .where(ours)
                .order_by(User.name, User.id)
                .offset(offset)
                .limit(limit)
            )
            return [ListedUser(user, factor is not None) for user, factor in rows], count

    async def one(self, principal: Principal, user_id: UUID) -> ListedUser:
        demand(principal, Permission.MANAGE_USERS)
        async with self._ground.transaction() as session:
            user = await self._find(session, principal, user_id)
            app = select(TotpFactor.id).where(TotpFactor.user_id == user.id, TotpFactor.is_active.is_(True))
            return ListedUser(user, await session.scalar(app) is not None)

    async def invite(
        self, principal: Principal, *, name: str, email: str, role: Role, visit: Visit
    ) -> tuple[User, str | None]:
        """Make an account and mail its owner a link to choose a password; without mail, return it."""
        demand(principal, Permission.MANAGE_USERS)
        address = checked_email(email)
        try:
            async with self._ground.transaction() as session:
                await refuse_taken(session, address)
                user = User(
                    organisation_id=principal.organisation_id,
                    name=name.strip(),
                    email=address,
                    role=role,
                    state=UserState.INVITED,
                    zone=principal.zone,
                )
                session.add(user)
                await session.flush()
                link = await self._invitation(session, user)
                await self._record(session, principal, visit, "auth.user_invited", user, role=role)
        except IntegrityError as error:
            raise EmailTaken from error
        return user, link

    async def invite_again(self, principal: Principal, user_id: UUID, visit: Visit) -> str | None:
        """A new link, mailed or with no mail server given out; the one before stops working."""
        demand(principal, Permission.MANAGE_USERS)
        async with self._ground.transaction() as session:
            user = await self._find(session, principal, user_id)
            if user.state != UserState.INVITED:
                raise NotPossible("This person has accepted the invitation already.")
            link = await self._invitation(session, user)
            await self._record(session, principal, visit, "auth.user_invited", user, role=user.role)
        return link

    async def change_role(self, principal: Principal, user_id: UUID, role: Role, visit: Visit) -> None:
        """Give another role; the user's sessions end, so that no old right lives on."""
        demand(principal, Permission.MANAGE_USERS)
        async with self._ground.transaction() as session:
            user = await self._to_change(session, principal, user_id)
            before, user.role = user.role, role
            await session.flush()
            await self._sessions.end_all(session, user.id)
            await self._record(
                session, principal, visit, "auth.role_changed", user, before=before, after=str(role)
            )

    async def lock(self, principal: Principal, user_id: UUID, visit: Visit) -> None:
        demand(principal, Permission.MANAGE_USERS)
        async with self._ground.transaction() as session:
            user = await self._to_change(session, principal, user_id)
            await self.shut_out(session, user)
            await self._record(session, principal, visit, "auth.user_locked", user)

    async def unlock(self, principal: Principal, user_id: UUID, visit: Visit) -> None:
        """Open a locked account again, and one whose codes are stopped."""
        demand(principal, Permission.MANAGE_USERS)
        async with self._ground.transaction() as session:
            user = await self._find(session, principal, user_id)
            await self.let_in(session, user)
            await self._record(session, principal, visit, "auth.user_unlocked", user)

    async def reset_factors(self, principal: Principal, user_id: UUID, visit: Visit) -> None:
        """Remove app, recovery codes and devices; a mailed link lets the user enrol again."""
        demand(principal, Permission.MANAGE_USERS)
        async with self._ground.transaction() as session:
            user = await self._find(session, principal, user_id)
            link = await self.strip_factors(session, user)
            if link:
                self._ground.outbox.save(session, mails.enrolment(user, link))
            await self._record(session, principal, visit, "auth.factors_reset", user)

    async def erase(self, principal: Principal, user_id: UUID, heir_id: UUID, visit: Visit) -> None:
        """Remove a person; what they made passes to the heir. The audit log keeps their id alone."""
        demand(principal, Permission.MANAGE_USERS)
        async with self._ground.transaction() as session:
            user = await self._to_change(session, principal, user_id)
            heir = await self._find(session, principal, heir_id)
            if heir.id == user.id or heir.state != UserState.ACTIVE:
                raise NotPossible("Choose somebody else, with an active account, to take over what is left.")
            await self._attempts.forget(session, Counted.CODE, str(user.id))
            await session.execute(delete(User).where(User.id == user.id))
            self._ground.outbox.save(
                session,
                UserErased(organisation_id=user.organisation_id, user_id=user.id, heir_id=heir.id),
            )
            await self._record(session, principal, visit, "auth.user_erased", user, heir=str(heir.id))

    # What the console does as well, without anybody signed in.

    async def shut_out(self, session: AsyncSession, user: User) -> None:
        """Lock an account and end everything that acts in its name."""
        user.state = UserState.LOCKED
        await session.flush()
        await self._sessions.end_all(session, user.id)
        await self._devices.forget_all(session, user.id)
        await session.execute(delete(HalfLogin).where(HalfLogin.user_id == user.id))

    async def let_in(self, session: AsyncSession, user: User) -> None:
        if user.state == UserState.LOCKED:
            user.state = UserState.ACTIVE if user.password_hash else UserState.INVITED
        user.stopped_at = None
        user.wrong_codes_in_a_row = 0
        await self._attempts.forget(session, Counted.CODE, str(user.id))

    async def strip_factors(self, session: AsyncSession, user: User) -> str | None:
        """A link to enrol again; nothing for somebody who has not chosen a password yet."""
        user.stopped_at = None
        user.wrong_codes_in_a_row = 0
        user.email_codes_enabled = True
        await session.flush()
        await session.execute(delete(TotpFactor).where(TotpFactor.user_id == user.id))
        await session.execute(delete(RecoveryCode).where(RecoveryCode.user_id == user.id))
        await session.execute(delete(HalfLogin).where(HalfLogin.user_id == user.id))
        await self._devices.forget_all(session, user.id)
        await self._sessions.end_all(session, user.id)
        await self._attempts.forget(session, Counted.CODE, str(user.id))
        if user.state == UserState.INVITED:
            return None
        return await self._links.issue(session, LinkKind.ENROLMENT, user.id)

    async def _invitation(self, session: AsyncSession, user: User) -> str | None:
        """Mails the link; where none can be sent, it is the administrator's to hand over."""
        organisation = await session.get_one(Organisation, user.organisation_id)
        link = await self._links.issue(session, LinkKind.INVITATION, user.id)
        if not self._ground.settings.sends_mail:
            return link
        self._ground.outbox.save(session, mails.invitation(user, organisation, link))
        return None

    async def _find(self, session: AsyncSession, principal: Principal, user_id: UUID) -> User:
        user = await session.scalar(
            select(User).where(User.id == user_id, User.organisation_id == principal.organisation_id)
        )
        if user is None:
            raise NotFound("There is no such user. They may have been removed.")
        return user

    async def _to_change(self, session: AsyncSession, principal: Principal, user_id: UUID) -> User:
        """A user who may lose rights: not oneself, and never the last active administrator."""
        # One such change at a time, or two administrators could demote each other at once.
        await session.execute(
            update(Organisation)
            .where(Organisation.id == principal.organisation_id)
            .values(updated_at=self._ground.clock())
        )
        user = await self._find(session, principal, user_id)
        if user.id == principal.user_id:
            raise NotPossible("You cannot do this to your own account. Ask another administrator.")
        asker: Any = await session.scalar(
            select(User.id).where(
                User.id == principal.user_id, User.role == Role.ADMIN, User.state == UserState.ACTIVE
            )
        )
        if asker is None:
            raise NotPossible("You are no administrator any more, so this was not done.")
        return user

    async def _record(
        self,
        session: AsyncSession,
        principal: Principal,
        visit: Visit,
        action: str,
        user: User,
        **detail: str,
    ) -> None:
        await self._ground.audit.append(
            session,
            action,
            organisation_id=principal.organisation_id,
            user_id=principal.user_id,
            subject=str(user.id),
            address=visit.network,
            detail=detail,
        )
