"""Trains the reader: ``python -m gridlens.analytics.ask.parsing.training --data FOLDER --out FILE``.

``--hold-out 2/5`` leaves out the second of five parts of the databases, to measure on databases never seen;
several parts, ``1/5 2/5``, are trained one after another, each into a file of its own: ``FILE`` with ``-1`` …
"""

import argparse
import random
import sys
import time
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from types import ModuleType

import numpy as np

from gridlens.analytics.ask.parsing.assembly import UNCHAINED, Scored
from gridlens.analytics.ask.parsing.draft import Draft
from gridlens.analytics.ask.parsing.models import save
from gridlens.analytics.ask.parsing.planning import plan_of
from gridlens.analytics.ask.parsing.training.examples import Example, example
from gridlens.analytics.ask.parsing.training.fitting import fit
from gridlens.analytics.ask.parsing.training.gold import Unread, read
from gridlens.analytics.ask.parsing.training.sources import Opened, evaluation_of
from gridlens.analytics.ask.rendering.statement import render

FILES = {"spider": ("spider_dev.jsonl", 3.0), "wikisql": ("wikisql_dev.jsonl.gz", 1.0)}
"""Trained on, with the weight of a question. The energy and geography questions never are."""
TYPED = 3
"""Every third question is learned from once more as people type: small letters, nothing at the end."""
MOST_RUN = 24
"""Of the drafts of a question these are tried; those after them are hardly ever right."""
TODAY = date(2025, 6, 18)


def main() -> None:
    parser = argparse.ArgumentParser(prog="training", description=__doc__)
    parser.add_argument(
        "--data", type=Path, required=True, help="folder of questions, databases and evaluate.py"
    )
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument(
        "--hold-out", nargs="+", default=["0/5"], help="which part of the databases to leave out; 0 for none"
    )
    parser.add_argument("--most", type=int, default=1_500, help="most one-table databases to train on")
    chosen = parser.parse_args()
    began = time.perf_counter()

    def say(text: str) -> None:
        sys.stderr.write(f"{time.perf_counter() - began:7.1f} s  {text}\n")

    folder = Folder(chosen.data, chosen.most)
    for hold_out in chosen.hold_out:
        part, parts = (int(number) for number in hold_out.split("/"))
        examples = folder.examples(part, parts)
        say(f"{len(examples)} questions on {len({e.database for e in examples})} databases")
        models = fit(examples, folder.runs, say)
        several = len(chosen.hold_out) > 1
        out = chosen.out.with_stem(f"{chosen.out.stem}-{part}") if several else chosen.out
        np.savez_compressed(out, **save(models))
        say(f"written: {out}, {out.stat().st_size / 1e6:.1f} MB")


class Folder:
    def __init__(self, path: Path, most: int) -> None:
        """``most`` one-table databases are drawn at the most, so that they do not outweigh the others."""
        self.path = path
        self.most = most
        self.evaluation: ModuleType = evaluation_of(path)
        self.store = self.evaluation.Store(str(path))
        self._open: dict[str, Opened] = {}
        self._gold: dict[str, list[tuple[list[tuple[object, ...]], bool]]] = {}
        self._examples: dict[str, list[Example]] = {}
        self._ran: dict[tuple[str, Draft], bool | None] = {}

    def examples(self, part: int, parts: int) -> list[Example]:
        found = []
        for file, weight in FILES.values():
            records = self.evaluation.read_questions([str(self.path / file)])
            databases = sorted({record["db"] for record in records})
            by_part = parts_of(databases, parts)
            drawn = databases
            if len(drawn) > self.most:
                drawn = sorted(random.Random(7).sample(drawn, self.most))  # noqa: S311 -- parts, not secrets
            wanted = {database for database in drawn if by_part[database] != part}
            for place, record in enumerate(records):
                if record["db"] in wanted and record.get("sql"):
                    found += self._both(record, weight, is_typed=place % TYPED == 0)
        return found

    def _both(self, record: dict[str, object], weight: float, *, is_typed: bool) -> list[Example]:
        own = str(record["id"])
        if own not in self._examples:
            self._examples[own] = self._example(record, weight)
            if is_typed:
                self._examples[own] += self._example(as_typed(record), weight)
        return self._examples[own]

    def _example(self, record: dict[str, object], weight: float) -> list[Example]:
        database = self.database(str(record["db"]))
        try:
            gold = read(str(record["sql"]), database.dialect, database.schema)
        except Unread:
            return []
        return [example(record, gold, database.known_once, weight)]

    def database(self, name: str) -> "Opened":
        if name not in self._open:
            self._open[name] = Opened(self.store.get(name))
        return self._open[name]

    def runs(self, each: Example, drafts: Sequence[Scored]) -> list[bool | None]:
        database = self.database(each.database)
        if each.id not in self._gold:
            self._gold[each.id] = [
                (database.rows(sql), self.evaluation.has_order(sql, database.dialect)) for sql in each.sql
            ]
        found: list[bool | None] = []
        for place, scored in enumerate(drafts):
            if place >= MOST_RUN and scored.chained[0] == UNCHAINED:
                found.append(None)
                continue
            key = (each.id, scored.draft)
            if key not in self._ran:
                self._ran[key] = self._is_right(each, scored.draft, database)
            found.append(self._ran[key])
        return found

    def _is_right(self, each: Example, draft: Draft, database: "Opened") -> bool | None:
        try:
            plan = plan_of(draft, each.evidence.schema)
            query = render(plan, database.catalog_once, database.dialect, "UTC", TODAY)
            rows = database.rows(query.sql(dialect=database.dialect))
        except Exception:
            # Whatever a plan or an engine says against a draft, the draft is no answer.
            return None
        return any(self.evaluation.compare(g, rows, o) for g, o in self._gold[each.id])


def as_typed(record: dict[str, object]) -> dict[str, object]:
    question = str(record["question"]).casefold().rstrip(" ?.!")
    return record | {"id": f"{record['id']} as typed", "question": question}


def parts_of(databases: Sequence[str], parts: int) -> dict[str, int]:
    """The part, from 1, that each database is held out with."""
    ordered = sorted(databases)
    random.Random(5).shuffle(ordered)  # noqa: S311 -- parts, not secrets
    return {database: place % parts + 1 for place, database in enumerate(ordered)}


if __name__ == "__main__":
    main()
