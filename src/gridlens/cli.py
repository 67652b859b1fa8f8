"""The command line: every failure is one clear line and a non-zero exit."""

import asyncio
import os
import sys
from collections.abc import Callable, Coroutine
from datetime import datetime
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

import click

from gridlens import __version__
from gridlens.core.config import PREFIX, Settings, WrongSettings, read_settings
from gridlens.core.disk import DiskFull, is_disk_full
from gridlens.core.errors import GridlensError

if TYPE_CHECKING:
    from gridlens.core.module import Core

    CoreStep = Callable[[Core], Coroutine[Any, Any, None]]


class OneLineErrors(click.Group):
    """Shows what a person can mend as one line; anything else keeps its traceback."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except WrongSettings as error:
            for name, reason in sorted(error.fields.items()):
                click.echo(f"gridlens: {PREFIX}{name.upper()}: {reason}", err=True)
            sys.exit(2)
        except GridlensError as error:
            raise click.ClickException(error.detail) from error
        except click.ClickException:
            raise
        except Exception as error:
            if os.environ.get(f"{PREFIX}LOG_LEVEL") == "debug":
                raise
            if is_disk_full(error):
                raise click.ClickException(DiskFull().detail) from error
            if isinstance(error, OSError) and error.filename:
                raise click.ClickException(
                    f"{error.filename} cannot be used: {error.strerror}. `gridlens doctor` looks closer."
                ) from error
            if isinstance(error, OSError | ValueError):
                raise click.ClickException(str(error)) from error
            raise


@click.group(cls=OneLineErrors, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="gridlens")
def main() -> None:
    """Gridlens: connect energy data, ask in plain words, chart, share, report.

    Settings come from GRIDLENS_* variables or a gridlens.toml; `gridlens doctor` tells what works here.
    """


def with_core(
    function: Callable[..., Coroutine[Any, Any, None]],
) -> Callable[..., None]:
    """Give a command a core on a migrated database, and close it afterwards."""

    @wraps(function)
    def command(*args: Any, **kwargs: Any) -> None:
        async def run() -> None:
            from gridlens.core.logging import configure_logging
            from gridlens.core.migrating import upgrade
            from gridlens.core.module import make_core

            settings = read_settings(log_level=os.environ.get(f"{PREFIX}LOG_LEVEL", "warning"))
            configure_logging(settings)
            core = make_core(settings)
            try:
                await upgrade(core.database)
                await function(core, *args, **kwargs)
            finally:
                await core.database.close()

        asyncio.run(run())

    return command


@main.command()
@click.option("--host", help="Address to listen on; 127.0.0.1 unless set.")
@click.option("--port", type=int, help="Port to listen on; 8470 unless set.")
@click.option("--workers", type=int, help="Server processes; one unless set.")
@click.option(
    "--data-dir",
    type=click.Path(path_type=Path),
    help="Where everything is kept; ~/.local/share/gridlens unless set.",
)
def serve(host: str | None, port: int | None, workers: int | None, data_dir: Path | None) -> None:
    """Start Gridlens.

    Migrates the database first. On a fresh installation it prints a one-time link that makes the
    first account.
    """
    from gridlens.serving import run_server

    run_server(read_settings(host=host, port=port, workers=workers, data_dir=data_dir))


@main.command()
@click.option("--port", type=int, default=8470, show_default=True, help="Port to listen on.")
@click.option(
    "--data-dir",
    type=click.Path(path_type=Path),
    help="Where the demo is kept; a folder of its own by default.",
)
@click.option("--no-browser", is_flag=True, help="Do not open the browser.")
def demo(port: int, data_dir: Path | None, no_browser: bool) -> None:
    """Start Gridlens with real energy data, three dashboards and an account.

    Needs nothing else: mail goes to a mailbox page inside the demo.
    """
    from gridlens.demo.start import start_demo

    start_demo(port=port, data_dir=data_dir, opens_browser=not no_browser)


@main.command()
def doctor() -> None:
    """Say what works here, what is missing and how to get it."""
    from gridlens.doctor import examine

    findings = asyncio.run(examine(read_settings()))
    for finding in findings:
        click.echo(f"{'✓' if finding.works else '✗'} {finding.part}: {finding.detail}")
        if finding.remedy:
            click.echo(f"    {finding.remedy}")
    if any(finding.is_needed and not finding.works for finding in findings):
        sys.exit(1)


@main.command()
@click.argument("sql", required=False)
@click.option(
    "--source",
    required=True,
    help="A source's name, or a URL: duckdb:///path, sqlite:///path, "
    "postgresql://user:password@host/database, mysql://…",
)
@click.option("--check", is_flag=True, help="Stop after the guard: say whether it may run.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", "csv", "json", "parquet", "arrow"]),
    default="table",
    show_default=True,
)
@click.option("--limit", type=click.IntRange(min=1), help="Most rows of an answer; as in the app by default.")
@click.option(
    "--queries",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="JSON lines with id and sql, answered in one run.",
)
@click.option(
    "--out",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Where answers go; for --queries JSON lines with id, allowed, reason, columns, rows.",
)
@click.option("--zone", default="UTC", show_default=True, help="Time zone of a source given by URL.")
@click.option("--as", "email", help="Account to read as; the oldest administrator's by default.")
def query(
    sql: str | None,
    source: str,
    check: bool,
    form: str,
    limit: int | None,
    queries: Path | None,
    out: Path | None,
    zone: str,
    email: str | None,
) -> None:
    """Run one read-only statement, or a file of them, through the guard and the limits of the server."""
    from gridlens.querying.command import Order, run

    settings = _quiet_settings()
    order = Order(
        source=source,
        sql=sql,
        queries=queries,
        out=out,
        form=form,
        row_limit=limit,
        zone=zone,
        email=email,
        stops_after_guard=check,
    )
    click.echo(asyncio.run(run(settings, order)), err=True)


@main.command()
@click.argument("question", required=False)
@click.option("--source", required=True, help="A source's name, or a URL as for `gridlens query`.")
@click.option("--today", type=click.DateTime(["%Y-%m-%d"]), help="The day that relative dates count from.")
@click.option("--json", "as_json", is_flag=True, help="The whole answer: plan, alternatives, confidence.")
@click.option(
    "--questions",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="JSON lines with id and question, answered in one run.",
)
@click.option(
    "--out", type=click.Path(dir_okay=False, path_type=Path), help="Where the answers to --questions go."
)
@click.option("--semantic", type=click.File(encoding="utf-8"), help="Terms (YAML) of a source given by URL.")
@click.option("--zone", default="UTC", show_default=True, help="Time zone of a source given by URL.")
@click.option("--as", "email", help="Account to read as; the oldest administrator's by default.")
def ask(
    question: str | None,
    source: str,
    today: datetime | None,
    as_json: bool,
    questions: Path | None,
    out: Path | None,
    semantic: TextIO | None,
    zone: str,
    email: str | None,
) -> None:
    """Turn a question in plain words, or a file of them, into SQL, and say how it was understood."""
    import msgspec

    from gridlens.querying.asking import Asked, answers, lines_of

    if (question is None) == (questions is None):
        raise click.UsageError("Give either one question in quotes or --questions FILE.jsonl.")
    if questions is not None and out is None:
        raise click.UsageError("Say with --out FILE.jsonl where the answers go.")
    asked = lines_of(questions) if questions is not None else [Asked(question=question or "")]
    day = today.date() if today is not None else None
    terms = semantic.read() if semantic is not None else None
    settings = _quiet_settings()
    found = asyncio.run(answers(settings, source, asked, today=day, zone=zone, email=email, terms=terms))
    if out is not None:
        out.write_bytes(b"".join(msgspec.json.encode(each) + b"\n" for each in found))
        answered = sum(each.answered for each in found)
        click.echo(f"{answered} of {len(found)} questions answered. The answers are in {out}.", err=True)
        return
    answer = found[0]
    if as_json:
        click.echo(msgspec.json.format(msgspec.json.encode(answer), indent=2).decode())
    elif answer.sql is None:
        raise click.ClickException(answer.reason or "This could mean several things. Say more.")
    else:
        click.echo(answer.sql)
        click.echo(f"{answer.explanation} (confidence {answer.confidence:.0%})", err=True)


@main.command()
def openapi() -> None:
    """Print the OpenAPI document of the HTTP interface."""
    import tempfile

    from litestar.serialization import encode_json

    from gridlens.app import create_app

    with tempfile.TemporaryDirectory() as folder:
        app = create_app(Settings(data_dir=Path(folder), log_level="error"))
        click.echo(encode_json(app.openapi_schema.to_schema()))


@main.group()
def users() -> None:
    """Look after accounts, with the rights of whoever owns the machine."""


@users.command("list")
@with_core
async def users_list(core: "Core") -> None:
    """List accounts with their role and whether they can be used."""
    from gridlens import auth

    for user in await auth.list_users(core):
        click.echo(f"{user.email}  {user.role}  {user.state}  {user.name}")


@users.command("create")
@click.argument("email")
@click.option("--name", required=True, help="As others see it.")
@click.option(
    "--role", type=click.Choice(["admin", "analyst", "viewer"]), default="viewer", show_default=True
)
@with_core
async def users_create(core: "Core", email: str, name: str, role: str) -> None:
    """Make an account for EMAIL and print the link on which its owner chooses a password."""
    from gridlens import auth
    from gridlens.shared.permissions import Role

    principal, link = await auth.create_user(core, email=email, name=name, role=Role(role))
    click.echo(f"{principal.email} is {principal.role}. Hand over this link; it works once:\n\n  {link}")


@users.command("set-password")
@click.argument("email")
@click.password_option(help="Asked for when it is not given.")
@with_core
async def users_set_password(core: "Core", email: str, password: str) -> None:
    """Give EMAIL a new password; its sessions and trusted devices end."""
    from gridlens import auth

    await auth.set_password(core, email, password)
    click.echo(f"{email} has a new password.")


@users.command("reset-factors")
@click.argument("email")
@with_core
async def users_reset_factors(core: "Core", email: str) -> None:
    """Remove EMAIL's one-time-code factors and print the link on which they are set up again."""
    from gridlens import auth

    click.echo(f"Hand over this link; it works once:\n\n  {await auth.reset_factors(core, email)}")


@users.command("lock")
@click.argument("email")
@with_core
async def users_lock(core: "Core", email: str) -> None:
    """Keep EMAIL out and end its sessions."""
    from gridlens import auth

    await auth.lock_user(core, email)
    click.echo(f"{email} is locked.")


@users.command("unlock")
@click.argument("email")
@with_core
async def users_unlock(core: "Core", email: str) -> None:
    """Let EMAIL in again."""
    from gridlens import auth

    await auth.unlock_user(core, email)
    click.echo(f"{email} may sign in again.")


@main.group()
def semantic() -> None:
    """Terms of a source as a YAML file: synonyms, units, metrics, joins, verified questions."""


AS = click.option("--as", "email", help="Account to work as; the oldest administrator's by default.")
FILE = click.argument("file", type=click.File(encoding="utf-8"))


@semantic.command("export")
@click.argument("source")
@click.option("--out", type=click.File("w", encoding="utf-8"), default="-", help="Where it goes.")
@click.option("--proposed", is_flag=True, help="What the catalog suggests, whatever is agreed.")
@AS
def semantic_export(source: str, out: TextIO, proposed: bool, email: str | None) -> None:
    """Write the terms of SOURCE (its name, id or a URL); where nothing is agreed, a proposal."""
    from gridlens.querying.terms import exported

    out.write(asyncio.run(exported(_quiet_settings(), source, email, is_proposal=proposed)))


@semantic.command("import")
@click.argument("source")
@FILE
@AS
def semantic_import(source: str, file: TextIO, email: str | None) -> None:
    """Replace the terms of SOURCE by FILE (- for what is piped in). A wrong file changes nothing."""
    from gridlens.querying.terms import imported

    version = asyncio.run(imported(_quiet_settings(), source, file.read(), email))
    click.echo(f"The terms of {source} are at version {version}.")


@semantic.command("check")
@click.argument("source")
@FILE
@AS
def semantic_check(source: str, file: TextIO, email: str | None) -> None:
    """Say what in FILE does not fit SOURCE, with its line; nothing is kept."""
    from gridlens.querying.terms import mistakes

    found = asyncio.run(mistakes(_quiet_settings(), source, file.read(), email))
    for each in found:
        click.echo(f"{file.name}:{each}")
    if found:
        sys.exit(1)
    click.echo("The file fits.", err=True)


def _quiet_settings() -> Settings:
    from gridlens.core.logging import configure_logging

    settings = read_settings(log_level=os.environ.get(f"{PREFIX}LOG_LEVEL", "error"))
    configure_logging(settings)
    return settings


@main.group()
def db() -> None:
    """Look after the metadata database."""


@db.command("upgrade")
@click.argument("revision", default="head")
def db_upgrade(revision: str) -> None:
    """Bring the database to this release (or to REVISION)."""
    from gridlens.core.migrating import upgrade

    _migrate(lambda core: upgrade(core.database, revision))
    click.echo(f"The database is at {revision}.")


@db.command("downgrade")
@click.argument("revision")
@click.confirmation_option(prompt="Going back drops what newer tables hold. Go on?")
def db_downgrade(revision: str) -> None:
    """Take the database back to REVISION (base removes everything)."""
    from gridlens.core.migrating import downgrade

    _migrate(lambda core: downgrade(core.database, revision))
    click.echo(f"The database is at {revision}.")


@db.command("revision")
@click.argument("message")
def db_revision(message: str) -> None:
    """Write a new migration from what the models say (for developers, on PostgreSQL)."""
    from gridlens.core.migrating import revision

    _migrate(lambda core: revision(core.database, message))


@db.command("check")
def db_check() -> None:
    """Fail when the models say something that no migration does."""
    from gridlens.core.migrating import check

    _migrate(lambda core: check(core.database))
    click.echo("The models and the migrations agree.")


def _migrate(step: "CoreStep") -> None:
    from gridlens.core.logging import configure_logging
    from gridlens.core.module import make_core

    async def run() -> None:
        settings = read_settings()
        configure_logging(settings)
        core = make_core(settings)
        try:
            await step(core)
        finally:
            await core.database.close()

    asyncio.run(run())
