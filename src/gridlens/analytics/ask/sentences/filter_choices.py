"""Other values to narrow by, and other limits to keep groups by."""

from collections.abc import Iterator

import msgspec

from gridlens.analytics.ask.check import NUMERIC
from gridlens.analytics.ask.plan import Compare, IsNull, OneOf, QueryPlan, Value
from gridlens.analytics.ask.sentences.choices import Choice, Choices, number_typed
from gridlens.analytics.ask.sentences.editing import replaced, with_filter, without_filter
from gridlens.analytics.ask.sentences.wording import value_text
from gridlens.shared.results import Kind

_MOST_VALUES = 26


class FilterChoices(Choices):
    def filters(self, index: int) -> Iterator[Choice]:
        each = self.plan.filters[index]
        if isinstance(each, OneOf):
            entry = self.lexicon.column(each.column)
            yield (
                "negate",
                "is" if each.negated else "is not",
                with_filter(self.plan, index, replaced(each, negated=not each.negated)),
            )
            if entry.column.kind is Kind.BOOLEAN:
                for flag in (True, False):
                    changed = replaced(each, values=(flag,), negated=False)
                    yield f"value:{flag}", value_text(flag), with_filter(self.plan, index, changed)
            elif entry.column.profile is not None and entry.column.kind is Kind.TEXT:
                for top in entry.column.profile.top_values[:_MOST_VALUES]:
                    changed = replaced(each, values=(top.value,))
                    yield f"value:{top.value}", top.value, with_filter(self.plan, index, changed)
        elif isinstance(each, IsNull):
            yield (
                "negate",
                "has no value" if each.negated else "has a value",
                with_filter(self.plan, index, replaced(each, negated=not each.negated)),
            )
        yield "remove", "leave out", without_filter(self.plan, index)

    def typed_filter(self, index: int, text: str) -> QueryPlan | None:
        each = self.plan.filters[index]
        if isinstance(each, Compare):
            return with_filter(self.plan, index, replaced(each, value=number_typed(text)))
        if not isinstance(each, OneOf) or not text.startswith("values:"):
            return None
        given = msgspec.json.decode(text.removeprefix("values:"), type=list[str | int | float | bool])
        kind = self.lexicon.relations.column(each.column).kind
        if not 1 <= len(given) <= 200:
            return None
        values: tuple[Value, ...] = tuple(value for value in given if _is_of(value, kind))
        return (
            with_filter(self.plan, index, replaced(each, values=values))
            if len(values) == len(given)
            else None
        )

    def havings(self, index: int) -> Iterator[Choice]:
        kept = self.plan.having[:index] + self.plan.having[index + 1 :]
        yield "remove", "leave out", replaced(self.plan, having=kept)

    def typed_having(self, index: int, text: str) -> QueryPlan | None:
        changed = replaced(self.plan.having[index], value=number_typed(text))
        return replaced(
            self.plan, having=(*self.plan.having[:index], changed, *self.plan.having[index + 1 :])
        )


def _is_of(value: object, kind: Kind) -> bool:
    if kind in NUMERIC:
        return isinstance(value, int | float) and not isinstance(value, bool)
    return isinstance(value, bool) if kind is Kind.BOOLEAN else isinstance(value, str) and len(value) <= 500
