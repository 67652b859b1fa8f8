"""What we can read: connections, uploads, catalogs. The only module that opens a customer's database."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from gridlens.core.module import Core, Module
from gridlens.data_sources import handlers
from gridlens.data_sources.access.service import AccessService
from gridlens.data_sources.engines import engines_of
from gridlens.data_sources.routes.access import AccessController
from gridlens.data_sources.routes.sources import SourceController
from gridlens.data_sources.routes.uploads import UploadController
from gridlens.data_sources.services.catalogs import CatalogService
from gridlens.data_sources.services.fetching import FetchService
from gridlens.data_sources.services.imports import ImportService
from gridlens.data_sources.services.sources import SourceService
from gridlens.data_sources.services.tasks import TaskService
from gridlens.data_sources.services.uploads import UploadService
from gridlens.data_sources.workers.file_work import FileWork


def connect(core: Core) -> dict[str, object]:
    """Build the services, join the bus; what is returned is injected into routes by name."""
    engines = engines_of(core)
    tasks = TaskService(core.database)
    catalogs = CatalogService(core, engines, tasks)
    sources = SourceService(core, engines, catalogs)
    fetching = FetchService(core.database, engines, catalogs)
    access = AccessService(core, engines, catalogs)
    work = FileWork()
    uploads = UploadService(core, engines, work)
    imports = ImportService(core, engines, work, uploads, catalogs, tasks)
    handlers.connect(core, sources, catalogs, access, fetching, tasks, uploads, imports)
    return {
        "sources": sources,
        "catalogs": catalogs,
        "source_access": access,
        "source_tasks": tasks,
        "uploads": uploads,
        "imports": imports,
    }


@asynccontextmanager
async def lifespan(core: Core) -> AsyncIterator[None]:
    """Connections and worker processes end with the application."""
    try:
        yield
    finally:
        await engines_of(core).close()


module = Module(
    "data_sources",
    controllers=(SourceController, AccessController, UploadController),
    connect=connect,
    lifespan=lifespan,
)
