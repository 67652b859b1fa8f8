"""Files hold every row, in local time, and nothing in them can run."""

import asyncio
import io
from collections.abc import AsyncGenerator, AsyncIterator
from dataclasses import replace
from datetime import UTC, date, datetime, time
from decimal import Decimal
from pathlib import Path
from uuid import uuid4

import openpyxl
import polars as pl
import pytest

from gridlens.analytics.errors import ResultTooLarge
from gridlens.analytics.exporting.files import csv_parts, file_parts
from gridlens.analytics.exporting.safety import harmless
from gridlens.analytics.exporting.streams import RowStream, spooled
from gridlens.analytics.routes.files import file_of
from gridlens.analytics.running.columns import describe_columns
from gridlens.shared.results import ResultSet

pytestmark = pytest.mark.anyio


def result(frame: pl.DataFrame) -> ResultSet:
    return ResultSet(
        columns=describe_columns(frame, None),
        frame=frame,
        is_cut=False,
        row_limit=frame.height,
        sql="SELECT 1",
        source_id=uuid4(),
        source_name="metering",
        zone="Europe/Berlin",
        read_at=datetime(2025, 4, 1, tzinfo=UTC),
        engine_ms=1,
    )


def streamed(frame: pl.DataFrame) -> RowStream:
    return RowStream.of(result(frame))


async def whole(parts: AsyncIterator[bytes]) -> bytes:
    return b"".join([part async for part in parts])


EVERYTHING = pl.DataFrame(
    {
        "ts": [datetime(2025, 3, 30, 0, 30, tzinfo=UTC), datetime(2025, 3, 30, 1, 30, tzinfo=UTC)],
        "day": [date(2025, 3, 30), None],
        "kwh": [1.5, float("nan")],
        "price": [Decimal("-12.30"), Decimal("0.00")],
        "n": [2**60, -1],
        "ok": [True, False],
        "raw": [b"\x01\xff", None],
        "text": ['say "hi", twice', "Köln\nRhein"],
    }
)


async def test_csv_writes_times_in_the_local_zone_with_their_offset() -> None:
    content = (await whole(csv_parts(streamed(EVERYTHING)))).decode()

    # The clock goes forward between the two: 00:30 UTC is 01:30 +01:00, 01:30 UTC is 03:30 +02:00.
    assert content == (
        "ts,day,kwh,price,n,ok,raw,text\r\n"
        "2025-03-30T01:30:00+01:00,2025-03-30,1.5,-12.30,1152921504606846976,true,01ff,"
        '"say ""hi"", twice"\r\n'
        '2025-03-30T03:30:00+02:00,,NaN,0.00,-1,false,,"Köln\nRhein"\r\n'
    )


async def test_csv_writes_no_more_of_a_time_of_day_than_there_is() -> None:
    frame = pl.DataFrame({"at": [time(12, 34, 56), time(12, 34, 56, 789_000)]})

    assert await whole(csv_parts(streamed(frame))) == b"at\r\n12:34:56\r\n12:34:56.789\r\n"


async def test_csv_of_many_rows_comes_in_parts_with_one_heading() -> None:
    parts = [part async for part in csv_parts(streamed(pl.DataFrame({"n": range(50_001)})))]

    assert len(parts) == 3
    assert b"".join(parts).decode().splitlines() == ["n", *map(str, range(50_001))]


async def test_csv_of_no_rows_still_has_its_heading() -> None:
    assert await whole(csv_parts(streamed(pl.DataFrame({"n": [], "m": []})))) == b"n,m\r\n"


FORMULAS = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\x00=1", "＝1", "＋1", "－1", "＠x"]


@pytest.mark.parametrize("text", FORMULAS)
async def test_text_that_would_be_a_formula_is_marked_as_text(text: str, tmp_path: Path) -> None:
    frame = pl.DataFrame({"a": [text], "b": [-1.5]})

    assert harmless(frame).row(0) == ("'" + text.replace("\x00", ""), -1.5)
    csv = (await whole(csv_parts(streamed(frame)))).decode()
    assert csv.splitlines()[1].lstrip('"').startswith("'")
    assert csv.rstrip().endswith(",-1.5")


async def test_a_heading_cannot_be_a_formula_either() -> None:
    content = await whole(csv_parts(streamed(pl.DataFrame({"=cmd()": [1]}))))

    assert content == b"'=cmd()\r\n1\r\n"


async def test_xlsx_keeps_kinds_and_says_the_zone(tmp_path: Path) -> None:
    content = await whole(await file_parts(streamed(EVERYTHING), "xlsx", tmp_path))

    sheet = openpyxl.load_workbook(io.BytesIO(content)).active
    rows = list(sheet.iter_rows(values_only=True))
    assert rows[0] == ("ts [Europe/Berlin]", "day", "kwh", "price", "n", "ok", "raw", "text")
    assert rows[1] == (
        datetime(2025, 3, 30, 1, 30),  # noqa: DTZ001 - a spreadsheet's times know no zone
        datetime(2025, 3, 30),  # noqa: DTZ001
        1.5,
        -12.3,
        "1152921504606846976",
        True,
        "01ff",
        'say "hi", twice',
    )
    assert rows[2][2:5] == (None, 0, -1)


async def test_xlsx_holds_no_formula_and_no_link(tmp_path: Path) -> None:
    frame = pl.DataFrame({"a": ["=1+1", "https://example.org", "12"]})
    content = await whole(await file_parts(streamed(frame), "xlsx", tmp_path))

    sheet = openpyxl.load_workbook(io.BytesIO(content)).active
    cells = [sheet.cell(row=row, column=1) for row in (2, 3, 4)]
    assert [(cell.value, cell.data_type, cell.hyperlink) for cell in cells] == [
        ("'=1+1", "s", None),
        ("https://example.org", "s", None),
        ("12", "s", None),
    ]


async def test_parquet_keeps_every_type(tmp_path: Path) -> None:
    content = await whole(await file_parts(streamed(EVERYTHING), "parquet", tmp_path))

    assert pl.read_parquet(io.BytesIO(content)).schema == EVERYTHING.schema


@pytest.mark.parametrize("file_format", ["xlsx", "parquet"])
async def test_nothing_is_left_on_disk_even_when_nobody_reads(tmp_path: Path, file_format: str) -> None:
    parts = await file_parts(streamed(EVERYTHING), file_format, tmp_path)

    assert list(tmp_path.iterdir()) == []
    assert await anext(parts)


async def test_parts_of_different_types_become_one_column(tmp_path: Path) -> None:
    async def parts() -> AsyncGenerator[pl.DataFrame, None]:
        yield pl.DataFrame({"n": [1], "price": [Decimal("1.5")], "text": [1]})
        yield pl.DataFrame({"n": [2.5], "price": [Decimal("2.25")], "text": ["x"]})

    rows = replace(streamed(EVERYTHING), parts=parts())
    frame = pl.read_parquet(io.BytesIO(await whole(await file_parts(rows, "parquet", tmp_path))))

    assert frame.rows() == [(1.0, Decimal("1.50"), "1"), (2.5, Decimal("2.25"), "x")]


async def test_a_spreadsheet_of_too_many_rows_is_refused_before_it_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("gridlens.analytics.exporting.files.MOST_SHEET_ROWS", 1)

    with pytest.raises(ResultTooLarge, match="CSV or Parquet"):
        await file_parts(streamed(EVERYTHING), "xlsx", tmp_path)

    assert list(tmp_path.iterdir()) == []


async def test_a_slow_reader_does_not_hold_up_who_reads_the_source(tmp_path: Path) -> None:
    made: list[int] = []

    async def parts() -> AsyncGenerator[bytes, None]:
        for number in range(100):
            made.append(number)
            yield b"x" * 1000

    reading = spooled(parts(), tmp_path)
    first = await anext(reading)
    async with asyncio.timeout(5):
        while len(made) < 100:
            await asyncio.sleep(0.01)

    assert first + await whole(reading) == b"x" * 100_000
    assert list(tmp_path.iterdir()) == []


async def test_who_stops_reading_stops_the_making(tmp_path: Path) -> None:
    ended = asyncio.Event()

    async def parts() -> AsyncGenerator[bytes, None]:
        try:
            while True:
                yield b"x"
                await asyncio.sleep(0.001)
        finally:
            ended.set()

    reading = spooled(parts(), tmp_path)
    await anext(reading)
    await reading.aclose()

    assert ended.is_set()


async def test_a_failure_in_the_middle_breaks_the_file_off(tmp_path: Path) -> None:
    async def parts() -> AsyncGenerator[bytes, None]:
        yield b"x"
        raise ResultTooLarge("too much")

    with pytest.raises(ResultTooLarge):
        await whole(spooled(parts(), tmp_path))


@pytest.mark.parametrize(
    ("name", "header"),
    [
        ("Sites", "filename=\"Sites.csv\"; filename*=UTF-8''Sites.csv"),
        ("a/b\\c", "filename=\"a b c.csv\"; filename*=UTF-8''a%20b%20c.csv"),
        ('x"; evil', "filename=\"x evil.csv\"; filename*=UTF-8''x%20evil.csv"),
        ("..", "filename=\"result.csv\"; filename*=UTF-8''result.csv"),
        ("a\r\nSet-Cookie: x", "filename=\"a Set-Cookie x.csv\"; filename*=UTF-8''a%20Set-Cookie%20x.csv"),
        ("Köln", "filename=\"Kln.csv\"; filename*=UTF-8''K%C3%B6ln.csv"),
    ],
)
async def test_a_name_cannot_leave_its_header(tmp_path: Path, name: str, header: str) -> None:
    stream = await file_of(streamed(EVERYTHING), "csv", name, tmp_path)

    assert stream.headers["Content-Disposition"] == f"attachment; {header}"
