"""Starting the demo: an installation of its own with an account, real data and finished dashboards."""

import secrets
import shutil
import threading
import webbrowser
from multiprocessing import get_context
from pathlib import Path

import click

from gridlens.core.config import Settings, read_settings
from gridlens.serving import refuse_taken_port, run_server

EMAIL = "demo@example.org"
BROWSER_DELAY_SECONDS = 2.0
UNFINISHED = ".installing"


def start_demo(*, port: int, data_dir: Path | None, opens_browser: bool) -> None:
    """Serve the demo until stopped; the first start installs it."""
    folder = data_dir or Settings().data_dir.with_name("gridlens-demo")
    settings = read_settings(port=port, data_dir=folder, demo=True, log_level="warning")
    refuse_taken_port(settings.host, settings.port)
    if folder.exists() and any(folder.iterdir()) and not (folder / UNFINISHED).exists():
        click.echo(f"Sign in as {EMAIL}; the password was printed at the first start. Lost it? Run")
        click.echo(f"  GRIDLENS_DATA_DIR={folder} gridlens users set-password {EMAIL}")
    else:
        _install(settings)
    click.echo("The one-time code of each sign-in is shown here.\n")
    if opens_browser:
        threading.Timer(BROWSER_DELAY_SECONDS, webbrowser.open, [settings.address]).start()
    run_server(settings, application="gridlens.demo.application:create_demo_app")


def _install(settings: Settings) -> None:
    """All of it, or nothing: a mark stands in the folder until the installation is whole."""
    from gridlens.demo.install import NO_ROOM, install_demo

    click.echo("Installing real energy data …")
    folder, password = settings.data_dir, secrets.token_urlsafe(12)
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    _clear(folder)
    (folder / UNFINISHED).touch()
    # In a process of its own: the server forks its workers, and the threads of the engines that write the
    # data do not survive a fork.
    child = get_context("spawn").Process(target=install_demo, args=(settings, EMAIL, password))
    try:
        child.start()
        child.join()
    finally:
        if child.exitcode != 0:
            child.kill()
            child.join()
            _clear(folder)
    if child.exitcode == NO_ROOM:
        raise click.ClickException(
            f"There is no room for the demo in {folder}. It takes about 40 MB; choose another folder with "
            "--data-dir."
        )
    if child.exitcode != 0:
        raise click.ClickException("The demo could not be installed, for the reason above. Nothing was kept.")
    (folder / UNFINISHED).unlink()
    click.echo(f"\n  Email     {EMAIL}\n  Password  {password}     (printed this once)\n")


def _clear(folder: Path) -> None:
    for entry in folder.iterdir():
        if entry.is_dir():
            shutil.rmtree(entry)
        else:
            entry.unlink()
