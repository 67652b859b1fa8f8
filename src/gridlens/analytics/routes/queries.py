"""Queries over HTTP: SQL that is run, checked, stopped, completed and exported, and their history."""

import asyncio
import io
from typing import Annotated, Any
from urllib.parse import quote
from uuid import UUID

import msgspec
import polars as pl
from litestar import Controller, MediaType, Request, Response, delete, get, post
from litestar.di import NamedDependency
from litestar.openapi.datastructures import ResponseSpec
from litestar.params import FromPath, FromQuery, JSONBody, QueryParameter
from litestar.response import Stream

from gridlens.analytics.cells import json_rows
from gridlens.analytics.errors import ResultTooLarge
from gridlens.analytics.routes.files import FILE, SendsFile, file_of
from gridlens.analytics.running.history import Status
from gridlens.analytics.schemas import (
    CheckedQuery,
    Completion,
    QueryCheck,
    QueryExport,
    QueryOrder,
    QueryProgress,
    Result,
    RunningQuery,
    RunOut,
    Stopped,
)
from gridlens.analytics.sql import SqlService
from gridlens.core.config import Settings
from gridlens.core.http.access import requires
from gridlens.core.http.compression import compressed
from gridlens.core.http.presence import WhileAsked
from gridlens.core.http.validators import is_known, kept_headers, not_modified, tag_of
from gridlens.core.principal import Principal
from gridlens.shared.permissions import Permission
from gridlens.shared.results import ResultSet

ARROW = "application/vnd.apache.arrow.stream"
RESULT_HEADER = "Gridlens-Result"
"""Beside an Arrow stream: the result without its rows and its SQL, as percent-encoded JSON."""
LONGEST_HEADER = 24_000
ROWS_ENCODED_IN_PLACE = 2_000
MOST_JSON_BYTES = 32 * 1024 * 1024
"""Making it holds up everybody else, and its reader has to take all of it apart; Arrow costs neither."""
NOBODYS = UUID(int=0)
MOST_KEPT_BYTES = 512 * 1024
"""Larger encodings are made anew each time: the rows themselves are in memory already."""

RESULT = {
    200: ResponseSpec(
        data_container=Result,
        description="The rows as JSON or, with `Accept: application/vnd.apache.arrow.stream`, as an Arrow "
        f"stream with the rest in the header {RESULT_HEADER}.",
        generate_examples=False,
    )
}


class QueryController(Controller):
    path = "/api/v1/queries"
    tags = ("queries",)
    guards = (requires(Permission.RUN_QUERIES),)

    @post(operation_id="runQuery", status_code=200, responses=RESULT, middleware=[compressed])
    async def run(
        self,
        request: Request[Any, Any, Any],
        data: JSONBody[QueryOrder],
        principal: NamedDependency[Principal],
        sql_service: NamedDependency[SqlService],
    ) -> Response[Any]:
        """Run one read-only statement."""
        async with WhileAsked(request):
            result, told = await sql_service.run(principal, data)
        return await result_response(request, result, told)

    @get(operation_id="listRunningQueries")
    async def under_way(
        self, principal: NamedDependency[Principal], sql_service: NamedDependency[SqlService]
    ) -> list[RunningQuery]:
        """Your own queries that run or wait in this process of the server, the longest first."""
        return sql_service.under_way(principal)

    @post("/start", operation_id="startQuery", status_code=200)
    async def start(
        self,
        request: Request[Any, Any, Any],
        data: JSONBody[QueryOrder],
        principal: NamedDependency[Principal],
        sql_service: NamedDependency[SqlService],
    ) -> QueryProgress:
        """Run one read-only statement; one that takes long goes on in the background.

        Its rows then wait in the cache, for running the same statement with the same ``rowLimit``. Without
        one it reads as many as a chart or the pages of a table are made of. Who leaves before that ends it.
        """
        async with WhileAsked(request):
            return await sql_service.start(principal, data)

    @post("/check", operation_id="checkQuery", status_code=200)
    async def check(
        self,
        data: JSONBody[QueryCheck],
        principal: NamedDependency[Principal],
        sql_service: NamedDependency[SqlService],
    ) -> CheckedQuery:
        """Whether a statement may run, and where it may not; nothing is run."""
        return await sql_service.check(principal, data)

    @post("/export", operation_id="exportQuery", status_code=200, responses=FILE, operation_class=SendsFile)
    async def export(
        self,
        data: JSONBody[QueryExport],
        principal: NamedDependency[Principal],
        sql_service: NamedDependency[SqlService],
        analytics_settings: NamedDependency[Settings],
    ) -> Stream:
        """Every row of a statement as CSV, XLSX or Parquet."""
        rows = await sql_service.export(principal, data)
        folder = analytics_settings.data_dir / "tmp"
        return await file_of(rows, data.file_format, data.name or rows.source_name, folder)

    @get("/completion", operation_id="getCompletion", middleware=[compressed])
    async def completion(
        self,
        source_id: Annotated[UUID, QueryParameter(name="sourceId")],
        principal: NamedDependency[Principal],
        sql_service: NamedDependency[SqlService],
    ) -> Completion:
        """Tables, columns and functions that SQL on the source may name."""
        return await sql_service.completion(principal, source_id)

    @get("/history", operation_id="listQueryRuns", middleware=[compressed])
    async def history(
        self,
        principal: NamedDependency[Principal],
        sql_service: NamedDependency[SqlService],
        everybody: FromQuery[bool] = False,
        source_id: Annotated[UUID | None, QueryParameter(name="sourceId")] = None,
        question_id: Annotated[UUID | None, QueryParameter(name="questionId")] = None,
        status: FromQuery[Status | None] = None,
        before: FromQuery[UUID | None] = None,
        limit: Annotated[int, QueryParameter(ge=1, le=200)] = 50,
    ) -> list[RunOut]:
        """Runs, newest first; ``before`` is the last run of the page before."""
        return await sql_service.history(
            principal,
            everybody=everybody,
            source_id=source_id,
            question_id=question_id,
            status=status,
            before=before,
            limit=limit,
        )


class RunController(Controller):
    """Whoever may start a run may stop it: viewers run saved questions."""

    path = "/api/v1/queries"
    tags = ("queries",)
    guards = (requires(Permission.READ_SOURCES),)

    @get("/{query_id:uuid}", operation_id="queryProgress")
    async def progress(
        self,
        query_id: FromPath[UUID],
        principal: NamedDependency[Principal],
        sql_service: NamedDependency[SqlService],
    ) -> QueryProgress:
        """How far a run of your own is, and its place among those that wait."""
        return await sql_service.progress(principal, query_id)

    @delete("/{query_id:uuid}", operation_id="stopQuery", status_code=200)
    async def stop(
        self,
        query_id: FromPath[UUID],
        principal: NamedDependency[Principal],
        sql_service: NamedDependency[SqlService],
    ) -> Stopped:
        """Stop a run of your own, at its server too."""
        return Stopped(was_running=await sql_service.stop(principal, query_id))


async def kept_response(request: Request[Any, Any, Any], result: ResultSet, told: Result) -> Response[Any]:
    """The same for a GET, and no rows at all for who has them already."""
    # What differs from one telling to the next says nothing of the rows.
    lasting = msgspec.structs.replace(told, query_id=NOBODYS, elapsed_ms=0, is_cached=True)
    wants = request.headers.get("accept", "").encode()
    tag = tag_of(result.version.encode(), msgspec.json.encode(lasting), wants)
    if is_known(request, tag):
        return not_modified(tag, vary="Accept")
    answer = await result_response(request, result, told)
    answer.headers.update(kept_headers(tag, vary="Accept"))
    return answer


async def result_response(request: Request[Any, Any, Any], result: ResultSet, told: Result) -> Response[Any]:
    """JSON for whoever does not ask for Arrow by name, and where the columns do not fit a header."""
    if ARROW in request.headers.get("accept", ""):
        # The asker knows the SQL, and it may be long.
        beside = msgspec.json.encode(msgspec.structs.replace(told, sql=""))
        header = quote(beside, safe='{}[]:,"')
        if len(header) <= LONGEST_HEADER:
            return Response(
                await _encoded(result, "arrow"), media_type=ARROW, headers={RESULT_HEADER: header}
            )
    rows = msgspec.Raw(await _encoded(result, "json"))
    # Encoded here, since a struct's own type says tuples where these are bytes already.
    return Response(msgspec.json.encode(msgspec.structs.replace(told, rows=rows)), media_type=MediaType.JSON)


async def _encoded(result: ResultSet, how: str) -> bytes:
    """The rows as they go over the wire: for an answer out of the cache, as they went before."""
    content = result.encoded.get(how)
    if content is None:
        encode = _arrow if how == "arrow" else _json
        if result.frame.height <= ROWS_ENCODED_IN_PLACE:
            content = encode(result.frame)
        else:
            content = await asyncio.to_thread(encode, result.frame)
        if len(content) <= MOST_KEPT_BYTES:
            result.encoded[how] = content
    return content


def _json(frame: pl.DataFrame) -> bytes:
    size = frame.estimated_size()
    if size > MOST_JSON_BYTES:
        raise ResultTooLarge(
            f"These rows take {size / 1e6:,.0f} MB, and at most {MOST_JSON_BYTES / 1e6:,.0f} MB are sent as "
            f"JSON. Ask for fewer rows or columns, for an export, or for Arrow with “Accept: {ARROW}”."
        )
    return json_rows(frame)


def _arrow(frame: pl.DataFrame) -> bytes:
    buffer = io.BytesIO()
    frame.write_ipc_stream(buffer, compression="uncompressed")
    return buffer.getvalue()
