"""Settings: typed, read once, from ``GRIDLENS_*`` variables over an optional TOML file."""

import os
import tomllib
from collections.abc import Mapping
from ipaddress import ip_network
from pathlib import Path
from typing import Annotated, Any, Literal, get_args, get_origin

import msgspec
from msgspec import Meta

from gridlens.core.errors import GridlensError

PREFIX = "GRIDLENS_"
NETWORKS = frozenset({"private_networks", "trusted_proxies"})


class WrongSettings(GridlensError):
    """One or more settings cannot be used; the message names every one of them."""

    kind = "wrong-settings"
    title = "Settings are wrong"


def _default_data_dir() -> Path:
    base = os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share"
    return Path(base) / "gridlens"


class Settings(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Everything an operator can choose. The defaults run on an empty machine."""

    data_dir: Annotated[
        Path, Meta(description="Where everything is kept: database, keys, uploads, cache.")
    ] = msgspec.field(default_factory=_default_data_dir)
    database_url: Annotated[
        str,
        Meta(
            description="Metadata database, as an SQLAlchemy URL with an async driver "
            "(sqlite+aiosqlite, postgresql+asyncpg, mysql+asyncmy). Empty: SQLite in the data directory.",
            pattern=r"^$|^(sqlite\+aiosqlite|postgresql\+asyncpg|mysql\+asyncmy|mariadb\+asyncmy)://",
            examples=["postgresql+asyncpg://gridlens@localhost/gridlens"],
        ),
    ] = ""
    host: Annotated[str, Meta(description="Address to listen on.", min_length=1)] = "127.0.0.1"
    port: Annotated[int, Meta(description="Port to listen on.", ge=1, le=65535)] = 8470
    workers: Annotated[
        int,
        Meta(
            description="Server processes. A second one answers about 1.6 times as much out of the cache, "
            "takes about 80 MB and engine workers of its own, and without a shared store counts rate limits "
            "for itself.",
            ge=1,
            le=64,
        ),
    ] = 1
    public_url: Annotated[
        str,
        Meta(
            description="The address people type, used in links and mails. Empty: http://<host>:<port>.",
            pattern=r"^$|^https?://[^\s/]+(/.*)?$",
            examples=["https://gridlens.example.com"],
        ),
    ] = ""
    trusted_proxies: Annotated[
        tuple[str, ...],
        Meta(description="Addresses or networks of reverse proxies whose X-Forwarded-For is believed."),
    ] = ()
    log_format: Annotated[
        Literal["pretty", "json"], Meta(description="How log lines look: for people or for machines.")
    ] = "pretty"
    log_level: Annotated[
        Literal["debug", "info", "warning", "error"],
        Meta(description="The least severe line that is logged."),
    ] = "info"
    master_key_file: Annotated[
        str,
        Meta(
            description="File with the 32-byte master key in hexadecimal, readable by the owner alone. "
            "Empty: master.key in the data directory, made at first start."
        ),
    ] = ""
    max_body_bytes: Annotated[
        int, Meta(description="Largest request body, uploads apart, in bytes.", ge=1024)
    ] = 1_048_576
    max_upload_bytes: Annotated[int, Meta(description="Largest uploaded file, in bytes.", ge=1024)] = (
        2_147_483_648
    )
    storage_quota_bytes: Annotated[
        int, Meta(description="Room that uploads and imported tables of one organisation may take.", ge=1024)
    ] = 53_687_091_200
    rate_limit_url: Annotated[
        str,
        Meta(
            description="Where several processes share rate limits, such as redis://127.0.0.1:6379. "
            "Empty: each process counts for itself.",
            pattern=r"^$|^rediss?://",
            examples=["redis://127.0.0.1:6379"],
        ),
    ] = ""
    requests_per_minute: Annotated[
        int, Meta(description="Requests that one user or address may make in a minute.", ge=1)
    ] = 600
    private_networks: Annotated[
        tuple[str, ...],
        Meta(
            description="Private address ranges that data sources may be in, such as 10.0.0.0/8. "
            "Everything that is not public is refused otherwise."
        ),
    ] = ()
    file_roots: Annotated[
        tuple[str, ...],
        Meta(description="Folders whose SQLite and DuckDB files may be connected by path."),
    ] = ()
    query_seconds: Annotated[float, Meta(description="Longest a query may run, in seconds.", gt=0)] = 60.0
    export_seconds: Annotated[
        float, Meta(description="Longest that reading rows for a file may take, in seconds.", gt=0)
    ] = 1800.0
    export_hours: Annotated[
        float, Meta(description="Hours for which a finished export can be downloaded.", gt=0, le=720)
    ] = 24.0
    export_bytes: Annotated[
        int, Meta(description="Room that the exports of one organisation may take, in bytes.", ge=1024)
    ] = 21_474_836_480
    export_bytes_per_user: Annotated[
        int, Meta(description="Room that the exports of one user may take, in bytes.", ge=1024)
    ] = 5_368_709_120
    query_rows: Annotated[int, Meta(description="Most rows that one query returns to a page.", ge=1)] = 10_000
    chart_rows: Annotated[
        int,
        Meta(
            description="Most rows that are read for one chart or table. They stay on the server, which "
            "draws as many points as a screen shows and hands out tables page by page.",
            ge=1,
        ),
    ] = 2_000_000
    cache_bytes: Annotated[int, Meta(description="Disk that cached answers may take, in bytes.", ge=0)] = (
        536_870_912
    )
    cache_seconds: Annotated[float, Meta(description="Age up to which a cached answer is shown.", ge=0)] = (
        300.0
    )
    cache_stale_seconds: Annotated[
        float,
        Meta(description="How much longer a dashboard shows an old answer while a new one is read.", ge=0),
    ] = 86_400.0
    warm_dashboards: Annotated[
        bool,
        Meta(
            description="Dashboards are drawn shortly before people usually open them. The server remembers "
            "for five weeks in which hours of the week each person opened each dashboard."
        ),
    ] = True
    engine_workers: Annotated[
        int,
        Meta(
            description="Processes that run queries on files. One user holds at most all but one.",
            ge=1,
            le=64,
        ),
    ] = 3
    queries_per_user: Annotated[
        int, Meta(description="Queries of one user that run at the same time.", ge=1)
    ] = 2
    queries_waiting: Annotated[
        int, Meta(description="Further queries of one user that wait for their turn.", ge=0)
    ] = 10
    queries_per_source: Annotated[
        int, Meta(description="Queries that run on one data source at the same time.", ge=1)
    ] = 8
    background_after_seconds: Annotated[
        float,
        Meta(
            description="A query in the browser that takes longer than this goes on in the background, "
            "and its asker is told when it is done.",
            gt=0,
        ),
    ] = 20.0
    background_query_seconds: Annotated[
        float, Meta(description="Longest a query may run that goes on in the background, in seconds.", gt=0)
    ] = 300.0
    smtp_host: Annotated[str, Meta(description="Mail server. Empty: no mail is sent.")] = ""
    smtp_port: Annotated[int, Meta(description="Port of the mail server.", ge=1, le=65535)] = 587
    smtp_user: Annotated[str, Meta(description="User name at the mail server.")] = ""
    smtp_password: Annotated[str, Meta(description="Password at the mail server.")] = ""
    smtp_security: Annotated[
        Literal["starttls", "tls", "none"],
        Meta(description="How the connection to the mail server is secured."),
    ] = "starttls"
    smtp_seconds: Annotated[
        float, Meta(description="Longest wait for an answer of the mail server, in seconds.", gt=0)
    ] = 30.0
    mail_from: Annotated[
        str,
        Meta(
            description="Sender of every mail.",
            pattern=r"^[^\r\n]+$",
            examples=["Gridlens <gridlens@localhost>"],
        ),
    ] = "Gridlens <gridlens@localhost>"
    mail_outside: Annotated[
        bool, Meta(description="Reports may be mailed to addresses that belong to no user.")
    ] = True
    chromium_path: Annotated[
        str, Meta(description="Chromium that draws charts for mails. Empty: the one found on the machine.")
    ] = ""
    demo: Annotated[bool, Meta(description="Demo mode: local mailbox, sample data.")] = False

    @property
    def database(self) -> str:
        return self.database_url or f"sqlite+aiosqlite:///{self.data_dir / 'gridlens.db'}"

    @property
    def address(self) -> str:
        """The public URL without a trailing slash."""
        return self.public_url.rstrip("/") or f"http://{self.host}:{self.port}"

    @property
    def sends_mail(self) -> bool:
        """The demo has a mail server of its own."""
        return self.demo or bool(self.smtp_host)

    @property
    def master_key(self) -> Path:
        return Path(self.master_key_file) if self.master_key_file else self.data_dir / "master.key"


def read_settings(environment: Mapping[str, str] | None = None, **chosen: object) -> Settings:
    """Settings from, in falling order of say: ``chosen``, the environment, the TOML file.

    The file is the one named by ``GRIDLENS_CONFIG``, else ``gridlens.toml`` in the working folder
    where there is one.

    Raises:
        WrongSettings: naming every value that cannot be used, not only the first.
    """
    environment = os.environ if environment is None else environment
    wrong: dict[str, str] = {}
    values = _from_file(environment, wrong)
    known = {field.name: field.type for field in msgspec.structs.fields(Settings)}
    for name, text in environment.items():
        key = name.removeprefix(PREFIX).lower()
        if name.startswith(PREFIX) and key in known:
            values[key] = _split(text) if get_origin(_bare(known[key])) is tuple else text
    values.update({key: value for key, value in chosen.items() if value is not None})
    good: dict[str, Any] = {}
    for key, value in values.items():
        if key not in known:
            wrong[key] = "there is no such setting"
            continue
        try:
            good[key] = msgspec.convert(value, known[key], strict=False, dec_hook=_decode)
        except msgspec.ValidationError:
            wrong[key] = _wanted(known[key])
            continue
        if key in NETWORKS and (reason := _no_network(good[key], is_strict=key == "private_networks")):
            wrong[key] = reason
    if wrong:
        named = "; ".join(f"{PREFIX}{key.upper()}: {reason}" for key, reason in sorted(wrong.items()))
        raise WrongSettings(f"Correct these settings and start again. {named}", fields=wrong)
    return Settings(**good)


def unknown_variables(environment: Mapping[str, str]) -> list[str]:
    """Variables that look like settings and are none: typing errors, most often."""
    known = {PREFIX + field.name.upper() for field in msgspec.structs.fields(Settings)}
    known |= {PREFIX + "CONFIG", PREFIX + "SKIP_WEB"}
    return sorted(
        name
        for name in environment
        if name.startswith(PREFIX) and name not in known and not name.startswith(PREFIX + "TEST_")
    )


def _from_file(environment: Mapping[str, str], wrong: dict[str, str]) -> dict[str, Any]:
    named = environment.get(PREFIX + "CONFIG")
    path = Path(named or "gridlens.toml")
    if not path.exists():
        if named:
            wrong["config"] = f"{path} does not exist"
        return {}
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        wrong["config"] = f"{path}: {error}"
        return {}


def _wanted(annotated: Any) -> str:
    """What a setting takes. What was written is not repeated: it may be a password, or hold one."""
    kind = _bare(annotated)
    meta = next((each for each in get_args(annotated)[1:] if isinstance(each, Meta)), Meta())
    if get_origin(kind) is Literal:
        return "choose " + " or ".join(get_args(kind))
    if kind is bool:
        return "write true or false"
    if get_origin(kind) is tuple:
        return "write a list of texts"
    if kind in (int, float):
        bounds = (("more than", meta.gt), ("at least", meta.ge), ("at most", meta.le))
        said = " and ".join(f"{word} {bound:g}" for word, bound in bounds if bound is not None)
        return f"write a {'whole ' if kind is int else ''}number{', ' + said if said else ''}"
    if meta.examples:
        return f"write it like {meta.examples[0]}"
    return "write a text that is not empty" if meta.min_length else "write a text"


def _no_network(texts: tuple[str, ...], *, is_strict: bool) -> str | None:
    """What is wrong with the first that is no range of addresses."""
    for text in texts:
        try:
            ip_network(text, strict=is_strict)
        except ValueError as error:
            return f"{error}; write ranges like 10.0.0.0/8, separated by commas"
    return None


def _bare(annotated: Any) -> Any:
    return get_args(annotated)[0] if get_origin(annotated) is Annotated else annotated


def _split(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(",") if part.strip())


def _decode(kind: type, value: object) -> object:
    if kind is Path:
        return Path(str(value)).expanduser()
    raise NotImplementedError(kind)
