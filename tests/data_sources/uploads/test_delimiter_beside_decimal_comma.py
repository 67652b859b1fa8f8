"""A decimal comma in the last column does not make the comma the delimiter."""

from pathlib import Path

from gridlens.data_sources.uploads import detect


def test_a_row_that_begins_with_a_time_and_ends_with_a_decimal_comma_is_parted_by_semicolons(
    tmp_path: Path,
) -> None:
    file = tmp_path / "readings.csv"
    rows = [f"{day:02d}.03.2026 00:00;Harbour;{day},0" for day in range(1, 29)]
    file.write_text("\n".join(["Zeitpunkt;Standort;Verbrauch [kWh]", *rows]), encoding="utf-8")

    options = detect(file, "readings.csv")

    assert (options.delimiter, options.decimal_comma) == (";", True)
    assert [column.unit for column in options.columns] == [None, None, "kWh"]
