"""What a question is about: the candidates for its base table, each with groups and filters that fit it."""

from dataclasses import dataclass, field
from heapq import nlargest
from typing import Literal

from gridlens.analytics.ask.relations import TableKey
from gridlens.analytics.ask.understanding.draft import ROW_STEMS, Draft
from gridlens.analytics.ask.understanding.lexicon import SAME_CONCEPT, ColumnEntry, TableEntry
from gridlens.analytics.ask.understanding.linking import (
    FLOWS,
    Figure,
    Mention,
    Target,
    ValueChoice,
    ValueMention,
)
from gridlens.analytics.ask.understanding.quantities import AS_SHARE
from gridlens.analytics.ask.understanding.terms import meant_by
from gridlens.analytics.ask.understanding.words import Word, stem
from gridlens.analytics.ask.units import Quantity, factor, quantity_of

Kind = Literal["figure", "count", "rows"]
TIME_NOUNS = frozenset(
    "hour hours day days times occasions intervals stunden stunde tage mal intervalle".split()
)
_BY_NUMBER = frozenset("most fewest least meisten wenigsten".split())
_NAMED_WELL = 0.6
_TARGET_WEIGHT = 0.6
_MOST_FIGURES = 60
_IMPLIED = 0.8
_ONLY_DESCRIBED = 0.7
_OF_THE_ENTITY = 0.4
_NOT_OF_THE_ENTITY = 0.9
_CONCEPT_OF_UNIT: dict[Quantity | None, str] = {
    Quantity.TEMPERATURE: "temperature",
    Quantity.POWER: "load",
    Quantity.ENERGY: "energy",
    Quantity.PRICE: "price",
    Quantity.MONEY: "money",
}


@dataclass(slots=True)
class Focus:
    """One way to read the question. ``score`` ranks it, ``named`` is the part of its words that fit."""

    kind: Kind
    base: TableEntry
    score: float
    named: float
    figure: Figure | None = None
    target: Target | None = None
    groups: list[tuple[Mention, Target]] = field(default_factory=list)
    values: list[tuple[ValueMention, ValueChoice]] = field(default_factory=list)
    names: list[ValueMention] = field(default_factory=list)


def focuses(draft: Draft) -> list[Focus]:
    """The ways to read the question, the best first."""
    entity = entity_of(draft)
    spent = set(range(entity.first, entity.last)) if entity else set()
    for threshold in draft.quantities.thresholds:
        if (counted := draft.counted_after(threshold)) is not None:
            spent |= set(range(counted.first, counted.last))
        spent |= {index for index, _ in draft.compared_before(threshold)}
    if entity is not None:
        spent |= {index for index, word in draft.left_out() if _may_lack(draft, entity, word)}
    words = [word for index, word in draft.content() if index not in spent and word.plain not in TIME_NOUNS]
    figures = _figures(draft, words)
    if entity is not None and draft.quantities.at_extreme and _is_measured(draft, entity):
        figures, entity = _of_series(draft, entity, words), None
    if entity is not None:
        own_tables = {target.table.key for target in entity.targets}
        for focus in figures:
            # “Day-ahead price” is the price that day-ahead holds; elsewhere half of it is left unsaid.
            is_own = focus.base.key in own_tables
            focus.score += _OF_THE_ENTITY if is_own else 0.0
            focus.named *= 1.0 if is_own or draft.quantities.superlative else _NOT_OF_THE_ENTITY
    q = draft.quantities
    if (most := _ranked_by_number(draft, entity)) is not None:
        found = _targets(draft, "count", most)
    elif q.is_count or (q.is_missing and not q.wants_rows) or _shares_times(draft):
        is_series = entity is not None and entity.targets[0].table.table.interval_seconds is not None
        is_rows = (
            q.is_count or is_series or (q.is_share and not q.is_missing and _follows_share(draft, entity))
        )
        found = _targets(draft, "count", entity) if is_rows else []
        if not found:
            figures = figures or _figures(draft, _measured_by_thresholds(draft))
            found = [_as_count(focus) for focus in figures or _implied(draft)]
        if not found and not q.is_count:
            found = _targets(draft, "rows", entity)
    elif entity is None:
        found = figures or _implied(draft)
    elif draft.quantities.is_share and not figures:
        # “The share of generation” is one of what was generated, that “of sites” one of their number.
        found = _of_series(draft, entity, words) if _is_measured(draft, entity) else []
        found = found or _targets(draft, "count", entity)
    else:
        named = max((f.named for f in figures if f.figure and f.figure.strength >= _NAMED_WELL), default=0.0)
        is_plain = asks_for_figure(draft) or bool(draft.groups)
        if is_plain and not figures:
            # “Generation per month”: the thing itself is what is measured.
            figures = _figures(draft, [word for _, word in draft.content()])
        if not figures and not draft.quantities.wants_rows and draft.names_series(entity):
            # “Output yesterday” asks how much, not for each of its rows.
            figures = _of_series(draft, entity, words)
            is_plain = bool(figures)
        wants_figure = is_plain or (named >= _NAMED_WELL and bool(words))
        is_list = q.wants_names or not (figures and wants_figure) or _narrows_entity(draft, figures)
        # “Visits by day” counts them, “visits last week” lists them.
        kind: Kind = "count" if draft.groups or draft.times.grain or q.grain else "rows"
        found = _targets(draft, kind, entity) if is_list else figures
    return sorted(found, key=lambda focus: -focus.score)


def _of_series(draft: Draft, entity: Mention, words: list[Word]) -> list[Focus]:
    """The figures of the rows that the entity names."""
    head = draft.question.words[entity.first : entity.last]
    own = {target.table.key for target in entity.targets}
    return [focus for focus in _figures(draft, [*words, *head], is_strict=False) if focus.base.key in own]


def _may_lack(draft: Draft, entity: Mention, word: Word) -> bool:
    """“Assets without storage”: the word names a column that may have no value."""
    table = entity.targets[0].table
    return any(
        entry.table is table and entry.column.is_nullable and entry.match_own(word) >= SAME_CONCEPT
        for entry in draft.lexicon.columns.values()
    )


def _shares_times(draft: Draft) -> bool:
    """“The percentage of hours with a negative price” counts hours."""
    note = next((note for note in draft.question.notes if note.meaning == AS_SHARE), None)
    words = draft.question.words
    if note is None or not draft.quantities.thresholds or note.last >= len(words):
        return False
    is_time = words[note.last].plain in TIME_NOUNS or words[note.last].stem in ROW_STEMS
    return is_time or _follows_share(draft, entity_of(draft))


def _follows_share(draft: Draft, entity: Mention | None) -> bool:
    """“The percentage of trades with …”: the things of which some are told apart."""
    ends = [note.last for note in draft.question.notes if note.meaning == AS_SHARE]
    return entity is not None and entity.first in ends and not _is_measured(draft, entity)


def _is_measured(draft: Draft, entity: Mention) -> bool:
    """Whether the noun means an amount rather than things to count: load, generation."""
    named = draft.question.words[entity.first : entity.last]
    return draft.names_series(entity) or any(meant_by(word.plain) & FLOWS for word in named)


def _ranked_by_number(draft: Draft, entity: Mention | None) -> Mention | None:
    """“Which site has the most meters”: the things whose number ranks others."""
    at, words = draft.quantities.superlative_at, draft.question.words
    if at is None or entity is None or entity.first > at or draft.quantities.grain is not None:
        return None
    place = next(
        (place for place in range(at, min(at + 3, len(words))) if words[place].plain in _BY_NUMBER), None
    )
    if place is None:
        return None
    start = place + 1
    while start in draft.question.taken:
        start += 1  # “the most overdue invoices”
    found = draft.linker.target_at(start)
    if found is None or found.first != start or not isinstance(found.targets[0].entry, TableEntry):
        return None
    is_other = (
        isinstance(entity.targets[0].entry, ColumnEntry)
        or found.targets[0].table is not entity.targets[0].table
    )
    return found if is_other else None


def _narrows_entity(draft: Draft, figures: list[Focus]) -> bool:
    """“Sites with a floor area above 300 m²” lists sites by a figure that each of them has."""
    entity = entity_of(draft)
    narrows = draft.quantities.thresholds or draft.quantities.against
    if entity is None or not narrows or asks_for_figure(draft) or not figures:
        return False
    own = entity.targets[0].table.key
    if draft.quantities.against:
        return any(focus.base.key == own and focus.named >= _NAMED_WELL for focus in figures)
    return max(figures, key=lambda focus: focus.score).base.key == own


def entity_of(draft: Draft) -> Mention | None:
    """The head, where it names things rather than a figure of them."""
    if draft.head is None:
        return None
    words = draft.question.words[draft.head.first : draft.head.last]
    if all(word.plain in TIME_NOUNS for word in words):
        return None
    measures = [entry for entry in draft.lexicon.columns.values() if entry.is_measure]
    is_figure = any(entry.match_own(word) >= 0.7 for entry in measures for word in words)
    return None if is_figure and not draft.quantities.is_count else draft.head


def asks_for_figure(draft: Draft) -> bool:
    """Whether words such as “total”, “monthly” or “highest” ask for a figure by themselves."""
    q, t = draft.quantities, draft.times
    by_quantity = (
        q.function
        or q.is_amount
        or q.unit
        or q.per_unit
        or q.is_share
        or q.grain
        or q.superlative
        or q.wants_when
        or q.pair
        or q.run
        or q.is_load_factor
    )
    return bool(by_quantity or t.grain or t.comparison or t.wants_trend)


def _figures(draft: Draft, words: list[Word], *, is_strict: bool = True) -> list[Focus]:
    pair = draft.quantities.pair
    if pair is not None:
        # The figure that is divided, or that something is taken from, leads; “bought” alone is none yet.
        first = [w for at, w in draft.content() if pair.first <= at < pair.split]
        is_said = any(not meant_by(word.plain) & FLOWS for word in first) or _are_flows(draft)
        words, is_strict = first if first and is_said else words, False
    if (hint := draft.quantities.hint) is not None and not _names_other(draft, words, hint):
        words = [*words, Word(hint, hint, stem(hint), 0, 0)]
    found = []
    likely = nlargest(_MOST_FIGURES, draft.linker.figures(words), key=lambda figure: figure.score)
    for figure in likely:
        by_unit = _by_unit(figure.column, draft.quantities.unit)
        if is_strict and not figure.has_own_word and by_unit <= 0:
            continue
        said = sum(1 for word in words if _fits(figure, word))
        named = said / len(words) if words else 0.8
        if figure.strength < _NAMED_WELL and by_unit <= 0:
            # Descriptions mention much that a column is not.
            named *= _ONLY_DESCRIBED
        focus = Focus("figure", figure.column.table, figure.score + by_unit, named, figure=figure)
        _fit(draft, focus)
        found.append(focus)
    return found


def _are_flows(draft: Draft) -> bool:
    """Whether both figures of a pair are named by their direction only."""
    pair = draft.quantities.pair
    return pair is not None and all(
        meant_by(word.plain) & FLOWS for at, word in draft.content() if at >= pair.first
    )


def _names_other(draft: Draft, words: list[Word], hint: str) -> bool:
    """“Load on the windiest day” asks for the load, and only the day is told by the wind."""
    if not draft.quantities.at_extreme:
        return False
    by_hint = Word(hint, hint, stem(hint), 0, 0)
    return any(
        any(figure.column.match(word) >= _NAMED_WELL for word in words)
        and figure.column.match_own(by_hint) < _NAMED_WELL
        for figure in draft.linker.figures(words)
    )


def _implied(draft: Draft) -> list[Focus]:
    """“Grid import by month” where grid import is a circuit: the figure of the rows that have one."""
    if not draft.values and not draft.groups:
        return []
    valued = [place for value in draft.values for place in range(value.first, value.last)]
    words = [draft.question.words[place] for place in valued] + [word for _, word in draft.content()]
    found = _figures(draft, words, is_strict=False)
    near = [focus for focus in found if _is_near(draft, focus) and focus.base.table.interval_seconds]
    for focus in near:
        focus.named = min(focus.named, _IMPLIED)
    return near


def _is_near(draft: Draft, focus: Focus) -> bool:
    ups = draft.lexicon.relations.ancestors(focus.base.key)
    used = [choice.column.table.key for _, choice in focus.values] + [t.table.key for _, t in focus.groups]
    return all(key in ups for key in used) and bool(used)


def _measured_by_thresholds(draft: Draft) -> list[Word]:
    """What numbers with units are compared with: degrees with a temperature, kilowatts with a load."""
    hints = [t.hint or _CONCEPT_OF_UNIT.get(quantity_of(t.unit)) for t in draft.quantities.thresholds]
    return [Word(hint, hint, stem(hint), 0, 0) for hint in hints if hint]


def _fits(figure: Figure, word: Word) -> bool:
    flows = {flow for flow, _, _ in figure.flows}
    return figure.column.match(word) >= 0.35 or bool(meant_by(word.plain) & flows)


def _by_unit(column: ColumnEntry, unit: str | None) -> float:
    if unit is None:
        return 0.0
    if factor(column.unit, unit, column.table.table.interval_seconds) is None:
        return -0.8
    return 0.6 if quantity_of(unit) is column.quantity else 0.25


def _as_count(focus: Focus) -> Focus:
    focus.kind = "count"
    return focus


def _targets(draft: Draft, kind: Kind, head: Mention | None) -> list[Focus]:
    found = []
    for target in head.targets if head else ():
        focus = Focus(kind, target.table, target.score, min(1.0, target.score), target=target)
        _fit(draft, focus)
        found.append(focus)
    return found


def _fit(draft: Draft, focus: Focus) -> None:
    """Choose for every group and value the meaning nearest to the base, and weigh how near that is."""
    base = focus.base.key

    def weight(score: float, other: TableKey, *, for_group: bool) -> float:
        return _TARGET_WEIGHT * score + draft.linker.distance(base, other, for_group=for_group)

    mentions = list(draft.groups)
    ranks = draft.quantities.superlative or draft.quantities.thresholds
    entity = entity_of(draft)
    is_amount = entity is not None and draft.quantities.at_extreme and _is_measured(draft, entity)
    is_ranked = focus.kind == "figure" or _ranked_by_number(draft, entity) is not None
    if entity is not None and focus.kind == "count" and draft.quantities.is_count:
        # “Which site has the largest number of meters”: the meters are counted, for each of the sites.
        entity = draft.asked_for(entity)
        is_ranked = entity is not None
    if is_ranked and ranks and entity is not None and not is_amount:
        # “Which homes used more than 100 kWh” asks for a figure of each home.
        mentions.insert(0, entity)
    for mention in mentions:
        weighed = [(weight(t.score, t.table.key, for_group=True), t) for t in mention.targets]
        best, target = max(weighed, key=lambda pair: pair[0])
        focus.groups.append((mention, target))
        focus.score += best
    for value in draft.values:
        chosen = [(weight(c.score, c.column.table.key, for_group=False), c) for c in value.choices]
        best, choice = max(chosen, key=lambda pair: pair[0])
        as_name = _TARGET_WEIGHT * _as_name(draft, focus, value)
        if as_name > max(best, 0.0):
            # “Day-ahead price” may name the table rather than a product of that name.
            focus.names.append(value)
        else:
            focus.values.append((value, choice))
        focus.score += max(best, as_name or best)
    relations = draft.lexicon.relations
    if _needs_time(draft):
        if relations.time_column(base) is None:
            focus.score -= 0.6
        elif focus.kind == "figure" and not relations.has_events(base):
            focus.score -= 0.5


def _as_name(draft: Draft, focus: Focus, value: ValueMention) -> float:
    entry = focus.figure.column if focus.figure is not None else focus.base
    words = draft.question.words[value.first : value.last]
    matches = [entry.match(word) for word in words]
    return sum(matches) / len(matches) if min(matches) >= 0.4 else 0.0


def _needs_time(draft: Draft) -> bool:
    t = draft.times
    is_timed = t.span or t.grain or t.time_of_day or t.weekdays or t.months
    return bool(is_timed or draft.quantities.grain or draft.quantities.wants_when)
