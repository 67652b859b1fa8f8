"""A decimal comma in the last column does not make the comma the delimiter."""

from pathlib import Path

import pytest

from gridlens.data_sources.uploads import detect, preview


def test_a_row_that_begins_with_a_time_and_ends_with_a_decimal_comma_is_parted_by_semicolons(
    tmp_path: Path,
) -> None:
    file = tmp_path / "readings.csv"
    rows = [f"{day:02d}.03.2026 00:00;Harbour;{day},0" for day in range(1, 29)]
    file.write_text("\n".join(["Zeitpunkt;Standort;Verbrauch [kWh]", *rows]), encoding="utf-8")

    options = detect(file, "readings.csv")

    assert (options.delimiter, options.decimal_comma) == (";", True)
    assert [column.unit for column in options.columns] == [None, None, "kWh"]


def test_a_small_ragged_file_is_parted_as_its_heading_says(tmp_path: Path) -> None:
    file = tmp_path / "ragged.csv"
    file.write_text("a,b,c\n1,2,3\n4,5\n6,7,8,9\n", encoding="utf-8")

    options = detect(file, "ragged.csv")

    assert options.delimiter == ","
    assert [column.name for column in options.columns] == ["a", "b", "c"]
    assert [row.line for row in preview(file, options).bad_rows] == [3, 4]


@pytest.mark.parametrize("heading", ["site;load\n", ""])
def test_words_beside_one_decimal_comma_are_parted_by_semicolons(tmp_path: Path, heading: str) -> None:
    file = tmp_path / "readings.csv"
    file.write_text(heading + "Bonn;3,5\nKiel;2,5\n" * 20, encoding="utf-8")

    options = detect(file, "readings.csv")

    assert (options.delimiter, options.decimal_comma) == (";", True)
    assert [column.kind for column in options.columns] == ["text", "number"]


def test_semicolons_inside_some_words_do_not_part_a_table_with_commas(tmp_path: Path) -> None:
    file = tmp_path / "tags.csv"
    file.write_text("name,tags\nmill,a;b\npier,c\nquay,d;e;f\n" * 5, encoding="utf-8")

    assert detect(file, "tags.csv").delimiter == ","


@pytest.mark.parametrize(
    ("usual", "odd", "has_comma"), [("1.5", "1,5", False), ("1,5", "1.5", True)], ids=["point", "comma"]
)
def test_one_cell_with_the_other_sign_does_not_turn_a_column(
    tmp_path: Path, usual: str, odd: str, *, has_comma: bool
) -> None:
    file = tmp_path / "readings.csv"
    rest = ";Bonn" if has_comma else ""
    rows = [f"{usual}{rest}"] * 50 + [f"{odd}{rest}"]
    file.write_text("\n".join([f"load{rest and ';site'}", *rows]) + "\n", encoding="utf-8")

    options = detect(file, "readings.csv")
    shown = preview(file, options)

    assert (options.decimal_comma, options.columns[0].kind) == (has_comma, "number")
    assert shown.rows[0].values[0] == 1.5
    assert [row.line for row in shown.bad_rows] == [52]
