"""Which chart suits an answer, with the reason, and which others would do."""

import msgspec
import polars as pl

from gridlens.shared.results import ResultSet
from gridlens.visualizations.errors import CannotDraw
from gridlens.visualizations.figures.clock import Cadence, cadence_of
from gridlens.visualizations.figures.encoding import Columns, complete
from gridlens.visualizations.figures.meaning import STACK_ORDER, meaning_of
from gridlens.visualizations.figures.parts import check_whole
from gridlens.visualizations.figures.quantities import quantity_of
from gridlens.visualizations.figures.wide import label_of, meaning_of_column, position
from gridlens.visualizations.spec import Arrangement, ChartKind, ChartSpec

MOST_SUGGESTIONS = 6
MANY_ROWS = 25
MANY_MEASURES = 8
MOST_TIME_BARS = 60
DURATION = "Sorted by size, the values show for how long each level is reached."


class Suggestion(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """A chart that suits the answer, and why."""

    spec: ChartSpec
    reason: str


class _Shape:
    """What there is to see in an answer."""

    def __init__(self, result: ResultSet) -> None:
        from gridlens.visualizations.figures.statement import ranked_by

        self.columns = Columns(result)
        self.rows = result.frame.height
        self.time = self.columns.times[0] if self.columns.times else None
        self.measures = [self.columns[name] for name in self.columns.measures_of_one_unit()]
        groups = [(column, result.frame[column.name].n_unique()) for column in self.columns.categories]
        # The one with the fewest values that tells rows apart reads best as series.
        self.groups = [column for column, count in sorted(groups, key=lambda pair: pair[1]) if count > 1]
        self.group_sizes = {column.name: count for column, count in groups}
        self.cadence: Cadence = (
            cadence_of(_instants(result, self.time.name)) if self.time else Cadence(None, 0)
        )
        self.moments = result.frame[self.time.name].n_unique() if self.time else 0
        self.quantity = quantity_of(self.measures[0].unit) if self.measures else quantity_of(None)
        self.earlier = self.columns.earlier(tuple(column.name for column in self.measures))
        self.ranking = ranked_by(result)
        self.split = self._split()
        self.carriers = self._carriers(result)

    def _split(self) -> str | None:
        """The column that tells rows of one moment apart."""
        if self.time is None or not self.groups or self.rows <= self.moments:
            return None
        return self.groups[0].name

    def _carriers(self, result: ResultSet) -> int:
        """How many series are carriers of energy, by the names of columns or of the groups."""
        if self.split is not None:
            names = result.frame[self.split].cast(pl.String).drop_nulls().unique()
            subjects = {meaning_of(name, self.quantity).subject for name in names.head(50)}
        else:
            subjects = {meaning_of_column(column).subject for column in self.measures}
        return len(subjects & set(STACK_ORDER))

    @property
    def measured(self) -> str:
        return label_of(self.measures[0])

    @property
    def comparison(self) -> str | None:
        """The measure that is named as an earlier one."""
        return next(iter(self.earlier), None)


def _instants(result: ResultSet, name: str) -> pl.Series:
    column = next(column for column in result.columns if column.name == name)
    return result.frame.select(position(result.frame, column))["x"].drop_nulls().unique().sort()


class _Wishes:
    """Charts in the order of how well they suit."""

    def __init__(self) -> None:
        self.all: list[tuple[ChartSpec, str]] = []

    def add(
        self,
        kind: ChartKind,
        reason: str,
        *,
        x: str | None = None,
        y: tuple[str, ...] = (),
        series: str | None = None,
        compare_with: str | None = None,
        arrangement: Arrangement = "grouped",
    ) -> None:
        spec = ChartSpec(
            kind=kind, x=x, y=y, series=series, compare_with=compare_with, arrangement=arrangement
        )
        self.all.append((spec, reason))


_OF_A_PART = (
    "Not all rows are here, and a chart that joins them would say something else than all of them do. "
    "Group them in the SQL to chart them."
)


def recommend(result: ResultSet) -> tuple[Suggestion, ...]:
    """The charts that suit the answer, the best one first; the same answer always has the same ones."""
    shape = _Shape(result)
    wishes = _Wishes()
    if shape.rows and shape.columns.measures:
        _wish(shape, wishes)
    wishes.add(ChartKind.TABLE, _OF_A_PART if result.is_cut else "A table shows every value as it is.")
    found: list[Suggestion] = []
    for spec, reason in wishes.all:
        try:
            filled = complete(spec, result)
            check_whole(filled, result)
        except CannotDraw:
            continue
        if all(filled != other.spec for other in found):
            found.append(Suggestion(spec=filled, reason=reason + _left_out(filled, shape)))
    best, rest = found[: MOST_SUGGESTIONS - 1], found[MOST_SUGGESTIONS - 1 :]
    return (*best, *rest[-1:])


def _left_out(spec: ChartSpec, shape: _Shape) -> str:
    """The measures that one axis cannot hold together with those drawn."""
    if spec.kind in {ChartKind.TABLE, ChartKind.SCATTER, ChartKind.VALUE}:
        return ""
    shown = {column.name for column in shape.measures}
    others = [label_of(column) for column in shape.columns.measures if column.name not in shown]
    if not others:
        return ""
    verb = "has another unit and belongs" if len(others) == 1 else "have other units and belong"
    return f" {', '.join(others[:3])} {verb} in another chart."


def _wish(shape: _Shape, wishes: _Wishes) -> None:
    if shape.rows == 1:
        _of_one_row(shape, wishes)
    elif shape.time is not None and shape.ranking in {column.name for column in shape.measures}:
        _in_order(shape, shape.time.name, wishes)
    elif shape.time is not None and shape.moments > 1:
        _in_time(shape, shape.time.name, wishes)
    elif shape.groups:
        _by_group(shape, wishes)
    else:
        _of_numbers(shape, wishes)


def _of_one_row(shape: _Shape, wishes: _Wishes) -> None:
    names = tuple(column.name for column in shape.measures)
    before = shape.comparison
    is_pair = before is not None and len(names) == 2
    if len(shape.columns.measures) > (2 if is_pair else 1):
        # A single value would leave the others out without a word.
        wishes.add(ChartKind.TABLE, "One row with several figures reads best as a table.")
    elif before is not None and len(names) == 2:
        now = next(name for name in names if name != before)
        reason = "One figure and what it is compared with: a single value with its change."
        wishes.add(ChartKind.VALUE, reason, y=(now,), compare_with=before)
    else:
        wishes.add(ChartKind.VALUE, "One row with one figure: a single value.", y=names[:1])


def _in_order(shape: _Shape, time: str, wishes: _Wishes) -> None:
    """The first few days, or hours, of a ranking: what lies between two of them is not known."""
    assert shape.ranking is not None  # noqa: S101 - what this is for
    label = label_of(shape.columns[time])
    before = shape.comparison if len(shape.measures) == 2 else None
    if shape.split is None:
        reason = (
            f"The first few of a ranking: bars in its order, for a line by {label} would invent a course."
        )
        wishes.add(
            ChartKind.BAR,
            reason,
            x=time,
            y=(shape.ranking,),
            compare_with=None if before == shape.ranking else before,
            arrangement="ranked",
        )
    reason = f"Bars along {label} show when the first few of the ranking were."
    wishes.add(ChartKind.BAR, reason, x=time, y=(shape.ranking,), series=shape.split)


def _in_time(shape: _Shape, time: str, wishes: _Wishes) -> None:
    # What was is drawn behind what is, and never on top of it.
    names = tuple(column.name for column in shape.measures if column.name not in shape.earlier)
    before = shape.comparison if len(names) == len(shape.earlier) == 1 else None
    if shape.earlier and before is None:
        names = tuple(column.name for column in shape.measures)
    first, split, quantity = names[:1], shape.split, shape.quantity
    y = first if split else names
    count = shape.group_sizes[split] if split else len(names)
    adjective = (shape.cadence.adjective or "irregular").capitalize()
    if shape.carriers >= 2 and quantity.sums_across and shape.moments > 3 and not shape.earlier:
        reason = (
            f"{shape.carriers} kinds of energy add up to a whole: a stacked area shows the mix and the total."
        )
        wishes.add(ChartKind.STACKED_AREA, reason, x=time, y=y, series=split)
    is_short = shape.moments <= MOST_TIME_BARS
    if shape.cadence.is_calendar and quantity.sums_over_time and is_short and not (split and before):
        arrangement: Arrangement = "stacked" if count > 1 and not shape.earlier else "grouped"
        reason = f"{adjective} amounts are compared by their height: bars from zero"
        reason += ", each with a mark for then." if before else "."
        wishes.add(
            ChartKind.BAR, reason, x=time, y=y, series=split, compare_with=before, arrangement=arrangement
        )
    if shape.cadence.every is None and is_short:
        reason = "The moments do not follow one another: bars say nothing of what lies between."
        wishes.add(ChartKind.BAR, reason, x=time, y=y, series=split, compare_with=None if split else before)
    if shape.cadence.every is not None and quantity.sort in {"energy", "power", "price", "money"}:
        reason = f"{adjective} values hold for their whole interval: steps show that, a line would slope."
        reason += " What was is dashed." if before else ""
        wishes.add(ChartKind.STEP, reason, x=time, y=y, series=split, compare_with=before)
        reason = "A line is calmer than steps where there are many intervals."
        wishes.add(ChartKind.LINE, reason, x=time, y=y, series=split, compare_with=before)
    else:
        subject = f"{count} measures" if count > 1 and not split else shape.measured
        reason = f"{subject} over time: a line shows the course."
        wishes.add(ChartKind.LINE, reason, x=time, y=y, series=split, compare_with=before)
    if not shape.cadence.is_calendar and shape.moments >= 72:
        reason = "Several days of hours: a heat map shows the daily pattern and the days that break it."
        wishes.add(ChartKind.HEAT_MAP, reason, x=time, y=first)
    if quantity.sort == "power" and shape.moments >= 48:
        wishes.add(ChartKind.LOAD_DURATION, DURATION, y=y, series=split)
    if count == 1 and quantity.sums_over_time:
        reason = "An area fills what adds up over time."
        wishes.add(ChartKind.AREA, reason, x=time, y=y, compare_with=before)
    if not split:
        _scatter(shape, wishes)
    if shape.moments >= 48:
        wishes.add(ChartKind.BOX, "Boxes show how widely each hour or month spreads.", x=time, y=first)
    reason = "All of it as one number, with its course beside it."
    wishes.add(ChartKind.VALUE, reason, x=time, y=first, compare_with=before)


def _by_group(shape: _Shape, wishes: _Wishes) -> None:
    group = shape.groups[0]
    names = tuple(column.name for column in shape.measures)
    before = shape.comparison
    now = next((name for name in names if name != before), names[0])
    label = label_of(group)
    if len(shape.columns.measures) > MANY_MEASURES:
        reason = f"{len(shape.columns.all)} columns are more than a picture holds: a table."
        wishes.add(ChartKind.TABLE, reason)
    if len(shape.groups) >= 2:
        _by_two_groups(shape, group.name, shape.groups[1].name, now, wishes)
    if shape.columns.is_number(group.name):
        reason = f"{label} has an order: bars from left to right keep it."
        wishes.add(ChartKind.BAR, reason, x=group.name, y=names[:3])
        wishes.add(ChartKind.LINE, f"A line shows the course along {label}.", x=group.name, y=names[:3])
    if before is not None and len(names) > 1:
        measure = label_of(shape.columns[now])
        reason = f"{measure} by {label} with an earlier figure: ranked bars, each with a mark for then."
        wishes.add(ChartKind.BAR, reason, x=group.name, y=(now,), compare_with=before, arrangement="ranked")
    if shape.rows > MANY_ROWS and before is None:
        _scatter(shape, wishes)
    reason = f"{shape.measured} by {label}: ranked bars show who leads and by how much."
    wishes.add(ChartKind.BAR, reason, x=group.name, y=(now,), arrangement="ranked")
    if len(names) > 1:
        reason = f"{len(names)} measures side by side for each {label}."
        wishes.add(ChartKind.BAR, reason, x=group.name, y=names[:4])
    if shape.rows >= 5 * shape.group_sizes[group.name]:
        wishes.add(ChartKind.BOX, f"Boxes show how widely each {label} spreads.", x=group.name, y=(now,))


def _by_two_groups(shape: _Shape, few: str, many: str, now: str, wishes: _Wishes) -> None:
    columns, rows = label_of(shape.columns[few]), label_of(shape.columns[many])
    told = f"{shape.measured} by {columns} and {rows}:"
    if shape.group_sizes[few] <= 6 and shape.group_sizes[many] <= MANY_ROWS:
        arrangement: Arrangement = "stacked" if shape.quantity.sums_across else "grouped"
        reason = f"{told} bars for {rows}, {arrangement} for {columns}."
        wishes.add(ChartKind.BAR, reason, x=many, y=(now,), series=few, arrangement=arrangement)
    wishes.add(ChartKind.HEAT_MAP, f"{told} colour shows the field at once.", x=few, y=(now,), series=many)
    wishes.add(ChartKind.PIVOT, f"{told} a pivot gives each pair its number.", x=many, y=(now,), series=few)


def _of_numbers(shape: _Shape, wishes: _Wishes) -> None:
    first = (shape.measures[0].name,)
    _scatter(shape, wishes)
    reason = f"Many values of {shape.measured} and nothing to order them by: a histogram shows their spread."
    wishes.add(ChartKind.HISTOGRAM, reason, y=first)
    wishes.add(ChartKind.BOX, "One box sums the spread up.", y=first)
    if shape.quantity.sort == "power":
        wishes.add(ChartKind.LOAD_DURATION, DURATION, y=first)


def _scatter(shape: _Shape, wishes: _Wishes) -> None:
    if len(shape.columns.measures) < 2:
        return
    across, up = shape.columns.measures[:2]
    reason = f"{label_of(up)} against {label_of(across)}: points show whether one follows the other."
    wishes.add(ChartKind.SCATTER, reason, x=across.name, y=(up.name,))
