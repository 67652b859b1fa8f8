"""From a settled focus to a plan."""

from dataclasses import dataclass, field

from gridlens.analytics.ask.plan import Aggregate, Order, QueryPlan, TimeScope
from gridlens.analytics.ask.sentences.editing import among_first
from gridlens.analytics.ask.understanding.lexicon import ColumnEntry, TableEntry
from gridlens.analytics.ask.understanding.narrowing import Narrowing
from gridlens.analytics.ask.understanding.question import Note
from gridlens.analytics.ask.understanding.rows import Rows

_WITHIN_EACH = frozenset("each every per within jede jeden jeder jedes jedem je pro".split())


@dataclass(slots=True)
class Assembled:
    """A plan with notes on how the words led to it, and the tables and columns that explain further words."""

    plan: QueryPlan
    notes: list[Note] = field(default_factory=list)
    used: list[ColumnEntry | TableEntry] = field(default_factory=list)


class Assembly(Narrowing, Rows):
    """Builds the plan of one focus of one draft."""

    def plan(self) -> Assembled:
        self._filters()
        if self.focus.kind != "figure":
            self._related()
        time_column = self._time_column()
        self._groups(time_column)
        match self.focus.kind:
            case "count":
                self._count()
            case "rows":
                self._rows(time_column)
            case "figure" if self.quantities.pair is not None:
                self._pair()
            case "figure" if self._lists_moment():
                self._moment(time_column)
            case "figure":
                self._figure()
        self._thresholds()
        self._against()
        self._containing()
        self._missing()
        self._share()
        self._either()
        time = self._time(time_column)
        self._order(time)
        self._rank_things(time)
        plan = QueryPlan(
            measures=tuple(self.measures),
            dimensions=tuple(self.dimensions),
            columns=tuple(self.columns),
            filters=tuple(self.filters),
            time=time,
            comparison=self.times.comparison if time is not None and self.measures else None,
            having=tuple(self.having),
            order=tuple(self.order),
            limit=self.limit,
            limit_per=self._limit_per(),
            assumed=tuple(dict.fromkeys(self.assumed)),
        )
        return Assembled(plan, [*self.said, *self.notes], self.used)

    def _order(self, time: TimeScope | None) -> None:
        if self.columns:
            self._order_rows()
            return
        if not self.measures or not self.dimensions:
            self.limit = self.limit if self.dimensions else None
            return
        first = next((measure for measure in self.measures if not measure.is_shown), self.measures[0])
        q = self.quantities
        ranks = q.superlative is not None and not self.takes_extremes
        if ranks and not (q.limit is None and q.order is not None):
            self.order.append(Order(by=first.name, descending=q.superlative == "desc"))
            self.limit = self.limit or 1
        elif q.order is not None:
            self.order.append(Order(by=first.name, descending=q.order == "desc"))
        elif not any(dimension.grain for dimension in self.dimensions):
            self.order.append(Order(by=first.name, descending=True))

    def _limit_per(self) -> str | None:
        """“The top 3 sites each month” are others in each of them, and so many of each."""
        if self.limit is None or len(self.dimensions) < 2 or not self.order:
            return None
        words = self.draft.question.words
        within = [
            dimension.name
            for place, dimension in enumerate(self.dimensions)
            if any(
                word.plain in _WITHIN_EACH
                for first, last in self._places(f"dimension.{place}")
                for word in words[first:last]
            )
        ]
        if not within and self.quantities.limit is None and self._asks_extreme_of_periods():
            within = [dimension.name for dimension in self.dimensions if dimension.grain is None]
        return within[0] if len(within) == 1 else None

    def _rank_things(self, time: TimeScope | None) -> None:
        """“The top 3 sites by month” ranks the sites, and shows each of them by month."""
        first = self.measures[0] if self.measures else None
        things = [dimension for dimension in self.dimensions if dimension.grain is None]
        by_time = len(self.dimensions) - len(things)
        if not isinstance(first, Aggregate) or len(things) != 1 or not by_time or self.quantities.grain:
            return
        if self.limit is None or self.quantities.limit is None or self.having or self._limit_per():
            return
        ranked = QueryPlan(
            measures=(first,),
            filters=tuple(self.filters),
            time=time,
            order=tuple(self.order),
            limit=self.limit,
        )
        self.filters.append(among_first(ranked, things[0]))
        self.order.clear()
        self.limit = None
