"""Uploads over HTTP: send a file, look at it, correct how it is read, import it."""

from typing import Annotated, Any
from uuid import UUID

from litestar import Controller, Request, delete, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, HeaderParameter, JSONBody, QueryParameter

from gridlens.core.http.access import requires
from gridlens.core.principal import Principal
from gridlens.data_sources.schemas import (
    ImportStarted,
    NewImport,
    PreviewAs,
    SourceOut,
    TaskOut,
    UploadOut,
    UploadPreview,
)
from gridlens.data_sources.services.imports import ImportService
from gridlens.data_sources.services.uploads import UploadService
from gridlens.data_sources.uploads import table_name
from gridlens.shared.permissions import Permission

FileName = Annotated[str, QueryParameter(name="fileName", min_length=1, max_length=255)]
SheetName = Annotated[str | None, QueryParameter(max_length=64)]
Rows = Annotated[int, QueryParameter(ge=1, le=500)]
ContentLength = Annotated[int | None, HeaderParameter(name="content-length", ge=0)]


class UploadController(Controller):
    path = "/api/v1/uploads"
    tags = ["Uploads"]
    guards = [requires(Permission.MANAGE_SOURCES)]

    # The service counts what arrives, against the limit and the quota.
    @post(operation_id="createUpload", request_max_body_size=None)
    async def create_upload(
        self,
        request: Request[Any, Any, Any],
        file_name: FileName,
        principal: NamedDependency[Principal],
        uploads: NamedDependency[UploadService],
        size: ContentLength = None,
    ) -> UploadOut:
        """Take a file as the raw body of the request; nothing of it is read yet."""
        return UploadOut.of(await uploads.take(principal, file_name, size, request.stream()))

    @get("/{upload_id:uuid}", operation_id="getUpload")
    async def get_upload(
        self,
        upload_id: FromPath[UUID],
        principal: NamedDependency[Principal],
        uploads: NamedDependency[UploadService],
    ) -> UploadOut:
        """One upload that waits to be imported."""
        return UploadOut.of(await uploads.find(principal, upload_id))

    @get("/{upload_id:uuid}/preview", operation_id="previewUpload")
    async def preview_upload(
        self,
        upload_id: FromPath[UUID],
        principal: NamedDependency[Principal],
        uploads: NamedDependency[UploadService],
        rows: Rows = 100,
        sheet: SheetName = None,
    ) -> UploadPreview:
        """How the file seems to be meant: format, delimiter, heading, kinds, and the first rows."""
        upload, preview = await uploads.look_at(principal, upload_id, rows, sheet)
        return UploadPreview(
            upload=UploadOut.of(upload), preview=preview, table_name=table_name(upload.file_name)
        )

    @post("/{upload_id:uuid}/preview", operation_id="previewUploadAs", status_code=200)
    async def preview_upload_as(
        self,
        upload_id: FromPath[UUID],
        data: JSONBody[PreviewAs],
        principal: NamedDependency[Principal],
        uploads: NamedDependency[UploadService],
    ) -> UploadPreview:
        """The first rows as they are with corrected options."""
        upload, preview = await uploads.show_as(principal, upload_id, data.options, data.rows)
        return UploadPreview(
            upload=UploadOut.of(upload), preview=preview, table_name=table_name(upload.file_name)
        )

    @post("/{upload_id:uuid}/import", operation_id="importUpload", status_code=202)
    async def import_upload(
        self,
        upload_id: FromPath[UUID],
        data: JSONBody[NewImport],
        principal: NamedDependency[Principal],
        imports: NamedDependency[ImportService],
    ) -> ImportStarted:
        """Make a table of the file, in the background."""
        source, task = await imports.start(principal, upload_id, data)
        return ImportStarted(source=SourceOut.of(source), task=TaskOut.of(task))

    @delete("/{upload_id:uuid}", operation_id="deleteUpload")
    async def delete_upload(
        self,
        upload_id: FromPath[UUID],
        principal: NamedDependency[Principal],
        uploads: NamedDependency[UploadService],
    ) -> None:
        """Forget a file that was not imported."""
        await uploads.remove(principal, upload_id)
