"""Who can be shared with and written to."""

from litestar import Controller, get
from litestar.di import NamedDependency

from gridlens.auth.services.assembly import AuthServices
from gridlens.core.http.access import requires
from gridlens.core.principal import Principal
from gridlens.shared.auth import ListPeople, Person
from gridlens.shared.permissions import Permission


class PeopleController(Controller):
    path = "/api/v1/people"
    tags = ("people",)
    guards = (requires(Permission.EDIT_DASHBOARDS),)

    @get(operation_id="listPeople")
    async def list_people(
        self, auth: NamedDependency[AuthServices], principal: NamedDependency[Principal]
    ) -> tuple[Person, ...]:
        """Everybody of your organisation who is active, by name."""
        return await auth.ground.core.bus.request(ListPeople(principal=principal))
