"""Groups over HTTP, for administrators."""

from uuid import UUID

from litestar import Controller, delete, get, post, put
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody

from gridlens.auth.guards import stepped_up
from gridlens.auth.routes.browser import VISIT
from gridlens.auth.schemas.groups import GroupOut, NewGroup
from gridlens.auth.services.assembly import AuthServices
from gridlens.auth.visit import Visit
from gridlens.core.http.access import requires
from gridlens.core.principal import Principal
from gridlens.shared.permissions import Permission


class GroupController(Controller):
    path = "/api/v1/groups"
    tags = ["users"]
    dependencies = VISIT
    guards = [requires(Permission.MANAGE_USERS)]

    @get(operation_id="listGroups")
    async def list_groups(
        self, auth: NamedDependency[AuthServices], principal: NamedDependency[Principal]
    ) -> list[GroupOut]:
        """Every group by name, with how many people are in it."""
        return [GroupOut.of(each) for each in await auth.groups.every(principal)]

    @post(operation_id="createGroup", guards=[stepped_up])
    async def create_group(
        self,
        data: JSONBody[NewGroup],
        auth: NamedDependency[AuthServices],
        principal: NamedDependency[Principal],
        visit: NamedDependency[Visit],
    ) -> GroupOut:
        return GroupOut.of(await auth.groups.create(principal, data.name, visit))

    @put("/{group_id:uuid}", operation_id="renameGroup", status_code=204, guards=[stepped_up])
    async def rename_group(
        self,
        group_id: FromPath[UUID],
        data: JSONBody[NewGroup],
        auth: NamedDependency[AuthServices],
        principal: NamedDependency[Principal],
        visit: NamedDependency[Visit],
    ) -> None:
        await auth.groups.rename(principal, group_id, data.name, visit)

    @delete("/{group_id:uuid}", operation_id="deleteGroup", guards=[stepped_up])
    async def delete_group(
        self,
        group_id: FromPath[UUID],
        auth: NamedDependency[AuthServices],
        principal: NamedDependency[Principal],
        visit: NamedDependency[Visit],
    ) -> None:
        """Refused while a rule names the group."""
        await auth.groups.delete(principal, group_id, visit)
