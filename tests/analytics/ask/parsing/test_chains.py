"""Chains of things over a schema without declared keys, run on a real SQLite file."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from tests.analytics.ask.company import TODAY

from gridlens.analytics.ask import render
from gridlens.analytics.ask.parsing.chains import chains
from gridlens.analytics.ask.parsing.evidence import Evidence
from gridlens.analytics.ask.parsing.planning import plan_of
from gridlens.analytics.ask.parsing.training.sources import Opened
from gridlens.analytics.ask.sentences.sentence import say
from gridlens.shared.data_sources import SourceDescription

GRID = """
CREATE TABLE region (region_name TEXT, area REAL, population INTEGER, chief_town TEXT);
CREATE TABLE neighbour (region_name TEXT, neighbour TEXT);
CREATE TABLE plant (plant_name TEXT, output INTEGER, region_name TEXT);
CREATE TABLE line (line_name TEXT, length INTEGER, crosses TEXT);
INSERT INTO region VALUES ('Nordmark', 30, 500, 'Haven'), ('Ostmark', 80, 300, 'Brueck'),
  ('Suedland', 50, 900, 'Tal'), ('Westland', 20, 100, 'Kamp'), ('Mittland', 60, 700, 'Mitte'),
  ('Inselland', 10, 50, 'Sand');
INSERT INTO neighbour VALUES ('Nordmark', 'Ostmark'), ('Ostmark', 'Nordmark'), ('Ostmark', 'Suedland'),
  ('Suedland', 'Ostmark'), ('Suedland', 'Mittland'), ('Mittland', 'Suedland'), ('Mittland', 'Westland'),
  ('Westland', 'Mittland');
INSERT INTO plant VALUES ('Alpha', 900, 'Ostmark'), ('Beta', 400, 'Ostmark'), ('Gamma', 700, 'Suedland'),
  ('Delta', 300, 'Westland'), ('Zeta', 800, 'Mittland'), ('Eta', 100, 'Nordmark');
INSERT INTO line VALUES ('Adler', 320, 'Nordmark'), ('Adler', 320, 'Ostmark'), ('Falke', 90, 'Westland'),
  ('Bussard', 210, 'Suedland'), ('Bussard', 210, 'Mittland'), ('Bussard', 210, 'Westland');
"""


class Folder:
    """A database as the bench hands it over."""

    dialect = "sqlite"

    def __init__(self, path: Path) -> None:
        self.path = path

    def connect(self) -> sqlite3.Connection:
        return sqlite3.connect(self.path)

    def schema(self) -> dict[str, Any]:
        return {"tables": []}


@pytest.fixture(scope="module")
def grid(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Opened]:
    path = tmp_path_factory.mktemp("grid") / "grid.sqlite"
    connection = sqlite3.connect(path)
    connection.executescript(GRID)
    connection.close()
    opened = Opened(Folder(path))
    yield opened
    opened.connection.close()


@pytest.mark.parametrize(
    ("question", "rows"),
    [
        ("what is the population of Suedland", [(900,)]),
        ("what is the largest region", [("Ostmark",)]),
        ("which region is the most populous", [("Suedland",)]),
        ("what regions neighbour Ostmark", [("Nordmark",), ("Suedland",)]),
        ("which plants are in regions that neighbour Nordmark", [("Alpha",), ("Beta",)]),
        ("what is the chief town of the region with the most plants", [("Brueck",)]),
        ("how many plants are in the region with the highest population", [(1,)]),
        ("how large is Mittland", [(60.0,)]),
        ("how many people live in Westland", [(100,)]),
        ("where is Gamma", [("Suedland",)]),
        ("which regions does the Falke line cross", [("Westland",)]),
        # It stands in two rows, and is the longest with both.
        ("what is the longest line", [("Adler",), ("Adler",)]),
        ("which line crosses the most regions", [("Bussard",)]),
        ("which regions neighbour no region", [("Inselland",)]),
    ],
)
def test_a_chain_is_read_from_its_end(grid: Opened, question: str, rows: list[tuple[Any, ...]]) -> None:
    best = chains(Evidence(question, grid.known_once))[0]

    plan = plan_of(best.draft, grid.known_once.schema)
    query = render(plan, grid.catalog_once, "sqlite", "UTC", TODAY)

    assert sorted(grid.connection.execute(query.sql(dialect="sqlite")).fetchall()) == rows


def test_what_a_chain_means_can_be_said(grid: Opened) -> None:
    question = "what is the chief town of the region with the most plants"
    best = chains(Evidence(question, grid.known_once))[0]
    source = SourceDescription(
        source_id=uuid4(), name="grid", dialect="sqlite", zone="UTC", catalog=grid.catalog_once
    )

    sentence = say(plan_of(best.draft, grid.known_once.schema), source, TODAY)

    assert "chief town" in sentence.casefold()


@pytest.mark.parametrize("question", ["hello there", "", "???", "the the the", "most most most of the least"])
def test_what_is_no_chain_makes_none(grid: Opened, question: str) -> None:
    assert chains(Evidence(question, grid.known_once)) == []
