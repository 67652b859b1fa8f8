"""Random SELECT statements over the engines' schema, of the shapes in which a table can be read."""

from dataclasses import dataclass, field
from itertools import count

from hypothesis import strategies as st

COLUMNS = {
    "site": {"site_id": "int", "name": "text", "city": "text", "area_m2": "number"},
    "meter": {
        "meter_id": "int",
        "site_id": "int",
        "label": "text",
        "is_smart": "hidden",
        "details": "masked",
    },
    "reading": {"meter_id": "int", "kwh": "number", "temperature_c": "number"},
    "price": {"eur_per_mwh": "number"},
}
LITERALS = {
    "int": ("1", "2", "10", "20", "30"),
    "number": ("0.5", "3", "7.5", "800"),
    "text": ("'PV'", "'Köln'"),
}
ON = {
    ("site", "meter"): "site_id",
    ("meter", "site"): "site_id",
    ("meter", "reading"): "meter_id",
    ("reading", "meter"): "meter_id",
    ("meter", "meter"): "meter_id",
}


@dataclass
class Reader:
    """One thing a SELECT reads from: its name there, and its columns by kind."""

    name: str
    columns: dict[str, str]
    table: str | None = None


@dataclass
class Writer:
    """Draws one query; ``outer`` are the readers of the queries around it."""

    draw: st.DrawFn
    dialect: str
    depth: int = 2
    names: "count[int]" = field(default_factory=count)
    ctes: dict[str, dict[str, str]] = field(default_factory=dict)

    def one_of(self, *choices: str) -> str:
        return self.draw(st.sampled_from(choices))

    def often(self, chances: int = 3) -> bool:
        return self.draw(st.integers(0, chances)) == 0

    def query(self, outer: tuple[Reader, ...] = ()) -> tuple[str, dict[str, str]]:
        """A query and the columns it gives."""
        if self.depth > 0 and self.often(5):
            self.depth -= 1
            left, columns = self.simple(outer)
            right, _ = self.simple(outer, kinds=tuple(columns.values()))
            word = self.one_of("UNION", "UNION ALL", "INTERSECT", "EXCEPT")
            return f"{left} {word} {right}", columns
        return self.simple(outer)

    def simple(
        self, outer: tuple[Reader, ...], kinds: tuple[str, ...] | None = None
    ) -> tuple[str, dict[str, str]]:
        read, readers = self.reads()
        conditions = [self.condition((*readers, *outer)) for _ in range(self.draw(st.integers(0, 2)))]
        where = f" WHERE {self.one_of(' AND ', ' OR ').join(conditions)}" if conditions else ""
        if kinds is None and self.often():
            return self.grouped(read, where, readers)
        if kinds is None and self.often(4) and len(readers) == 1:
            star = self.one_of("*", f"{readers[0].name}.*")
            return f"SELECT {star} FROM {read}{where}", readers[0].columns
        wanted = kinds or tuple(
            self.one_of("int", "number", "text") for _ in range(self.draw(st.integers(1, 3)))
        )
        shown = [self.value(kind, readers, outer) for kind in wanted]
        columns = {f"c{place}": kind for place, kind in enumerate(wanted)}
        listed = ", ".join(f"{each} AS {name}" for each, name in zip(shown, columns, strict=True))
        return f"SELECT {self.one_of('', 'DISTINCT ')}{listed} FROM {read}{where}", columns

    def grouped(self, read: str, where: str, readers: list[Reader]) -> tuple[str, dict[str, str]]:
        figure = self.one_of(
            "count(*)", "count({n})", "sum({n})", "min({n})", "max({t})", "count(DISTINCT {i})"
        )
        figure = figure.format(
            n=self.column("number", readers), t=self.column("text", readers), i=self.column("int", readers)
        )
        kind = "text" if figure.startswith("max") else "number"
        if self.often():
            return f"SELECT {figure} AS f FROM {read}{where}", {"f": kind}
        group_kind = self.one_of("int", "text")
        group = self.column(group_kind, readers)
        having = " HAVING count(*) > 1" if self.often() else ""
        sql = f"SELECT {group} AS g, {figure} AS f FROM {read}{where} GROUP BY {group}{having}"
        return sql, {"g": group_kind, "f": kind}

    def reads(self) -> tuple[str, list[Reader]]:
        first, reader = self.reader()
        if not self.often(1):
            return first, [reader]
        second, other = self.reader()
        shared = ON.get((reader.table or "", other.table or ""))
        if shared is None:
            join = self.one_of(", ", " CROSS JOIN ") if "reading" not in (reader.table, other.table) else ""
            return (f"{first}{join}{second}", [reader, other]) if join else (first, [reader])
        join = self.one_of("JOIN", "LEFT JOIN", "JOIN")
        if self.often() and reader.table != other.table:
            return f"{first} {join} {second} USING ({shared})", [
                Reader(each.name, {name: kind for name, kind in each.columns.items() if name != shared})
                for each in (reader, other)
            ]
        on = f"{reader.name}.{shared} = {other.name}.{shared}"
        return f"{first} {join} {second} ON {on}", [reader, other]

    def reader(self) -> tuple[str, Reader]:
        choice = self.draw(st.integers(0, 5))
        name = f"r{next(self.names)}"
        if choice == 0 and self.depth > 0:
            self.depth -= 1
            sql, columns = self.query()
            return f"({sql}) AS {name}", Reader(name, columns)
        if choice == 1 and self.ctes:
            cte = self.one_of(*self.ctes)
            return f"{cte} AS {name}", Reader(name, self.ctes[cte])
        table = self.one_of(*COLUMNS)
        return f"{table} AS {name}", Reader(name, COLUMNS[table], table)

    def column(self, kind: str, readers: list[Reader] | tuple[Reader, ...]) -> str:
        found = [
            f"{reader.name}.{name}"
            for reader in readers
            for name, each in reader.columns.items()
            if each == kind or (kind == "any" and each != "hidden")
        ]
        return self.one_of(*found) if found else self.literal(kind)

    def literal(self, kind: str) -> str:
        return self.one_of(*LITERALS.get(kind, ("1",)))

    def value(self, kind: str, readers: list[Reader], outer: tuple[Reader, ...]) -> str:
        choice = self.draw(st.integers(0, 7))
        column = self.column(kind, (*readers, *outer))
        if choice == 0 and self.depth > 0 and kind == "number":
            self.depth -= 1
            inner, own = self.reader()
            figure = self.one_of("count(*)", f"max({self.column('number', [own])})")
            return f"(SELECT {figure} FROM {inner} WHERE {self.condition((own, *readers))})"
        if choice == 1 and kind == "int":
            order = ", ".join(self.column(each, readers) for each in ("int", "number", "text"))
            return f"dense_rank() OVER (ORDER BY {order})"
        if choice == 2:
            return f"CASE WHEN {self.condition(tuple(readers))} THEN {column} ELSE {self.literal(kind)} END"
        if choice == 3 and kind == "int":
            return f"count(*) OVER (PARTITION BY {self.column('int', readers)})"
        return column

    def condition(self, readers: tuple[Reader, ...]) -> str:
        choice = self.draw(st.integers(0, 9))
        kind = self.one_of("int", "number", "text")
        column = self.column(kind, readers)
        if choice == 0 and self.depth > 0:
            self.depth -= 1
            inner, own = self.reader()
            word = self.one_of("EXISTS", "NOT EXISTS")
            return f"{word} (SELECT 1 FROM {inner} WHERE {self.condition((own, *readers))})"
        if choice == 1 and self.depth > 0:
            self.depth -= 1
            inner, own = self.reader()
            word = self.one_of("IN", "NOT IN")
            return f"{column} {word} (SELECT {self.column(kind, [own])} FROM {inner})"
        if choice == 2:
            return f"{self.column('any', readers)} IS {self.one_of('', 'NOT ')}NULL"
        if choice == 3:
            return f"{column} IN ({self.literal(kind)}, {self.literal(kind)})"
        if choice == 4:
            return f"NOT ({column} = {self.column(kind, readers)})"
        if choice == 5 and (hidden := self.column("hidden", readers)) != "1":
            return f"{hidden} IS NOT NULL"
        return f"{column} {self.one_of('=', '<>', '<', '>=')} {self.literal(kind)}"


@st.composite
def queries(draw: st.DrawFn, dialect: str) -> str:
    writer = Writer(draw, dialect)
    parts = []
    for place in range(draw(st.integers(0, 2))):
        # A common table may have the name of a real one, and then stands before it.
        name = draw(st.sampled_from([f"cte{place}", "meter", "site"]))
        if name in writer.ctes:
            continue
        sql, columns = writer.query()
        parts.append(f"{name} AS ({sql})")
        if name not in COLUMNS:
            writer.ctes[name] = columns
    sql, columns = writer.query()
    if draw(st.booleans()) and "c0" in columns:
        sql += " ORDER BY " + ", ".join(str(place + 1) for place in range(len(columns)))
        sql += draw(st.sampled_from(["", " LIMIT 3"]))
    return f"WITH {', '.join(parts)} {sql}" if parts else sql
