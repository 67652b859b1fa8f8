"""Which rows of a table are its heading, and what they call the columns."""

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from gridlens.data_sources.uploads import names
from gridlens.data_sources.uploads.cells import Look, look_of
from gridlens.data_sources.uploads.units import read_unit, unit_of_heading

_LOOKED_AT = 200
_MAX_LEVELS = 3


class Row(NamedTuple):
    number: int
    cells: list[str]


class Layout(NamedTuple):
    """``header_row`` and ``header_lines`` as in the options; ``width`` is the number of columns."""

    header_row: int | None
    header_lines: int
    width: int


class ColumnName(NamedTuple):
    source: str
    name: str
    unit: str | None


def layout_of(rows: Sequence[Row]) -> Layout:
    """Rows are without blank ones; what stands above the heading, such as a title, is passed over."""
    widths = Counter(len(row.cells) for row in rows)
    # Titles and notes have fewer fields than the table, so of equal counts the widest wins.
    width = max(widths, key=lambda width: (widths[width], width))
    fitting = [place for place, row in enumerate(rows) if len(row.cells) == width]
    fitting = fitting[_titles([rows[place].cells for place in fitting]) :]
    start = next((place for place, after in pairwise(fitting) if after == place + 1), fitting[0])
    data = [rows[place].cells for place in fitting if place > start][:_LOOKED_AT]
    looks = _usual_looks(data, width)
    # Headings are often one field off: a delimiter at the end of every row, or a nameless first column.
    if start > 0 and abs(len(rows[start - 1].cells) - width) == 1 and width > 2:
        before = rows[start - 1].cells
        if all(look_of(cell) == Look.WORD for cell in before) and any(map(_is_typed, rows[start].cells)):
            return Layout(rows[start - 1].number, 1, width)
    if not _is_heading(rows[start].cells, data, looks):
        return Layout(None, 1, width)
    heading = [place for place in fitting if start <= place < _first_data_row(rows, fitting, looks)]
    if len(heading) > 1 and heading[-1] - heading[0] == len(heading) - 1:
        last = rows[heading[-1]].cells
        numeric = [last[place] for place, look in enumerate(looks) if look == Look.NUMBER]
        if numeric and all(read_unit(cell) for cell in numeric):
            # Loggers put models and serial numbers above the names and units.
            heading = heading[-_MAX_LEVELS:]
            return Layout(rows[heading[0]].number, len(heading), width)
    return Layout(rows[start].number, _levels([rows[place].cells for place in fitting], looks), width)


def _first_data_row(rows: Sequence[Row], fitting: Sequence[int], looks: Sequence[Look]) -> int:
    """Where the first two rows in succession look like all that follow."""
    measured = [place for place, look in enumerate(looks) if look.is_typed]

    def fits(place: int) -> bool:
        cells = rows[place].cells
        return bool(measured) and all(look_of(cells[at]) in {looks[at], Look.BLANK} for at in measured)

    return next((place for place, after in pairwise(fitting) if fits(place) and fits(after)), 0)


def _titles(rows: Sequence[Sequence[str]]) -> int:
    """How many rows at the top hold a word or two at their beginning and nothing more."""
    filled = [[place for place, cell in enumerate(row) if cell.strip()] for row in rows]
    usual = sorted(len(places) for places in filled)[len(filled) // 2]
    count = 0
    while count < len(rows) - 1:
        places = filled[count]
        if len(places) > 2 or len(places) * 2 >= usual or places != list(range(len(places))):
            break
        count += 1
    return count


def _usual_looks(data: Sequence[Sequence[str]], width: int) -> list[Look]:
    looks = []
    # The first rows may be further levels of the heading.
    body = data[_MAX_LEVELS - 1 :] if len(data) > _MAX_LEVELS else data
    for place in range(width):
        counts = Counter(look_of(row[place]) for row in body)
        counts.pop(Look.BLANK, None)
        looks.append(counts.most_common(1)[0][0] if counts else Look.BLANK)
    return looks


def _is_typed(cell: str) -> bool:
    return look_of(cell).is_typed


def _is_heading(row: Sequence[str], data: Sequence[Sequence[str]], looks: Sequence[Look]) -> bool:
    own = [look_of(cell) for cell in row]
    typed = [place for place, look in enumerate(own) if look.is_typed]
    if all(look == Look.BLANK for look in own):
        return False
    if typed:
        # Loads over the day head their columns 00:15, 00:30, …; statistics over years 2023, 2024, ….
        return all(own[place] != looks[place] for place in typed) or _counts_up([row[p] for p in typed])
    if any(look.is_typed for look in looks) or not data:
        return True
    words = [cell.strip() for cell in row]
    repeats = any(
        word and any(word == other[place].strip() for other in data) for place, word in enumerate(words)
    )
    return len(set(words)) == len(words) and not repeats


def _counts_up(cells: Sequence[str]) -> bool:
    if len(cells) < 3 or not all(cell.strip().isdigit() for cell in cells):
        return False
    numbers = [int(cell) for cell in cells]
    are_years = all(1900 <= number <= 2200 for number in numbers)
    starts_small = numbers[0] in {0, 1} and len(numbers) >= 12
    return (are_years or starts_small) and all(after == before + 1 for before, after in pairwise(numbers))


def _levels(rows: Sequence[Sequence[str]], looks: Sequence[Look]) -> int:
    """A heading goes on below its first row with units, or under cells merged across columns."""
    measured = [place for place, look in enumerate(looks) if look.is_typed]
    levels = 1
    while measured and levels < min(_MAX_LEVELS, len(rows)):
        above, row = rows[levels - 1], rows[levels]
        words = [row[place] for place in measured if look_of(row[place]) != Look.BLANK]
        if not words or any(look_of(word).is_typed for word in words):
            break
        has_units = all(read_unit(word) for word in words)
        spans = any(look_of(cell) == Look.BLANK for cell in above[1:])
        if not has_units and not spans:
            break
        levels += 1
    return levels


def column_names(heading: Sequence[Sequence[str]], width: int) -> list[ColumnName]:
    """A name for each column, out of all levels of the heading, with the unit that it tells."""
    levels = [_padded(row, width) for row in heading]
    levels = [_carried_across(row) for row in levels[:-1]] + levels[-1:]
    found = []
    for place in range(width):
        parts = [names.clean(row[place]) for row in levels]
        source = " ".join(dict.fromkeys(part for part in parts if part))
        unit = read_unit(parts[-1]) if len(parts) > 1 else None
        if unit:
            name = " ".join(dict.fromkeys(part for part in parts[:-1] if part))
        else:
            name, unit = unit_of_heading(source)
        found.append(ColumnName(source, name, unit))
    taken = Counter(column.name.casefold() for column in found)
    # Two columns that differ in nothing but the unit keep it in their names.
    shown = [
        column.source if taken[column.name.casefold()] > 1 else column.name or column.source
        for column in found
    ]
    return [
        ColumnName(column.source, name, column.unit)
        for column, name in zip(found, names.unique(shown), strict=True)
    ]


def _padded(row: Sequence[str], width: int) -> list[str]:
    return [*row[:width], *[""] * (width - len(row))]


def _carried_across(row: Sequence[str]) -> list[str]:
    """A merged cell stands in its first column only and speaks for those after it."""
    carried: list[str] = []
    for cell in row:
        carried.append(cell if cell.strip() or not carried else carried[-1])
    return carried
