"""Names for the people that questions and runs remember by id."""

from uuid import UUID

from gridlens.core.events import Bus
from gridlens.core.principal import Principal
from gridlens.shared.auth import ListPeople, Person


async def people_by_id(bus: Bus, principal: Principal) -> dict[UUID, Person]:
    """Everybody in the asker's organisation; who has left is missing."""
    return {person.user_id: person for person in await bus.request(ListPeople(principal=principal))}
