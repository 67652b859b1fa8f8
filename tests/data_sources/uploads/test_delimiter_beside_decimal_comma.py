"""A decimal comma in the last column does not make the comma the delimiter."""

from pathlib import Path

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
