"""What the routes of queries take and give."""

from datetime import datetime, timedelta
from typing import Annotated, Literal
from uuid import UUID

import msgspec
from msgspec import Meta

from gridlens.analytics.cells import rows_of
from gridlens.analytics.models import QueryExportRow, QueryRun
from gridlens.analytics.parameters import Parameter, Value
from gridlens.analytics.running.history import Door, Status
from gridlens.analytics.running.query import Progress, UnderWay
from gridlens.shared.auth import Person
from gridlens.shared.results import Column, Completeness, Kind, ResultSet
from gridlens.shared.time import Scope
from gridlens.shared.visualizations import Cell

Sql = Annotated[str, Meta(min_length=1, max_length=65_536)]
Values = Annotated[dict[Annotated[str, Meta(max_length=63)], Value], Meta(max_length=30)]
Parameters = Annotated[tuple[Parameter, ...], Meta(max_length=30)]
RowLimit = Annotated[int, Meta(ge=1, le=100_000)]
FileFormat = Literal["csv", "xlsx", "parquet"]


class _Input(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, rename="camel"):
    pass


class _Output(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    pass


class QueryOrder(_Input, frozen=True, kw_only=True):
    """One statement to run. ``queryId``, chosen by the asker, names the run for stopping it."""

    source_id: UUID
    sql: Sql
    parameters: Parameters = ()
    values: Values = {}
    row_limit: RowLimit | None = None
    is_fresh: bool = False
    query_id: UUID | None = None


class QueryCheck(_Input, frozen=True, kw_only=True):
    source_id: UUID
    sql: Sql
    parameters: Parameters = ()


class Statement(_Input, frozen=True, kw_only=True):
    source_id: UUID
    sql: Sql
    parameters: Parameters = ()
    values: Values = {}


class QueryExport(Statement, frozen=True, kw_only=True):
    file_format: FileFormat = "csv"
    name: Annotated[str, Meta(max_length=200)] = ""


class QuestionView(_Input, frozen=True, kw_only=True):
    """``values`` fill the question's parameters; ``scope`` narrows it as a dashboard would."""

    scope: Scope = Scope()
    values: Values = {}


class QuestionRun(QuestionView, frozen=True, kw_only=True):
    is_fresh: bool = False
    query_id: UUID | None = None


class QuestionExport(QuestionView, frozen=True, kw_only=True):
    file_format: FileFormat = "csv"


class ExportedQuery(Statement, frozen=True, kw_only=True, tag="query"):
    """Every row of a statement."""


class ExportedQuestion(QuestionView, frozen=True, kw_only=True, tag="question"):
    """Every row of a saved question's answer."""

    question_id: UUID


ExportTarget = ExportedQuery | ExportedQuestion


class ExportOrder(_Input, frozen=True, kw_only=True):
    """A file of every row. Without a ``name`` it is called after the question or the source."""

    target: ExportTarget
    file_format: FileFormat = "csv"
    name: Annotated[str, Meta(max_length=200)] = ""


ExportState = Literal["waiting", "running", "done", "failed", "cancelled", "expired"]


class ExportOut(_Output, frozen=True, kw_only=True):
    """An export of the asker's own.

    While it runs, ``rows`` are read; once ``rowCount`` is known, ``rows`` of it are in the file. ``error``
    says why there is no file, ``refusal`` why it may not be downloaded any more. ``sql`` is what was
    written by hand; a question is named instead.
    """

    export_id: UUID
    name: str
    file_format: FileFormat
    source_id: UUID
    question_id: UUID | None
    sql: str | None
    state: ExportState
    rows: int
    row_count: int | None
    size_bytes: int
    error: str | None
    refusal: str | None
    created_at: datetime
    finished_at: datetime | None
    expires_at: datetime | None

    @classmethod
    def of(cls, export: QueryExportRow, refusal: str | None = None) -> "ExportOut":
        target = msgspec.json.decode(export.target, type=ExportTarget)
        return cls(
            export_id=export.id,
            name=export.name,
            file_format=msgspec.convert(export.file_format, FileFormat),
            source_id=export.source_id,
            question_id=export.question_id,
            sql=target.sql if isinstance(target, ExportedQuery) else None,
            state=msgspec.convert(export.state, ExportState),
            rows=export.rows_done,
            row_count=export.row_count,
            size_bytes=export.size_bytes,
            error=export.error,
            refusal=refusal,
            created_at=export.created_at,
            finished_at=export.finished_at,
            expires_at=export.expires_at,
        )


class Result(_Output, frozen=True, kw_only=True):
    """Rows with what a reader must know of them; ``rows`` holds a cell for each of ``columns``.

    ``totalRows`` is how many there are where they are cut, if they could be counted in time.
    """

    query_id: UUID
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    row_count: int
    is_cut: bool
    total_rows: int | None
    row_limit: int
    sql: str
    source_id: UUID
    source_name: str
    zone: str
    read_at: datetime
    engine_ms: float
    elapsed_ms: float
    is_cached: bool
    completeness: Completeness | None
    notes: tuple[str, ...]

    @classmethod
    def of(cls, result: ResultSet, query_id: UUID, elapsed_ms: float, *, with_rows: bool = True) -> "Result":
        return cls(
            query_id=query_id,
            columns=result.columns,
            rows=rows_of(result.frame) if with_rows else (),
            row_count=result.frame.height,
            is_cut=result.is_cut,
            total_rows=result.total_rows,
            row_limit=result.row_limit,
            sql=result.sql,
            source_id=result.source_id,
            source_name=result.source_name,
            zone=result.zone,
            read_at=result.read_at,
            engine_ms=result.engine_ms,
            elapsed_ms=elapsed_ms,
            is_cached=result.is_cached,
            completeness=result.completeness,
            notes=result.notes,
        )


class Refusal(_Output, frozen=True, kw_only=True):
    """Why a query may not run, and where the reason stands; lines and columns count from 1."""

    kind: str
    detail: str
    construct: str | None = None
    line: int | None = None
    column: int | None = None


class CheckedQuery(_Output, frozen=True, kw_only=True):
    """``parameters`` are the names of the blanks found in the text, whether or not they are defined."""

    is_allowed: bool
    refusal: Refusal | None
    tables: tuple[str, ...]
    parameters: tuple[str, ...]


class QueryProgress(_Output, frozen=True, kw_only=True):
    """How far a query is. ``position`` is 1 for the next to run; ``error`` says why there are no rows.

    A query that nobody knows of is ``unknown``: its server was restarted, or it was never asked.
    """

    query_id: UUID
    state: Literal["waiting", "running", "succeeded", "failed", "refused", "stopped", "unknown"]
    position: int | None = None
    error: str | None = None


class RunningQuery(_Output, frozen=True, kw_only=True):
    """A query of the asker's own that runs or waits; ``position`` is 1 for the next to run."""

    query_id: UUID
    source_id: UUID
    source_name: str
    question_id: UUID | None
    door: Door
    sql: str
    state: Literal["waiting", "running"]
    position: int | None
    started_at: datetime
    elapsed_ms: float

    @classmethod
    def of(cls, under_way: UnderWay, progress: Progress, elapsed: timedelta) -> "RunningQuery":
        query = under_way.query
        return cls(
            query_id=query.query_id,
            source_id=query.source_id,
            source_name=under_way.source_name,
            question_id=query.question_id,
            door=query.door,
            sql=query.sql,
            state=progress.state,
            position=progress.position,
            started_at=under_way.started_at,
            elapsed_ms=elapsed.total_seconds() * 1000,
        )


class Stopped(_Output, frozen=True, kw_only=True):
    was_running: bool


class RunOut(_Output, frozen=True, kw_only=True):
    """One run in the history; ``person`` is missing when they have left."""

    query_id: UUID
    person: Person | None
    source_id: UUID
    source_name: str | None
    question_id: UUID | None
    door: Door
    sql: str
    status: Status
    error: str | None
    started_at: datetime
    elapsed_ms: float
    engine_ms: float | None
    row_count: int | None
    is_cut: bool
    is_cached: bool

    @classmethod
    def of(cls, run: QueryRun, people: dict[UUID, Person], sources: dict[UUID, str]) -> "RunOut":
        return cls(
            query_id=run.id,
            person=people.get(run.user_id) if run.user_id else None,
            source_id=run.source_id,
            source_name=sources.get(run.source_id),
            question_id=run.question_id,
            door=msgspec.convert(run.door, Door),
            sql=run.sql,
            status=msgspec.convert(run.status, Status),
            error=run.error,
            started_at=run.started_at,
            elapsed_ms=run.elapsed_ms,
            engine_ms=run.engine_ms,
            row_count=run.row_count,
            is_cut=run.is_cut,
            is_cached=run.is_cached,
        )


class CompletedColumn(_Output, frozen=True, kw_only=True):
    name: str
    kind: Kind
    unit: str | None
    detail: str | None


class CompletedTable(_Output, frozen=True, kw_only=True):
    name: str
    schema: str | None
    detail: str | None
    columns: tuple[CompletedColumn, ...]


class Completion(_Output, frozen=True, kw_only=True):
    """What an editor offers while SQL is typed: exactly what the guard lets through."""

    dialect: str
    tables: tuple[CompletedTable, ...]
    functions: tuple[str, ...]
