"""How accounts begin: the first one by set-up, others by invitation, all of them by the console."""

from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession
from uuid_utils.compat import uuid7

from gridlens.auth.errors import EmailTaken, LinkNotValid, SetUpClosed
from gridlens.auth.models import LinkKind, MailedLink, Organisation, SetUpCompletion, User, UserState
from gridlens.auth.services.emails import checked_email
from gridlens.auth.services.ground import Ground
from gridlens.auth.services.half_logins import HalfLogins
from gridlens.auth.services.links import Links
from gridlens.auth.services.passwords import Hasher, PasswordRules
from gridlens.auth.services.second_steps import SecondSteps, needs_second_step
from gridlens.auth.services.sign_in import SignIn
from gridlens.auth.services.states import shortest_password
from gridlens.auth.visit import Visit
from gridlens.core.errors import Invalid
from gridlens.shared.permissions import Role


class Entrances:
    def __init__(
        self,
        ground: Ground,
        links: Links,
        hasher: Hasher,
        rules: PasswordRules,
        steps: SecondSteps,
        sign_in: SignIn,
        half_logins: HalfLogins,
    ) -> None:
        self._ground = ground
        self._links = links
        self._hasher = hasher
        self._rules = rules
        self._steps = steps
        self._sign_in = sign_in
        self._half_logins = half_logins

    async def set_up_link(self) -> str | None:
        """A link for the console, replacing any earlier one; nothing once set-up is over."""
        async with self._ground.transaction() as session:
            if await session.scalar(select(SetUpCompletion.slot)) is not None:
                return None
            return await self._links.issue(session, LinkKind.SET_UP, None)

    async def look_at(
        self, kind: LinkKind, token: str
    ) -> tuple[MailedLink, User | None, Organisation | None]:
        """What a link is for, without spending it."""
        async with self._ground.transaction() as session:
            link = await self._links.find(session, kind, token)
            user = await session.get(User, link.user_id) if link.user_id else None
            if user is not None and user.state == UserState.LOCKED:
                raise LinkNotValid
            organisation = await session.get(Organisation, user.organisation_id) if user else None
            return link, user, organisation

    async def set_up(
        self,
        token: str,
        organisation: str,
        name: str,
        email: str,
        password: str,
        zone: str,
        locale: str,
        visit: Visit,
    ) -> Visit:
        """Make the organisation and its first administrator, once in the life of an installation."""
        email, zone = checked_email(email), checked_zone(zone)
        await self.look_at(LinkKind.SET_UP, token)
        await self._rules.check(
            password,
            shortest=shortest_password(None, None),
            names=[organisation, name, email],
            asker=visit.limit_key,
        )
        password_hash = await self._hasher.hash(password)
        async with self._ground.transaction() as session:
            await self._links.use(session, LinkKind.SET_UP, token)
            owner = await self.found(session, organisation)
            user = User(
                organisation_id=owner.id,
                name=name.strip(),
                email=email,
                password_hash=password_hash,
                role=Role.ADMIN,
                state=UserState.ACTIVE,
                zone=zone,
                locale=locale,
            )
            session.add(user)
            await session.flush()
            visit = await self._half_logins.open(session, user, visit, may_enrol=True)
            await self._record(session, user, visit, "auth.set_up")
        return visit

    async def found(self, session: AsyncSession, name: str) -> Organisation:
        """The first organisation. The completion's key admits one row, so there is no second time."""
        organisation = Organisation(id=uuid7(), name=name.strip())
        session.add(organisation)
        session.add(
            SetUpCompletion(slot=1, organisation_id=organisation.id, completed_at=self._ground.clock())
        )
        try:
            await session.flush()
        except IntegrityError as error:
            raise SetUpClosed from error
        return organisation

    async def accept_invitation(
        self, token: str, name: str, password: str, zone: str, locale: str, visit: Visit
    ) -> Visit:
        """Take the account that an administrator made: a password now, then a first factor."""
        zone = checked_zone(zone)
        _, invited, organisation = await self.look_at(LinkKind.INVITATION, token)
        if invited is None or organisation is None:
            raise LinkNotValid
        await self._rules.check(
            password,
            shortest=shortest_password(organisation, invited.role),
            names=[organisation.name, name, invited.email],
            asker=visit.limit_key,
        )
        password_hash = await self._hasher.hash(password)
        async with self._ground.transaction() as session:
            await self._links.use(session, LinkKind.INVITATION, token)
            user = await session.get_one(User, invited.id)
            user.name, user.password_hash, user.state = name.strip(), password_hash, UserState.ACTIVE
            user.zone, user.locale = zone, locale
            await session.flush()
            steps = await self._steps.of(session, user, organisation)
            if needs_second_step(user, organisation, steps, password):
                visit = await self._half_logins.open(session, user, visit, may_enrol=True)
            else:
                visit = await self._sign_in.enter(session, user, visit, aal=1, by="invitation")
            await self._record(session, user, visit, "auth.invitation_accepted")
        return visit

    async def _record(self, session: AsyncSession, user: User, visit: Visit, action: str) -> None:
        await self._ground.audit.append(
            session,
            action,
            organisation_id=user.organisation_id,
            user_id=user.id,
            subject=str(user.id),
            address=visit.network,
        )


async def refuse_taken(session: AsyncSession, email: str) -> None:
    if await session.scalar(select(User.id).where(User.email == email)) is not None:
        raise EmailTaken


def checked_zone(zone: str) -> str:
    try:
        ZoneInfo(zone)
    except (ValueError, OSError, ZoneInfoNotFoundError) as error:
        raise Invalid(
            f"There is no time zone “{zone}”. Choose one like Europe/Berlin.",
            fields={"zone": "unknown time zone"},
        ) from error
    return zone
