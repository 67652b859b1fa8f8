"""Another program at the port of a database is told from a database that does not answer."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress

import msgspec
import pytest

from gridlens.data_sources.addresses import AddressPolicy
from gridlens.data_sources.connections import MysqlSettings, PostgresqlSettings
from gridlens.data_sources.connectors.mysql import MysqlConnector
from gridlens.data_sources.connectors.postgresql import PostgresqlConnector
from gridlens.data_sources.errors import SourceUnreachable

pytestmark = pytest.mark.anyio


def speaking(
    first: bytes, answer: bytes
) -> Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]:
    """A server with manners of its own: what it says at once, and in answer to anything."""

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(ConnectionError):
            writer.write(first)
            if await reader.read(1) and answer:
                writer.write(answer)
            await reader.read()
        writer.close()

    return serve


STRANGERS = {
    "silent": (b"", b""),
    "redis": (b"", b"-ERR unknown command\r\n"),
    "web": (b"", b"HTTP/1.1 400 Bad Request\r\n\r\n"),
    "mail": (b"220 mail.example.org ESMTP\r\n", b"500 What?\r\n"),
}


@pytest.mark.parametrize("tls", ["off", "require"])
@pytest.mark.parametrize("stranger", STRANGERS)
@pytest.mark.parametrize("kind", ["MySQL", "PostgreSQL"])
async def test_another_program_at_the_port_is_said(
    monkeypatch: pytest.MonkeyPatch, policy: AddressPolicy, kind: str, stranger: str, tls: str
) -> None:
    for module in ("mysql.CONNECT_SECONDS", "postgresql.CONNECT_SECONDS", "listening.ANSWER_SECONDS"):
        monkeypatch.setattr(f"gridlens.data_sources.connectors.{module}", 0.5)
    server = await asyncio.start_server(speaking(*STRANGERS[stranger]), "127.0.0.1", 0)
    async with server:
        port = server.sockets[0].getsockname()[1]
        place = {"host": "127.0.0.1", "port": port, "user": "reader", "database": "meters", "tls": tls}
        connector = (
            MysqlConnector(msgspec.convert(place, MysqlSettings), "", "UTC", policy)
            if kind == "MySQL"
            else PostgresqlConnector(msgspec.convert(place, PostgresqlSettings), "", "UTC", policy)
        )
        with pytest.raises(SourceUnreachable, match=f"but it does not answer as {kind} does"):
            await connector.test()
