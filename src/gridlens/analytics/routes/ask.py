"""Questions in plain words over HTTP."""

from typing import Annotated, Any
from uuid import UUID

from litestar import Controller, Request, get, post
from litestar.di import NamedDependency
from litestar.params import JSONBody, QueryParameter

from gridlens.analytics.asking import (
    Answered,
    AskedQuestion,
    AskService,
    Examples,
    PlanChange,
    Said,
)
from gridlens.analytics.indexing import IndexState
from gridlens.core.http.access import requires
from gridlens.core.http.presence import WhileAsked
from gridlens.core.principal import Principal
from gridlens.shared.permissions import Permission


class AskController(Controller):
    path = "/api/v1/ask"
    tags = ("ask",)
    guards = (requires(Permission.RUN_QUERIES),)

    @post(operation_id="askQuestion", status_code=200)
    async def ask(
        self,
        data: JSONBody[AskedQuestion],
        principal: NamedDependency[Principal],
        asking: NamedDependency[AskService],
    ) -> Answered:
        """What the words mean: the plan, its sentence with slots, and its SQL."""
        return await asking.understand(principal, data)

    @post("/plan", operation_id="changePlan", status_code=200)
    async def change(
        self,
        data: JSONBody[PlanChange],
        principal: NamedDependency[Principal],
        asking: NamedDependency[AskService],
    ) -> Answered:
        """The same for a plan, with one slot changed where a patch is given."""
        return await asking.change(principal, data)

    @post("/headline", operation_id="sayHeadline", status_code=200)
    async def headline(
        self,
        request: Request[Any, Any, Any],
        data: JSONBody[PlanChange],
        principal: NamedDependency[Principal],
        asking: NamedDependency[AskService],
    ) -> Said:
        """The answer in one sentence."""
        async with WhileAsked(request):
            return await asking.headline(principal, data)

    @get("/examples", operation_id="listExamples")
    async def examples(
        self,
        source_id: Annotated[UUID, QueryParameter(name="sourceId")],
        principal: NamedDependency[Principal],
        asking: NamedDependency[AskService],
    ) -> Examples:
        """Questions to begin with."""
        return await asking.examples(principal, source_id)

    @get("/index", operation_id="getIndexState")
    async def index(
        self,
        source_id: Annotated[UUID, QueryParameter(name="sourceId")],
        principal: NamedDependency[Principal],
        asking: NamedDependency[AskService],
    ) -> IndexState:
        """How far the values of a source are known to questions."""
        return await asking.index_state(principal, source_id)
