"""The language model of an organisation over HTTP, for administrators."""

from typing import Annotated, Any

from litestar import Controller, Request, delete, get, post, put
from litestar.di import NamedDependency
from litestar.params import JSONBody, QueryParameter

from gridlens.analytics.language_model.service import LanguageModelService
from gridlens.analytics.language_model.settings import LanguageModelChange, ModelOut, Tried
from gridlens.core.http.access import requires
from gridlens.core.principal import Principal
from gridlens.shared.auth import Authentication
from gridlens.shared.permissions import Permission


class LanguageModelController(Controller):
    path = "/api/v1/language-model"
    tags = ("language model",)
    guards = (requires(Permission.MANAGE_USERS),)

    @get(operation_id="getLanguageModel")
    async def get_model(
        self, principal: NamedDependency[Principal], language_model: NamedDependency[LanguageModelService]
    ) -> ModelOut:
        """What is set; never the key."""
        return await language_model.get(principal)

    @put(operation_id="setLanguageModel")
    async def put_model(
        self,
        request: Request[Any, Any, Any],
        data: JSONBody[LanguageModelChange],
        principal: NamedDependency[Principal],
        language_model: NamedDependency[LanguageModelService],
    ) -> ModelOut:
        """Say which model is asked, where and when. Another address or key needs a step-up."""
        proof = request.scope.get("auth")
        is_stepped_up = isinstance(proof, Authentication) and proof.is_stepped_up
        return await language_model.put(principal, data, is_stepped_up=is_stepped_up)

    @delete(operation_id="removeLanguageModel", status_code=200)
    async def remove(
        self,
        version: Annotated[int, QueryParameter(ge=0)],
        principal: NamedDependency[Principal],
        language_model: NamedDependency[LanguageModelService],
    ) -> ModelOut:
        """Use no model any more, and forget its key."""
        return await language_model.remove(principal, version)

    @post("/trial", operation_id="tryLanguageModel", status_code=200)
    async def try_out(
        self, principal: NamedDependency[Principal], language_model: NamedDependency[LanguageModelService]
    ) -> Tried:
        """Ask it for one word, to see that everything works."""
        return await language_model.try_out(principal)
