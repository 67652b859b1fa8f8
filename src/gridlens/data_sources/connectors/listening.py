"""Whether what listens at a port is the kind of server that was meant, asked after connecting failed."""

import asyncio
import struct
from collections.abc import Callable
from contextlib import suppress

from gridlens.data_sources.errors import SourceUnreachable

ANSWER_SECONDS = 1.0
# MySQL speaks first; PostgreSQL answers a request for encryption with one letter.
SSL_REQUEST = struct.pack("!ll", 8, 80877103)


async def stranger_at(address: str, port: int, where: str, kind: str) -> SourceUnreachable | None:
    """What to say of a server that answers otherwise; nothing of a right one, or where nobody listens."""
    ask, is_right = _MANNERS[kind]
    try:
        async with asyncio.timeout(ANSWER_SECONDS):
            reader, writer = await asyncio.open_connection(address, port)
    except OSError:  # a timeout is one
        return None
    answer = b""
    try:
        with suppress(OSError):
            async with asyncio.timeout(ANSWER_SECONDS):
                writer.write(ask)
                answer = await reader.read(5)
    finally:
        writer.close()
    if is_right(answer):
        return None
    return SourceUnreachable(
        f"Something listens at {where}, but it does not answer as {kind} does. Check the port.",
        fields={"port": f"this is not {kind}"},
    )


_MANNERS: dict[str, tuple[bytes, Callable[[bytes], bool]]] = {
    # A first packet of the protocol's version 10, or of an error such as too many connections.
    "MySQL": (b"", lambda answer: len(answer) == 5 and answer[3] == 0 and answer[4] in {10, 0xFF}),
    "PostgreSQL": (SSL_REQUEST, lambda answer: answer in {b"S", b"N"}),
}
