"""From rows to a figure: charts, which chart suits which answer, and pictures of them."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from weakref import WeakKeyDictionary

from gridlens.core.events import Bus
from gridlens.core.module import Core, Module
from gridlens.visualizations import handlers
from gridlens.visualizations.pictures import Pictures
from gridlens.visualizations.routes import ChartController
from gridlens.visualizations.services import ChartService

_pictures: WeakKeyDictionary[Bus, Pictures] = WeakKeyDictionary()


def pictures_of(core: Core) -> Pictures:
    """The picture browser of one application: for its routes and for its shutdown."""
    if core.bus not in _pictures:
        _pictures[core.bus] = Pictures(core.settings.chromium_path)
    return _pictures[core.bus]


def connect(core: Core) -> dict[str, object]:
    """Build the services, join the bus; what is returned is injected into routes by name."""
    charts = ChartService(core.database, core.bus, core.outbox, core.settings.chart_rows)
    handlers.connect(core.bus, charts, pictures_of(core))
    return {"charts": charts, "pictures": pictures_of(core)}


@asynccontextmanager
async def lifespan(core: Core) -> AsyncIterator[None]:
    """The browser that draws pictures ends with the application."""
    try:
        yield
    finally:
        await pictures_of(core).close()


module = Module("visualizations", controllers=(ChartController,), connect=connect, lifespan=lifespan)
