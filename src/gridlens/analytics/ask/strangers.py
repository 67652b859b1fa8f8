"""Values that a question asks for and that nothing in the source has: a plan about them would be empty."""

from difflib import get_close_matches

import msgspec

from gridlens.analytics.ask.plan import Listed, OneOf, QueryPlan, Value
from gridlens.analytics.ask.relations import relations_of
from gridlens.analytics.ask.sentences.wording import joined
from gridlens.analytics.ask.trials import Tries
from gridlens.analytics.ask.understanding.outcome import Understanding
from gridlens.shared.catalog import CatalogColumn
from gridlens.shared.data_sources import SourceDescription

_OF_ANYTHING = ("id", "name", "code", "number", "key")
_NEAR = 0.5
_MOST_NEAR = 3
_MOST_ASKED = 5
"""A question names few values, but the plan that it goes on from may hold hundreds."""


def without_strangers(found: Understanding, source: SourceDescription, tries: Tries) -> Understanding:
    """What was understood; not to be run where it asks for a value that nothing has, which is then named."""
    stranger = _stranger(found.plan, source, tries) if found.plan is not None else None
    if stranger is None:
        return found
    table, column, value = stranger
    said = str(value).casefold()
    return msgspec.structs.replace(
        found,
        plan=None,
        confidence=0.0,
        readings=(),
        reason=nobody_has(table, column, (value,)),
        tokens=tuple(
            msgspec.structs.replace(each, state="unknown", meaning="nothing here has it", slot=None)
            if said in each.text.casefold() and (each.slot or "").startswith("filter")
            else each
            for each in found.tokens
        ),
    )


def nobody_has(table: str, column: CatalogColumn, values: tuple[Value, ...]) -> str:
    """“There is no home id 99: the known ones run from 1 to 17.”, as far as the profile tells of others."""
    profile = column.profile
    # “There is no id 99” would not tell of what.
    name = f"{table} {column.name}" if column.name.casefold() in _OF_ANYTHING else column.name
    name = name.replace("_", " ")
    low, high = (profile.minimum, profile.maximum) if profile else (None, None)
    if isinstance(low, int | float) and isinstance(high, int | float):
        return f"There is no {name} {' or '.join(map(str, values))}: the known ones run from {low} to {high}."
    known = [top.value for top in profile.top_values] if profile else []
    near = [each for value in values for each in get_close_matches(str(value), known, _MOST_NEAR, _NEAR)]
    text = f"There is no {name} {' or '.join(f'“{value}”' for value in values)}."
    return f"{text} Near it: {joined([f'“{each}”' for each in dict.fromkeys(near)])}." if near else text


def _stranger(
    plan: QueryPlan, source: SourceDescription, tries: Tries
) -> tuple[str, CatalogColumn, Value] | None:
    relations, asked = relations_of(source.catalog), 0
    for condition in plan.filters:
        if not isinstance(condition, OneOf) or condition.negated:
            continue
        column = relations.column(condition.column)
        known = {top.value for top in column.profile.top_values} if column.profile else set()
        for value in condition.values:
            if isinstance(value, bool) or str(value) in known:
                continue
            if asked == _MOST_ASKED:
                return None
            asked += 1
            # What a profile last saw may be old, so the source itself is asked.
            outcome = tries(
                QueryPlan(
                    columns=(Listed(column=condition.column, name="held"),),
                    filters=(OneOf(column=condition.column, values=(value,)),),
                    limit=1,
                )
            )
            if outcome is not None and outcome.rows == 0:
                return condition.column.table, column, value
    return None
