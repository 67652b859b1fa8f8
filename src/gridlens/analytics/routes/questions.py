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
from gridlens.analytics.routes.files import FILE, file_of
from gridlens.analytics.routes.queries import RESULT, result_response
from gridlens.analytics.schemas import QuestionExport, QuestionRun, Result
from gridlens.analytics.sql import MOST_EXPORTED_ROWS
from gridlens.core.config import Settings
from gridlens.core.http.access import requires
from gridlens.core.principal import Principal
from gridlens.shared.permissions import Permission

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

    @post("/{question_id:uuid}/run", operation_id="runQuestion", status_code=200, responses=RESULT)
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
        return result_response(request, result, Result.of(result, query_id, elapsed_ms, with_rows=False))

    @post("/{question_id:uuid}/export", operation_id="exportQuestion", status_code=200, responses=FILE)
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
        result = await question_service.run(
            principal,
            question_id,
            scope=data.scope,
            values=data.values,
            lane="interactive",
            door="export",
            most_rows=MOST_EXPORTED_ROWS,
        )
        return await file_of(result, data.file_format, question.name, analytics_settings.data_dir / "tmp")
