"""Questions with gold statements as examples: what of each question is right."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from gridlens.analytics.ask.parsing import conditions, shapes
from gridlens.analytics.ask.parsing.conditions import COUNTED, LIMIT, Candidate
from gridlens.analytics.ask.parsing.evidence import Evidence, Known
from gridlens.analytics.ask.parsing.tokens import key_of
from gridlens.analytics.ask.parsing.training.gold import Condition, Gold

ROLES = ("select", "group", "order")


@dataclass
class Example:
    """A question with its gold; ``right`` tells the right candidates, ``roles`` the right columns."""

    id: str
    database: str
    question: str
    sql: Sequence[str]
    evidence: Evidence
    candidates: list[Candidate]
    figures: list[list[float]]
    right: list[bool]
    roles: dict[str, set[int]]
    signs: list[str]
    heads: dict[str, str]
    weight: float


def example(record: dict[str, object], gold: Gold, known: Known, weight: float) -> Example:
    question = str(record["question"])
    evidence = Evidence(question, known)
    found = conditions.candidates(evidence)
    places = {(c.table.name.lower(), c.name.lower()): c.index for c in known.schema.columns}
    asked = list(_conditions(gold))
    return Example(
        id=str(record["id"]),
        database=str(record["db"]),
        question=question,
        sql=[str(record["sql"])],
        evidence=evidence,
        candidates=found,
        figures=conditions.features(evidence, found),
        right=[_is_right(each, asked, gold, known) for each in found],
        roles={
            "select": {places[i.column] for i in gold.select if i.column in places},
            "group": {places[c] for c in gold.group if c in places},
            "order": {places[i.column] for i, _ in gold.order if i.column in places},
        },
        signs=shapes.signs(evidence),
        heads={"sel": _sel(gold, len(known.schema.tables) == 1), "tail": _tail(gold), "nest": _nest(gold)},
        weight=weight,
    )


def _conditions(gold: Gold) -> Iterator[Condition]:
    for each in (*gold.where, *gold.having):
        if isinstance(each.value, Gold):
            yield from _conditions(each.value)
        else:
            yield each
    if gold.combined:
        yield from _conditions(gold.combined[1])


def _is_right(each: Candidate, asked: Sequence[Condition], gold: Gold, known: Known) -> bool:
    if each.column == LIMIT:
        return gold.limit is not None and gold.limit > 1 and each.value == gold.limit
    return any(_meets(each, condition, known) for condition in asked)


def _meets(each: Candidate, condition: Condition, known: Known) -> bool:
    if each.column == COUNTED:
        if condition.aggregate != "count":
            return False
    else:
        column = known.schema.columns[each.column]
        if (column.table.name.lower(), column.name.lower()) != condition.column:
            return False
    value = condition.value
    if condition.operator in ("like", "not like"):
        return key_of(str(value).strip("%")) == key_of(str(each.value))
    if condition.operator == "between":
        ends = value if isinstance(value, tuple) else ()
        return each.operator == "between" and all(map(_same, (each.value, each.other), ends))
    if condition.operator not in (each.operator, "in", "not in"):
        return False
    return any(_same(each.value, other) for other in (value if isinstance(value, tuple) else (value,)))


def _same(one: object, other: object) -> bool:
    if isinstance(other, int | float) and not isinstance(other, bool):
        try:
            return abs(float(str(one).replace(",", "")) - other) < 1e-9
        except ValueError:
            return False
    return key_of(str(one)) == key_of(str(other))


def _sel(gold: Gold, is_single: bool) -> str:
    figures = [item for item in gold.select if item.aggregate]
    if not figures:
        return "star" if any(item.column[1] == "*" for item in gold.select) else "cols"
    if len(figures) < len(gold.select):
        return "cols+count" if figures[0].aggregate == "count" else "cols+agg"
    if len(figures) > 1:
        return "multi"
    if figures[0].aggregate != "count":
        return figures[0].aggregate
    return "count" if is_single or figures[0].column[1] == "*" else "countcol"


def _tail(gold: Gold) -> str:
    group = "g" if gold.group else ""
    if gold.having:
        group += "h" + gold.having[0].aggregate
    order = ""
    if gold.order:
        item, down = gold.order[0]
        kind = "count" if item.aggregate == "count" else "agg" if item.aggregate else "col"
        order = f"{kind}{'-' if down else '+'}{'' if gold.limit is None else '1' if gold.limit == 1 else 'n'}"
    return f"{group} {order}"


def _nest(gold: Gold) -> str:
    nested = [each.operator for each in (*gold.where, *gold.having) if isinstance(each.value, Gold)]
    return (gold.combined[0] if gold.combined else "") + (nested[0] if nested else "")
