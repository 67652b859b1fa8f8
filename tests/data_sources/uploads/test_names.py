import pytest
from hypothesis import given
from hypothesis import strategies as st

from gridlens.data_sources.uploads.limits import MAX_NAME_LENGTH
from gridlens.data_sources.uploads.names import table_name, unique


def test_names_that_sql_cannot_tell_apart_are_numbered() -> None:
    assert unique(["Load", "load", "LOAD"]) == ["Load", "load_2", "LOAD_3"]


def test_a_column_without_a_heading_is_named_by_its_place() -> None:
    assert unique(["time", "", " \t"]) == ["time", "column_2", "column_3"]


def test_what_cannot_be_seen_is_not_part_of_a_name() -> None:
    assert unique(["\u202eload\u200b\n [kW]\x07"]) == ["load [kW]"]


@given(st.lists(st.text(max_size=300), max_size=20))
def test_names_are_always_short_visible_and_different(headings: list[str]) -> None:
    names = unique(headings)

    assert len({name.casefold() for name in names}) == len(headings)
    assert all(0 < len(name) <= MAX_NAME_LENGTH for name in names)


@pytest.mark.parametrize(
    ("filename", "name"),
    [
        ("Lastgang Größe 2024 (1).csv", "lastgang_grosse_2024_1"),
        ("../../etc/passwd", "passwd"),
        ("C:\\data\\meter.readings.xlsx", "meter"),
        ("2024.csv", "t_2024"),
        ("電力.csv", "upload"),
        ("", "upload"),
    ],
)
def test_a_table_is_named_after_its_file(filename: str, name: str) -> None:
    assert table_name(filename) == name
