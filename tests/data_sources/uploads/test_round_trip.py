# ruff: noqa: DTZ001 -- clocks without a zone are what files hold
"""Whatever a program writes comes back as it was; whatever somebody sends ends in an answer."""

import csv
import io
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb
import msgspec
import polars as pl
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from gridlens.data_sources.uploads import DateOrder, UploadRefused, detect, import_table, preview

WESTERN = st.text(st.sampled_from("abcXYZ äöüß°,;|\t'\"\n.-0123456789"), min_size=0, max_size=12)
UNIVERSAL = st.text(st.characters(exclude_categories=["Cs", "Cc", "Cf", "Cn", "Co"]), max_size=12)


@dataclass
class Written:
    """A table and the way in which some program writes it."""

    columns: dict[str, list[object]]
    delimiter: str
    quoting: int
    line_end: str
    encoding: str
    decimal_comma: bool
    stamp: str
    order: DateOrder

    def content(self) -> bytes:
        text = io.StringIO()
        writer = csv.writer(
            text, delimiter=self.delimiter, quoting=self.quoting, lineterminator=self.line_end
        )
        writer.writerow(self.columns)
        for row in zip(*self.columns.values(), strict=True):
            writer.writerow([self.cell(value) for value in row])
        return text.getvalue().encode(self.encoding)

    def cell(self, value: object) -> str:
        match value:
            case None:
                return ""
            case bool():
                return "true" if value else "false"
            case datetime():
                return value.strftime(self.stamp)
            case float():
                return repr(value).replace(".", "," if self.decimal_comma else ".")
            case _:
                return str(value)


@st.composite
def written_tables(draw: st.DrawFn) -> Written:
    rows = draw(st.integers(2, 25))
    encoding = draw(st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "windows-1252"]))
    words = WESTERN if encoding == "windows-1252" else st.one_of(WESTERN, UNIVERSAL)
    start = draw(st.datetimes(datetime(2000, 1, 13), datetime(2040, 1, 1))).replace(second=0, microsecond=0)
    missing = st.none()
    columns: dict[str, list[object]] = {
        "time": [start.replace(day=13) + timedelta(minutes=15 * number) for number in range(rows)],
        "site": draw(st.lists(words.map(lambda word: f"n{word}x"), min_size=rows, max_size=rows)),
    }
    if draw(st.booleans()):
        number = st.floats(-1e9, 1e9, allow_subnormal=False).map(lambda value: round(value, 3) + 0.25)
        columns["load [kW]"] = draw(st.lists(st.one_of(missing, number), min_size=rows, max_size=rows))
    if draw(st.booleans()):
        columns["count"] = draw(st.lists(st.integers(-(10**12), 10**12), min_size=rows, max_size=rows))
    if draw(st.booleans()):
        columns["valid"] = draw(st.lists(st.booleans(), min_size=rows, max_size=rows))
    delimiter = draw(st.sampled_from(",;\t|"))
    stamp, order = draw(
        st.sampled_from(
            [
                ("%Y-%m-%d %H:%M:%S", DateOrder.YMD),
                ("%Y-%m-%dT%H:%MZ", DateOrder.YMD),
                ("%d.%m.%Y %H:%M", DateOrder.DMY),
                ("%m/%d/%Y %I:%M %p", DateOrder.MDY),
            ]
        )
    )
    return Written(
        columns=columns,
        delimiter=delimiter,
        quoting=draw(st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL])),
        line_end=draw(st.sampled_from(["\n", "\r\n"])),
        encoding=encoding,
        decimal_comma=delimiter != "," and draw(st.booleans()),
        stamp=stamp,
        order=order,
    )


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(written_tables())
def test_a_table_comes_back_as_it_was_written(written: Written) -> None:
    with TemporaryDirectory() as folder:
        path, into = Path(folder, "written.csv"), Path(folder, "read.duckdb")
        path.write_bytes(written.content())
        options = detect(path, "written.csv")
        if written.encoding == "windows-1252" and options.encoding != "windows-1252":
            # Random letters are no language, so a person has to say what they are.
            options = msgspec.structs.replace(options, encoding="windows-1252", columns=())
        import_table(path, options, into, "t", "reject")
        with duckdb.connect(into, read_only=True) as connection:
            connection.execute("SET TimeZone = 'UTC'")
            frame = pl.DataFrame(connection.sql("SELECT * FROM t"))

    assert options.delimiter == written.delimiter
    expected = {name.removesuffix(" [kW]"): values for name, values in written.columns.items()}
    expected["time"] = [at.replace(tzinfo=UTC) for at in written.columns["time"] if isinstance(at, datetime)]
    assert frame.to_dict(as_series=False) == expected


SIGNS = (
    b', ; \n \r\n \r " "" \0 \xff \xef\xbb\xbf { [ 1.5 1,5 2024-01-31 NA \xc3\xa4 a \t - =1+1 PAR1 PK\x03\x04'
)
SPECIAL = st.sampled_from([*SIGNS.split(b" "), b" ", b"31.12.2024 24:00", b'{"a": 1}', b"9" * 40])


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.one_of(SPECIAL, st.binary(max_size=4)), max_size=60).map(b"".join), st.data())
@example(b"a,b\n1,2\n", None)
def test_any_bytes_end_in_a_table_or_a_refusal(content: bytes, data: st.DataObject | None) -> None:
    with TemporaryDirectory() as folder:
        path, into = Path(folder, "any"), Path(folder, "into.duckdb")
        path.write_bytes(content)
        try:
            options = detect(path, "any")
            if data is not None and data.draw(st.booleans()):
                # Whoever corrects the options may be wrong.
                options = msgspec.structs.replace(
                    options,
                    delimiter=data.draw(st.sampled_from(",;\t| :")),
                    quote=data.draw(st.sampled_from(["", '"', "'"])),
                    encoding=data.draw(st.sampled_from(["utf-8", "utf-16-le", "windows-1252", "shift_jis"])),
                    header_row=data.draw(st.sampled_from([None, 1, 2, 5])),
                    decimal_comma=data.draw(st.booleans()),
                    columns=(),
                )
            shown = preview(path, options)
            outcome = import_table(path, shown.options, into, "t", "set_aside")
        except UploadRefused:
            assert [each.name for each in Path(folder).iterdir()] == ["any"]
            return
        if shown.is_whole:
            assert outcome.rows_imported + outcome.bad_row_count == shown.row_count
            assert outcome.bad_row_count == shown.bad_row_count
        with duckdb.connect(into, read_only=True) as connection:
            assert connection.execute("SELECT count(*) FROM t").fetchall() == [(outcome.rows_imported,)]
