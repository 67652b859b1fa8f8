"""How fast a query is: the engine alone and our endpoint side by side; reports, never fails on a clock.

Ten million readings in an uploaded Parquet file and a million in PostgreSQL, four queries, a dashboard
and a download. ``--meters`` makes it smaller.
"""

import argparse
import os
import platform
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from uuid import UUID

import click
from tests.bench import startup
from tests.bench.query import bombs, measure, readings
from tests.bench.query.engines import Duckdb, Engine, Postgresql
from tests.bench.query.stage import Stage
from tests.bench.query.statements import STATEMENTS
from tests.bench.report import Figure, show
from tests.bench.server import Server
from tests.bench.visitor import Visitor, demo_account

PARTS = ("queries", "boards", "bombs", "download")


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.query", description=__doc__)
    parser.add_argument("--rounds", type=int, default=10, help="how often each is measured (default 10)")
    parser.add_argument("--seconds", type=float, default=4.0, help="how long eight clients ask (default 4)")
    parser.add_argument("--meters", type=int, default=readings.METERS, help="meters of 10,000 readings each")
    parser.add_argument("--workers", type=int, default=1, help="server processes (default 1)")
    parser.add_argument("--parts", nargs="+", choices=PARTS, default=PARTS, help="what is measured")
    parser.add_argument("--only", choices=["duckdb", "postgresql"], help="measure one source alone")
    chosen = parser.parse_args()
    click.echo(f"Python {platform.python_version()}, {os.cpu_count()} cores, {_load()}")
    began = time.perf_counter()
    with tempfile.TemporaryDirectory(prefix="gridlens-bench-") as folder:
        _run(Path(folder), chosen)
    click.echo(f"\nTook {time.perf_counter() - began:.0f} s; {_load()}")


def _run(folder: Path, chosen: argparse.Namespace) -> None:
    numbers = measure.Numbers()
    with _stage(folder, chosen) as (stage, engines):
        for source, engine in engines.items() if "queries" in chosen.parts else ():
            found: list[Figure] = []
            for statement in STATEMENTS:
                found += measure.uncached(stage, engine, source, statement, numbers, chosen.rounds)
                found += measure.cached(stage, source, statement, chosen.rounds, chosen.seconds)
                found += measure.crowded(stage, engine, source, statement, numbers, chosen.seconds)
            show(f"Queries on {source}, {chosen.rounds} rounds, p50", found)
        if "duckdb" in engines and "boards" in chosen.parts:
            board = measure.boards(stage, engines["duckdb"], numbers, max(3, chosen.rounds // 2))
            show("Dashboard of eight charts, p50", board)
        if "duckdb" in engines and "bombs" in chosen.parts:
            show("One analyst's bombs, and the others", bombs.bombed(stage, numbers, chosen.seconds * 4))
        if "download" in chosen.parts:
            show("Download", [figure for source in engines for figure in measure.export(stage, source)])
        show("Memory", startup.weigh(stage.server, "after all that"))


@contextmanager
def _stage(folder: Path, chosen: argparse.Namespace) -> Iterator[tuple[Stage, dict[str, Engine]]]:
    server = readings.Server()
    settings = {"GRIDLENS_PRIVATE_NETWORKS": "127.0.0.0/8,::1/128", "GRIDLENS_WORKERS": str(chosen.workers)}
    engines: dict[str, Engine] = {}
    with ExitStack() as stack, Server("demo", folder / "demo", settings=settings) as running:
        visitor = Visitor(running.port)
        stack.callback(visitor.close)
        visitor.sign_in(*demo_account(running), running.output)
        stage = Stage(running, visitor)
        if chosen.only != "postgresql":
            path = folder / "readings.parquet"
            rows = readings.write_parquet(path, chosen.meters)
            seconds = stage.upload(path)
            click.echo(
                f"{rows:,} rows, {path.stat().st_size / 1e6:.0f} MB of Parquet, imported in {seconds:.1f} s"
            )
            home = running.data_dir / "sources" / UUID(stage.sources["duckdb"]).hex
            engines["duckdb"] = stack.enter_context(Duckdb(next(home.glob("*.duckdb"))))
        if chosen.only != "duckdb":
            stack.callback(readings.drop_postgresql, server)
            rows = readings.fill_postgresql(folder, server, max(1, chosen.meters // 10))
            stage.connect(server)
            click.echo(f"{rows:,} rows in PostgreSQL")
            engines["postgresql"] = stack.enter_context(Postgresql(server))
        stage.save_questions()
        yield stage, engines


def _load() -> str:
    return "load " + " ".join(f"{each:.1f}" for each in os.getloadavg())


if __name__ == "__main__":
    main()
