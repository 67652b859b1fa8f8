"""What is agreed about a source, as far as its reader may know of it."""

from collections.abc import Iterator
from functools import lru_cache
from typing import Any

import msgspec

from gridlens.analytics.ask.plan import ColumnRef
from gridlens.analytics.semantic.errors import InvalidModel
from gridlens.analytics.semantic.model import Metric, Segment, SemanticModel, TableMeaning
from gridlens.shared.catalog import Catalog
from gridlens.shared.data_sources import SourceDescription


def is_partial(source: SourceDescription) -> bool:
    """Whether this reader sees less of the source than there is."""
    return bool(source.rights)


def visible(model: SemanticModel, source: SourceDescription) -> SemanticModel:
    """The whole model, or what of it names nothing that its reader may not see."""
    return _of(model, source.catalog) if is_partial(source) else model


@lru_cache(maxsize=64)
def _of(model: SemanticModel, catalog: Catalog) -> SemanticModel:
    known = {
        (schema, table.name, name)
        for table in catalog.tables
        for schema in (table.schema, None)
        for name in ("*", *(column.name for column in table.columns))
    }

    def holds(references: Iterator[ColumnRef]) -> bool:
        try:
            return all((each.schema, each.table, each.column) in known for each in references)
        except InvalidModel:
            return False

    return msgspec.structs.replace(
        model,
        tables=tuple(
            _table(table, known) for table in model.tables if (table.schema, table.table, "*") in known
        ),
        joins=tuple(j for j in model.joins if holds(iter((*j.key.columns, *j.key.referenced)))),
        metrics=tuple(metric for metric in model.metrics if holds(_in_formula(metric))),
        segments=tuple(segment for segment in model.segments if holds(_in_formula(segment))),
        # What SQL names is for the guard to judge, and nobody reads it here.
        questions=tuple(q for q in model.questions if q.plan is not None and holds(_references(q.plan))),
    )


def _table(table: TableMeaning, known: set[tuple[str | None, str, str]]) -> TableMeaning:
    columns = tuple(c for c in table.columns if (table.schema, table.table, c.column) in known)
    return msgspec.structs.replace(table, columns=columns)


def _in_formula(said: Metric | Segment) -> Iterator[ColumnRef]:
    yield from _references(said.conditions)
    if isinstance(said, Metric):
        yield from _references(said.measure)


def _references(part: Any) -> Iterator[ColumnRef]:
    """Every column that a part of a plan names, and every table of its conditions."""
    if isinstance(part, ColumnRef):
        yield part
    elif isinstance(part, tuple):
        for each in part:
            yield from _references(each)
    elif isinstance(part, msgspec.Struct):
        table = getattr(part, "table", None)
        if isinstance(table, str):
            yield ColumnRef(table=table, column="*", schema=getattr(part, "schema", None))
        for name in part.__struct_fields__:
            yield from _references(getattr(part, name))
