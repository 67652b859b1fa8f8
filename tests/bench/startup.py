"""From the command to the first answer, and what the processes hold then."""

import time
from collections.abc import Sequence
from pathlib import Path
from statistics import median

from tests.bench.report import Figure
from tests.bench.server import Memory, Server

SECONDS_TARGET = 1.5
MEMORY_TARGETS = {"main": 200.0, "web worker": 200.0, "engine worker": 120.0}
"""Of processes at rest; what queries leave in an engine's buffers comes on top."""
IDLE_SECONDS = 10.0
BUDGET_SECONDS = 18.0


def starts(command: str, data_dir: Path, rounds: int) -> list[Figure]:
    """Times of a command on a data directory that it has made before; fewer where the machine is slow."""
    ready, page, cpu = [], [], []
    until = time.monotonic() + BUDGET_SECONDS
    while len(ready) < rounds and (not ready or time.monotonic() < until):
        with Server(command, data_dir) as server:
            ready.append(server.ready_s)
            page.append(server.page_s)
            cpu.append(server.cpu_s)
    note = f"{len(ready)} starts, fastest {min(ready):.2f}, CPU {median(cpu):.2f} s"
    return [
        Figure(f"gridlens {command}: /health/ready answers", median(ready), "s", SECONDS_TARGET, note),
        Figure(
            f"gridlens {command}: / answers", median(page), "s", SECONDS_TARGET, f"fastest {min(page):.2f}"
        ),
    ]


def weigh(server: Server, when: str, *, is_at_rest: bool = False) -> list[Figure]:
    """Every process, and all together."""
    held = server.memory()
    targets = MEMORY_TARGETS if is_at_rest else {}
    figures = [
        Figure(
            f"{when}: {each.role}",
            each.rss_mb,
            "MB",
            targets.get(each.role),
            f"RSS; PSS {each.pss_mb:.1f}",
        )
        for each in held
    ]
    return [
        *figures,
        Figure(f"{when}: all {len(held)} processes", _pss(held), "MB", None, f"PSS; {_rss(held)}"),
    ]


def idle(server: Server) -> None:
    time.sleep(IDLE_SECONDS)


def _pss(held: Sequence[Memory]) -> float:
    return sum(each.pss_mb for each in held)


def _rss(held: Sequence[Memory]) -> str:
    return f"RSS {sum(each.rss_mb for each in held):.1f} (shared pages counted again)"
