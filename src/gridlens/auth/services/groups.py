"""Groups of people, and what else places a person: who is in which, with which attributes."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from gridlens.auth.errors import GroupNameTaken, NotPossible
from gridlens.auth.models import Group, User
from gridlens.auth.services.ground import Ground
from gridlens.auth.services.rights import demand, groups_of
from gridlens.auth.visit import Visit
from gridlens.core.errors import Invalid, NotFound
from gridlens.core.principal import Plain, Principal
from gridlens.shared.auth import FindUsesOfGroup
from gridlens.shared.permissions import Permission

OWN_ATTRIBUTES = frozenset({"id", "email"})
"""What everybody has, whatever an administrator says."""


@dataclass(frozen=True, slots=True)
class CountedGroup:
    group: Group
    members: int


class Groups:
    """A group of another organisation is not found, whatever is asked about it."""

    def __init__(self, ground: Ground) -> None:
        self._ground = ground

    async def every(self, principal: Principal) -> list[CountedGroup]:
        demand(principal, Permission.MANAGE_USERS)
        async with self._ground.transaction() as session:
            ours = select(Group).where(Group.organisation_id == principal.organisation_id)
            groups = list(await session.scalars(ours.order_by(Group.name, Group.id)))
            members = Counter(
                each for user in await self._people(session, principal) for each in groups_of(user)
            )
        return [CountedGroup(group, members[group.id]) for group in groups]

    async def create(self, principal: Principal, name: str, visit: Visit) -> CountedGroup:
        demand(principal, Permission.MANAGE_USERS)
        try:
            async with self._ground.transaction() as session:
                group = Group(organisation_id=principal.organisation_id, name=name.strip())
                session.add(group)
                await session.flush()
                await self._record(session, principal, visit, "auth.group_created", group.id, name=group.name)
        except IntegrityError as error:
            raise GroupNameTaken from error
        return CountedGroup(group, 0)

    async def rename(self, principal: Principal, group_id: UUID, name: str, visit: Visit) -> None:
        demand(principal, Permission.MANAGE_USERS)
        try:
            async with self._ground.transaction() as session:
                group = await self._find(session, principal, group_id)
                before, group.name = group.name, name.strip()
                await session.flush()
                changed = {"before": before, "after": group.name}
                await self._record(session, principal, visit, "auth.group_renamed", group.id, **changed)
        except IntegrityError as error:
            raise GroupNameTaken from error

    async def delete(self, principal: Principal, group_id: UUID, visit: Visit) -> None:
        """Not while anything names it: a rule must not stop to bind people because their group is gone."""
        demand(principal, Permission.MANAGE_USERS)
        async with self._ground.transaction() as session:
            await self._find(session, principal, group_id)
        uses = await self._ground.core.bus.request(
            FindUsesOfGroup(organisation_id=principal.organisation_id, group_id=group_id)
        )
        if uses:
            raise NotPossible(f"This group is named by {', '.join(uses)}. Change that first.")
        async with self._ground.transaction() as session:
            group = await self._find(session, principal, group_id)
            for user in await self._people(session, principal):
                if group_id in groups_of(user):
                    user.group_ids = [each for each in user.group_ids or () if each != str(group_id)]
            await session.delete(group)
            await session.flush()
            await self._record(session, principal, visit, "auth.group_deleted", group.id, name=group.name)

    async def place(
        self,
        principal: Principal,
        user_id: UUID,
        group_ids: Iterable[UUID],
        attributes: Mapping[str, Sequence[Plain]],
        visit: Visit,
    ) -> None:
        """Say the whole of which groups somebody is in and which attributes they have, from now on."""
        demand(principal, Permission.MANAGE_USERS)
        reserved = OWN_ATTRIBUTES & attributes.keys()
        if reserved:
            name = min(reserved)
            raise Invalid(
                f"“{name}” is known of everybody already. Choose another name.",
                fields={f"attributes.{name}": "has a meaning of its own"},
            )
        chosen = sorted(set(group_ids))
        async with self._ground.transaction() as session:
            for group_id in chosen:
                await self._find(session, principal, group_id)
            user = await session.scalar(
                select(User).where(User.id == user_id, User.organisation_id == principal.organisation_id)
            )
            if user is None:
                raise NotFound("There is no such user. They may have been removed.")
            user.group_ids = [str(each) for each in chosen]
            user.attributes = {name: _once(values) for name, values in attributes.items()}
            await session.flush()
            said = {"groups": " ".join(user.group_ids), "attributes": " ".join(sorted(attributes))}
            await self._record(session, principal, visit, "auth.belonging_changed", user.id, **said)

    async def _people(self, session: AsyncSession, principal: Principal) -> list[User]:
        ours = select(User).where(User.organisation_id == principal.organisation_id)
        return list(await session.scalars(ours))

    async def _find(self, session: AsyncSession, principal: Principal, group_id: UUID) -> Group:
        group = await session.scalar(
            select(Group).where(Group.id == group_id, Group.organisation_id == principal.organisation_id)
        )
        if group is None:
            raise NotFound("There is no such group. It may have been deleted.")
        return group

    async def _record(
        self,
        session: AsyncSession,
        principal: Principal,
        visit: Visit,
        action: str,
        subject: UUID,
        **detail: str,
    ) -> None:
        await self._ground.audit.append(
            session,
            action,
            organisation_id=principal.organisation_id,
            user_id=principal.user_id,
            subject=str(subject),
            address=visit.network,
            detail=detail,
        )


def _once(values: Sequence[Plain]) -> list[Plain]:
    """Each value once; 1 and true are two, though Python holds them for equal."""
    return list({(type(value), value): value for value in values}.values())
