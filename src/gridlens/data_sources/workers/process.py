"""A worker process, started as a script by the server: it reads what is hostile and can do little else."""

import contextlib
import os
import sys
import types
from pathlib import Path
from typing import BinaryIO

if sys.platform == "linux":
    import fcntl

HOME = Path(__file__).resolve().parents[3]
PIPE_BYTES = 1024 * 1024


def skip_front_door() -> None:
    """Let this process import rooms of data_sources without the web framework behind its front door."""
    sys.path.append(str(HOME))
    room = types.ModuleType("gridlens.data_sources")
    room.__path__ = [str(HOME / "gridlens" / "data_sources")]
    sys.modules[room.__name__] = room


def widen(answers: BinaryIO) -> None:
    """Let a usual answer pass in one piece, not in 64 kB that each wait for the other side to wake up."""
    if sys.platform == "linux":
        with contextlib.suppress(OSError):  # the system may allow less, and some event loops use sockets
            fcntl.fcntl(answers, fcntl.F_SETPIPE_SZ, PIPE_BYTES)


def take_pipes() -> tuple[BinaryIO, BinaryIO]:
    """Our end of the pipes; what libraries print goes to the error stream instead."""
    questions = os.fdopen(os.dup(0), "rb")
    answers = os.fdopen(os.dup(1), "wb")
    widen(answers)
    os.dup2(2, 1)
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.close(nothing)
    return questions, answers


if __name__ == "__main__":
    skip_front_door()
    pipes = take_pipes()
    from gridlens.data_sources.workers.limits import give_way, leave_network

    # Before anything else is imported: threads go where they were started, and as fast.
    leave_network()
    give_way()
    if sys.argv[1] == "queries":
        from gridlens.data_sources.workers.queries import serve
    else:
        from gridlens.data_sources.workers.errands import serve
    serve(*pipes)
