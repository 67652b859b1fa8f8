"""Drafts of a question: its likely shapes, filled with its likely columns, values and tables."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise, product

from gridlens.analytics.ask.parsing.chains import chains
from gridlens.analytics.ask.parsing.choices import LIKELY, Chances, Choices, log_of, narrowing_of
from gridlens.analytics.ask.parsing.conditions import COUNTED, LIMIT, Candidate
from gridlens.analytics.ask.parsing.draft import ROWS, Draft, Item, Narrowing
from gridlens.analytics.ask.parsing.evidence import Evidence
from gridlens.analytics.ask.parsing.nesting import Nesting
from gridlens.analytics.ask.parsing.tables import Tables

MOST_SHAPES = 8
MOST_DRAFTS = 60
MOST_CHAINS = 4
UNCHAINED = 9.0
UNLIKELY = -40.0
_DIFFERENT = re.compile(r"\b(distinct|different|unique)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Scored:
    draft: Draft
    score: float
    signs: tuple[float, ...]
    chained: tuple[float, ...] = (UNCHAINED, UNCHAINED)
    """How many words are left over and how much is guessed, where a chain says the same."""


class Assembler:
    def __init__(self, evidence: Evidence, found: list[Candidate], chances: Chances) -> None:
        self.evidence, self.found, self.chances = evidence, found, chances
        self.schema = evidence.schema
        self.tokens = evidence.tokens
        self.choices = Choices(evidence, found, chances)
        self.nesting = Nesting(self.choices)
        self.tables = Tables(evidence)

    def drafts(self) -> list[Scored]:
        made: dict[Draft, Scored] = {}
        for (sel, tail, nest), shape_score in self._shapes():
            for draft, score in self._of_shape(sel, tail, nest):
                total = shape_score + score
                if draft not in made or made[draft].score < total:
                    made[draft] = Scored(draft, total, (shape_score, score))
        best = sorted(made.values(), key=lambda each: -each.score)[:MOST_DRAFTS]
        return self._with_chains(best)

    @staticmethod
    def _plain(draft: Draft) -> Draft:
        return replace(draft, tables=())

    def _with_chains(self, best: list[Scored]) -> list[Scored]:
        """Those that chains say too are marked; what only a chain says comes last."""
        places = {self._plain(scored.draft): place for place, scored in reversed(list(enumerate(best)))}
        for chain in chains(self.evidence)[:MOST_CHAINS]:
            told = (float(chain.unexplained), float(chain.guesses))
            place = places.get(self._plain(chain.draft))
            if place is None:
                best.append(Scored(chain.draft, UNLIKELY, (UNLIKELY, UNLIKELY), told))
            elif best[place].chained[0] == UNCHAINED:
                best[place] = replace(best[place], chained=told)
        return best

    def _shapes(self) -> list[tuple[tuple[str, str, str], float]]:
        heads = [
            sorted(head.items(), key=lambda each: -each[1])[:3]
            for head in (self.chances.sel, self.chances.tail, self.chances.nest)
        ]
        shapes = [
            ((a, b, c), log_of(pa) + log_of(pb) + log_of(pc)) for (a, pa), (b, pb), (c, pc) in product(*heads)
        ]
        return sorted(shapes, key=lambda each: -each[1])[:MOST_SHAPES]

    def _of_shape(self, sel: str, tail: str, nest: str) -> Iterator[tuple[Draft, float]]:
        for items, plain, item_score in self._items(sel, tail):
            for chosen, condition_score in self.choices.conditions:
                for draft, tail_score in self._tails(items, plain, sel, tail, chosen):
                    for nested, nest_score in self.nesting.nested(draft, nest, chosen):
                        for full, table_score in self.tables.added(nested, sel, tail):
                            yield full, item_score + condition_score + tail_score + nest_score + table_score

    def _items(self, sel: str, tail: str) -> Iterator[tuple[tuple[Item, ...], list[int], float]]:
        chances = self.chances
        single = len(self.schema.tables) == 1
        numbers = [c.index for c in self.schema.columns if c.is_number]
        if sel == "star":
            yield (Item("", ROWS),), [], 0.0
        elif sel == "cols":
            for chosen, score in self.choices.sets(chances.select):
                yield tuple(Item("", c) for c in chosen), chosen, score
        elif sel == "count":
            if single and not tail.startswith("g"):
                for top, score in self.choices.tops(chances.select, 3):
                    yield (Item("count", top),), [], score
            else:
                yield (Item("count", ROWS),), [], 0.0
        elif sel == "countcol":
            for top, score in self.choices.tops(chances.select, 3):
                yield (Item("count", top, is_distinct=True),), [], score
        elif sel in ("max", "min", "avg", "sum"):
            for top, score in self.choices.tops(chances.select, 3):
                fits = 0.0 if top in numbers or sel in ("max", "min") else -1.0
                yield (Item(sel, top),), [], score + fits
        elif sel == "multi":
            yield from self._several()
        elif sel == "cols+count":
            for chosen, score in self.choices.sets(chances.select):
                yield (*(Item("", c) for c in chosen), Item("count", ROWS)), chosen, score
        elif sel == "cols+agg":
            yield from self._split()

    def _several(self) -> Iterator[tuple[tuple[Item, ...], list[int], float]]:
        """“The average, minimum and maximum age”, “the average height and weight”."""
        said = self.choices.said_aggregates()
        counts = (
            re.search(r"\b(how many|number of|count)\b", self.evidence.question, re.IGNORECASE) is not None
        )
        for chosen, score in self.choices.sets(self.chances.select):
            items: list[Item] = []
            if len(chosen) == 1:
                items = [Item(name, chosen[0]) for name, _ in said]
            else:
                for column in chosen:
                    items.append(
                        Item(self.choices.aggregate_before(column) or (said[0][0] if said else "avg"), column)
                    )
            if counts and len(items) < 2:
                items.append(Item("count", ROWS))
            if items:
                yield tuple(dict.fromkeys(items)), [], score

    def _split(self) -> Iterator[tuple[tuple[Item, ...], list[int], float]]:
        """Columns to group by and figures beside them."""
        for chosen, score in self.choices.sets(self.chances.select, least=2):
            plain, items = [], []
            numbers = [c for c in chosen if self._is_figure(c)]
            figures = [c for c in numbers if self.choices.aggregate_before(c)]
            said = self.choices.said_aggregates()
            if not figures:
                figures = numbers[-1:] or chosen[-1:]
            for column in chosen:
                if column in figures:
                    if len(figures) == 1 and len(said) > 1:
                        items += [Item(name, column) for name, _ in said]
                    else:
                        items.append(Item(self.choices.aggregate_before(column) or "avg", column))
                else:
                    plain.append(column)
                    items.append(Item("", column))
            if not plain:
                group, more = self.choices.tops(self.chances.group, 1)[0]
                yield tuple(dict.fromkeys([*items, Item("", group)])), [group], score + more
            else:
                yield tuple(dict.fromkeys(items)), plain, score

    def _is_figure(self, column: int) -> bool:
        entry = self.schema.columns[column]
        return entry.is_number and not entry.is_key and not entry.is_reference

    def _tails(
        self, items: tuple[Item, ...], plain: list[int], sel: str, tail: str, chosen: list[Candidate]
    ) -> Iterator[tuple[Draft, float]]:
        group, _, order = tail.partition(" ")
        has_group, having = group.startswith("g"), group.partition("h")[2]
        where = tuple(narrowing_of(each) for each in chosen)
        draft = Draft(select=items, where=where, is_any=self._is_any(chosen))
        score = 0.0
        if not has_group and sel == "cols" and _DIFFERENT.search(self.evidence.question):
            draft = replace(draft, is_distinct=True)
        if has_group:
            if plain:
                draft = replace(draft, group=tuple(plain))
            else:
                best, more = self.choices.tops(self.chances.group, 1)[0]
                draft, score = replace(draft, group=(best,)), score + more
        if having:
            draft, more = self._having(draft, having)
            score += more
        if not order:
            yield draft, score
            return
        kind, down, limit = re.match(r"(count|agg|col)([-+])(.?)", order).groups()  # type: ignore[union-attr]
        number = self._limit(certain=limit == "1") if limit else None
        draft = replace(draft, limit=number)
        if kind == "count":
            yield replace(draft, order=((Item("count", ROWS), down == "-"),)), score
        elif kind == "agg":
            aggregated = [item for item in items if item.aggregate]
            if aggregated:
                yield replace(draft, order=((aggregated[0], down == "-"),)), score
            else:
                for best, more in self.choices.tops(self.choices.numbers_of(self.chances.order), 2):
                    name = self.choices.aggregate_before(best) or "avg"
                    name = name if name in ("avg", "sum") else "avg" if name == "" else "sum"
                    yield replace(draft, order=((Item(name, best), down == "-"),)), score + more
        else:
            for best, more in self.choices.tops(self.chances.order, 3):
                yield replace(draft, order=((Item("", best), down == "-"),)), score + more

    def _limit(self, *, certain: bool) -> int:
        """The number of rows that is said, where it is said for certain or wanted anyway."""
        best, chance = 1, LIKELY if certain else 0.0
        for each, own in zip(self.found, self.chances.conditions, strict=True):
            if each.column == LIMIT and own > chance:
                best, chance = int(each.value), own  # type: ignore[call-overload]
        return max(best, 1)

    def _having(self, draft: Draft, kind: str) -> tuple[Draft, float]:
        best, chance = None, 0.0
        for each, own in zip(self.found, self.chances.conditions, strict=True):
            if each.column == COUNTED and own > chance:
                best, chance = each, own
        if kind == "count":
            if best is None:
                return draft, -4.0
            narrowing = Narrowing(
                ROWS, best.operator if best.operator != "=" or best else ">=", best.value, best.other, "count"
            )
            if best.operator == "=" and "at least" in self.evidence.question:
                narrowing = replace(narrowing, operator=">=")
            return replace(draft, having=(narrowing,)), log_of(chance)
        moved = [
            each for each in draft.where if each.column >= 0 and self.schema.columns[each.column].is_number
        ]
        if not moved:
            return draft, -4.0
        having = replace(moved[-1], aggregate=kind)
        where = tuple(each for each in draft.where if each is not moved[-1])
        return replace(draft, where=where, having=(having,)), 0.0

    def _is_any(self, chosen: list[Candidate]) -> bool:
        if len(chosen) < 2:
            return False
        for one, other in pairwise(chosen):
            between = [token.plain for token in self.tokens[one.last : other.first]]
            if "or" in between and not any(w in between for w in ("less", "more")):
                return True
            if one.column == other.column and one.operator == other.operator == "=":
                # One value cannot be two: “from Berlin and Hamburg” means either.
                return True
        return False
