"""What a source calls its tables, columns and values, ready to be matched with the words of a question."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from functools import lru_cache
from heapq import nlargest

import msgspec

from gridlens.analytics.ask.errors import PlanRefused
from gridlens.analytics.ask.plan import ColumnRef
from gridlens.analytics.ask.relations import Relations, TableKey, relations_of
from gridlens.analytics.ask.understanding.terms import CHARGES, meant_by, term_of, terms_in
from gridlens.analytics.ask.understanding.vocabulary import (
    COMMON_WORDS,
    all_terms,
    is_function_word,
    named_concepts,
)
from gridlens.analytics.ask.understanding.words import Word, fold, pieces, split_name, stem
from gridlens.analytics.ask.units import Quantity, column_unit, quantity_of, spelled
from gridlens.shared.catalog import Catalog, CatalogColumn, CatalogTable
from gridlens.shared.results import ColumnRole, Kind

# How surely a word means a name, by what it has in common with it.
SAME_WORD = 1.0
SAME_CONCEPT = 0.8
ABBREVIATED = 0.75
IN_DESCRIPTION = 0.5
CONCEPT_IN_DESCRIPTION = 0.4
TABLE_WORD = 0.5
TABLE_CONCEPT = 0.4
TABLE_DESCRIPTION = 0.25

# What a unit tells of its column, where the name does not.
_BY_QUANTITY: dict[Quantity, dict[str, float]] = {
    Quantity.ENERGY: {"energy": 0.75, "consumption": 0.5, "generation": 0.5, "import": 0.45, "export": 0.45}
    | {"load": 0.45, "volume": 0.5, "electricity": 0.4},
    Quantity.POWER: {"load": 0.7, "consumption": 0.4, "generation": 0.4, "energy": 0.45, "capacity": 0.3}
    | {"electricity": 0.4},
    Quantity.PRICE: {"price": 0.8, "tariff": 0.3},
    Quantity.MONEY: {"money": 0.75, "price": 0.5},
    Quantity.TEMPERATURE: {"temperature": 0.9},
    Quantity.AREA: {"area": 0.8},
    Quantity.MASS: {"carbon": 0.5},
    Quantity.STATE: {"speed": 0.6},
}
_SAYS_QUANTITY = 0.7
_LABEL_NAMES = ("name", "title", "label", "bezeichnung", "designation", "full_name", "display_name")
_FLAG_WORDS = ("is", "has", "ist", "hat")
_CLOSE = 0.84
_ALIKE = 0.2
# Looking for what is nearest goes through all of these.
_MOST_TERMS = 20_000
_SHORTEST_MISSPELT = 5


@dataclass(frozen=True, slots=True)
class Name:
    """The words of a name or description, by stem and by concept."""

    stems: frozenset[str]
    concepts: frozenset[str]

    @classmethod
    def of(cls, words: Iterable[str]) -> "Name":
        kept = [word for word in words if not is_function_word(word) or word in ("area",)]
        return cls(
            frozenset(stem(word) for word in kept),
            frozenset(concept for word in kept for concept in meant_by(word)) | terms_in(kept),
        )

    def has_start_of(self, plain: str) -> bool:
        """Whether a word of the name is cut short in the question, or the other way round."""
        return len(plain) >= 3 and any(
            own.startswith(plain) or (len(own) >= 3 and plain.startswith(own)) for own in self.stems
        )


@dataclass(frozen=True, slots=True, eq=False)
class TableEntry:
    key: TableKey
    table: CatalogTable
    name: Name
    description: Name

    def match(self, word: Word) -> float:
        """How surely the word means this table."""
        concepts = meant_by(word.plain)
        if word.stem in self.name.stems:
            return SAME_WORD
        if concepts & self.name.concepts:
            return SAME_CONCEPT
        if word.stem in self.description.stems:
            return IN_DESCRIPTION
        return CONCEPT_IN_DESCRIPTION if concepts & self.description.concepts else 0.0


@dataclass(frozen=True, slots=True, eq=False)
class ColumnEntry:
    reference: ColumnRef
    column: CatalogColumn
    table: TableEntry
    name: Name
    description: Name
    unit: str | None
    quantity: Quantity | None
    is_measure: bool
    is_time: bool
    is_groupable: bool

    def match_own(self, word: Word) -> float:
        """How surely the word means this column, by its own name, unit and description."""
        return _own_match(self, word.plain, word.stem)

    def match(self, word: Word) -> float:
        """The same, or else by the table it belongs to."""
        own = self.match_own(word)
        concepts = meant_by(word.plain)
        by_table = 0.0
        if word.stem in self.table.name.stems:
            by_table = TABLE_WORD
        elif concepts & self.table.name.concepts:
            by_table = TABLE_CONCEPT
        elif word.stem in self.table.description.stems or concepts & self.table.description.concepts:
            by_table = TABLE_DESCRIPTION
        # A word that fits both the column and its table fits better than one that fits either.
        return max(own, by_table) + 0.35 * min(own, by_table)


def _by_parts(unit: str | None) -> dict[str, float]:
    """What something per something else may be called: mass per energy is carbon, power per area sunlight."""
    upper, _, lower = (unit or "").partition("/")
    if quantity_of(upper) is Quantity.MASS:
        return {"carbon": 0.4}
    return {"radiation": 0.4} if quantity_of(lower) is Quantity.AREA else {}


@lru_cache(maxsize=50_000)
def _own_match(entry: ColumnEntry, plain: str, word_stem: str) -> float:
    concepts = meant_by(plain)
    if word_stem in entry.name.stems:
        return SAME_WORD
    if concepts & entry.name.concepts:
        return SAME_CONCEPT
    if entry.name.has_start_of(plain) and term_of(plain) is None:
        return ABBREVIATED
    if entry.quantity in (Quantity.PRICE, Quantity.MONEY) and concepts & entry.table.name.concepts & CHARGES:
        return SAME_CONCEPT
    by_unit = 0.0
    if entry.quantity is not None:
        told = _BY_QUANTITY.get(entry.quantity, {}) or _by_parts(entry.unit)
        by_unit = max((told.get(concept, 0.0) for concept in concepts), default=0.0)
    if entry.unit and spelled(plain) == entry.unit:
        by_unit = max(by_unit, 0.6)
    if word_stem in entry.description.stems:
        return max(by_unit, IN_DESCRIPTION)
    return max(by_unit, CONCEPT_IN_DESCRIPTION if concepts & entry.description.concepts else 0.0)


def names_quantity(word: Word) -> bool:
    """Whether the word says by itself what kind of quantity is meant: a temperature, a price, a load."""
    concepts = meant_by(word.plain)
    return any(told.get(each, 0.0) >= _SAYS_QUANTITY for told in _BY_QUANTITY.values() for each in concepts)


@dataclass(frozen=True, slots=True)
class ValueEntry:
    """A value that a text column is known to hold."""

    words: tuple[str, ...]
    column: ColumnEntry
    value: str
    concepts: frozenset[str]


class Lexicon:
    """The names and values of one catalog."""

    def __init__(self, catalog: Catalog) -> None:
        self.relations: Relations = relations_of(catalog)
        self.tables = {key: _table_entry(key, table) for key, table in self.relations.tables.items()}
        self.columns: dict[ColumnRef, ColumnEntry] = {}
        for entry in self.tables.values():
            for column in entry.table.columns:
                found = _column_entry(entry, column)
                self.columns[found.reference] = found
        self.values: dict[str, list[ValueEntry]] = defaultdict(list)
        self.values_by_concept: dict[str, list[ValueEntry]] = defaultdict(list)
        for found in self.columns.values():
            self._add_values(found)
        names = [entry.table.name for entry in self.tables.values()]
        names += [entry.column.name for entry in self.columns.values()]
        described = [entry.table.description or "" for entry in self.tables.values()]
        described += [entry.column.description or "" for entry in self.columns.values()]
        words = {word for name in names for word in split_name(name)} | set(all_terms()) | set(COMMON_WORDS)
        words |= {word for values in self.values.values() for v in values for word in pieces(v.value)}
        self._terms = {term: (_trigrams(term), term) for term in sorted(words)[:_MOST_TERMS]}
        values = [v.value for found in self.values.values() for v in found]
        self._written = {
            part: (_trigrams(part), name)
            for name in [*names, *values][:_MOST_TERMS]
            for part in (fold(name), *split_name(name))
        }
        self._stems = {stem(word) for word in words} | {
            stem(word) for text in described for word in pieces(text)
        }

    def column(self, reference: ColumnRef) -> ColumnEntry:
        """The column of a plan.

        Raises:
            PlanRefused: questions do not use it; the plan was made by other means.
        """
        schema = self.relations.key(reference).schema or None
        entry = self.columns.get(msgspec.structs.replace(reference, schema=schema))
        if entry is None:
            raise PlanRefused(f"“{reference.column}” is not among what questions are answered from.")
        return entry

    def label_of(self, key: TableKey) -> ColumnEntry | None:
        """The column people know the rows of a table by: its name, else its single key."""
        entry = self.tables[key]
        own = [self.columns[reference_to(key, column.name)] for column in entry.table.columns]
        texts = [column for column in own if column.column.kind is Kind.TEXT]
        for column in texts:
            if column.column.name.casefold() in _LABEL_NAMES:
                return column
        singular = stem(split_name(entry.table.name)[-1])
        for column in texts:
            words = split_name(column.column.name)
            is_named = words[-1] in ("name", "title") and (len(words) == 2 and stem(words[0]) == singular)
            if is_named or words == (singular,):
                return column
        keys = [column for column in own if column.column.name in entry.table.primary_key]
        return keys[0] if len(keys) == 1 else None

    def knows(self, word: Word) -> bool:
        """Whether the word is spelled like something known, so that it needs no mending."""
        return word.stem in self._stems or bool(meant_by(word.plain))

    def calls(self, term: str) -> bool:
        """Whether a table or column is called by the term, in either language."""
        entries: list[TableEntry | ColumnEntry] = [*self.tables.values(), *self.columns.values()]
        return any(term in entry.name.concepts for entry in entries)

    def correct(self, word: Word) -> Word | None:
        """The word with its spelling mended, where exactly one term is that close."""
        if len(word.plain) < _SHORTEST_MISSPELT or word.is_number:
            return None
        alike = [term for term, _ in _most_alike(word.plain, self._terms, 8)]
        close = get_close_matches(word.plain, alike, n=2, cutoff=_CLOSE)
        if not close or (len(close) == 2 and stem(close[0]) != stem(close[1])):
            return None
        return Word(word.text, close[0], stem(close[0]), word.start, word.end)

    def nearest(self, word: Word, count: int = 3) -> tuple[str, ...]:
        """Names and values that look most like the word, as the source writes them."""
        alike = _most_alike(word.plain, self._written, count * 3)
        return tuple(dict.fromkeys(name for _, name in alike))[:count]

    def _add_values(self, entry: ColumnEntry) -> None:
        profile = entry.column.profile
        if profile is None or entry.column.kind is not Kind.TEXT:
            return
        for top in profile.top_values:
            words = tuple(stem(word) for word in pieces(top.value))
            if not words or all(word.isdigit() for word in words):
                continue
            # “Heat pump” is what a German calls Wärmepumpe in one word.
            joined = "".join(pieces(top.value))
            concepts = meant_by(joined) if len(words) == 1 else named_concepts(joined)
            value = ValueEntry(words, entry, top.value, concepts)
            self.values[words[0]].append(value)
            for concept in concepts:
                self.values_by_concept[concept].append(value)


def _trigrams(text: str) -> frozenset[str]:
    padded = f"  {text} "
    return frozenset(padded[place : place + 3] for place in range(len(padded) - 2))


def _most_alike(
    plain: str, terms: dict[str, tuple[frozenset[str], str]], count: int
) -> list[tuple[str, str]]:
    """The terms that share most of their trigrams with a word, each with what it stands for."""
    own = _trigrams(plain)
    weighed = (
        (len(own & trigrams) / len(own | trigrams), term, stands_for)
        for term, (trigrams, stands_for) in terms.items()
    )
    best = nlargest(count, (each for each in weighed if each[0] >= _ALIKE))
    return [(term, stands_for) for _, term, stands_for in best]


def reference_to(key: TableKey, column: str) -> ColumnRef:
    return ColumnRef(table=key.name, column=column, schema=key.schema or None)


@lru_cache(maxsize=16)
def lexicon_of(catalog: Catalog) -> Lexicon:
    return Lexicon(catalog)


def _table_entry(key: TableKey, table: CatalogTable) -> TableEntry:
    return TableEntry(key, table, Name.of(split_name(table.name)), Name.of(pieces(table.description or "")))


def _column_entry(table: TableEntry, column: CatalogColumn) -> ColumnEntry:
    unit = column_unit(column)
    words = split_name(column.name)
    telling = [
        word
        for place, word in enumerate(words)
        if not (place > 0 and spelled(word)) and word not in (*_FLAG_WORDS, "per", "at", "on")
    ]
    is_time = column.kind in (Kind.TIMESTAMP, Kind.DATE)
    is_number = column.kind in (Kind.INTEGER, Kind.NUMBER)
    # Degrees of a column that is no measure say where a thing lies.
    has_amount = unit is not None and unit != "°"
    is_measure = is_number and (column.role is ColumnRole.MEASURE or has_amount)
    return ColumnEntry(
        reference=reference_to(table.key, column.name),
        column=column,
        table=table,
        name=Name.of(telling),
        description=Name.of(pieces(column.description or "")),
        unit=unit,
        quantity=quantity_of(unit),
        is_measure=is_measure,
        is_time=is_time,
        is_groupable=not is_time and not is_measure and column.kind not in (Kind.JSON, Kind.BINARY),
    )
