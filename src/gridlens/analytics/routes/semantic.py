"""The agreed terms of a source over HTTP."""

from typing import Annotated
from uuid import UUID

from litestar import Controller, delete, get, post, put
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody, QueryParameter

from gridlens.analytics.semantic.schemas import (
    Changed,
    FileChange,
    FileToCheck,
    FindingOut,
    ModelChange,
    NewTerm,
    NewVerified,
    Restore,
    SemanticFile,
    SemanticOut,
    VersionOut,
)
from gridlens.analytics.semantic.service import SemanticService
from gridlens.core.http.access import requires
from gridlens.core.principal import Principal
from gridlens.shared.permissions import Permission

EDITS = [requires(Permission.EDIT_QUESTIONS)]
Terms = NamedDependency[SemanticService]
Asker = NamedDependency[Principal]


class SemanticController(Controller):
    path = "/api/v1/semantic/{source_id:uuid}"
    tags = ("semantic",)
    guards = (requires(Permission.READ_CATALOGS),)

    @get(operation_id="getTerms")
    async def get_terms(
        self, source_id: FromPath[UUID], principal: Asker, semantic_service: Terms
    ) -> SemanticOut:
        """What is agreed, what does not fit the source any more, and what the catalog suggests."""
        return await semantic_service.get(principal, source_id)

    @put(operation_id="updateTerms", guards=EDITS)
    async def update(
        self,
        source_id: FromPath[UUID],
        data: JSONBody[ModelChange],
        principal: Asker,
        semantic_service: Terms,
    ) -> SemanticOut:
        """Replace it all. 409 when somebody else changed it meanwhile."""
        return await semantic_service.put(principal, source_id, data.version, data.model)

    @get("/file", operation_id="exportTerms")
    async def export(
        self, source_id: FromPath[UUID], principal: Asker, semantic_service: Terms
    ) -> SemanticFile:
        """The same as YAML; where nothing is agreed yet, what the catalog suggests."""
        return await semantic_service.export(principal, source_id)

    @put("/file", operation_id="importTerms", guards=EDITS)
    async def import_file(
        self,
        source_id: FromPath[UUID],
        data: JSONBody[FileChange],
        principal: Asker,
        semantic_service: Terms,
    ) -> SemanticOut:
        """Replace it all by a file. A wrong one is refused with line and reason."""
        return await semantic_service.put_file(principal, source_id, data.version, data.text)

    @post("/check", operation_id="checkTerms", status_code=200)
    async def check(
        self,
        source_id: FromPath[UUID],
        data: JSONBody[FileToCheck],
        principal: Asker,
        semantic_service: Terms,
    ) -> tuple[FindingOut, ...]:
        """What in a file does not fit the source; nothing is kept."""
        return await semantic_service.check(principal, source_id, data.text)

    @post("/words", operation_id="defineTerm", guards=EDITS)
    async def define(
        self, source_id: FromPath[UUID], data: JSONBody[NewTerm], principal: Asker, semantic_service: Terms
    ) -> Changed:
        """Words that mean something for everybody from now on."""
        return await semantic_service.define(principal, source_id, data)

    @post("/questions", operation_id="verifyQuestion", guards=EDITS)
    async def verify(
        self,
        source_id: FromPath[UUID],
        data: JSONBody[NewVerified],
        principal: Asker,
        semantic_service: Terms,
    ) -> Changed:
        """The right answer to a question, for everybody who asks it in these words."""
        return await semantic_service.verify(principal, source_id, data)

    @delete("/questions", operation_id="unverifyQuestion", status_code=200, guards=EDITS)
    async def unverify(
        self,
        source_id: FromPath[UUID],
        question: Annotated[str, QueryParameter(min_length=1, max_length=500)],
        principal: Asker,
        semantic_service: Terms,
    ) -> Changed:
        return await semantic_service.unverify(principal, source_id, question)

    @get("/versions", operation_id="listTermVersions")
    async def versions(
        self, source_id: FromPath[UUID], principal: Asker, semantic_service: Terms
    ) -> list[VersionOut]:
        """What was changed when and by whom, the newest first."""
        return await semantic_service.versions(principal, source_id)

    @post("/restore", operation_id="restoreTerms", status_code=200, guards=EDITS)
    async def restore(
        self, source_id: FromPath[UUID], data: JSONBody[Restore], principal: Asker, semantic_service: Terms
    ) -> SemanticOut:
        """An earlier version again, as a new one."""
        return await semantic_service.restore(principal, source_id, data.version, data.to)
