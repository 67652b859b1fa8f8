"""Running the server: migrate, say how to get in, then serve until stopped."""

import asyncio
import ctypes
import gc
import importlib
import os
import signal
import socket
import sys

import click

from gridlens import __version__
from gridlens.core.config import PREFIX, Settings


def run_server(settings: Settings, *, application: str = "gridlens.app:create_app") -> None:
    """Migrate, print the set-up link when there is nobody yet, then serve until stopped.

    ``application`` names the factory that each worker calls.
    """
    refuse_taken_port(settings.host, settings.port)
    # Workers are forked and read their settings as this process did.
    for field, value in _changed(settings).items():
        os.environ[PREFIX + field.upper()] = value
    # Loading makes many objects and no garbage. Frozen, they stay in pages that the workers share.
    gc.disable()
    asyncio.run(_prepare(settings))
    importlib.import_module(application.partition(":")[0])
    gc.freeze()
    gc.enable()

    if sys.platform == "linux":
        _end_workers_with(os.getpid())

    from granian.constants import Interfaces
    from granian.log import LogLevels
    from granian.server import Server

    Server(
        application,
        factory=True,
        address=settings.host,
        port=settings.port,
        workers=settings.workers,
        interface=Interfaces.ASGI,
        log_level=LogLevels.warning,
        log_access=False,
        websockets=False,
        respawn_failed_workers=True,
        workers_kill_timeout=15,
    ).serve()


def _end_workers_with(server: int) -> None:
    """Have the kernel end every worker whose server is killed: it would keep the port from the next start."""
    prctl, parent_death_signal = ctypes.CDLL(None).prctl, 1

    def follow() -> None:
        if os.getppid() == server:
            prctl(parent_death_signal, signal.SIGTERM)

    os.register_at_fork(after_in_child=follow)


async def _prepare(settings: Settings) -> None:
    from gridlens import auth
    from gridlens.core.logging import configure_logging
    from gridlens.core.migrating import upgrade
    from gridlens.core.module import make_core

    configure_logging(settings)
    core = make_core(settings)
    try:
        await upgrade(core.database)
        link = await auth.setup_link(core)
    finally:
        await core.database.close()
    click.echo(f"Gridlens {__version__} listens on {settings.address}")
    if link:
        click.echo(f"\nNobody has an account yet. Make the first one within 24 hours here:\n\n  {link}\n")


def refuse_taken_port(host: str, port: int) -> None:
    """Say so before anything is made when nobody could listen there."""
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise click.ClickException(
                f"Port {port} on {host} cannot be used ({error.strerror}). Choose another with --port."
            ) from error


def _changed(settings: Settings) -> dict[str, str]:
    """The settings that differ from their defaults, as the environment would say them."""
    fresh = Settings()
    changed = {
        name: getattr(settings, name)
        for name in settings.__struct_fields__
        if getattr(settings, name) != getattr(fresh, name)
    }
    return {
        name: ",".join(value) if isinstance(value, tuple) else str(value) for name, value in changed.items()
    }
