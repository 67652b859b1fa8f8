"""A worker process as the server sees it."""

import asyncio
import contextlib
import os
import sys
from pathlib import Path
from typing import Any, Literal

import msgspec

from gridlens.data_sources.workers.limits import GIVES_WAY
from gridlens.data_sources.workers.messages import LENGTHS, pack

SCRIPT = Path(__file__).with_name("process.py")
PIPE_BUFFER_BYTES = 8 * 1024 * 1024
ENDING_SECONDS = 1.0
LONG_GIVES_WAY = 15
"""Steps of niceness of what takes long: a tenth of the processor that a short query gets beside it."""
PASSED_ON = ("PATH", "SYSTEMROOT", "LD_LIBRARY_PATH", "TMPDIR", "TEMP")


def worker_environment() -> dict[str, str]:
    """Nothing of ours: settings and their passwords stay in the server."""
    kept = {name: os.environ[name] for name in PASSED_ON if name in os.environ}
    return {**kept, "TZ": "UTC", "LANG": "C.UTF-8", "POLARS_MAX_THREADS": "2", "MALLOC_ARENA_MAX": "2"}


class Worker:
    """One process. Once an exchange was cut short it is only good for killing."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self._process = process
        self.open_paths: set[str] = set()
        self.is_used = False
        self.rest: asyncio.TimerHandle | None = None
        self.gives_way = False

    @classmethod
    async def start(cls, work: Literal["queries", "errands"]) -> "Worker":
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-I",
            str(SCRIPT),
            work,
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.DEVNULL,
            env=worker_environment(),
            cwd="/" if os.name == "posix" else None,
            limit=PIPE_BUFFER_BYTES,
            # Ctrl-C in a terminal is for the server. Not a session of its own: Linux may share the processor
            # out by sessions first, and niceness would then say nothing between a worker and the server.
            process_group=0 if os.name == "posix" else None,
        )
        return cls(process)

    @property
    def is_alive(self) -> bool:
        return self._process.returncode is None

    def own_bytes(self) -> int:
        """Memory that it shares with no file and no other process; 0 where the system does not tell."""
        try:
            counted = Path(f"/proc/{self._process.pid}/statm").read_text(encoding="ascii").split()
        except OSError:
            return 0
        return (int(counted[1]) - int(counted[2])) * os.sysconf("SC_PAGE_SIZE")

    def give_way(self) -> None:
        """Let everything shorter go first, in all its threads, as what takes long should."""
        self.gives_way = self._is_niced(LONG_GIVES_WAY) or self.gives_way

    def take_turns(self) -> bool:
        """Go as fast as other workers again; false where the system lets nobody take niceness back."""
        self.gives_way = self.gives_way and not self._is_niced(GIVES_WAY)
        return not self.gives_way

    def _is_niced(self, steps: int) -> bool:
        if sys.platform == "win32":
            return False
        ours = os.getpriority(os.PRIO_PROCESS, 0)
        try:
            os.setpriority(os.PRIO_PGRP, self._process.pid, ours + steps)
        except OSError:  # it has ended, or we may not
            return False
        return True

    async def send(self, question: msgspec.Struct) -> None:
        if self._process.stdin is None:
            raise BrokenPipeError
        self._process.stdin.write(pack(question))
        await self._process.stdin.drain()

    async def receive(self) -> tuple[bytes, bytes]:
        """The next head and body, still encoded."""
        stdout = self._process.stdout
        if stdout is None:
            raise BrokenPipeError
        head, body = LENGTHS.unpack(await stdout.readexactly(LENGTHS.size))
        return await stdout.readexactly(head), await stdout.readexactly(body)

    async def ended(self) -> int:
        """The exit code of a process that has closed its end of the pipes."""
        # To kill what has ended by itself may take the code away from where it is waited for.
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(ENDING_SECONDS):
                await self._process.wait()
        return await self.kill()

    async def kill(self) -> int:
        """End the process now; its exit code."""
        with contextlib.suppress(ProcessLookupError):
            self._process.kill()
        if self._process.stdin is not None:
            self._process.stdin.close()
        transport: Any = self._process._transport  # type: ignore[attr-defined]
        # Rows that nobody takes any more would hold the pipe open, and waiting for the end waits for it too.
        transport.get_pipe_transport(1).close()
        code = await self._process.wait()
        transport.close()
        return code
