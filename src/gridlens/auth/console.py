"""What the command line does with accounts, with the rights of whoever owns the machine."""

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from gridlens.auth.errors import NotPossible
from gridlens.auth.models import LinkKind, Organisation, User, UserState
from gridlens.auth.services.assembly import build
from gridlens.auth.services.emails import checked_email
from gridlens.auth.services.entrances import checked_zone, refuse_taken
from gridlens.auth.services.rights import principal_of_user
from gridlens.auth.services.states import shortest_password
from gridlens.core.errors import NotFound
from gridlens.core.module import Core
from gridlens.core.principal import Principal
from gridlens.shared.permissions import Role

CONSOLE = "console"


async def setup_link(core: Core) -> str | None:
    """A one-time link that makes the first account, replacing any earlier one; nothing once there is one."""
    return await build(core).entrances.set_up_link()


async def create_user(
    core: Core,
    *,
    email: str,
    name: str,
    role: Role = Role.VIEWER,
    password: str | None = None,
    organisation: str = "My organisation",
    zone: str = "UTC",
) -> tuple[Principal, str | None]:
    """Add an account to the oldest organisation, founding it (and so ending set-up) when there is none.

    With a password the account is active and codes come by mail; without one, the second value is
    the link on which its owner chooses a password and a factor.
    """
    auth = build(core)
    address = checked_email(email)
    password_hash = None
    async with core.database.transaction() as session:
        await refuse_taken(session, address)
        existing = await _oldest_organisation(session)
    if password is not None:
        await auth.rules.check(
            password,
            shortest=shortest_password(existing, role),
            names=[existing.name if existing else organisation, name, address],
            asker=CONSOLE,
        )
        password_hash = await auth.hasher.hash(password)
    async with core.database.transaction() as session:
        home = existing or await auth.entrances.found(session, organisation)
        user = User(
            organisation_id=home.id,
            name=name.strip(),
            email=address,
            password_hash=password_hash,
            role=role,
            state=UserState.ACTIVE if password_hash else UserState.INVITED,
            zone=checked_zone(zone),
        )
        session.add(user)
        await session.flush()
        link = None if password_hash else await auth.links.issue(session, LinkKind.INVITATION, user.id)
        await _record(core, session, user, "auth.user_created")
    return principal_of_user(user), link


async def find_operator(core: Core, email: str | None = None) -> Principal:
    """The account that the console works as: the one with that address, else the oldest administrator's."""
    async with core.database.transaction() as session:
        if email is not None:
            return principal_of_user(await _find(session, email))
        admins = select(User).where(User.role == Role.ADMIN, User.state == UserState.ACTIVE)
        user = await session.scalar(admins.order_by(User.created_at, User.id).limit(1))
    if user is None:
        raise NotPossible("There is no administrator yet. Make the first account with `gridlens serve`.")
    return principal_of_user(user)


async def reset_factors(core: Core, email: str) -> str:
    """Remove a user's factors, devices and sessions; the link on which they enrol again."""
    auth = build(core)
    async with core.database.transaction() as session:
        user = await _find(session, email)
        link = await auth.users.strip_factors(session, user)
        if link is None:
            link = await auth.links.issue(session, LinkKind.INVITATION, user.id)
        await _record(core, session, user, "auth.factors_reset")
    return link


async def lock_user(core: Core, email: str) -> None:
    """End everything that acts in a user's name until they are unlocked."""
    auth = build(core)
    async with core.database.transaction() as session:
        user = await _find(session, email)
        await auth.users.shut_out(session, user)
        await _record(core, session, user, "auth.user_locked")


async def unlock_user(core: Core, email: str) -> None:
    auth = build(core)
    async with core.database.transaction() as session:
        user = await _find(session, email)
        await auth.users.let_in(session, user)
        await _record(core, session, user, "auth.user_unlocked")


async def set_password(core: Core, email: str, password: str) -> None:
    """Give a user a new password; their sessions and devices end, their factors stay."""
    auth = build(core)
    async with core.database.transaction() as session:
        user = await _find(session, email)
        organisation = await session.get_one(Organisation, user.organisation_id)
    await auth.rules.check(
        password,
        shortest=shortest_password(organisation, user.role),
        names=[organisation.name, user.name, user.email],
        asker=CONSOLE,
    )
    password_hash = await auth.hasher.hash(password)
    async with core.database.transaction() as session:
        user = await _find(session, email)
        if user.state == UserState.LOCKED:
            raise NotPossible(f"{user.email} is locked. Unlock the account first.")
        user.password_hash, user.state = password_hash, UserState.ACTIVE
        await session.flush()
        await auth.sessions.end_all(session, user.id)
        await auth.devices.forget_all(session, user.id)
        await _record(core, session, user, "auth.password_set")


async def list_users(core: Core) -> list[User]:
    """Everybody, by email."""
    async with core.database.transaction() as session:
        return list(await session.scalars(select(User).order_by(User.email)))


async def _find(session: AsyncSession, email: str) -> User:
    user = await session.scalar(select(User).where(User.email == checked_email(email)))
    if user is None:
        raise NotFound(f"Nobody has the email {email}. See `gridlens users list`.")
    return user


async def _oldest_organisation(session: AsyncSession) -> Organisation | None:
    return await session.scalar(select(Organisation).order_by(Organisation.created_at).limit(1))


async def _record(core: Core, session: AsyncSession, user: User, action: str) -> None:
    await build(core).ground.audit.append(
        session, action, organisation_id=user.organisation_id, subject=str(user.id), address=CONSOLE
    )
