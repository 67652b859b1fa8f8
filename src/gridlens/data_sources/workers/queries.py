"""Inside a worker: answers queries on database files until the server goes away."""

import io
import time
import traceback
from collections.abc import Iterator
from typing import BinaryIO, Protocol

import msgspec
import polars as pl

from gridlens.data_sources.workers import duckdb_engine, limits, messages, sqlite_engine


class Engine(Protocol):
    def fetch(self, ask: messages.Fetch) -> tuple[pl.DataFrame, bool, float]: ...

    def batches(self, ask: messages.Fetch) -> Iterator[pl.DataFrame]: ...


def serve(questions: BinaryIO, answers: BinaryIO) -> None:
    limits.limit_memory()
    limits.forbid_writing()
    duckdb, sqlite = duckdb_engine.DuckdbEngine(), sqlite_engine.SqliteEngine()
    decoder = msgspec.msgpack.Decoder(messages.Question)
    while (message := messages.read(questions)) is not None:
        ask = decoder.decode(message)
        body: bytes | memoryview = b""
        answer: messages.Answer
        if isinstance(ask, messages.Release):
            duckdb.release(ask.path)
            sqlite.release(ask.path)
            answer = messages.Released()
        else:
            # The parent ends a query that runs too long; this ends one whose parent is gone.
            limits.allow_cpu(4 * ask.deadline_seconds + 10)
            engine: Engine = duckdb if ask.engine == "duckdb" else sqlite
            failure = duckdb_engine.failure if ask.engine == "duckdb" else sqlite_engine.failure
            try:
                if ask.is_streamed:
                    answer = _stream(engine, ask, answers)
                else:
                    frame, is_cut, engine_ms = engine.fetch(ask)
                    body = _arrow(frame)
                    answer = messages.Fetched(is_cut=is_cut, engine_ms=engine_ms)
            except Exception as error:
                answer = failure(error)
            except BaseException as error:  # a panic of a native library leaves nothing to trust
                kind: messages.FailureKind = "memory" if limits.is_want_of_memory(error) else "crash"
                answer = messages.Failed(kind=kind, detail=traceback.format_exc(), is_fatal=True)
        messages.write(answers, answer, body)
        if isinstance(answer, messages.Failed) and answer.is_fatal:
            return


def _stream(engine: Engine, ask: messages.Fetch, answers: BinaryIO) -> messages.Fetched:
    started = time.perf_counter()
    rows = 0
    for frame in engine.batches(ask):
        rows += frame.height
        messages.write(answers, messages.Part(), _arrow(frame))
    elapsed_ms = (time.perf_counter() - started) * 1000
    return messages.Fetched(is_cut=rows > ask.row_limit, engine_ms=elapsed_ms)


def _arrow(frame: pl.DataFrame) -> memoryview:
    stream = io.BytesIO()
    frame.write_ipc_stream(stream)
    return stream.getbuffer()
