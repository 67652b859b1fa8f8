"""Sources over HTTP: connect, test, change, describe, refresh, remove."""

from typing import Annotated, Any
from uuid import UUID

from litestar import Controller, Request, delete, get, patch, post, put
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody, QueryParameter

from gridlens.core.http.access import requires
from gridlens.core.http.compression import compressed
from gridlens.core.principal import Principal
from gridlens.data_sources.connectors import TestOutcome
from gridlens.data_sources.schemas import (
    CatalogOut,
    ColumnChange,
    ConnectionTest,
    CreatedSource,
    FileFoldersOut,
    NewSource,
    RefreshSchedule,
    SampleOut,
    SourceChange,
    SourceOut,
    TableChange,
    TaskOut,
)
from gridlens.data_sources.services.catalogs import CatalogService
from gridlens.data_sources.services.imports import ImportService
from gridlens.data_sources.services.sources import SourceService
from gridlens.data_sources.services.tasks import TaskService
from gridlens.shared.auth import Authentication
from gridlens.shared.permissions import Permission

READ = [requires(Permission.READ_CATALOGS)]
MANAGE = [requires(Permission.MANAGE_SOURCES)]
TableQuery = Annotated[str, QueryParameter(min_length=1, max_length=255)]
SchemaQuery = Annotated[str | None, QueryParameter(max_length=255)]
SampleRows = Annotated[int, QueryParameter(ge=1, le=200)]


class SourceController(Controller):
    path = "/api/v1/sources"
    tags = ["Data sources"]

    @get(operation_id="listSources", guards=READ)
    async def list_sources(
        self, principal: NamedDependency[Principal], sources: NamedDependency[SourceService]
    ) -> list[SourceOut]:
        """Every source of the organisation, by name."""
        return [SourceOut.of(source) for source in await sources.every(principal)]

    @post(operation_id="createSource", guards=MANAGE)
    async def create_source(
        self,
        data: JSONBody[NewSource],
        principal: NamedDependency[Principal],
        sources: NamedDependency[SourceService],
    ) -> CreatedSource:
        """Connect a source that answers; its catalog is read in the background."""
        source, task = await sources.create(principal, data)
        return CreatedSource(source=SourceOut.of(source), task=TaskOut.of(task) if task else None)

    @post("/test", operation_id="testSource", guards=MANAGE, status_code=200)
    async def test_source(
        self,
        data: JSONBody[ConnectionTest],
        principal: NamedDependency[Principal],
        sources: NamedDependency[SourceService],
    ) -> TestOutcome:
        """Connect as a form says, keep nothing, and tell what was found or why it failed."""
        return await sources.test(principal, data)

    @get("/file-folders", operation_id="listFileFolders", guards=MANAGE)
    async def list_file_folders(
        self, principal: NamedDependency[Principal], sources: NamedDependency[SourceService]
    ) -> FileFoldersOut:
        """Folders of the server whose SQLite and DuckDB files may be connected by path."""
        return FileFoldersOut(folders=sources.file_folders(principal))

    @get("/{source_id:uuid}", operation_id="getSource", guards=READ)
    async def get_source(
        self,
        source_id: FromPath[UUID],
        principal: NamedDependency[Principal],
        sources: NamedDependency[SourceService],
    ) -> SourceOut:
        """One source, without its secret."""
        return SourceOut.of(await sources.find(principal, source_id))

    @patch("/{source_id:uuid}", operation_id="updateSource", guards=MANAGE)
    async def update_source(
        self,
        source_id: FromPath[UUID],
        data: JSONBody[SourceChange],
        request: Request[Any, Any, Any],
        principal: NamedDependency[Principal],
        sources: NamedDependency[SourceService],
    ) -> SourceOut:
        """Change what is given; a new connection is tested first, and another server needs a step-up."""
        proof = request.auth
        is_stepped_up = isinstance(proof, Authentication) and proof.is_stepped_up
        return SourceOut.of(await sources.update(principal, source_id, data, is_stepped_up=is_stepped_up))

    @delete("/{source_id:uuid}", operation_id="deleteSource", guards=MANAGE)
    async def delete_source(
        self,
        source_id: FromPath[UUID],
        principal: NamedDependency[Principal],
        sources: NamedDependency[SourceService],
    ) -> None:
        """Disconnect a source; uploaded tables in it are removed."""
        await sources.delete(principal, source_id)

    @get("/{source_id:uuid}/catalog", operation_id="getCatalog", guards=READ, middleware=[compressed])
    async def get_catalog(
        self,
        source_id: FromPath[UUID],
        principal: NamedDependency[Principal],
        catalogs: NamedDependency[CatalogService],
    ) -> CatalogOut:
        """Tables and columns with keys, units and profiles, as last read."""
        return await catalogs.catalog(principal, source_id)

    @get("/{source_id:uuid}/sample", operation_id="sampleTable", guards=[requires(Permission.RUN_QUERIES)])
    async def sample_table(
        self,
        source_id: FromPath[UUID],
        table: TableQuery,
        principal: NamedDependency[Principal],
        catalogs: NamedDependency[CatalogService],
        schema: SchemaQuery = None,
        rows: SampleRows = 20,
    ) -> SampleOut:
        """The first rows of a table, read from the source now."""
        return await catalogs.sample(principal, source_id, table, schema, rows)

    @patch("/{source_id:uuid}/catalog/table", operation_id="describeTable", guards=MANAGE)
    async def describe_table(
        self,
        source_id: FromPath[UUID],
        data: JSONBody[TableChange],
        principal: NamedDependency[Principal],
        catalogs: NamedDependency[CatalogService],
    ) -> CatalogOut:
        """Name, describe, hide or show a table; what is said outlives a refresh."""
        await catalogs.change_table(principal, source_id, data)
        return await catalogs.catalog(principal, source_id)

    @patch("/{source_id:uuid}/catalog/column", operation_id="describeColumn", guards=MANAGE)
    async def describe_column(
        self,
        source_id: FromPath[UUID],
        data: JSONBody[ColumnChange],
        principal: NamedDependency[Principal],
        catalogs: NamedDependency[CatalogService],
    ) -> CatalogOut:
        """Name or describe a column, or correct its unit or role."""
        await catalogs.change_column(principal, source_id, data)
        return await catalogs.catalog(principal, source_id)

    @delete("/{source_id:uuid}/tables/{table:str}", operation_id="deleteTable", guards=MANAGE)
    async def delete_table(
        self,
        source_id: FromPath[UUID],
        table: FromPath[str],
        principal: NamedDependency[Principal],
        imports: NamedDependency[ImportService],
    ) -> None:
        """Remove an imported table; tables of databases are not ours to remove."""
        await imports.drop_table(principal, source_id, table)

    @post("/{source_id:uuid}/refresh", operation_id="refreshSource", guards=MANAGE, status_code=202)
    async def refresh_source(
        self,
        source_id: FromPath[UUID],
        principal: NamedDependency[Principal],
        catalogs: NamedDependency[CatalogService],
    ) -> TaskOut:
        """Read the catalog anew, in the background."""
        return TaskOut.of(await catalogs.refresh(principal, source_id))

    @put("/{source_id:uuid}/refresh-schedule", operation_id="scheduleRefresh", guards=MANAGE)
    async def schedule_refresh(
        self,
        source_id: FromPath[UUID],
        data: JSONBody[RefreshSchedule],
        principal: NamedDependency[Principal],
        catalogs: NamedDependency[CatalogService],
    ) -> SourceOut:
        """Read the catalog anew at these times."""
        return SourceOut.of(await catalogs.schedule_refresh(principal, source_id, data))

    @delete("/{source_id:uuid}/refresh-schedule", operation_id="unscheduleRefresh", guards=MANAGE)
    async def unschedule_refresh(
        self,
        source_id: FromPath[UUID],
        principal: NamedDependency[Principal],
        catalogs: NamedDependency[CatalogService],
    ) -> None:
        """Read the catalog anew only when somebody asks."""
        await catalogs.schedule_refresh(principal, source_id, None)

    @get("/tasks/{task_id:uuid}", operation_id="getSourceTask", guards=READ)
    async def get_task(
        self,
        task_id: FromPath[UUID],
        principal: NamedDependency[Principal],
        source_tasks: NamedDependency[TaskService],
        catalogs: NamedDependency[CatalogService],
    ) -> TaskOut:
        """How far a refresh or an import is, and what came of it."""
        task = await source_tasks.find(principal, task_id)
        return TaskOut.of(task, hidden=await catalogs.hidden_from(principal, task.source_id))
