"""Whatever was written in a style is read as what it was; whatever is read was written so."""

from datetime import UTC, datetime, timedelta, timezone

import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from gridlens.data_sources.uploads.numbers import NumberStyle, parse_integers, parse_numbers
from gridlens.data_sources.uploads.options import DateOrder
from gridlens.data_sources.uploads.times import parse_clock, parse_moments

STYLES = [
    NumberStyle(decimal_comma=comma, thousands=thousands)
    for comma in (False, True)
    for thousands in ("", ",", ".", " ", "'")
    if thousands != ("," if comma else ".")
]
DATES = {
    DateOrder.YMD: ("%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d"),
    DateOrder.DMY: ("%d.%m.%Y", "%d/%m/%Y", "%d-%m-%Y"),
    DateOrder.MDY: ("%m/%d/%Y", "%m-%d-%Y"),
}
ANYTHING = st.text(alphabet="0123456789.,'-+()$€£% eEinfa\u00a0\u202f\u2212:/TZ", max_size=14)
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def written(number: int, decimals: int, style: NumberStyle) -> str:
    digits = f"{abs(number):0{decimals + 1}d}"
    whole, rest = (digits[:-decimals], digits[-decimals:]) if decimals else (digits, "")
    whole = f"{int(whole):,}".replace(",", style.thousands)
    return ("-" if number < 0 else "") + whole + (style.decimal + rest if rest else "")


@given(st.integers(-(10**12), 10**12), st.integers(0, 4), st.sampled_from(STYLES))
def test_a_number_in_a_style_is_read_as_itself(number: int, decimals: int, style: NumberStyle) -> None:
    [value] = parse_numbers(pl.Series([written(number, decimals, style)]), style)

    assert value == number / 10**decimals


@given(st.integers(-(10**15), 10**15), st.sampled_from(STYLES))
def test_a_whole_number_in_a_style_is_read_as_itself(number: int, style: NumberStyle) -> None:
    assert parse_integers(pl.Series([written(number, 0, style)]), style)[0] == number


@given(st.integers(1, 10**9), st.sampled_from(STYLES), st.sampled_from("€$£"))
def test_money_has_its_amount_whatever_stands_beside_it(number: int, style: NumberStyle, sign: str) -> None:
    amount = written(number, 2, style)
    cells = [f"{sign}{amount}", f"{sign} {amount}", f"{amount} {sign}", f"-{sign}{amount}", f"({amount})"]

    values = parse_numbers(pl.Series(cells), style).to_list()

    assert values == [number / 100, number / 100, number / 100, -number / 100, -number / 100]


@given(st.lists(ANYTHING, max_size=8), st.sampled_from(STYLES))
def test_a_cell_is_read_alike_alone_and_among_others(cells: list[str], style: NumberStyle) -> None:
    together = parse_numbers(pl.Series(cells, dtype=pl.String), style).to_list()

    assert together == [parse_numbers(pl.Series([cell]), style)[0] for cell in cells]


@given(ANYTHING, st.sampled_from(STYLES))
def test_nothing_is_a_number_by_losing_a_digit(cell: str, style: NumberStyle) -> None:
    [value] = parse_numbers(pl.Series([cell]), style)

    if value is not None:
        digits = [sign for sign in cell.lower().split("e")[0] if sign.isdigit()]
        assert digits
        # A sign of another style, or one that parts no thousands, makes no number.
        assert cell.count(style.decimal) <= 1
        other = "." if style.decimal_comma else ","
        assert other not in cell or style.thousands == other


@given(
    st.datetimes(datetime(1901, 1, 1), datetime(2199, 12, 31)),  # noqa: DTZ001 -- clocks without a zone
    st.sampled_from([(order, shape) for order, shapes in DATES.items() for shape in shapes]),
    st.sampled_from(["", " %H:%M", "T%H:%M:%S", " %H:%M:%S.%f", " %I:%M %p"]),
)
def test_a_time_in_a_shape_is_read_as_itself(at: datetime, dated: tuple[DateOrder, str], clock: str) -> None:
    order, shape = dated
    text = at.strftime(shape + clock)
    meant = datetime.strptime(text, shape + clock).replace(tzinfo=UTC)

    moments = parse_moments(pl.Series([text]), order)

    assert moments.local[0] == (meant - EPOCH) // timedelta(microseconds=1)
    assert moments.has_clock[0] == bool(clock)


@given(
    st.datetimes(datetime(1971, 1, 1), datetime(2099, 12, 31)),  # noqa: DTZ001
    st.integers(-14 * 4, 14 * 4),
)
def test_an_offset_is_kept_to_the_minute(at: datetime, quarters: int) -> None:
    offset = timedelta(minutes=15 * quarters)
    text = at.replace(microsecond=0, tzinfo=timezone(offset)).isoformat()

    moments = parse_moments(pl.Series([text]), DateOrder.YMD)

    assert moments.offset[0] == offset.total_seconds()


@given(st.lists(ANYTHING, max_size=8), st.sampled_from(list(DateOrder)))
def test_a_time_is_read_alike_alone_and_among_others(cells: list[str], order: DateOrder) -> None:
    together = parse_moments(pl.Series(cells, dtype=pl.String), order).local.to_list()

    assert together == [parse_moments(pl.Series([cell]), order).local[0] for cell in cells]


@given(st.integers(0, 23), st.integers(0, 59), st.integers(0, 59))
def test_a_clock_is_read_as_itself(hour: int, minute: int, second: int) -> None:
    [value] = parse_clock(pl.Series([f"{hour}:{minute:02d}:{second:02d}"])).to_list()

    assert (value.hour, value.minute, value.second) == (hour, minute, second)
