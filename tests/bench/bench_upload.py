"""How long a large CSV takes from bytes to a table, and how much memory at most.

Run as ``python -m tests.bench.bench_upload [megabytes] [plain|quoted|german|dirty]``. The import runs in
a process of its own, whose peak is reported.
"""

import multiprocessing
import resource
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from itertools import cycle, islice
from pathlib import Path

import click


def write_csv(path: Path, megabytes: int, style: str) -> None:
    """Quarter-hourly readings of one meter after another."""
    start = datetime(2023, 1, 1, tzinfo=UTC)
    shape = "%d.%m.%Y %H:%M" if style == "german" else "%Y-%m-%d %H:%M:%S"
    stamps = [(start + timedelta(minutes=15 * number)).strftime(shape) for number in range(35_040)]
    readings = [
        (
            f"{number * 7919 % 1_000_003 / 1_000:.3f}",
            f"{number * 104_729 % 40_009 / 100:.2f}",
            f"{number % 7}",
        )
        for number in range(5_003)
    ]
    delimiter = ";" if style == "german" else ","
    encoding = "windows-1252" if style == "german" else "utf-8"
    with path.open("w", encoding=encoding, newline="") as file:
        heading = ["meter", "time", "active_energy_kwh", "voltage_v", "status", "place"]
        file.write(delimiter.join(heading) + "\r\n")
        meter = 0
        while file.tell() < megabytes * 1_000_000:
            place = "Mühlenstraße" if style == "german" else "North \N{EN DASH} 3"
            rows = []
            for stamp, reading in zip(stamps, islice(cycle(readings), meter, None), strict=False):
                cells = [f"MTR{meter:06}", stamp, *reading, place]
                if style == "german":
                    cells = [cell.replace(".", ",") if cell is not stamp else cell for cell in cells]
                if style == "quoted":
                    cells = [f'"{cell}"' for cell in cells]
                rows.append(delimiter.join(cells))
            if style == "dirty":
                rows[1_000::5_000] = ["a,ragged,line"] * len(rows[1_000::5_000])
            file.write("\r\n".join(rows) + "\r\n")
            meter += 1


def import_it(path: Path, into: Path, report: "multiprocessing.Queue[tuple[str, float]]") -> None:
    from gridlens.data_sources import uploads

    def told(name: str, since: float) -> None:
        report.put((name, time.perf_counter() - since))

    start = time.perf_counter()
    options = uploads.detect(path, path.name)
    told("detect s", start)
    start = time.perf_counter()
    uploads.preview(path, options)
    told("preview s", start)
    start = time.perf_counter()
    outcome = uploads.import_table(path, options, into, "readings", "set_aside")
    told("import s", start)
    report.put(("rows", outcome.rows_imported))
    report.put(("bad rows", outcome.bad_row_count))


def main() -> None:
    megabytes = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000
    style = sys.argv[2] if len(sys.argv) > 2 else "plain"
    with tempfile.TemporaryDirectory() as folder:
        path, into = Path(folder, "readings.csv"), Path(folder, "readings.duckdb")
        write_csv(path, megabytes, style)
        context = multiprocessing.get_context("spawn")
        report: multiprocessing.Queue[tuple[str, float]] = context.Queue()
        child = context.Process(target=import_it, args=(path, into, report))
        child.start()
        child.join()
        usage = resource.getrusage(resource.RUSAGE_CHILDREN)
        click.echo(f"{style}: {path.stat().st_size / 1e6:,.0f} MB -> {into.stat().st_size / 1e6:,.0f} MB")
        while not report.empty():
            name, value = report.get()
            click.echo(
                f"  {name:10} {value:>14,.1f}" if isinstance(value, float) else f"  {name:10} {value:>14,}"
            )
        click.echo(f"  {'CPU s':10} {usage.ru_utime + usage.ru_stime:>14,.1f}")
        click.echo(f"  {'peak MB':10} {usage.ru_maxrss / 1024:>14,.0f}")


if __name__ == "__main__":
    main()
