"""TLS to real servers with throw-away certificates: names are checked, and encryption is not optional."""

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
import trustme
from tests.conftest import missing

from gridlens.data_sources.connections import MysqlSettings, PostgresqlSettings
from gridlens.data_sources.connectors import Statement
from gridlens.data_sources.connectors.mysql import MysqlConnector
from gridlens.data_sources.connectors.postgresql import PostgresqlConnector
from gridlens.data_sources.errors import QueryTimedOut, TlsFailed

pytestmark = pytest.mark.anyio

PASSWORD = "only for this test"


def _program(name: str) -> str:
    """Where Debian keeps server programs, which are not in everybody's path."""
    places = [*Path("/usr/lib/postgresql").glob("*/bin"), Path("/usr/sbin"), Path("/usr/local/sbin")]
    path = os.pathsep.join([os.environ.get("PATH", ""), *map(str, places)])
    found = shutil.which(name, path=path)
    if found is None:
        missing(f"{name}, to start a server with TLS")
    return str(found)


def _as_user(name: str) -> dict[str, object]:
    """Servers refuse to run as root."""
    if os.geteuid() != 0:
        return {}
    entry = pwd.getpwnam(name)
    return {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}


def _free_port() -> int:
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _folder(owner: dict[str, object]) -> Path:
    folder = Path(tempfile.mkdtemp(prefix="gridlens-tls-"))
    folder.chmod(0o755)
    if owner:
        os.chown(folder, owner["user"], owner["group"])  # type: ignore[arg-type]
    return folder


def _certificate(folder: Path, owner: dict[str, object]) -> None:
    """For ``localhost`` and no other name, by an authority of this test's own."""
    authority = trustme.CA()
    issued = authority.issue_cert("localhost")
    authority.cert_pem.write_to_path(str(folder / "ca.pem"))
    issued.cert_chain_pems[0].write_to_path(str(folder / "cert.pem"))
    issued.private_key_pem.write_to_path(str(folder / "key.pem"))
    (folder / "key.pem").chmod(0o600)
    if owner:
        for name in ("key.pem", "cert.pem", "ca.pem"):
            os.chown(folder / name, owner["user"], owner["group"])  # type: ignore[arg-type]


def _wait_for(port: int, server: subprocess.Popen[bytes]) -> None:
    for _ in range(200):
        with closing(socket.socket()) as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        assert server.poll() is None, "the server ended before it listened"
        time.sleep(0.1)
    raise TimeoutError


@pytest.fixture(scope="module")
def postgres_tls() -> Iterator[tuple[int, Path]]:
    """The port of a PostgreSQL with TLS, and the certificate of its authority."""
    initdb, postgres = _program("initdb"), _program("postgres")
    owner = _as_user("postgres")
    folder = _folder(owner)
    _certificate(folder, owner)
    (folder / "password").write_text(PASSWORD)
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "cwd": folder, **owner}
    subprocess.run(
        [
            initdb,
            *("-D", folder / "data"),
            *("-U", "reader"),
            *("-A", "scram-sha-256"),
            *("--pwfile", folder / "password"),
            "--no-sync",
        ],
        check=True,
        **quiet,
    )
    port = _free_port()
    options = {
        "listen_addresses": "127.0.0.1",
        "port": str(port),
        "unix_socket_directories": "",
        "fsync": "off",
        "ssl": "on",
        "ssl_cert_file": str(folder / "cert.pem"),
        "ssl_key_file": str(folder / "key.pem"),
    }
    command = [postgres, "-D", folder / "data"]
    for name, value in options.items():
        command += ["-c", f"{name}={value}"]
    server = subprocess.Popen(command, **quiet)
    try:
        _wait_for(port, server)
        yield port, folder / "ca.pem"
    finally:
        server.terminate()
        server.wait(20)
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="module")
def mariadb_tls() -> Iterator[tuple[int, Path]]:
    """The port of a MariaDB with TLS, and the certificate of its authority."""
    install, mariadbd = _program("mariadb-install-db"), _program("mariadbd")
    owner = _as_user("mysql")
    folder = _folder(owner)
    _certificate(folder, owner)
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "cwd": folder, **owner}
    subprocess.run(
        [
            install,
            "--no-defaults",
            f"--datadir={folder / 'data'}",
            "--skip-test-db",
            "--auth-root-authentication-method=normal",
        ],
        check=True,
        **quiet,
    )
    accounts = folder / "accounts.sql"
    accounts.write_text(
        "CREATE DATABASE energy;\n"
        # By host, because the anonymous user of a new server stands before “from anywhere”.
        f"CREATE USER reader@localhost IDENTIFIED BY '{PASSWORD}' REQUIRE SSL;\n"
        "GRANT SELECT ON energy.* TO reader@localhost;\n"
    )
    accounts.chmod(0o644)
    port = _free_port()
    server = subprocess.Popen(
        [
            mariadbd,
            "--no-defaults",
            f"--datadir={folder / 'data'}",
            f"--socket={folder / 'socket'}",
            f"--port={port}",
            "--bind-address=127.0.0.1",
            f"--init-file={accounts}",
            f"--ssl-ca={folder / 'ca.pem'}",
            f"--ssl-cert={folder / 'cert.pem'}",
            f"--ssl-key={folder / 'key.pem'}",
        ],
        **quiet,
    )
    try:
        _wait_for(port, server)
        yield port, folder / "ca.pem"
    finally:
        server.terminate()
        server.wait(20)
        shutil.rmtree(folder, ignore_errors=True)


def postgresql(port, policy, **changed):
    settings = {"host": "localhost", "port": port, "database": "postgres", "user": "reader", **changed}
    return PostgresqlConnector(PostgresqlSettings(**settings), PASSWORD, "UTC", policy)


def mysql(port, policy, **changed):
    settings = {"host": "localhost", "port": port, "database": "energy", "user": "reader", **changed}
    return MysqlConnector(MysqlSettings(**settings), PASSWORD, "UTC", policy)


async def check(make, port, authority, policy, monkeypatch):
    with pytest.raises(TlsFailed, match="not accepted"):
        await make(port, policy).test()  # nobody trusts the authority yet

    unverified = make(port, policy, tls="require")
    outcome = await unverified.test()
    assert outcome.tls.startswith("TLSv1.")
    assert any("not checked" in warning for warning in outcome.warnings)
    with pytest.raises(QueryTimedOut):  # cancelling goes the same way
        slow = "SELECT pg_sleep(30)" if make is postgresql else "SELECT sleep(30)"
        await unverified.fetch(Statement(sql=slow, row_limit=1, deadline_seconds=0.3))
    await unverified.close()

    monkeypatch.setenv("SSL_CERT_FILE", str(authority))
    verified = make(port, policy)
    outcome = await verified.test()
    assert outcome.tls.startswith("TLSv1.")
    assert not any("not checked" in warning for warning in outcome.warnings)
    await verified.close()
    # The certificate is for the name, and connecting by address must not pass for it.
    with pytest.raises(TlsFailed, match=r"127\.0\.0\.1"):
        await make(port, policy, host="127.0.0.1").test()


async def test_postgresql_with_tls(postgres_tls, policy, monkeypatch):
    await check(postgresql, *postgres_tls, policy, monkeypatch)


async def test_mysql_with_tls(mariadb_tls, policy, monkeypatch):
    await check(mysql, *mariadb_tls, policy, monkeypatch)
