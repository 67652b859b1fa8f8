"""The application: core first, then the modules, in one list."""

import asyncio
import os
import shutil
import sys
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from functools import partial
from typing import Any

from litestar import Litestar, Request
from litestar.datastructures import State
from litestar.di import Provide
from litestar.exceptions import HTTPException
from litestar.openapi.plugins import JsonRenderPlugin
from litestar.openapi.spec import Components, SecurityScheme
from sqlalchemy.exc import DBAPIError

from gridlens import __version__, analytics, auth, dashboards, data_sources, notifications, visualizations
from gridlens.core.config import Settings, read_settings
from gridlens.core.errors import GridlensError
from gridlens.core.events import Request as BusRequest
from gridlens.core.http import health, pages, problems
from gridlens.core.http.access import OPENAPI_PATH, check_every_route, principal_of, takes_json
from gridlens.core.http.client import ClientAddresses, RequestLimitMiddleware
from gridlens.core.http.dependencies import hand_out_in_turn
from gridlens.core.http.headers import SecurityHeaders
from gridlens.core.http.openapi import Description, TuplesAreArrays
from gridlens.core.http.request_id import RequestIds
from gridlens.core.jobs import Job
from gridlens.core.logging import configure_logging
from gridlens.core.module import Core, Module, make_core
from gridlens.core.principal import Principal

MODULES: tuple[Module, ...] = (
    auth.module,
    data_sources.module,
    analytics.module,
    visualizations.module,
    dashboards.module,
    notifications.module,
)


GRACE_SECONDS = 8.0
GIVES_WAY_SECONDS = 0.0005
"""A thread that parses lets the event loop in after this; Python's own 5 ms are felt in every answer."""
LEAST_FREE_BYTES = 64 * 2**20


class ForgetFinished(Job, frozen=True, kw_only=True, tag="core.forget_finished"):
    """Drop receipts and finished jobs that nobody will ask for again."""


def create_app(
    settings: Settings | None = None, core: Core | None = None, modules: Sequence[Module] = MODULES
) -> Litestar:
    """Put the house together; the database must have been migrated before it is started."""
    if core is None:
        core = make_core(settings or read_settings())
    configure_logging(core.settings)
    _keep_tidy(core)
    app = Litestar(
        route_handlers=[health.live, health.ready, pages.asset, pages.page],
        plugins=[TuplesAreArrays(), *modules],
        guards=[takes_json],
        middleware=[RequestLimitMiddleware(core.limiter, core.settings.requests_per_minute)],
        lifespan=[partial(_background, core)],
        dependencies={"principal": Provide(_principal, sync_to_thread=False)},
        exception_handlers={
            GridlensError: problems.on_gridlens_error,
            HTTPException: problems.on_http_exception,
            DBAPIError: problems.on_database_error,
            RecursionError: problems.on_recursion,
            UnicodeDecodeError: problems.on_broken_text,
            Exception: problems.on_unexpected,
        },
        logging_config=None,
        request_max_body_size=core.settings.max_body_bytes,
        openapi_config=Description(
            title="Gridlens",
            version=__version__,
            path=OPENAPI_PATH,
            render_plugins=[JsonRenderPlugin(path="/")],
            components=Components(
                security_schemes={"token": SecurityScheme(type="http", scheme="bearer")},
            ),
        ),
        state=State({"core": core, "probes": _probes(core)}),
    )
    check_every_route(app.routes)
    hand_out_in_turn(app.routes)
    if modules is MODULES:
        # Whoever runs the application inside a program of their own may have requests of their own.
        own = [kind for kind in BusRequest.__subclasses__() if kind.__module__.startswith("gridlens.")]
        core.bus.check_answers(own)
    handler = ClientAddresses(app.asgi_handler, core.settings.trusted_proxies)
    secured = SecurityHeaders(handler, https=core.settings.address.startswith("https://"))
    app.asgi_handler = RequestIds(secured)
    return app


def _principal(request: Request[Any, Any, Any]) -> Principal:
    return principal_of(request)


def _keep_tidy(core: Core) -> None:
    @core.jobs.handles(ForgetFinished)
    async def forget_finished(_job: ForgetFinished) -> None:
        await core.outbox.forget_receipts()
        await core.jobs.forget_finished()

    core.jobs.declare(name="core.forget_finished", cron="17 3 * * *", zone="UTC", job=ForgetFinished())


def _probes(core: Core) -> dict[str, health.Probe]:
    """What this process cannot serve without."""

    async def data_directory() -> str | None:
        writable = os.access(core.settings.data_dir, os.W_OK)
        free = shutil.disk_usage(core.settings.data_dir).free if writable else 0
        if not writable:
            return f"{core.settings.data_dir} cannot be written"
        return None if free > LEAST_FREE_BYTES else "the disk is almost full"

    async def background_work() -> str | None:
        return None if core.jobs.is_running else "jobs and events are not being worked on"

    return {
        "database": core.database.is_ready,
        "data directory": data_directory,
        "background work": background_work,
    }


@asynccontextmanager
async def _background(core: Core, _app: Litestar) -> AsyncIterator[None]:
    """The relay and the workers live as long as the server does."""
    sys.setswitchinterval(GIVES_WAY_SECONDS)
    await core.jobs.start()
    tasks = [asyncio.create_task(core.outbox.run()), asyncio.create_task(core.jobs.run())]
    try:
        yield
    finally:
        core.outbox.stop()
        core.jobs.stop()
        _, late = await asyncio.wait(tasks, timeout=GRACE_SECONDS)
        for task in late:  # what is cut off here keeps its lease and is offered again
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await core.database.close()
