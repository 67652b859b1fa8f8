"""A Gridlens of our own: started, timed, weighed and ended."""

import http.client
import os
import socket
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType

import psutil

START_SECONDS = 60.0
MB = 1_000_000


@dataclass(frozen=True, slots=True)
class Memory:
    """What one process holds; ``pss_mb`` shares out the pages that several processes map."""

    role: str
    rss_mb: float
    pss_mb: float


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@dataclass(slots=True)
class Server:
    """One ``gridlens`` command on a port and a data directory of its own."""

    command: str
    data_dir: Path
    port: int = field(default_factory=free_port)
    settings: dict[str, str] = field(default_factory=dict)
    ready_s: float = 0.0
    page_s: float = 0.0
    cpu_s: float = 0.0
    process: "subprocess.Popen[bytes] | None" = None

    def __enter__(self) -> "Server":
        arguments = [self.command, "--port", str(self.port), "--data-dir", str(self.data_dir)]
        if self.command == "demo":
            arguments.append("--no-browser")
        began = time.perf_counter()
        with self.output.open("wb") as output:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "gridlens", *arguments],
                stdout=output,
                stderr=subprocess.STDOUT,
                env=_environment(self.data_dir.parent) | self.settings,
                cwd=self.data_dir.parent,
            )
        try:
            self._await("/health/ready", began)
            self.ready_s = time.perf_counter() - began
            self._await("/", began)
            self.page_s = time.perf_counter() - began
            times = [process.cpu_times() for process in self.processes()]
            self.cpu_s = sum(each.user + each.system for each in times)
        except BaseException:
            self.stop()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    @property
    def output(self) -> Path:
        return self.data_dir.with_name(f"{self.data_dir.name}-{self.port}.log")

    def processes(self) -> list[psutil.Process]:
        """The server first, then what it started."""
        if self.process is None:
            return []
        parent = psutil.Process(self.process.pid)
        return [parent, *parent.children(recursive=True)]

    def memory(self, *, with_shares: bool = True) -> list[Memory]:
        """Without shares it is quick, and ``pss_mb`` is the same as ``rss_mb``."""
        found = []
        for process in self.processes():
            try:
                info = process.memory_full_info() if with_shares else process.memory_info()
                role = self.role_of(process)
            except psutil.NoSuchProcess:
                continue
            found.append(Memory(role, info.rss / MB, getattr(info, "pss", info.rss) / MB))
        return found

    def stop(self) -> None:
        """Ask it to end, and end what is left of it."""
        if self.process is None:
            return
        try:
            family = self.processes()
        except psutil.NoSuchProcess:
            family = []
        self.process.terminate()
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        for process in family:  # psutil compares start times, so a number used again is not ended
            if process.is_running():
                process.kill()
        self.process = None

    def role_of(self, process: psutil.Process) -> str:
        if self.process is not None and process.pid == self.process.pid:
            return "main"
        # A web worker is a fork and keeps the command line of the main process.
        return "web worker" if self.command in process.cmdline() else "engine worker"

    def _await(self, path: str, began: float) -> None:
        while time.perf_counter() - began < START_SECONDS:
            if self.process is not None and self.process.poll() is not None:
                break
            connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=START_SECONDS)
            try:
                connection.request("GET", path)
                if connection.getresponse().status == 200:
                    return
            except OSError:
                pass
            finally:
                connection.close()
            time.sleep(0.005)
        raise RuntimeError(
            f"gridlens {self.command} did not answer {path}:\n{self.output.read_text(errors='replace')}"
        )


def _environment(folder: Path) -> dict[str, str]:
    """Without the settings of whoever runs this, and with bytecode that is kept from the first start on."""
    foreign = ("GRIDLENS_", "PYTHONDONTWRITEBYTECODE")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(foreign)}
    return kept | {
        "PYTHONPYCACHEPREFIX": str(folder / "bytecode"),
        "GRIDLENS_REQUESTS_PER_MINUTE": "1000000",
        "GRIDLENS_LOG_LEVEL": "warning",
    }
