"""Exports over HTTP: start one, see how far it is, stop it, download its file."""

from uuid import UUID

from litestar import Controller, delete, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody
from litestar.response import File

from gridlens.analytics.exporting.files import MEDIA_TYPES
from gridlens.analytics.exporting.service import ExportService
from gridlens.analytics.routes.files import FILE, SendsFile, disposition
from gridlens.analytics.schemas import ExportOrder, ExportOut
from gridlens.core.http.access import requires
from gridlens.core.principal import Principal
from gridlens.shared.permissions import Permission


class ExportController(Controller):
    """Everybody exports the questions they see; whoever may run queries exports those too."""

    path = "/api/v1/exports"
    tags = ("exports",)
    guards = (requires(Permission.READ_SOURCES),)

    @post(operation_id="startExport", status_code=200)
    async def start(
        self,
        data: JSONBody[ExportOrder],
        principal: NamedDependency[Principal],
        exports: NamedDependency[ExportService],
    ) -> ExportOut:
        """Write every row into a file; one that takes longer than some seconds goes on in the background."""
        return ExportOut.of(await exports.start(principal, data))

    @get(operation_id="listExports")
    async def list_exports(
        self, principal: NamedDependency[Principal], exports: NamedDependency[ExportService]
    ) -> list[ExportOut]:
        """Your own exports, newest first."""
        return [
            ExportOut.of(export, await exports.refusal(principal, export))
            for export in await exports.list_all(principal)
        ]

    @get("/{export_id:uuid}", operation_id="getExport")
    async def get_one(
        self,
        export_id: FromPath[UUID],
        principal: NamedDependency[Principal],
        exports: NamedDependency[ExportService],
    ) -> ExportOut:
        """How far an export of your own is, and whether you may download it."""
        export = await exports.find(principal, export_id)
        return ExportOut.of(export, await exports.refusal(principal, export))

    @get("/{export_id:uuid}/file", operation_id="downloadExport", responses=FILE, operation_class=SendsFile)
    async def download(
        self,
        export_id: FromPath[UUID],
        principal: NamedDependency[Principal],
        exports: NamedDependency[ExportService],
    ) -> File:
        """The file of a finished export of your own, until it expires."""
        export, path = await exports.download(principal, export_id)
        return File(
            path,
            media_type=MEDIA_TYPES[export.file_format],
            headers={
                "Content-Disposition": disposition(export.name, export.file_format),
                "Cache-Control": "no-store",
            },
        )

    @post("/{export_id:uuid}/cancel", operation_id="cancelExport", status_code=200)
    async def cancel(
        self,
        export_id: FromPath[UUID],
        principal: NamedDependency[Principal],
        exports: NamedDependency[ExportService],
    ) -> ExportOut:
        """Stop an export of your own, at its source too."""
        return ExportOut.of(await exports.cancel(principal, export_id))

    @delete("/{export_id:uuid}", operation_id="deleteExport")
    async def remove(
        self,
        export_id: FromPath[UUID],
        principal: NamedDependency[Principal],
        exports: NamedDependency[ExportService],
    ) -> None:
        """Delete an export of your own with its file."""
        await exports.delete(principal, export_id)
