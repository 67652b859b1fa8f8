"""What a few cells make of a column is said in the preview, with the choice that there is."""

from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest

from gridlens.data_sources.uploads import Preview, detect, preview
from gridlens.shared.results import Kind

Write = Callable[..., Path]


def column_of(path: Path, name: str = "load") -> tuple[Kind, Preview, list[str]]:
    shown = preview(path, detect(path, "a.csv"))
    kind = next(column.kind for column in shown.columns if column.name == name)
    return kind, shown, [each.message for each in shown.cautions if each.column == name]


def codes(shown: Preview) -> list[str]:
    return [each.code for each in shown.cautions]


def with_kind(path: Path, name: str, kind: Kind) -> Preview:
    options = detect(path, "a.csv")
    columns = tuple(
        msgspec.structs.replace(each, kind=kind, is_guess=False) if each.name == name else each
        for each in options.columns
    )
    return preview(path, msgspec.structs.replace(options, columns=columns))


def test_one_bad_cell_among_a_few_numbers_is_said_and_can_be_set_aside(write: Write) -> None:
    path = write("site,load\na,1.5\nb,2.5\nc,oops\nd,3.5\n")

    kind, _, [message] = column_of(path)

    assert kind == Kind.TEXT
    assert "3 of 4 cells are numbers" in message
    assert "“oops”" in message
    chosen = with_kind(path, "load", Kind.NUMBER)
    assert (chosen.row_count, chosen.bad_row_count) == (4, 1)
    assert [row.line for row in chosen.bad_rows] == [4]
    assert "mostly-numbers" not in codes(chosen)
    # Who chooses text knows, and is not asked again.
    assert codes(with_kind(path, "load", Kind.TEXT)) == []


def test_one_bad_byte_is_said_too(write: Write) -> None:
    path = write(b"site,load\na,1.5\nb,2.\xff5\nc,2.5\n")

    kind, _, messages = column_of(path)

    assert kind == Kind.TEXT
    assert "2 of 3 cells are numbers" in messages[0]


def test_many_bad_cells_among_numbers_are_said(write: Write) -> None:
    rows = "".join(f"s{n},{'x' if n % 5 == 0 else n + 0.5}\n" for n in range(100))

    kind, _, [message] = column_of(write(f"site,load\n{rows}"))

    assert kind == Kind.TEXT
    assert "80 of 100 cells are numbers" in message


def test_one_bad_time_is_said(write: Write) -> None:
    _, shown, _ = column_of(write("at,load\n2024-01-01 00:00,1\n2024-01-01 00:15,2\nlater,3\n"))

    assert "mostly-times" in codes(shown)


def test_words_and_codes_are_no_spoilt_numbers(write: Write) -> None:
    path = write("site,zip,load\nmill,01234,1.5\npier,04321,2.5\nquay,07,3.5\nyard,7,4.5\n")

    assert codes(preview(path, detect(path, "a.csv"))) == []


def test_a_few_leading_zeros_that_make_identifiers_of_counts_are_said(write: Write) -> None:
    _, shown, _ = column_of(write("site,load\na,12\nb,07\nc,133\nd,9\n"))

    assert codes(shown) == ["leading-zeros"]


def test_another_decimal_sign_in_one_column_is_said_and_is_no_time_of_day(write: Write) -> None:
    path = write("site;kwh;load\na;1.234,5;12.30\nb;2,5;8.15\nc;3,5;7.45\n")

    kind, shown, _ = column_of(path)

    assert (kind, codes(shown)) == (Kind.TEXT, ["other-decimal-sign"])


def test_points_in_a_clock_are_read_under_a_heading_of_time(write: Write) -> None:
    path = write("Uhrzeit;Last\n12.30;1,5\n8.15;2,5\n23.45;3,5\n")

    assert column_of(path, "Uhrzeit")[0] == Kind.TIME


@pytest.mark.parametrize(
    ("cells", "kind", "code", "unit"),
    [
        (("$5.00", "€6.00", "$7.00"), Kind.TEXT, "mixed-signs", None),
        (("5 %", "€6", "7 %"), Kind.TEXT, "mixed-signs", None),
        (("5 %", "0.07", "8 %"), Kind.NUMBER, "signs-in-part", "%"),
        (("$5.00", "0", "$7.00"), Kind.NUMBER, None, "$"),
        (("5 %", "6 %", "7 %"), Kind.NUMBER, None, "%"),
        (("(5.10)", "6.10", "7.10"), Kind.NUMBER, "brackets", None),
        (("($5.10)", "$6.10", "$7.10"), Kind.NUMBER, "brackets", "$"),
        (("\u22125.1", "6.1", "7.1"), Kind.NUMBER, None, None),
    ],
)
def test_signs_at_numbers_are_read_alike_or_said(
    write: Write, cells: tuple[str, ...], kind: Kind, code: str | None, unit: str | None
) -> None:
    path = write("site;load\n" + "".join(f"s{n};{cell}\n" for n, cell in enumerate(cells)))

    found, shown, _ = column_of(path)

    assert (found, codes(shown)) == (kind, [code] if code else [])
    assert shown.columns[1].unit == unit


def test_mixed_currencies_can_be_had_as_bare_numbers(write: Write) -> None:
    path = write("site;load\na;$5.00\nb;€6.00\n")

    chosen = with_kind(path, "load", Kind.NUMBER)

    assert [row.values[1] for row in chosen.rows] == [5.0, 6.0]
    assert codes(chosen) == ["mixed-signs"]


def test_an_interval_with_both_ends_keeps_its_start_and_says_so(write: Write) -> None:
    path = write("MTU,load\n2024-01-01 00:00 - 2024-01-01 01:00,1\n2024-01-01 01:00 - 2024-01-01 02:00,2\n")

    kind, shown, _ = column_of(path, "MTU")

    assert kind == Kind.TIMESTAMP
    assert "interval-both-ends" in codes(shown)
    assert [row.values[0] for row in shown.rows] == ["2024-01-01T00:00:00Z", "2024-01-01T01:00:00Z"]


@pytest.mark.parametrize(
    ("heading", "zone"),
    [
        ("Outcome time", None),
        ("utc_timestamp", "UTC"),
        ("UTC+05:30", None),
        ("Time UTC+0530", None),
        ("GMT/BST", None),
        ("Local time (GMT)", None),
        ("Time (UTC-3)", "Etc/GMT+3"),
        ("Time UTC+00:00", "UTC"),
    ],
)
def test_only_a_zone_that_a_heading_really_names_is_taken(
    write: Write, heading: str, zone: str | None
) -> None:
    path = write(f"{heading},load\n2024-01-01 00:00,1\n2024-01-01 01:00,2\n")

    assert detect(path, "a.csv").columns[0].zone == zone


@pytest.mark.parametrize(
    ("heading", "unit"),
    [
        ("kWh", "kWh"),
        ("MW", "MW"),
        ("EUR/MWh", "€/MWh"),
        ("°C", "°C"),
        ("[kWh]", "kWh"),
        ("min", None),
        ("A", None),
        ("c", None),
        ("var", None),
        ("h", None),
        ("Mar 2024", None),
    ],
)
def test_a_heading_may_be_a_unit_and_nothing_else(write: Write, heading: str, unit: str | None) -> None:
    path = write(f"site,{heading}\na,1.5\nb,2.5\n")

    assert detect(path, "a.csv").columns[1].unit == unit


def test_months_across_the_heading_are_names_of_columns(write: Write) -> None:
    path = write("site,Jan 2024,Feb 2024,Mar 2024\na,1.5,2.5,3.5\nb,4.5,5.5,6.5\n")

    options = detect(path, "a.csv")

    assert options.header_row == 1
    assert [(each.name, each.unit) for each in options.columns[1:]] == [
        ("Jan 2024", None),
        ("Feb 2024", None),
        ("Mar 2024", None),
    ]
