"""What is agreed about a source, as data: words, units, sums, metrics, joins, verified questions.

Formulas, conditions and joins are kept as they were written; ``expressions`` makes parts of a plan of them.
"""

import re
import unicodedata
from datetime import date
from typing import TYPE_CHECKING, Annotated

import msgspec
from msgspec import Meta

from gridlens.analytics.ask.plan import Filter, Identifier, Measure, QueryPlan, UnitName
from gridlens.shared.catalog import AddsUp, IntervalLabels
from gridlens.shared.results import ColumnRole

if TYPE_CHECKING:
    from gridlens.analytics.semantic.expressions import Key

Words = Annotated[str, Meta(min_length=1, max_length=100, pattern=r"^\S(.*\S)?$")]
Synonyms = Annotated[tuple[Words, ...], Meta(max_length=50)]
Description = Annotated[str, Meta(min_length=1, max_length=2_000)]
Expression = Annotated[str, Meta(min_length=1, max_length=1_000)]
Expressions = Annotated[tuple[Expression, ...], Meta(max_length=10)]
Zone = Annotated[str, Meta(min_length=1, max_length=64, pattern=r"^[A-Za-z0-9_+/-]+$")]
MetricName = Annotated[
    str, Meta(min_length=1, max_length=60, pattern=r'^[^\s"`\\]([^\x00-\x1f"`\\]*[^\s"`\\])?$')
]
Person = Annotated[str, Meta(min_length=1, max_length=200)]


class _Part(
    msgspec.Struct,
    frozen=True,
    kw_only=True,
    forbid_unknown_fields=True,
    rename="camel",
    cache_hash=True,
):
    pass


class ValueMeaning(_Part, frozen=True, kw_only=True):
    """A value of a column, as it is stored, and what people call it."""

    value: Annotated[str, Meta(min_length=1, max_length=500)]
    synonyms: Synonyms = ()


class ColumnMeaning(_Part, frozen=True, kw_only=True):
    """What is said of a column; what is left out stays as the catalog has it.

    ``weighted_by`` names the column of the same table that weighs a weighted mean. Questions never use a
    hidden column; of a sensitive one no values are looked at.
    """

    column: Identifier
    label: Words | None = None
    description: Description | None = None
    synonyms: Synonyms = ()
    role: ColumnRole | None = None
    unit: UnitName | None = None
    adds_up: AddsUp | None = None
    weighted_by: Identifier | None = None
    is_hidden: bool = False
    is_sensitive: bool = False
    values: Annotated[tuple[ValueMeaning, ...], Meta(max_length=500)] = ()


class TableMeaning(_Part, frozen=True, kw_only=True):
    """``time_column`` is the one a question without any time column means.

    ``interval_labels`` says whether times stand at the start or at the end of what was measured.
    """

    table: Identifier
    schema: Identifier | None = None
    label: Words | None = None
    description: Description | None = None
    synonyms: Synonyms = ()
    time_column: Identifier | None = None
    interval_labels: IntervalLabels | None = None
    columns: Annotated[tuple[ColumnMeaning, ...], Meta(max_length=2_000)] = ()


class Metric(_Part, frozen=True, kw_only=True):
    """A figure that everybody computes alike. It is certified once somebody vouches for it."""

    name: MetricName
    formula: Expression
    filters: Expressions = ()
    unit: UnitName | None = None
    synonyms: Synonyms = ()
    description: Description | None = None
    certified_by: Person | None = None
    certified_on: date | None = None

    @property
    def measure(self) -> Measure:
        """The formula as a measure of a plan, under the name and in the unit of the metric."""
        from gridlens.analytics.semantic.expressions import measure

        return measure(self.formula, self.name, self.unit)

    @property
    def conditions(self) -> tuple[Filter, ...]:
        """The default filters, for the ``filters`` of a plan."""
        return _conditions(self.filters)

    @property
    def is_certified(self) -> bool:
        return self.certified_by is not None


class Segment(_Part, frozen=True, kw_only=True):
    """A name for conditions: what “big customers” are."""

    name: Words
    filters: Annotated[Expressions, Meta(min_length=1)]
    synonyms: Synonyms = ()
    description: Description | None = None

    @property
    def conditions(self) -> tuple[Filter, ...]:
        return _conditions(self.filters)


class Wording(_Part, frozen=True, kw_only=True):
    """Words that stand for other words of a question: “HT” for “weekdays from 8 to 20”."""

    words: Words
    means: Annotated[str, Meta(min_length=1, max_length=200)]


class Join(_Part, frozen=True, kw_only=True):
    """``readings.meter_id = meters.id``: each row on the left belongs to one on the right, at most."""

    on: Expression

    @property
    def key(self) -> "Key":
        from gridlens.analytics.semantic.expressions import key

        return key(self.on)


class VerifiedQuestion(_Part, frozen=True, kw_only=True):
    """Words with the plan or the SQL that somebody found right for them."""

    question: Annotated[str, Meta(min_length=1, max_length=500, pattern=r"\w")]
    plan: QueryPlan | None = None
    sql: Annotated[str, Meta(min_length=1, max_length=65_536)] | None = None
    verified_by: Person | None = None
    verified_on: date | None = None


class SemanticModel(_Part, frozen=True, kw_only=True):
    """Everything agreed about one source, in the order in which it was written."""

    zone: Zone | None = None
    tables: Annotated[tuple[TableMeaning, ...], Meta(max_length=5_000)] = ()
    joins: Annotated[tuple[Join, ...], Meta(max_length=1_000)] = ()
    metrics: Annotated[tuple[Metric, ...], Meta(max_length=500)] = ()
    segments: Annotated[tuple[Segment, ...], Meta(max_length=500)] = ()
    wordings: Annotated[tuple[Wording, ...], Meta(max_length=1_000)] = ()
    questions: Annotated[tuple[VerifiedQuestion, ...], Meta(max_length=2_000)] = ()

    def table(self, name: str, schema: str | None = None) -> TableMeaning | None:
        """What is said of a table; one written without its schema is meant wherever it is."""
        return next((t for t in self.tables if t.table == name and t.schema in (None, schema)), None)

    def column(self, table: str, column: str, schema: str | None = None) -> ColumnMeaning | None:
        found = self.table(table, schema)
        columns = () if found is None else found.columns
        return next((each for each in columns if each.column == column), None)

    def metric(self, name: str) -> Metric | None:
        return next((metric for metric in self.metrics if metric.name == name), None)

    def verified(self, question: str) -> VerifiedQuestion | None:
        """The verified question of the same words, whatever their case, spaces and final mark."""
        wanted = normalised(question)
        return next((each for each in self.questions if normalised(each.question) == wanted), None)


def normalised(question: str) -> str:
    """Words of a question without what does not change their meaning."""
    folded = unicodedata.normalize("NFKC", question).casefold()
    return re.sub(r"\s+", " ", folded).strip().rstrip("?!. ").replace("’", "'")


def _conditions(written: tuple[str, ...]) -> tuple[Filter, ...]:
    from gridlens.analytics.semantic.expressions import filters

    return tuple(part for each in written for part in filters(each))
