import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gridlens.data_sources.uploads.numbers import NumberStyle, parse_integers, parse_numbers

POINT = NumberStyle()
COMMA = NumberStyle(decimal_comma=True)
GERMAN = NumberStyle(decimal_comma=True, thousands=".")
ENGLISH = NumberStyle(thousands=",")
FRENCH = NumberStyle(decimal_comma=True, thousands=" ")
SWISS = NumberStyle(thousands="'")


def number(text: str, style: NumberStyle) -> float | None:
    return parse_numbers(pl.Series([text]), style)[0]


@pytest.mark.parametrize(
    ("text", "style", "value"),
    [
        ("1.5", POINT, 1.5),
        ("-.5", POINT, -0.5),
        ("1e3", POINT, 1_000.0),
        ("1,5", POINT, None),
        ("1,5", COMMA, 1.5),
        ("1.5", COMMA, None),
        ("1.234,5", GERMAN, 1_234.5),
        ("1.234", GERMAN, 1_234.0),
        ("1.5", GERMAN, None),
        ("1.2345,0", GERMAN, None),
        ("-1,234,567.89", ENGLISH, -1_234_567.89),
        ("12,34", ENGLISH, None),
        ("1 234,5", FRENCH, 1_234.5),
        ("1\u202f234,5", FRENCH, 1_234.5),
        ("1\u00a0234", FRENCH, 1_234.0),
        ("1'234.5", SWISS, 1_234.5),
        ("1’234", SWISS, 1_234.0),
        ("$25.10", POINT, 25.1),
        ("-$25.10", POINT, -25.1),
        ("($3.10)", POINT, -3.1),
        ("1.234,50 €", GERMAN, 1_234.5),
        ("12.5 %", POINT, 12.5),
        ("12.5 kW", POINT, None),
        ("$", POINT, None),
        ("()", POINT, None),
        ("inf", POINT, None),
        ("nan", POINT, None),
        ("1e400", POINT, None),
        ("0x10", POINT, None),
        ("1_000", POINT, None),
        ("", POINT, None),
    ],
)
def test_a_number_is_read_in_exactly_its_style(text: str, style: NumberStyle, value: float | None) -> None:
    assert number(text, style) == value


@pytest.mark.parametrize(
    ("text", "style", "value"),
    [("7", POINT, 7), ("7.0", POINT, 7), ("7,00", COMMA, 7), ("7.5", POINT, None), ("1.234", GERMAN, 1_234)],
)
def test_whole_numbers_may_be_written_with_zeros_behind(
    text: str, style: NumberStyle, value: int | None
) -> None:
    assert parse_integers(pl.Series([text]), style)[0] == value


def test_a_counter_keeps_all_its_digits() -> None:
    assert parse_integers(pl.Series(["9007199254740993"]), POINT)[0] == 9_007_199_254_740_993


@given(st.lists(st.floats(allow_nan=False, allow_infinity=False), min_size=1))
def test_every_number_is_read_back_with_a_decimal_comma(values: list[float]) -> None:
    texts = pl.Series([repr(value).replace(".", ",") for value in values])

    assert parse_numbers(texts, COMMA).to_list() == values


@given(st.lists(st.integers(-(2**63), 2**63 - 1), min_size=1))
def test_every_whole_number_is_read_back_with_thousands(values: list[int]) -> None:
    texts = pl.Series([f"{value:,}" for value in values])

    assert parse_integers(texts, ENGLISH).to_list() == values
