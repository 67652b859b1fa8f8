"""What errors of MySQL and MariaDB mean to the person who connects or asks."""

import re
import ssl
from collections.abc import Iterable

from gridlens.core.errors import GridlensError
from gridlens.data_sources.connections import MysqlSettings
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

ACCESS_DENIED = {1045, 1698, 1251}
DATABASE_DENIED = {1044, 1142, 1143, 1227, 1370}
UNKNOWN_DATABASE = 1049
UNKNOWN_TABLE = {1146, 1051, 1356}
READ_ONLY = {1792, 1290, 1836}
TIMED_OUT = {1969, 3024, 1205}
KILLED = {1317, 1927}
TOO_HEAVY = {1038, 1041, 1037, 1114, 1104, 1021, 1153}
LOST = {1053, 1077, 2006, 2013, 2014, 2055, 1080, 1152, 1158, 1159, 1160, 1161}
CUT = {
    1931: "The database gave up a WITH RECURSIVE at its limit of steps, so that rows are missing. Let it "
    "make fewer steps, and see that it comes to an end.",
    1260: "A GROUP_CONCAT came out longer than the database may return, so that its end is missing. Put less "
    "into a group, or ask for the rows themselves.",
}
"""Warnings of an answer that is not whole, which would pass for one that is."""
NO_TLS = "WRONG_VERSION_NUMBER"
"""What the TLS library says of a server that goes on in plain text."""


def connecting_error(error: Exception, settings: MysqlSettings) -> GridlensError:
    where = f"“{settings.host}”, port {settings.port}"
    cause = error.__cause__ if isinstance(error.__cause__, OSError) else error
    if isinstance(cause, ssl.SSLError) and cause.reason != NO_TLS:
        return tls_error(cause, settings.host)
    if isinstance(cause, ConnectionRefusedError):
        return SourceUnreachable(
            f"Nothing listens at {where}. Check the port, and that the database runs.",
            fields={"port": "nothing listens there"},
        )
    if isinstance(cause, TimeoutError):
        return SourceUnreachable(
            f"{where} did not answer in time. Check host and port, and that no firewall is between.",
            fields={"host": "no answer", "port": "no answer"},
        )
    code, text = _parts(error)
    if code in ACCESS_DENIED:
        return SignInRefused(
            f"{where} does not accept “{settings.user}” with this password. Check user and password, and "
            "that the user may connect from this machine.",
            fields={"user": "not accepted", "password": "not accepted"},
        )
    if code == UNKNOWN_DATABASE:
        return SignInRefused(
            f"There is no database “{settings.database}” at {where}. Check its spelling.",
            fields={"database": "does not exist"},
        )
    if code in DATABASE_DENIED:
        return SignInRefused(
            f"“{settings.user}” may not use the database “{settings.database}” at {where}. Have it granted.",
            fields={"database": "not permitted"},
        )
    if isinstance(cause, ssl.SSLError):
        return TlsFailed(
            f"{where} does not offer encryption. Have it switched on there, or choose “off” to connect "
            "without.",
            fields={"tls": "not offered"},
        )
    return SourceUnreachable(f"{where} cannot be reached: {text}. Check host and port, or try again.")


def query_error(error: Exception, seconds: float) -> GridlensError:
    code, text = _parts(error)
    text = without_rules(text)
    if code in UNKNOWN_TABLE:
        return TableGone(f"{text}. The source may have changed: refresh it, or correct the query.")
    if code in READ_ONLY:
        return WriteRefused(f"This query was not run, because it does more than read: {text}.")
    if code in TIMED_OUT:
        return QueryTimedOut(seconds)
    if code in KILLED:
        return QueryStopped()
    if code in TOO_HEAVY:
        return QueryTooHeavy()
    if code in DATABASE_DENIED:
        return NotPermitted(f"{text}. Ask who runs the database to grant reading it.")
    if code in LOST or code is None:
        return SourceUnreachable(f"The database went away: {text}. Try again in a moment.")
    line = re.search(r" at line (\d+)$", text)
    return QueryFailed(
        f"{text}. Correct the query and run it again.", extra={"line": int(line[1])} if line else None
    )


def cut_error(warnings: Iterable[int]) -> GridlensError | None:
    """What to tell of an answer with these warnings, when the server left something out of it."""
    return next((QueryFailed(CUT[code]) for code in warnings if code in CUT), None)


def _parts(error: Exception) -> tuple[int | None, str]:
    if len(error.args) >= 2 and isinstance(error.args[0], int):
        return error.args[0], str(error.args[1]).strip().rstrip(".")
    return None, str(error).strip().rstrip(".")
