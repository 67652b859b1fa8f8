"""Access rules over HTTP, for administrators."""

from typing import Any
from uuid import UUID

from litestar import Controller, Request, Response, get, post, put
from litestar.di import NamedDependency
from litestar.openapi.datastructures import ResponseSpec
from litestar.params import FromPath, JSONBody

from gridlens.core.http.access import requires
from gridlens.core.principal import Principal
from gridlens.data_sources.access.schemas import (
    AccessChange,
    AccessFile,
    AccessOut,
    AccessPreview,
    CheckedCondition,
    ConditionCheck,
    SeenRows,
)
from gridlens.data_sources.access.service import AccessService
from gridlens.shared.auth import Authentication
from gridlens.shared.permissions import Permission

YAML = "application/yaml"
FILE = {
    200: ResponseSpec(
        data_container=str, description="The rules as YAML.", media_type=YAML, generate_examples=False
    )
}


class AccessController(Controller):
    path = "/api/v1/sources/{source_id:uuid}/access"
    tags = ["Data sources"]
    guards = [requires(Permission.MANAGE_ACCESS)]

    @get(operation_id="getAccess")
    async def get_access(
        self,
        source_id: FromPath[UUID],
        principal: NamedDependency[Principal],
        source_access: NamedDependency[AccessService],
    ) -> AccessOut:
        """Who sees what of the source."""
        return await source_access.get(principal, source_id)

    @put(operation_id="replaceAccess")
    async def replace_access(
        self,
        source_id: FromPath[UUID],
        data: JSONBody[AccessChange],
        request: Request[Any, Any, Any],
        principal: NamedDependency[Principal],
        source_access: NamedDependency[AccessService],
    ) -> AccessOut:
        """Replace all rules; needs a step-up. 409 when somebody else changed them meanwhile."""
        return await source_access.replace(
            principal,
            source_id,
            data.rules,
            version=data.version,
            released=[(each.schema, each.name) for each in data.released],
            is_stepped_up=_is_stepped_up(request),
        )

    @get("/file", operation_id="getAccessFile", responses=FILE)
    async def get_file(
        self,
        source_id: FromPath[UUID],
        principal: NamedDependency[Principal],
        source_access: NamedDependency[AccessService],
    ) -> Response[str]:
        """The rules as YAML."""
        text = await source_access.as_file(principal, source_id)
        name = 'attachment; filename="access.yaml"'
        return Response(text, media_type=YAML, headers={"Content-Disposition": name})

    @put("/file", operation_id="replaceAccessByFile")
    async def replace_by_file(
        self,
        source_id: FromPath[UUID],
        data: JSONBody[AccessFile],
        request: Request[Any, Any, Any],
        principal: NamedDependency[Principal],
        source_access: NamedDependency[AccessService],
    ) -> AccessOut:
        """Replace all rules by those of a YAML file; a mistake is told with its line."""
        return await source_access.replace_by_file(
            principal, source_id, data.text, is_stepped_up=_is_stepped_up(request)
        )

    @post("/condition", operation_id="checkAccessCondition", status_code=200)
    async def check_condition(
        self,
        source_id: FromPath[UUID],
        data: JSONBody[ConditionCheck],
        principal: NamedDependency[Principal],
        source_access: NamedDependency[AccessService],
    ) -> CheckedCondition:
        """Whether a condition can be applied to a table, while it is written."""
        return await source_access.check_condition(principal, source_id, data)

    @post("/preview", operation_id="previewAccess", status_code=200)
    async def preview(
        self,
        source_id: FromPath[UUID],
        data: JSONBody[AccessPreview],
        principal: NamedDependency[Principal],
        source_access: NamedDependency[AccessService],
    ) -> SeenRows:
        """A table as somebody else sees it."""
        return await source_access.preview(principal, source_id, data)


def _is_stepped_up(request: Request[Any, Any, Any]) -> bool:
    proof = request.auth
    return isinstance(proof, Authentication) and proof.is_stepped_up
