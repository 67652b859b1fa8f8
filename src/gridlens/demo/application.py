"""The demo's application, as each of its workers makes it."""

import click
from litestar import Litestar

from gridlens.app import create_app
from gridlens.core.config import read_settings
from gridlens.core.module import make_core
from gridlens.shared.notifications import MailRequested


def create_demo_app() -> Litestar:
    """The application as anywhere else, that also shows on the console what it mails."""
    core = make_core(read_settings())
    app = create_app(core=core)

    @core.bus.on(MailRequested)
    async def show(mail: MailRequested) -> None:
        click.echo(f"Mail to {mail.to}: {mail.subject}")

    return app
