"""Timings and memory of a real Gridlens on this machine; reports, and never fails on a clock.

``--full`` adds the upload of 1 GB, which takes minutes; ``--rounds`` says how often each is measured.
"""

import argparse
import os
import platform
import tempfile
import time
from pathlib import Path

import click
from tests.bench import charts, startup, uploading
from tests.bench.report import show
from tests.bench.server import Server
from tests.bench.visitor import Visitor, demo_account


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("--full", action="store_true", help="also import a CSV of 1 GB")
    parser.add_argument("--rounds", type=int, default=5, help="how often each is measured (default 5)")
    chosen = parser.parse_args()
    began = time.perf_counter()
    click.echo(
        f"Python {platform.python_version()} on {platform.machine()}, {os.cpu_count()} cores, {_load()}"
    )
    with tempfile.TemporaryDirectory(prefix="gridlens-bench-") as folder:
        _measure(Path(folder), chosen.rounds, uploads=chosen.full)
    click.echo(f"\nTook {time.perf_counter() - began:.0f} s; {_load()}")


def _measure(folder: Path, rounds: int, *, uploads: bool) -> None:
    with Server("serve", folder / "fresh"):
        pass  # makes and migrates the data directory
    show("Start to first answer, median", startup.starts("serve", folder / "fresh", rounds))
    with Server("demo", folder / "demo") as first:
        email, password = demo_account(first)
    show("Second start of the demo, median", startup.starts("demo", folder / "demo", rounds))
    with Server("demo", folder / "demo") as server:
        startup.idle(server)
        idle = startup.weigh(server, "idle after start", is_at_rest=True)
        visitor = Visitor(server.port)
        try:
            visitor.sign_in(email, password, server.output)
            source = visitor.ask("GET", "/api/v1/sources")[0]
            visitor.ask("POST", "/api/v1/queries", {"sourceId": source["sourceId"], "sql": "SELECT 1"})
            warm = startup.weigh(server, "one query answered", is_at_rest=True)
            dashboard = visitor.ask("GET", "/api/v1/dashboards")[0]
            visitor.send("POST", f"/api/v1/dashboards/{dashboard['dashboardId']}/render", {})
            shown = startup.weigh(server, "one dashboard opened")
            show("Memory", [*idle, *warm, *shown])
            show(
                f"Chart request, {rounds} rounds over one kept connection",
                charts.measure(visitor, server.data_dir, rounds),
            )
            show("Dashboard request, all widgets, p50", charts.dashboards(visitor, rounds))
            show("Memory", startup.weigh(server, "after all that"))
            if uploads:
                show("A CSV of 1 GB", uploading.measure(server, visitor, folder))
        finally:
            visitor.close()


def _load() -> str:
    return "load " + " ".join(f"{each:.1f}" for each in os.getloadavg())


if __name__ == "__main__":
    main()
