"""Hostile and dirty files, all read by one process as a worker reads them.

Each is refused with a reason or imported right; memory stays below 1 GiB, and nothing is left behind.
"""

import json
import struct
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import polars as pl
import pytest
from openpyxl import Workbook

MOST_BYTES = 1 << 30

# Runs in a process of its own, so that its memory is that of the reading alone.
READER = """
import json, sys
from pathlib import Path
from gridlens.data_sources.uploads import BadRowsFound, UploadRefused, detect, import_table, preview

# The peak of a new process begins with that of the one it was forked from.
Path("/proc/self/clear_refs").write_text("5")
folder, results = Path(sys.argv[1]), {}
for path in sorted(folder.iterdir()):
    into = Path(sys.argv[2]) / path.name / "into.duckdb"
    into.parent.mkdir()
    try:
        shown = preview(path, detect(path, path.name))
        outcome = import_table(path, shown.options, into, "readings", "set_aside")
        counts = outcome.rows_imported, outcome.bad_row_count, len(outcome.columns)
        result = dict(zip(("rows", "bad", "columns"), counts))
    except (UploadRefused, BadRowsFound) as refusal:
        result = {"refused": str(refusal)}
    peak = int(Path("/proc/self/status").read_text().split("VmHWM:")[1].split()[0]) * 1024
    files = sorted(each.name for each in into.parent.iterdir())
    results[path.name] = {**result, "files": files, "peak": peak}
print(json.dumps(results))
"""

Build = Callable[[Path], None]


def text(content: str | bytes) -> Build:
    return lambda path: path.write_bytes(content if isinstance(content, bytes) else content.encode()) and None


def bomb_of_zeros(path: Path) -> None:
    """A workbook whose sheet is a gigabyte and more of one letter."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("xl/workbook.xml", "<workbook/>")
        with archive.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as sheet:
            for _ in range(300):
                sheet.write(b"0" * (4 << 20))


def bomb_of_columns(path: Path) -> None:
    with duckdb.connect() as connection:
        columns = ", ".join(f"0 AS c{number}" for number in range(20))
        connection.execute(f"COPY (SELECT {columns} FROM range(8_000_000)) TO '{path}' (COMPRESSION zstd)")


def bomb_of_one_text(path: Path) -> None:
    """Two gigabytes of text from a dictionary of one."""
    with duckdb.connect() as connection:
        connection.execute(f"COPY (SELECT repeat('x', 1000) AS note FROM range(2_000_000)) TO '{path}'")


def forged_statistics(path: Path) -> None:
    true_maximum = struct.pack("<q", 1_234_567_890_123)
    pl.DataFrame({"n": [7, 1_234_567_890_123, 3]}).write_parquet(
        path, statistics=True, compression="uncompressed"
    )
    content = bytearray(path.read_bytes())
    footer = len(content) - 8 - int.from_bytes(content[-8:-4], "little")
    for place in range(footer, len(content)):
        if content[place : place + 8] == true_maximum:
            content[place : place + 8] = struct.pack("<q", 5)
    path.write_bytes(content)


def truncated_parquet(path: Path) -> None:
    pl.DataFrame({"n": range(10_000)}).write_parquet(path)
    path.write_bytes(path.read_bytes()[:-30])


def member_with_a_path(path: Path) -> None:
    book = Workbook()
    book.active.append(["load"])
    book.save(path)
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("../../../etc/cron.d/evil", "* * * * * root true")


def a_zip_in_a_zip(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("inner.zip", b"PK\x03\x04")


def refused(*words: str) -> dict[str, Any]:
    return {"refused": words}


def table(rows: int, columns: int, bad: int = 0) -> dict[str, Any]:
    return {"rows": rows, "columns": columns, "bad": bad}


HEADING = "at;load;price\n"
GOOD = "".join(f"2024-01-01 {hour:02d}:00;{hour},5;1.000,25\n" for hour in range(24))
CORPUS: dict[str, tuple[Build, dict[str, Any]]] = {
    "decimal-commas.csv": (text(HEADING + GOOD), table(24, 3)),
    "ragged.csv": (
        text(HEADING + GOOD + "2024-01-02 00:00;1,5\n2024-01-02 01:00;1;2;3;4\n"),
        table(24, 3, 2),
    ),
    "nul.csv": (text(HEADING + GOOD + "2024-01-02 00:00;1\x00,5;2,5\n"), table(24, 3, 1)),
    # Which of the two it is, is for a person to say.
    "mixed-encodings.csv": (
        text("site;load\nM\u00fcnchen;1,5\n".encode() + b"M\xfcnchen;2,5\n" + b"Bonn;3,5\n" * 30),
        table(31, 2, 1),
    ),
    "utf-16.csv": (text((HEADING + GOOD).encode("utf-16")), table(24, 3)),
    "twice.csv": (text("load,load,Load\n" + "1.5,2.5,3.5\n" * 9), table(9, 3)),
    "ten-thousand-columns.csv": (
        text(",".join(f"c{n}" for n in range(10_000)) + "\n" + ",".join(["1"] * 10_000) + "\n"),
        refused("10,000 columns", "2,000"),
    ),
    "huge-field.csv": (text("a,b\n" + "1,2\n" * 50 + "1," + "x" * (2 << 20) + "\n"), table(50, 2, 1)),
    "one-line.csv": (text(b"x" * (40 << 20)), refused("line")),
    "unclosed-quote.csv": (text('a,b\n1,"two\n' + "3,4\n" * 400_000), {}),
    "empty.csv": (text(""), refused("empty")),
    "nothing-but-a-heading.csv": (text("at,load\n"), refused("row")),
    "paths.csv": (
        text('../../etc/passwd,"x""; DROP TABLE readings; --",C:\\boot.ini\n' + "1,2,3\n" * 5),
        table(5, 3),
    ),
    "formulas.csv": (text("name,load\n=cmd|' /C calc'!A0,1.5\n@SUM(A1),2.5\n"), table(2, 2)),
    "deep.jsonl": (
        text('{"a": 1}\n' * 30 + '{"a": ' + "[" * 50_000 + "]" * 50_000 + "}\n"),
        {},
    ),
    "zip-bomb.xlsx": (bomb_of_zeros, refused("unpack")),
    "path-member.xlsx": (member_with_a_path, refused("name")),
    "archive.xlsx": (a_zip_in_a_zip, refused()),
    "parquet-bomb.parquet": (bomb_of_columns, refused("unpacks")),
    "one-text.parquet": (bomb_of_one_text, table(2_000_000, 1)),
    "forged.parquet": (forged_statistics, table(3, 1)),
    "truncated.parquet": (truncated_parquet, refused("complete")),
    "picture.csv": (text(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 40), refused()),
    "noise.csv": (text(bytes((n * 7919 + 13) % 251 for n in range(200_000))), {}),
}


@pytest.fixture(scope="module")
def results(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, Any]]:
    files, tables = tmp_path_factory.mktemp("files"), tmp_path_factory.mktemp("tables")
    for name, (build, _) in CORPUS.items():
        build(files / name)
    before = {path.name: path.stat().st_size for path in files.iterdir()}
    run = subprocess.run(
        [sys.executable, "-c", READER, str(files), str(tables)],
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert run.returncode == 0, run.stderr[-3_000:]
    assert {path.name: path.stat().st_size for path in files.iterdir()} == before
    found: dict[str, dict[str, Any]] = json.loads(run.stdout)
    for name, each in found.items():
        each["into"] = tables / name / "into.duckdb"
    return found


@pytest.mark.parametrize("name", CORPUS)
def test_a_hostile_file_is_refused_with_a_reason_or_imported_right(
    results: dict[str, dict[str, Any]], name: str
) -> None:
    expected, found = CORPUS[name][1], results[name]

    assert found["peak"] < MOST_BYTES
    if "refused" in found:
        assert found["files"] == []
        assert found["refused"].rstrip(" .").count(". ") >= 1, found["refused"]
        assert all(word in found["refused"] for word in expected.get("refused", ())), found["refused"]
        assert not expected or "refused" in expected, found["refused"]
    else:
        assert found["files"] == ["into.duckdb"]
        assert {key: found[key] for key in expected} == expected


def test_forged_statistics_are_not_believed(results: dict[str, dict[str, Any]]) -> None:
    with duckdb.connect(results["forged.parquet"]["into"], read_only=True) as connection:
        assert connection.execute("SELECT max(n) FROM readings").fetchall() == [(1_234_567_890_123,)]


def test_decimal_commas_are_read_as_meant(results: dict[str, dict[str, Any]]) -> None:
    for name in ("decimal-commas.csv", "ragged.csv", "nul.csv", "utf-16.csv"):
        with duckdb.connect(results[name]["into"], read_only=True) as connection:
            found = connection.execute("SELECT count(*), sum(load), max(price) FROM readings").fetchall()
        assert found == [(24, 288.0, 1_000.25)], name


def test_columns_of_one_name_keep_their_own_values(results: dict[str, dict[str, Any]]) -> None:
    with duckdb.connect(results["twice.csv"]["into"], read_only=True) as connection:
        assert connection.execute("SELECT * FROM readings LIMIT 1").fetchall() == [(1.5, 2.5, 3.5)]
