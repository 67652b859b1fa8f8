"""Saved questions over HTTP."""

import time
from typing import Annotated, Any
from uuid import UUID

from litestar import Controller, Request, Response, delete, get, post, put
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, JSONBody, QueryParameter
from litestar.response import Stream
from uuid_utils.compat import uuid7

from gridlens.analytics.questions.schemas import NewQuestion, QuestionChange, QuestionDetail, QuestionSummary
from gridlens.analytics.questions.service import QuestionService, Which
from gridlens.analytics.questions.sharing import QuestionSharing
from gridlens.analytics.routes.files import FILE, SendsFile, file_of
from gridlens.analytics.routes.queries import RESULT, kept_response, result_response
from gridlens.analytics.schemas import QuestionExport, QuestionRun, QuestionView, Result
from gridlens.core.config import Settings
from gridlens.core.http.access import requires
from gridlens.core.http.compression import compressed
from gridlens.core.http.presence import WhileAsked
from gridlens.core.http.validators import Options, options_of
from gridlens.core.principal import Principal
from gridlens.shared.permissions import Permission
from gridlens.shared.sharing import Shares

EDITS = [requires(Permission.EDIT_QUESTIONS)]


class QuestionController(Controller):
    path = "/api/v1/questions"
    tags = ("questions",)
    guards = (requires(Permission.READ_QUESTIONS),)

    @get(operation_id="listQuestions")
    async def list_questions(
        self,
        principal: NamedDependency[Principal],
        question_service: NamedDependency[QuestionService],
        words: Annotated[str, QueryParameter(max_length=200)] = "",
        source_id: Annotated[UUID | None, QueryParameter(name="sourceId")] = None,
        which: FromQuery[Which] = "all",
    ) -> list[QuestionSummary]:
        """Questions by name; with words, those whose name, description or SQL holds them all."""
        return await question_service.list_all(principal, words=words, source_id=source_id, which=which)

    @post(operation_id="createQuestion", guards=EDITS)
    async def create(
        self,
        data: JSONBody[NewQuestion],
        principal: NamedDependency[Principal],
        question_service: NamedDependency[QuestionService],
    ) -> QuestionDetail:
        return await question_service.create(principal, data)

    @get("/{question_id:uuid}", operation_id="getQuestion")
    async def get_one(
        self,
        question_id: FromPath[UUID],
        principal: NamedDependency[Principal],
        question_service: NamedDependency[QuestionService],
    ) -> QuestionDetail:
        return await question_service.get(principal, question_id)

    @put("/{question_id:uuid}", operation_id="updateQuestion", guards=EDITS)
    async def update(
        self,
        question_id: FromPath[UUID],
        data: JSONBody[QuestionChange],
        principal: NamedDependency[Principal],
        question_service: NamedDependency[QuestionService],
    ) -> QuestionDetail:
        """Replace it. 409 when somebody else changed it meanwhile."""
        return await question_service.change(principal, question_id, data)

    @delete("/{question_id:uuid}", operation_id="deleteQuestion", status_code=200, guards=EDITS)
    async def remove(
        self,
        question_id: FromPath[UUID],
        principal: NamedDependency[Principal],
        question_service: NamedDependency[QuestionService],
    ) -> QuestionSummary:
        """Delete it; for 30 days it can be restored."""
        return await question_service.delete(principal, question_id)

    @post("/{question_id:uuid}/restore", operation_id="restoreQuestion", status_code=200, guards=EDITS)
    async def restore(
        self,
        question_id: FromPath[UUID],
        principal: NamedDependency[Principal],
        question_service: NamedDependency[QuestionService],
    ) -> QuestionDetail:
        return await question_service.restore(principal, question_id)

    @get("/{question_id:uuid}/shares", operation_id="listQuestionShares", guards=EDITS)
    async def shares(
        self,
        question_id: FromPath[UUID],
        principal: NamedDependency[Principal],
        question_sharing: NamedDependency[QuestionSharing],
    ) -> Shares:
        return await question_sharing.shares(principal, question_id)

    @put("/{question_id:uuid}/shares", operation_id="shareQuestion", guards=EDITS)
    async def share(
        self,
        question_id: FromPath[UUID],
        data: JSONBody[Shares],
        principal: NamedDependency[Principal],
        question_sharing: NamedDependency[QuestionSharing],
    ) -> Shares:
        """Replace the list of those who see or edit it."""
        return await question_sharing.share(principal, question_id, data)

    @get("/{question_id:uuid}/rows", operation_id="readQuestion", responses=RESULT, middleware=[compressed])
    async def rows(
        self,
        request: Request[Any, Any, Any],
        question_id: FromPath[UUID],
        principal: NamedDependency[Principal],
        question_service: NamedDependency[QuestionService],
        options: Options = "{}",
    ) -> Response[Any]:
        """Its answer, with an ``ETag``: who sends that back gets a 304 as long as the answer stays."""
        view = options_of(options, QuestionView)
        query_id, began = uuid7(), time.perf_counter()
        async with WhileAsked(request):
            result = await question_service.run(
                principal,
                question_id,
                scope=view.scope,
                values=view.values,
                lane="interactive",
                query_id=query_id,
            )
        elapsed_ms = (time.perf_counter() - began) * 1000
        return await kept_response(request, result, Result.of(result, query_id, elapsed_ms, with_rows=False))

    @post(
        "/{question_id:uuid}/run",
        operation_id="runQuestion",
        status_code=200,
        responses=RESULT,
        middleware=[compressed],
    )
    async def run(
        self,
        request: Request[Any, Any, Any],
        question_id: FromPath[UUID],
        data: JSONBody[QuestionRun],
        principal: NamedDependency[Principal],
        question_service: NamedDependency[QuestionService],
    ) -> Response[Any]:
        """Answer it; the notes say what of the scope could not be applied."""
        query_id, began = data.query_id or uuid7(), time.perf_counter()
        async with WhileAsked(request):
            result = await question_service.run(
                principal,
                question_id,
                scope=data.scope,
                values=data.values,
                is_fresh=data.is_fresh,
                lane="interactive",
                query_id=query_id,
            )
        elapsed_ms = (time.perf_counter() - began) * 1000
        return await result_response(
            request, result, Result.of(result, query_id, elapsed_ms, with_rows=False)
        )

    @post(
        "/{question_id:uuid}/export",
        operation_id="exportQuestion",
        status_code=200,
        responses=FILE,
        operation_class=SendsFile,
    )
    async def export(
        self,
        question_id: FromPath[UUID],
        data: JSONBody[QuestionExport],
        principal: NamedDependency[Principal],
        question_service: NamedDependency[QuestionService],
        analytics_settings: NamedDependency[Settings],
    ) -> Stream:
        """Every row of its answer as CSV, XLSX or Parquet."""
        question = await question_service.get(principal, question_id)
        rows = await question_service.export(principal, question_id, scope=data.scope, values=data.values)
        return await file_of(rows, data.file_format, question.name, analytics_settings.data_dir / "tmp")
