"""Starting the demo: an installation of its own with an account, real data and finished dashboards."""

import asyncio
import secrets
import shutil
import threading
import webbrowser
from pathlib import Path

import click
import msgspec
from litestar import Litestar

from gridlens import auth
from gridlens.app import create_app
from gridlens.core.config import Settings, read_settings
from gridlens.core.logging import configure_logging
from gridlens.core.migrating import upgrade
from gridlens.core.module import make_core
from gridlens.demo.install import install
from gridlens.serving import run_server
from gridlens.shared.notifications import MailRequested
from gridlens.shared.permissions import Role

EMAIL = "demo@example.org"
BROWSER_DELAY_SECONDS = 2.0


def start_demo(*, port: int, data_dir: Path | None, opens_browser: bool) -> None:
    """Serve the demo until stopped; the first start installs it."""
    folder = data_dir or Settings().data_dir.with_name("gridlens-demo")
    settings = read_settings(port=port, data_dir=folder, demo=True, log_level="warning")
    if folder.exists() and any(folder.iterdir()):
        click.echo(f"Sign in as {EMAIL}; the password was printed at the first start. Lost it? Run")
        click.echo(f"  GRIDLENS_DATA_DIR={folder} gridlens users set-password {EMAIL}")
    else:
        _install_whole(settings)
    click.echo("The one-time code of each sign-in is shown here.\n")
    if opens_browser:
        threading.Timer(BROWSER_DELAY_SECONDS, webbrowser.open, [settings.address]).start()
    run_server(settings, application="gridlens.demo.start:create_demo_app")


def create_demo_app() -> Litestar:
    """The application as anywhere else, that also shows on the console what it mails."""
    core = make_core(read_settings())
    app = create_app(core=core)

    @core.bus.on(MailRequested)
    async def show(mail: MailRequested) -> None:
        click.echo(f"Mail to {mail.to}: {mail.subject}")

    return app


def _install_whole(settings: Settings) -> None:
    """Make the installation beside its place and move it there at the end: all of it, or nothing."""
    click.echo("Installing real energy data …")
    draft = settings.data_dir.with_name(f".{settings.data_dir.name}-installing")
    shutil.rmtree(draft, ignore_errors=True)
    draft.parent.mkdir(parents=True, exist_ok=True)
    password = secrets.token_urlsafe(12)
    asyncio.run(_install(msgspec.structs.replace(settings, data_dir=draft), password))
    if settings.data_dir.exists():
        settings.data_dir.rmdir()
    draft.rename(settings.data_dir)
    click.echo(f"\n  Email     {EMAIL}\n  Password  {password}     (printed this once)\n")


async def _install(settings: Settings, password: str) -> None:
    configure_logging(settings)
    core = make_core(settings)
    try:
        await upgrade(core.database)
        principal, _ = await auth.create_user(
            core,
            email=EMAIL,
            name="Demo Analyst",
            role=Role.ADMIN,
            password=password,
            organisation="Gridlens demo",
            zone="Europe/Amsterdam",
        )
        await install(core, principal)
    finally:
        await core.database.close()
