"""Inside a worker: answers queries on database files until the server goes away."""

import io
import traceback
from typing import BinaryIO

import msgspec

from gridlens.data_sources.workers import duckdb_engine, limits, messages, sqlite_engine


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
            engine, failure = (
                (duckdb, duckdb_engine.failure) if ask.engine == "duckdb" else (sqlite, sqlite_engine.failure)
            )
            try:
                frame, is_cut, engine_ms = engine.fetch(ask)
                stream = io.BytesIO()
                frame.write_ipc_stream(stream)
                body = stream.getbuffer()
                answer = messages.Fetched(is_cut=is_cut, engine_ms=engine_ms)
            except Exception as error:
                answer = failure(error)
            except BaseException:  # a panic of a native library leaves nothing to trust
                answer = messages.Failed(kind="crash", detail=traceback.format_exc(), is_fatal=True)
        messages.write(answers, answer, body)
        if isinstance(answer, messages.Failed) and answer.is_fatal:
            return
