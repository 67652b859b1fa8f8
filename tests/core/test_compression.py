"""Compression: what is large and asked for by our own pages goes small, and comes out as it was."""

import sys
import zlib
from collections.abc import AsyncIterator
from typing import Any

import pytest
from litestar import Response, get
from litestar.params import FromQuery
from litestar.response import Stream
from litestar.testing import AsyncTestClient
from litestar.types import Message

from gridlens.app import create_app
from gridlens.core.errors import Conflict
from gridlens.core.http.access import public
from gridlens.core.http.compression import MOST_IN_PLACE, SMALLEST, Encoding, _Answer, compressed
from gridlens.core.module import Core, Module

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

pytestmark = pytest.mark.anyio
PART = b'{"meter":17,"kwh":1.25}\n'


@get("/api/v1/test/rows", guards=[public], operation_id="testRows", middleware=[compressed])
async def rows(count: FromQuery[int]) -> Response[bytes]:
    return Response(PART * count, media_type="application/json")


@get("/api/v1/test/lines", guards=[public], operation_id="testLines", middleware=[compressed])
async def lines() -> Stream:
    async def parts() -> AsyncIterator[bytes]:
        for _ in range(3):
            yield PART

    return Stream(parts(), media_type="application/x-ndjson")


@get("/api/v1/test/secret", guards=[public], operation_id="testSecret")
async def secret() -> Response[bytes]:
    return Response(PART * 1_000, media_type="application/json")


@get("/api/v1/test/failed", guards=[public], operation_id="testFailed", middleware=[compressed])
async def failed() -> None:
    raise Conflict("Somebody else was faster. " * 1_000)


@pytest.fixture
async def client(core: Core) -> AsyncIterator[AsyncTestClient[Any]]:
    module = Module("test", controllers=(rows, lines, secret, failed))  # type: ignore[arg-type]
    async with AsyncTestClient(create_app(core=core, modules=(module,))) as client:
        yield client


async def raw(client: AsyncTestClient[Any], path: str, **headers: str) -> tuple[bytes, str | None, int]:
    """The bytes as they went, how they were encoded, and how many were announced."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    async with client.stream("GET", f"/api/v1/test/{path}", headers=named) as answer:
        content = b"".join([part async for part in answer.aiter_raw()])
        return content, answer.headers.get("content-encoding"), int(answer.headers.get("content-length", -1))


def opened(content: bytes, encoding: str | None) -> bytes:
    match encoding:
        case "zstd":
            return zstd.decompress(content)
        case "gzip":
            return zlib.decompress(content, 31)
        case _:
            return content


@pytest.mark.parametrize(
    ("accepted", "encoding"),
    [
        ("gzip, deflate, br, zstd", "zstd"),
        ("gzip, br", "gzip"),
        ("zstd;q=0, gzip;q=0.5", "gzip"),
        ("gzip;q=0.000", None),
        ("identity", None),
        ("br", None),
        ("gzippy", None),
    ],
)
async def test_the_best_encoding_that_is_taken_is_chosen(
    client: AsyncTestClient[Any], accepted: str, encoding: str | None
) -> None:
    content, found, length = await raw(client, "rows?count=1000", accept_encoding=accepted)

    assert found == encoding
    assert length == len(content)
    assert opened(content, found) == PART * 1_000
    assert encoding is None or len(content) < 1_000


async def test_small_answers_stay_as_they_are_and_huge_ones_come_out_whole(
    client: AsyncTestClient[Any],
) -> None:
    small, encoding, _ = await raw(client, "rows?count=10", accept_encoding="zstd")
    assert (encoding, len(small) < SMALLEST) == (None, True)

    count = MOST_IN_PLACE // len(PART) + 1
    huge, encoding, _ = await raw(client, f"rows?count={count}", accept_encoding="zstd")
    assert opened(huge, encoding) == PART * count


async def test_nothing_is_compressed_that_another_site_asked_for(client: AsyncTestClient[Any]) -> None:
    for site, encoding in (
        ("cross-site", None),
        ("same-site", None),
        ("none", None),
        ("same-origin", "zstd"),
    ):
        asked = {"accept_encoding": "zstd", "sec_fetch_site": site}
        assert (await raw(client, "rows?count=1000", **asked))[1] == encoding, site


async def test_routes_that_did_not_choose_it_and_refusals_stay_as_they_are(
    client: AsyncTestClient[Any],
) -> None:
    assert (await raw(client, "secret", accept_encoding="zstd"))[1] is None
    assert (await raw(client, "failed", accept_encoding="zstd"))[1] is None


async def test_caches_are_told_what_it_depends_on(client: AsyncTestClient[Any]) -> None:
    for count in (10, 1_000):
        answer = await client.get(f"/api/v1/test/rows?count={count}", headers={"accept-encoding": "gzip"})
        assert answer.headers["vary"] == "Accept-Encoding"


@pytest.mark.parametrize("encoding", ["zstd", "gzip"])
async def test_every_line_can_be_read_when_it_has_come(encoding: Encoding) -> None:
    sent: list[Message] = []

    async def send(message: Message) -> None:
        sent.append(message)

    answer = _Answer(send, encoding)
    reader: Any = zstd.ZstdDecompressor() if encoding == "zstd" else zlib.decompressobj(31)
    await answer.send({"type": "http.response.start", "status": 200, "headers": []})
    assert sent == []

    for _ in range(3):
        await answer.send({"type": "http.response.body", "body": PART, "more_body": True})
        assert reader.decompress(sent[-1]["body"]) == PART  # type: ignore[typeddict-item]
    await answer.send({"type": "http.response.body", "body": b"", "more_body": False})

    assert reader.decompress(sent[-1]["body"]) == b""  # type: ignore[typeddict-item]
    assert reader.eof
    assert [message["type"] for message in sent] == ["http.response.start", *["http.response.body"] * 4]


async def test_a_stream_comes_out_whole(client: AsyncTestClient[Any]) -> None:
    content, encoding, length = await raw(client, "lines", accept_encoding="zstd")

    assert (opened(content, encoding), encoding, length) == (PART * 3, "zstd", -1)
