"""Questions about a school that nothing was trained on, read by the shipped model over a real SQLite file."""

import asyncio
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import polars as pl
import pytest
from tests.analytics.ask.company import TODAY

from gridlens.analytics.ask import render
from gridlens.analytics.ask.choosing import likely
from gridlens.analytics.ask.parsing.evidence import Known
from gridlens.analytics.ask.parsing.models import shipped
from gridlens.analytics.ask.parsing.reader import read
from gridlens.analytics.ask.parsing.schema import Schema
from gridlens.analytics.ask.parsing.values import ValueIndex, reading_statements
from gridlens.core.models import utc_now
from gridlens.data_sources.connectors.sqlite_catalog import read_tables
from gridlens.shared.catalog import Catalog
from gridlens.shared.data_sources import SourceDescription

SCHEMA = """
CREATE TABLE teacher (teacher_id INTEGER PRIMARY KEY, name TEXT, subject TEXT, age INTEGER, gender TEXT);
CREATE TABLE course (
  course_id INTEGER PRIMARY KEY, title TEXT, credits INTEGER,
  teacher_id INTEGER REFERENCES teacher (teacher_id));
INSERT INTO teacher VALUES
  (1, 'Ines Roth', 'Physics', 31, 'F'), (2, 'Olaf Brandt', 'Latin', 58, 'M'),
  (3, 'Mara Lind', 'Physics', 44, 'F'), (4, 'Tom Vogel', 'Music', 29, 'M');
INSERT INTO course VALUES
  (1, 'Optics', 6, 1), (2, 'Mechanics', 8, 3), (3, 'Cicero', 4, 2), (4, 'Waves', 6, 3);
"""


class School:
    def __init__(self, path: Path) -> None:
        self.connection = sqlite3.connect(path)
        self.connection.executescript(SCHEMA)
        self.catalog = Catalog(tables=asyncio.run(read_tables(self._frame)), version=1, read_at=utc_now())
        self.source = SourceDescription(
            source_id=uuid4(), name="school", dialect="sqlite", zone="UTC", catalog=self.catalog
        )
        schema = Schema(self.catalog)
        self.values = ValueIndex(schema)
        for column, sql in reading_statements(schema, "sqlite"):
            self.values.add(column, [row[0] for row in self.connection.execute(sql)])
        self.known = Known.of(schema, self.values)

    def ask(self, question: str) -> list[tuple[Any, ...]]:
        """The rows of the plan that is believed."""
        best = likely(question, self.known, shipped(), self.source, TODAY, "UTC", None)[0].reading
        query = render(best.plan, self.catalog, "sqlite", "UTC", TODAY)
        return self.connection.execute(query.sql(dialect="sqlite")).fetchall()

    async def _frame(self, sql: str) -> pl.DataFrame:
        cursor = self.connection.execute(sql)
        names = [column[0] for column in cursor.description]
        return pl.DataFrame(cursor.fetchall(), schema=names, orient="row", infer_schema_length=None)


@pytest.fixture(scope="module")
def school(tmp_path_factory: pytest.TempPathFactory) -> Iterator[School]:
    school = School(tmp_path_factory.mktemp("school") / "school.sqlite")
    yield school
    school.values.close()
    school.connection.close()


@pytest.mark.parametrize(
    ("question", "rows"),
    [
        ("How many teachers are there?", [(4,)]),
        ("What are the names of teachers who teach Physics?", [("Ines Roth",), ("Mara Lind",)]),
        ("What is the average age of the teachers?", [(40.5,)]),
        ("Show the names of teachers older than 40.", [("Mara Lind",), ("Olaf Brandt",)]),
        ("Find the names of female teachers.", [("Ines Roth",), ("Mara Lind",)]),
        ("How many teachers are there for each subject?", [("Latin", 1), ("Music", 1), ("Physics", 2)]),
        ("Which course has the most credits? Give the title.", [("Mechanics",)]),
        ("What are the titles of courses taught by Mara Lind?", [("Mechanics",), ("Waves",)]),
        ("What is the name of the teacher with the most courses?", [("Mara Lind",)]),
        ("What are the names of teachers who do not teach any course?", [("Tom Vogel",)]),
        ("what is the subject of mara lind", [("Physics",)]),
        ("What is the name of the oldest teacher?", [("Olaf Brandt",)]),
        (
            "What are the names of teachers who are younger than the average?",
            [("Ines Roth",), ("Tom Vogel",)],
        ),
    ],
)
def test_a_question_about_a_schema_never_seen(
    school: School, question: str, rows: list[tuple[Any, ...]]
) -> None:
    assert sorted(school.ask(question)) == rows


def test_the_same_question_is_read_the_same_way_every_time(school: School) -> None:
    question = "Show the names of teachers older than 40."

    first, second = (read(question, school.known, shipped()) for _ in range(2))

    assert [(each.plan, each.chance) for each in first] == [(each.plan, each.chance) for each in second]


def test_the_model_is_small_enough_to_ship() -> None:
    from importlib.resources import files

    size = len(files("gridlens.analytics.ask.parsing").joinpath("reader.npz").read_bytes())

    assert size < 30_000_000
