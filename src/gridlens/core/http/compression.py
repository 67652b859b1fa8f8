"""Answers made smaller on their way, where that pays and tells nobody anything.

How small a text becomes tells of what stands in it. So routes choose this for rows, figures and
catalogs, never for an answer with a secret; and what another site made a browser ask for goes as it is.

Litestar's own middleware takes every route but named ones, begins a compressor for each small answer
and compresses large ones on the event loop.
"""

import asyncio
import sys
import zlib
from typing import Literal, Protocol

from litestar.datastructures import Headers, MutableScopeHeaders
from litestar.enums import ScopeType
from litestar.middleware import ASGIMiddleware
from litestar.types import ASGIApp, HTTPResponseStartEvent, Message, Receive, Scope, Send

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

Encoding = Literal["zstd", "gzip"]
SMALLEST = 4_096
"""Smaller answers fit into the packets that go out at once anyhow."""
MOST_IN_PLACE = 512 * 1024
"""More is compressed beside the event loop, for it takes above a millisecond."""
ZSTD_LEVEL = 3
GZIP_LEVEL, GZIP_HEADER = 1, 31
OWN_SITE = ("", "same-origin")


class Compressed(ASGIMiddleware):
    """Whole answers from a size on, and every part of a stream so that it can be read at once."""

    scopes = (ScopeType.HTTP,)

    async def handle(self, scope: Scope, receive: Receive, send: Send, next_app: ASGIApp) -> None:
        encoding = encoding_for(Headers.from_scope(scope))
        await next_app(scope, receive, _Answer(send, encoding).send if encoding else send)


compressed = Compressed()


def encoding_for(headers: Headers) -> Encoding | None:
    """The best encoding that the asker takes; nothing where the wish to ask came from another site."""
    if headers.get("sec-fetch-site", "") not in OWN_SITE:
        return None
    taken = _taken(headers.get("accept-encoding", ""))
    if "zstd" in taken:
        return "zstd"
    return "gzip" if "gzip" in taken else None


def _taken(header: str) -> set[str]:
    """The encodings by name, without those that are refused by a weight of nothing."""
    found = set()
    for each in header.lower().split(","):
        name, *parameters = (part.strip() for part in each.split(";"))
        if not any(part.startswith("q=") and not part.removeprefix("q=").strip("0.") for part in parameters):
            found.add(name)
    return found


class _Answer:
    """One answer on its way; its start is held back until its size is known."""

    def __init__(self, send: Send, encoding: Encoding) -> None:
        self._send = send
        self._encoding = encoding
        self._start: HTTPResponseStartEvent | None = None
        self._stream: _Stream | None = None

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            if message["status"] == 200:
                self._start = message
            else:
                await self._send(message)
        elif message["type"] == "http.response.body":
            body, has_more = message["body"], message["more_body"]
            if self._start is not None:
                body = await self._begin(self._start, body, has_more=has_more)
                self._start = None
            elif self._stream is not None:
                body = self._stream.part(body, is_last=not has_more)
            await self._send({"type": "http.response.body", "body": body, "more_body": has_more})
        else:
            await self._send(message)

    async def _begin(self, start: HTTPResponseStartEvent, body: bytes, *, has_more: bool) -> bytes:
        headers = MutableScopeHeaders.from_message(start)
        headers.extend_header_value("Vary", "Accept-Encoding")
        if has_more:
            self._stream = _ZstdStream() if self._encoding == "zstd" else _GzipStream()
            body = self._stream.part(body, is_last=False)
            headers.pop("Content-Length", None)
            headers["Content-Encoding"] = self._encoding
        elif len(body) >= SMALLEST:
            if len(body) > MOST_IN_PLACE:
                body = await asyncio.to_thread(_whole, body, self._encoding)
            else:
                body = _whole(body, self._encoding)
            headers["Content-Length"] = str(len(body))
            headers["Content-Encoding"] = self._encoding
        await self._send(start)
        return body


def _whole(content: bytes, encoding: Encoding) -> bytes:
    if encoding == "zstd":
        return zstd.compress(content, ZSTD_LEVEL)
    return zlib.compress(content, GZIP_LEVEL, GZIP_HEADER)


class _Stream(Protocol):
    def part(self, content: bytes, *, is_last: bool) -> bytes: ...


class _ZstdStream:
    def __init__(self) -> None:
        self._compressor = zstd.ZstdCompressor(ZSTD_LEVEL)

    def part(self, content: bytes, *, is_last: bool) -> bytes:
        if is_last:
            return self._compressor.compress(content, zstd.ZstdCompressor.FLUSH_FRAME)
        return self._compressor.compress(content, zstd.ZstdCompressor.FLUSH_BLOCK)


class _GzipStream:
    def __init__(self) -> None:
        self._compressor = zlib.compressobj(GZIP_LEVEL, zlib.DEFLATED, GZIP_HEADER)

    def part(self, content: bytes, *, is_last: bool) -> bytes:
        how = zlib.Z_FINISH if is_last else zlib.Z_SYNC_FLUSH
        return self._compressor.compress(content) + self._compressor.flush(how)
