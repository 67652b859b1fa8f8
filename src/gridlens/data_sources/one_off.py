"""A source named by a URL for one run of the command line: read like any other, and kept nowhere."""

import getpass
from collections.abc import Mapping
from contextlib import suppress
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit
from uuid import UUID

import msgspec

from gridlens.core.config import Settings as CoreSettings
from gridlens.core.errors import Invalid
from gridlens.core.events import Bus
from gridlens.core.models import utc_now
from gridlens.core.security.vault import Vault
from gridlens.data_sources.connections import (
    DIALECTS,
    DuckdbSettings,
    MysqlSettings,
    PostgresqlSettings,
    ServerSettings,
    Settings,
    SqliteSettings,
    kind_of,
)
from gridlens.data_sources.connectors import Statement
from gridlens.data_sources.engines import Engines
from gridlens.data_sources.profiles.statistics import Profiler
from gridlens.data_sources.services.sources import check_zone
from gridlens.shared.catalog import Catalog
from gridlens.shared.data_sources import (
    DescribeSource,
    FetchedRows,
    FetchRows,
    SourceDescription,
    StopFetch,
)

ONE_OFF = UUID(int=0)
FORMS = "duckdb:///path, sqlite:///path, postgresql://user:password@host/database or mysql://…"
FILES: Mapping[str, type[SqliteSettings] | type[DuckdbSettings]] = {
    "duckdb": DuckdbSettings,
    "sqlite": SqliteSettings,
}
SERVERS: Mapping[str, type[PostgresqlSettings] | type[MysqlSettings]] = {
    "postgresql": PostgresqlSettings,
    "postgres": PostgresqlSettings,
    "mysql": MysqlSettings,
    "mariadb": MysqlSettings,
}
TLS = {
    "disable": "off",
    "off": "off",
    "require": "require",
    "verify": "verify",
    "verify-ca": "verify",
    "verify-full": "verify",
}
"""What ``?sslmode=`` may say. Left out: verified, but on this machine itself without encryption."""
EVERYWHERE = ("0.0.0.0/0", "::/0")
PROFILE_SECONDS = 30.0
"""So long whoever waits at the command line waits for profiles; later tables go without."""


def connection_of(url: str) -> tuple[Settings, str]:
    """The connection a URL names, and its password."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise Invalid(f"The URL of the source cannot be read: {error}. Write it like {FORMS}.") from error
    scheme = parts.scheme.partition("+")[0]
    if scheme in FILES:
        return FILES[scheme](path=str(_file(unquote(parts.path)))), ""
    if scheme not in SERVERS:
        raise Invalid(f"There is no kind of source “{scheme}”. Write the URL like {FORMS}.")
    host = parts.hostname or "localhost"
    form: dict[str, object] = {
        "kind": "postgresql" if SERVERS[scheme] is PostgresqlSettings else "mysql",
        "host": host,
        "user": unquote(parts.username or getpass.getuser()),
        "database": unquote(parts.path.strip("/")),
        "tls": _tls(parse_qs(parts.query).get("sslmode", [""])[-1], host),
    }
    if port is not None:
        form["port"] = port
    try:
        settings: Settings = msgspec.convert(form, type=ServerSettings)
    except msgspec.ValidationError as error:
        raise Invalid(f"The URL of the source is not complete: {error}. Write it like {FORMS}.") from error
    return settings, unquote(parts.password or "")


def _file(path: str) -> Path:
    """``duckdb:///path`` from the root, or from the working folder where there is no such file."""
    absolute = Path("/" + path.lstrip("/"))
    chosen = absolute if absolute.is_file() else Path(path.lstrip("/"))
    if not chosen.is_file():
        raise Invalid(f"There is no file {absolute}. Check the path in the URL of the source.")
    return chosen.resolve()


def _tls(mode: str, host: str) -> str:
    if not mode:
        return "off" if _is_this_machine(host) else "verify"
    if mode not in TLS:
        raise Invalid(f"sslmode={mode} is not known. Write one of {', '.join(TLS)}.")
    return TLS[mode]


def _is_this_machine(host: str) -> bool:
    if host == "localhost":
        return True
    with suppress(ValueError):
        return ip_address(host).is_loopback
    return False


class OneOffSource:
    """``private_dir`` is an empty folder that its caller removes."""

    def __init__(self, core: CoreSettings, url: str, zone: str, private_dir: Path) -> None:
        check_zone(zone)
        settings, password = connection_of(url)
        roots: tuple[str, ...] = ()
        if isinstance(settings, DuckdbSettings | SqliteSettings) and settings.path:
            roots = (str(Path(settings.path).parent),)
        # Whoever types the address into the console of the machine may reach it anyway.
        core = msgspec.structs.replace(
            core, data_dir=private_dir, file_roots=roots, private_networks=EVERYWHERE
        )
        self._engines = Engines(core, Vault({}, b""))  # without a key, because nothing is sealed
        self._connector = self._engines.build(settings, password, zone)
        self._kind = kind_of(settings)
        self._dialect = DIALECTS[self._kind]
        self._database = getattr(settings, "database", None)
        self._name = urlsplit(url).path.rpartition("/")[2] or "source"
        self._zone = zone

    async def describe(self, *, with_profiles: bool = False) -> SourceDescription:
        """The source with its catalog as it is now; profiles take a look at the rows of every table."""
        tables = await self._connector.read_catalog()
        if with_profiles:
            profiler = Profiler(self._connector, self._kind, PROFILE_SECONDS)
            tables, _ = await profiler.profile_all(tables, lambda _done, _of: None)
        return SourceDescription(
            source_id=ONE_OFF,
            name=self._name,
            dialect=self._dialect,
            zone=self._zone,
            database=self._database,
            catalog=Catalog(tables=tables, version=1, read_at=utc_now()),
        )

    def answer_on(self, bus: Bus, description: SourceDescription) -> None:
        """Stand in for the sources of an installation."""

        @bus.answers(DescribeSource)
        async def describe_source(_ask: DescribeSource) -> SourceDescription:
            return description

        @bus.answers(FetchRows)
        async def fetch_rows(ask: FetchRows) -> FetchedRows:
            return await self._connector.fetch(
                Statement(sql=ask.sql, row_limit=ask.row_limit, deadline_seconds=ask.deadline_seconds)
            )

        @bus.answers(StopFetch)
        async def stop_fetch(_ask: StopFetch) -> bool:
            return False  # the command ends by cancelling, which ends the query at its server

    async def close(self) -> None:
        await self._connector.close()
        await self._engines.close()
