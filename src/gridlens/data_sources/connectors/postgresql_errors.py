"""What PostgreSQL's errors mean to the person who connects or asks."""

import ssl

import asyncpg

from gridlens.core.errors import GridlensError
from gridlens.data_sources.connections import PostgresqlSettings
from gridlens.data_sources.connectors.tls import tls_error
from gridlens.data_sources.errors import (
    NotPermitted,
    QueryFailed,
    QueryStopped,
    QueryTimedOut,
    QueryTooHeavy,
    SignInRefused,
    SourceUnreachable,
    TableGone,
    TlsFailed,
    WriteRefused,
)
from gridlens.shared.access import without_rules


def connecting_error(error: Exception, settings: PostgresqlSettings) -> GridlensError:
    where = f"“{settings.host}”, port {settings.port}"
    if isinstance(error, ssl.SSLError):
        return tls_error(error, settings.host)
    if isinstance(error, asyncpg.InvalidPasswordError):
        return SignInRefused(
            f"{where} does not accept this password for “{settings.user}”. Check user and password.",
            fields={"user": "not accepted", "password": "not accepted"},
        )
    if isinstance(error, asyncpg.InvalidCatalogNameError):
        return SignInRefused(
            f"There is no database “{settings.database}” at {where}. Check its spelling.",
            fields={"database": "does not exist"},
        )
    if isinstance(error, asyncpg.InvalidAuthorizationSpecificationError):
        return SignInRefused(
            f"{where} does not let “{settings.user}” in: {error}. Check the user, and that the server "
            "allows it to connect from this machine.",
            fields={"user": str(error)},
        )
    if isinstance(error, asyncpg.TooManyConnectionsError):
        return SourceUnreachable(f"{where} has no connection left: {error}. Try again in a moment.")
    if isinstance(error, asyncpg.PostgresError | asyncpg.InterfaceError):
        return SourceUnreachable(f"{where} answered: {error}. Try again, or ask who runs the database.")
    if isinstance(error, TimeoutError):
        return SourceUnreachable(
            f"{where} did not answer in time. Check host and port, and that no firewall is between.",
            fields={"host": "no answer", "port": "no answer"},
        )
    if isinstance(error, ConnectionRefusedError):
        return SourceUnreachable(
            f"Nothing listens at {where}. Check the port, and that the database runs.",
            fields={"port": "nothing listens there"},
        )
    if "SSL upgrade" in str(error):
        return TlsFailed(
            f"{where} does not offer encryption. Have it switched on there, or choose “off” to connect "
            "without.",
            fields={"tls": "not offered"},
        )
    return SourceUnreachable(f"{where} cannot be reached: {error}. Check host and port.")


def query_error(error: Exception, seconds: float, sql: str = "") -> GridlensError:
    text = without_rules(str(error))
    match error:
        case asyncpg.QueryCanceledError():
            return QueryTimedOut(seconds) if "statement timeout" in text else QueryStopped()
        case asyncpg.UndefinedTableError():
            return TableGone(
                f"{_sentence(text)} The source may have changed: refresh it, or correct the query."
            )
        case asyncpg.ReadOnlySQLTransactionError():
            return WriteRefused(f"This query was not run, because it does more than read: {text}.")
        case asyncpg.InsufficientPrivilegeError():
            return NotPermitted(f"{_sentence(text)} Ask who runs the database to grant reading it.")
        case asyncpg.LockNotAvailableError():
            return QueryFailed("The table is locked by another program. Try again in a moment.")
        case asyncpg.OutOfMemoryError() | asyncpg.DiskFullError() | asyncpg.ProgramLimitExceededError():
            return QueryTooHeavy()
        case (
            asyncpg.PostgresConnectionError() | asyncpg.OperatorInterventionError() | asyncpg.InterfaceError()
        ):
            return SourceUnreachable(f"The database went away: {text}. Try again in a moment.")
        case asyncpg.PostgresSyntaxError() if "multiple commands" in text:
            return WriteRefused(
                "This query was not run, because it is more than one statement. Run one at a time."
            )
        case asyncpg.PostgresError():
            hint = f" {_sentence(error.hint)}" if getattr(error, "hint", None) else ""
            return QueryFailed(
                f"{_sentence(text)}{hint} Correct the query and run it again.", extra=line_of(error, sql)
            )
    return SourceUnreachable(f"The database went away: {text}. Try again in a moment.")


def line_of(error: Exception, sql: str) -> dict[str, object]:
    """The line of the query that the error is about, counted from 1, where the server names it."""
    position = getattr(error, "position", None)
    if not position or not sql:
        return {}
    return {"line": sql.count("\n", 0, int(position) - 1) + 1}


def _sentence(text: str) -> str:
    first = text.splitlines()[0].strip()
    return (first[:1].upper() + first[1:]).rstrip(".") + "."
