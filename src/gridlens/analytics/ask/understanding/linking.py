"""From words to what they name in the source: values, groups and figures, each with its candidates."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from gridlens.analytics.ask.relations import TableKey
from gridlens.analytics.ask.understanding.lexicon import (
    ABBREVIATED,
    SAME_CONCEPT,
    SAME_WORD,
    ColumnEntry,
    Lexicon,
    TableEntry,
    ValueEntry,
    reference_to,
)
from gridlens.analytics.ask.understanding.question import Question
from gridlens.analytics.ask.understanding.terms import meant_by
from gridlens.analytics.ask.understanding.vocabulary import (
    ENERGY_CONCEPTS,
    NEARBY,
    OPPOSITES,
    is_function_word,
)
from gridlens.analytics.ask.understanding.words import Word
from gridlens.analytics.ask.units import spelled
from gridlens.shared.results import ColumnRole, Kind

# The directions energy flows in; where a column tells them apart, they are its values.
FLOWS = frozenset(OPPOSITES)
_LONGEST_PHRASE = 4
_SAME_FLOW, _NEARBY_FLOW = 0.35, 0.25
_GROUP_MARKERS = re.compile(
    r"\b(?:(?:(?:split|grouped|broken down|divided|ordered|sorted) )?by|per|(?:for |of )?(?:each|every)|"
    r"across|pro|je|jede\w*|nach)\b"
)
_NEGATIONS = frozenset("not except excluding excl without ohne ausser nicht no kein keine".split())
_UNREACHABLE = -3.0
_BY_EXISTS = -0.5
_MULTIPLYING = -0.9
_UNSAID_NAME = 0.3
_NAMED_FIRST = 0.3
# Words that stand between two figures asked for together.
JOINING = frozenset("and und against versus vs gegen with mit plus".split())
_BY_LABEL = 0.05


@dataclass(frozen=True, slots=True)
class Target:
    """What rows can be grouped by, counted or listed: a table's rows, or the values of a column."""

    entry: TableEntry | ColumnEntry
    score: float

    @property
    def table(self) -> TableEntry:
        return self.entry if isinstance(self.entry, TableEntry) else self.entry.table


@dataclass(frozen=True, slots=True)
class Mention:
    """Words ``[first, last)`` that name a target, with what it may be, best first."""

    first: int
    last: int
    targets: tuple[Target, ...]


@dataclass(frozen=True, slots=True)
class ValueChoice:
    column: ColumnEntry
    value: str | int | float | bool
    score: float


@dataclass(frozen=True, slots=True)
class ValueMention:
    """Words ``[first, last)`` that name a value to filter by."""

    first: int
    last: int
    choices: tuple[ValueChoice, ...]
    is_negated: bool = False


@dataclass(slots=True)
class Figure:
    """A column that may be measured, how well the words name it, and the flow filters it needs."""

    column: ColumnEntry
    score: float
    has_own_word: bool
    flows: list[tuple[str, ValueChoice, bool]] = field(default_factory=list)
    strength: float = 0.0
    """How well the best of the words fits the column's own name."""


class Linker:
    """Finds what the free words of one question name."""

    def __init__(self, question: Question, lexicon: Lexicon) -> None:
        self.question = question
        self.lexicon = lexicon
        self.relations = lexicon.relations

    # Values.

    def values(self, *, only_phrases: bool) -> Iterator[ValueMention]:
        """Known values in the question; phrases and quoted ones may be asked for first."""
        index = 0
        while index < len(self.question.words):
            found = self._value_at(index, only_phrases=only_phrases) if self.question.free(index) else None
            if found is None:
                index += 1
                continue
            yield found
            index = found.last

    def _value_at(self, index: int, *, only_phrases: bool) -> ValueMention | None:
        words = self.question.words
        longest: list[ValueEntry] = []
        for entry in self.lexicon.values.get(words[index].stem, ()):
            end = index + len(entry.words)
            if tuple(word.stem for word in words[index:end]) != entry.words:
                continue
            if any(not self.question.free(place) for place in range(index, end)):
                continue
            if not longest or len(entry.words) > len(longest[0].words):
                longest = [entry]
            elif len(entry.words) == len(longest[0].words):
                longest.append(entry)
        if longest and (len(longest[0].words) > 1 or words[index].is_quoted):
            return self._mention(index, index + len(longest[0].words), longest, SAME_WORD)
        if only_phrases:
            return None
        if longest and self._stands_for_value(words[index], longest[0]):
            return self._mention(index, index + 1, longest, SAME_WORD)
        return self._by_concept(index)

    def _stands_for_value(self, word: Word, entry: ValueEntry) -> bool:
        concepts = meant_by(word.plain)
        is_written_so = word.text == entry.value and not word.text.islower()
        if is_function_word(word.plain) or len(word.plain) == 1:
            return is_written_so and len(word.plain) > 1
        if concepts & FLOWS:
            # Of readings a flow says more than its value; a trade is a “buy” or it is not.
            table = entry.column.table.table
            has_figures = any(column.role is ColumnRole.MEASURE for column in table.columns)
            is_event = table.interval_seconds is None and has_figures
            return is_event and (word.stem,) == entry.words
        return is_written_so or not self._names_something(word)

    def _names_something(self, word: Word) -> bool:
        """Whether a table or figure is called exactly so, which then is what is meant."""
        return any(entry.match(word) >= SAME_WORD for entry in self.lexicon.tables.values())

    def _by_concept(self, index: int) -> ValueMention | None:
        word = self.question.words[index]
        concepts = meant_by(word.plain) - FLOWS
        if not concepts or is_function_word(word.plain):
            return None
        if any(entry.match(word) >= SAME_CONCEPT for entry in self.lexicon.tables.values()) or any(
            entry.match_own(word) >= ABBREVIATED for entry in self.lexicon.columns.values()
        ):
            return None
        entries = [entry for concept in concepts for entry in self.lexicon.values_by_concept.get(concept, ())]
        return self._mention(index, index + 1, entries, SAME_CONCEPT) if entries else None

    def _mention(self, first: int, last: int, entries: list[ValueEntry], score: float) -> ValueMention:
        nearby = [
            self.question.words[place]
            for place in (first - 2, first - 1, last, last + 1)
            if 0 <= place < len(self.question.words)
        ]
        choices = {}
        for entry in entries:
            column = entry.column
            beside = max(
                (
                    0.3 * max(column.match_own(w), column.table.match(w))
                    for w in nearby
                    if not is_function_word(w.plain)
                ),
                default=0.0,
            )
            is_label = column is self.lexicon.label_of(column.table.key)
            by_label = _BY_LABEL if is_label else 0.0
            choices[column.reference, entry.value] = ValueChoice(
                column, entry.value, score + beside + by_label
            )
        ranked = sorted(choices.values(), key=lambda choice: -choice.score)
        return ValueMention(first, last, tuple(ranked), self._is_negated(first))

    def _is_negated(self, first: int) -> bool:
        words = [word.plain for word in self.question.words[:first]]
        if "but" in words[-2:] and {"all", "every", "any"} & {*words}:
            return True
        return any(word in _NEGATIONS for word in words[-2:])

    def flags(self) -> Iterator[ValueMention]:
        """Adjectives that yes-or-no columns are named after: green tariffs, inactive meters."""
        flags = [entry for entry in self.lexicon.columns.values() if entry.column.kind is Kind.BOOLEAN]
        for index, word in enumerate(self.question.words):
            if not self.question.free(index) or is_function_word(word.plain):
                continue
            choices = []
            for entry in flags:
                positive = word.stem in entry.name.stems
                negative = any(
                    word.stem == f"{prefix}{own}"
                    for prefix in ("in", "un", "non")
                    for own in entry.name.stems
                )
                if positive or negative:
                    following = self.question.words[index + 1 : index + 3]
                    beside = max((0.3 * entry.table.match(w) for w in following), default=0.0)
                    choices.append(ValueChoice(entry, positive, SAME_WORD + beside))
            if choices:
                choices.sort(key=lambda choice: -choice.score)
                yield ValueMention(index, index + 1, tuple(choices), self._is_negated(index))

    def numbered(self) -> Iterator[ValueMention]:
        """“Meter 106”: a table or key followed by a number."""
        for index in range(1, len(self.question.words)):
            number, name = self.question.words[index], self.question.words[index - 1]
            if not (number.text.isdigit() and self.question.free(index)) or is_function_word(name.plain):
                continue
            choices = []
            for table in self.lexicon.tables.values():
                keys = table.table.primary_key
                if table.match(name) < SAME_CONCEPT or len(keys) != 1:
                    continue
                key = self.lexicon.columns[reference_to(table.key, keys[0])]
                value = int(number.text) if key.column.kind is Kind.INTEGER else number.text
                choices.append(ValueChoice(key, value, table.match(name)))
            if choices:
                choices.sort(key=lambda choice: -choice.score)
                yield ValueMention(index, index + 1, tuple(choices), self._is_negated(index - 1))

    # Targets.

    def groups(self) -> Iterator[Mention]:
        """What “by”, “per” and “each” are followed by."""
        for first, last, _ in list(self.question.find(_GROUP_MARKERS)):
            found = self.target_at(last)
            named = [target for target in found.targets if self._has_label(target)] if found else []
            if found is not None and named:
                yield Mention(first, found.last, tuple(named))

    def _has_label(self, target: Target) -> bool:
        return isinstance(target.entry, ColumnEntry) or self.lexicon.label_of(target.entry.key) is not None

    def target_at(self, index: int) -> Mention | None:
        """The longest phrase from here on that names something to group by, count or list."""
        words = self.question.words
        while self.question.free(index) and is_function_word(words[index].plain):
            index += 1
        best: Mention | None = None
        for length in range(1, _LONGEST_PHRASE + 1):
            phrase = words[index : index + length]
            if len(phrase) < length or any(
                not self.question.free(place) or is_function_word(words[place].plain)
                for place in range(index, index + length)
            ):
                break
            targets = self._targets(phrase)
            if targets and (best is None or targets[0].score + 0.15 >= best.targets[0].score):
                best = Mention(index, index + length, tuple(targets[:5]))
        return best

    def _targets(self, phrase: list[Word]) -> list[Target]:
        found = []
        for table in self.lexicon.tables.values():
            matches = [table.match(word) for word in phrase]
            if min(matches) >= 0.4 and max(matches) >= SAME_CONCEPT:
                named = sum(1 for match in matches if match >= SAME_CONCEPT)
                coverage = min(1.0, named / max(len(table.name.stems), 1))
                found.append(Target(table, sum(matches) / len(matches) * (0.5 + 0.5 * coverage)))
        for column in self.lexicon.columns.values():
            if not column.is_groupable or self._stands_for_rows(column, phrase):
                continue
            own = [column.match_own(word) for word in phrase]
            matches = [column.match(word) for word in phrase]
            if min(matches) < 0.4 or max(own) < ABBREVIATED:
                continue
            named = sum(1 for word in phrase if column.match_own(word) >= ABBREVIATED)
            coverage = min(1.0, named / max(len(column.name.stems), 1))
            score = (max(own) + sum(matches) / len(matches)) / 2
            found.append(Target(column, score * (0.7 + 0.3 * coverage)))
        return sorted(found, key=lambda target: -target.score)

    def _stands_for_rows(self, column: ColumnEntry, phrase: list[Word]) -> bool:
        """Whether the column is a key of rows; one of text that is called otherwise is a fact of its own."""
        name, key = column.column.name, column.table.key
        identified = [key] if column.table.table.primary_key == (name,) else []
        identified += [
            step.target
            for step in self.relations.ups(key)
            if any(child == name for child, _ in step.link.columns)
        ]
        if column.column.kind is not Kind.TEXT:
            return bool(identified)
        return any(
            self.lexicon.tables[each].match(word) >= SAME_CONCEPT for each in identified for word in phrase
        )

    # Figures.

    def figures(self, words: list[Word]) -> list[Figure]:
        """Every column that may be measured, by how well the words name it."""
        return [self._figure(entry, words) for entry in self.lexicon.columns.values() if entry.is_measure]

    def _figure(self, entry: ColumnEntry, words: list[Word]) -> Figure:
        figure = Figure(entry, 0.0, has_own_word=False)
        said = entry.name.concepts | entry.table.name.concepts
        for word in words:
            match = entry.match(word)
            own = entry.match_own(word)
            figure.strength = max(figure.strength, own)
            figure.has_own_word = figure.has_own_word or own >= 0.35
            for flow in sorted(meant_by(word.plain) & FLOWS):
                if flow in said:
                    continue
                if OPPOSITES[flow] & said:
                    figure.score -= 0.7
                resolved = self._flow(entry, flow, word)
                if resolved is not None:
                    figure.flows.append((flow, *resolved))
                    figure.has_own_word = True
                    figure.strength = max(figure.strength, SAME_CONCEPT)
                    match += _SAME_FLOW if not resolved[1] else _NEARBY_FLOW
            figure.score += match
        concepts = {concept for word in words for concept in meant_by(word.plain)}
        said_stems = {word.stem for word in words}
        unsaid = sum(
            1
            for own in entry.name.stems
            if own not in said_stems and not meant_by(own) & concepts and spelled(own) is None
        )
        figure.score -= _UNSAID_NAME * unsaid / max(len(entry.name.stems), 1)
        if entry.table.table.interval_seconds is not None:
            figure.score += 0.15
        if words and entry.match_own(words[0]) >= SAME_WORD and self.joins_figures():
            # Of several figures the one named first leads.
            figure.score += _NAMED_FIRST
        return figure

    def joins_figures(self) -> bool:
        return any(word.plain in JOINING for word in self.question.words)

    def _flow(self, entry: ColumnEntry, flow: str, word: Word) -> tuple[ValueChoice, bool] | None:
        """The value that says this direction beside an energy column, and whether it only comes near."""
        if entry.quantity is None or entry.quantity.value not in ("energy", "power"):
            return None
        ups = self.relations.ancestors(entry.table.key)
        for concepts, is_guess in (({flow}, False), (NEARBY[flow] & FLOWS, True)):
            for concept in sorted(concepts):
                for value in self.lexicon.values_by_concept.get(concept, ()):
                    if value.column.table.key in ups:
                        is_same = word.stem in value.words
                        return ValueChoice(value.column, value.value, 1.0), is_guess and not is_same
        return None

    # How well things fit together.

    def distance(self, base: TableKey, other: TableKey, *, for_group: bool) -> float:
        """Zero for the table itself, slightly less for parents, far less for what repeats rows."""
        ups = self.relations.ancestors(base)
        if other in ups:
            return -0.03 * len(ups[other])
        way = self.relations.way(base, other)
        if way is None:
            return _UNREACHABLE
        return (_MULTIPLYING if for_group else _BY_EXISTS) - 0.03 * len(way)


def asks_for_energy(words: list[Word]) -> bool:
    """Whether an amount of energy is meant, rather than power."""
    return any(
        meant_by(word.plain) & ENERGY_CONCEPTS and "load" not in meant_by(word.plain) for word in words
    )


def asks_for_power(words: list[Word]) -> bool:
    return any("load" in meant_by(word.plain) for word in words)
