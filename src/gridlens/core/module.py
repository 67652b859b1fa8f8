"""What a module is, and the core it stands on."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass

from litestar import Controller
from litestar.config.app import AppConfig
from litestar.di import Provide
from litestar.plugins import InitPlugin
from litestar.types import Middleware

from gridlens.core.config import Settings
from gridlens.core.database import Database
from gridlens.core.events import Bus
from gridlens.core.http.limits import Limiter
from gridlens.core.jobs import Jobs
from gridlens.core.outbox import Outbox
from gridlens.core.security.files import load_key
from gridlens.core.security.vault import Vault


@dataclass(frozen=True, slots=True)
class Core:
    """What every module is given: one of each, made once a process."""

    settings: Settings
    database: Database
    bus: Bus
    outbox: Outbox
    jobs: Jobs
    vault: Vault
    limiter: Limiter
    master_key: bytes


def make_core(settings: Settings) -> Core:
    """Open the data directory, making it and its keys at first start."""
    settings.data_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
    master_key = load_key(settings.master_key)
    vault = Vault.load(settings.data_dir / "vault.keys", master_key)
    database = Database(settings.database)
    bus = Bus()
    return Core(
        settings=settings,
        database=database,
        bus=bus,
        outbox=Outbox(bus, database, vault),
        jobs=Jobs(database),
        vault=vault,
        limiter=Limiter(settings.rate_limit_url),
        master_key=master_key,
    )


@dataclass(frozen=True, eq=False)  # Litestar keeps plugins in a frozenset
class Module(InitPlugin):
    """One room of the house: its routes, and how it joins the bus.

    ``connect`` builds the module's services from the core, registers answers, subscribers and
    jobs, and returns the services that routes take by name. ``lifespan`` holds what has to be
    started and stopped with the application. ``middleware`` runs for every request.
    """

    name: str
    controllers: Sequence[type[Controller]] = ()
    connect: Callable[[Core], Mapping[str, object]] | None = None
    lifespan: Callable[[Core], AbstractAsyncContextManager[None]] | None = None
    middleware: Callable[[Core], Sequence[Middleware]] | None = None

    def on_app_init(self, app_config: AppConfig) -> AppConfig:
        core: Core = app_config.state.core
        app_config.route_handlers.extend(self.controllers)
        if self.connect:
            for name, service in self.connect(core).items():
                app_config.dependencies[name] = Provide(
                    _always(service), sync_to_thread=False, use_cache=True
                )
                app_config.signature_namespace[type(service).__name__] = type(service)
        if self.lifespan:
            start = self.lifespan
            app_config.lifespan.append(lambda _app: start(core))
        if self.middleware:
            # Outside of what stands there already, so that limits can count by principal.
            app_config.middleware[:0] = self.middleware(core)
        return app_config


def _always(service: object) -> Callable[[], object]:
    return lambda: service
