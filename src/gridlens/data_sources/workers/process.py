"""A worker process: answers questions about database files until its server goes away.

Started as a script by the pool. It gives up network, memory and writing before it opens a file,
and writes answers to a pipe that nothing else in the process can reach.
"""

import os
import sys
import traceback
import types
from pathlib import Path
from typing import BinaryIO

HOME = Path(__file__).resolve().parents[3]


def skip_front_door() -> None:
    """Let this process import rooms of data_sources without the web framework behind its front door."""
    sys.path.append(str(HOME))
    room = types.ModuleType("gridlens.data_sources")
    room.__path__ = [str(HOME / "gridlens" / "data_sources")]
    sys.modules[room.__name__] = room


def take_pipes() -> tuple[BinaryIO, BinaryIO]:
    """Our end of the pipes; what libraries print goes to the error stream instead."""
    questions = os.fdopen(os.dup(0), "rb")
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.close(nothing)
    return questions, answers


def serve(questions: BinaryIO, answers: BinaryIO) -> None:
    from gridlens.data_sources.workers import duckdb_engine, limits, messages, sqlite_engine

    limits.limit_memory()
    limits.forbid_writing()
    duckdb, sqlite = duckdb_engine.DuckdbEngine(), sqlite_engine.SqliteEngine()
    decoder = msgspec.msgpack.Decoder(messages.Question)
    while (message := messages.read(questions)) is not None:
        ask = decoder.decode(message[0])
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
        answers.write(messages.pack(answer, body))
        answers.flush()
        if isinstance(answer, messages.Failed) and answer.is_fatal:
            return


if __name__ == "__main__":
    skip_front_door()
    pipes = take_pipes()
    from gridlens.data_sources.workers.limits import leave_network

    leave_network()
    # Imported here, because they start threads, which ties a process to its network.
    import io

    import msgspec

    serve(*pipes)
