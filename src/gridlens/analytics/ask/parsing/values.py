"""Which columns hold a value, by the words that a question may say it in; kept in a small SQLite file."""

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence, Set
from pathlib import Path
from urllib.parse import quote

from sqlglot import exp

from gridlens.analytics.ask.parsing.schema import Column, Schema
from gridlens.analytics.ask.parsing.tokens import key_of
from gridlens.analytics.ask.rendering.identifiers import identifier

MOST_VALUES = 50_000
"""Of one column; what comes after these is found by its column's name only."""
MOST_NUMBERS = 2_000
LONGEST_KEY = 200
_AT_ONCE = 500
# What codes stand for, where the column's name says what they are about.
_CODED = {"sex": "sex", "gender": "sex", "geschlecht": "sex"} | dict.fromkeys(
    ("country", "nation", "nationality", "land"), "country"
)
_CODES = {
    ("sex", "f"): ("female", "females", "woman", "women", "girl", "girls"),
    ("sex", "m"): ("male", "males", "man", "men", "boy", "boys"),
    ("country", "us"): ("us", "usa", "united states", "united states of america", "america"),
    ("country", "uk"): ("uk", "united kingdom", "great britain", "britain"),
}
_CODE_OF = {"f": "f", "female": "f", "m": "m", "male": "m"} | {
    said: code for (topic, code), words in _CODES.items() if topic == "country" for said in words
}

Found = tuple[int, str | int | float]
"""A column by its number in the schema, and the value as the source holds it."""


class ValueIndex:
    """Looks values up by their key. Columns are kept by table and name, so that a file outlives a schema."""

    def __init__(
        self, schema: Schema, path: Path | None = None, without: Set[tuple[str | None, str]] = frozenset()
    ) -> None:
        """``without`` names tables, by schema and name, whose values are not to be found."""
        self._places = {
            (c.table.key.schema, c.table.name, c.name): c.index
            for c in schema.columns
            if (c.table.table.schema, c.table.name) not in without
        }
        self._connection = sqlite3.connect(
            f"file:{quote(str(path))}" if path else ":memory:", check_same_thread=False, uri=True
        )
        self._connection.executescript(
            """
            CREATE TABLE IF NOT EXISTS place (
                id INTEGER PRIMARY KEY, schema TEXT, tbl TEXT, name TEXT, read_as TEXT, read_at REAL
            );
            CREATE TABLE IF NOT EXISTS value (key TEXT, place INTEGER, value, PRIMARY KEY (key, place, value))
            WITHOUT ROWID;
            CREATE TABLE IF NOT EXISTS part (word TEXT, place INTEGER, PRIMARY KEY (word, place))
            WITHOUT ROWID;
            """
        )
        self._columns: dict[int, int] = {}
        self._read_places()

    def _read_places(self) -> None:
        rows = self._connection.execute("SELECT id, schema, tbl, name FROM main.place")
        known = {place: self._places.get((schema, table, name)) for place, schema, table, name in rows}
        self._columns = {place: column for place, column in known.items() if column is not None}

    def add(
        self,
        column: Column,
        values: Iterable[object],
        read_as: str | None = None,
        read_at: float | None = None,
    ) -> None:
        """Replace what is known of a column; ``read_as`` tells the state of the data, ``read_at`` when."""
        place = self._place_for(column, read_as, read_at)
        keyed = list(_keyed(column, values))
        rows = ((key, place, value) for key, value in keyed)
        self._connection.executemany("INSERT OR IGNORE INTO value VALUES (?, ?, ?)", rows)
        if column.is_text:
            words = {word for key, _ in keyed if " " in key for word in key.split() if len(word) > 2}
            self._connection.executemany("INSERT INTO part VALUES (?, ?)", ((word, place) for word in words))
        self._connection.commit()
        self._read_places()

    def beside(self, older: Path) -> None:
        """Have another file at hand, to take columns over from.

        Raises:
            sqlite3.Error: it is no such file, or one of another release.
        """
        self._connection.execute("ATTACH DATABASE ? AS older", (f"file:{quote(str(older))}?mode=ro",))
        self._connection.execute("SELECT read_as, read_at FROM older.place LIMIT 0")

    def take_over(self, column: Column, read_as: str, since: float) -> bool:
        """Take a column from the file beside, if it was read there, from data in this state, since then."""
        own = (column.table.key.schema, column.table.name, column.name, read_as, since)
        old = self._connection.execute(
            "SELECT id, read_at FROM older.place"
            " WHERE schema IS ? AND tbl = ? AND name = ? AND read_as = ? AND read_at >= ?",
            own,
        ).fetchone()
        if old is None:
            return False
        place = self._place_for(column, read_as, old[1])
        for table, first in (("value", "key"), ("part", "word")):
            rest = ", value" if table == "value" else ""
            self._connection.execute(
                f"INSERT INTO main.{table} SELECT {first}, ?{rest} FROM older.{table} WHERE place = ?",  # noqa: S608 -- fixed text
                (place, old[0]),
            )
        self._connection.commit()
        self._read_places()
        return True

    def _place_for(self, column: Column, read_as: str | None, read_at: float | None) -> int:
        """The number of a column of which nothing is known from now on."""
        own = (column.table.key.schema, column.table.name, column.name)
        old = self._connection.execute(
            "SELECT id FROM main.place WHERE schema IS ? AND tbl = ? AND name = ?", own
        ).fetchone()
        if old is not None:
            for table, name in (("value", "place"), ("part", "place"), ("place", "id")):
                self._connection.execute(f"DELETE FROM main.{table} WHERE {name} = ?", old)  # noqa: S608 -- fixed text
        cursor = self._connection.execute(
            "INSERT INTO main.place (schema, tbl, name, read_as, read_at) VALUES (?, ?, ?, ?, ?)",
            (*own, read_as, read_at),
        )
        assert cursor.lastrowid is not None  # noqa: S101 - a row was inserted
        return cursor.lastrowid

    def find(self, keys: Sequence[str]) -> dict[str, list[Found]]:
        found: dict[str, list[Found]] = defaultdict(list)
        wanted = list(dict.fromkeys(keys))
        for start in range(0, len(wanted), _AT_ONCE):
            part = wanted[start : start + _AT_ONCE]
            marks = ", ".join("?" * len(part))
            sql = f"SELECT key, place, value FROM value WHERE key IN ({marks})"  # noqa: S608 -- only marks
            for key, place, value in self._connection.execute(sql, part):
                if place in self._columns:
                    found[key].append((self._columns[place], value))
        return found

    def holding(self, words: Sequence[str]) -> dict[str, list[int]]:
        """The columns in which some longer value has the word."""
        found: dict[str, list[int]] = defaultdict(list)
        marks = ", ".join("?" * len(words))
        sql = f"SELECT word, place FROM part WHERE word IN ({marks})"  # noqa: S608 -- only marks
        for word, place in self._connection.execute(sql, list(words)):
            if place in self._columns:
                found[word].append(self._columns[place])
        return found

    def close(self) -> None:
        self._connection.close()


def _keyed(column: Column, values: Iterable[object]) -> Iterator[tuple[str, str | int | float]]:
    for value in values:
        if value is None or isinstance(value, bytes):
            continue
        kept = value if isinstance(value, str | int | float) else str(value)
        for said in _spoken(column.words.plain, value):
            yield said, kept
        text = str(int(kept)) if isinstance(kept, float) and kept.is_integer() else str(kept)
        key = key_of(text)
        if key and len(key) <= LONGEST_KEY:
            yield key, kept


def _spoken(words: tuple[str, ...], value: object) -> list[str]:
    """Other words for a value that is a code."""
    topic = next((_CODED[word] for word in words if word in _CODED), None)
    code = _CODE_OF.get(str(value).casefold())
    if topic is None or code is None:
        return []
    return list(_CODES.get((topic, code), ()))


def reading_statements(schema: Schema, dialect: str) -> Iterator[tuple[Column, str]]:
    """For each column worth looking into, the statement that reads its distinct values."""
    for column in schema.columns:
        profile = column.column.profile
        is_few = profile is not None and profile.distinct_count <= MOST_NUMBERS
        if not (column.is_text or (column.is_number and is_few and not column.column.unit)):
            continue
        table = exp.Table(
            this=identifier(column.table.name),
            db=identifier(column.table.key.schema) if column.table.key.schema else None,
        )
        name = exp.column(identifier(column.name))
        query = (
            exp.select(name)
            .distinct()
            .from_(table)
            .where(exp.Not(this=exp.Is(this=name.copy(), expression=exp.null())))
        )
        yield column, query.limit(MOST_VALUES).sql(dialect=dialect)
