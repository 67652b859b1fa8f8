"""What is measured: a server of our own with two sources, saved questions and a dashboard of eight charts."""

import json
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import uuid4

from tests.bench.query.readings import DATABASE, PASSWORD, USER
from tests.bench.query.readings import Server as Postgresql
from tests.bench.query.statements import BOARD, STATEMENTS, Statement
from tests.bench.server import Server
from tests.bench.visitor import Visitor

IMPORT_SECONDS = 600.0
ARROW = "application/vnd.apache.arrow.stream"


@dataclass(slots=True)
class Stage:
    """``questions`` are by source and by the name of the statement."""

    server: Server
    visitor: Visitor
    sources: dict[str, str] = field(default_factory=dict)
    questions: dict[tuple[str, str], str] = field(default_factory=dict)

    def upload(self, path: Path) -> float:
        """Bring a Parquet file in as a person would; the seconds it took."""
        began = time.perf_counter()
        query = "/api/v1/uploads?fileName=readings.parquet"
        upload = json.loads(self.visitor.send_file("POST", query, path))
        preview = self.visitor.ask("GET", f"/api/v1/uploads/{upload['uploadId']}/preview")
        order = {
            "table": "readings",
            "options": preview["preview"]["options"],
            "newSource": {"name": "Bench readings", "zone": "UTC"},
        }
        started = self.visitor.ask("POST", f"/api/v1/uploads/{upload['uploadId']}/import", order)
        self.sources["duckdb"] = started["source"]["sourceId"]
        self._await(started["task"])
        return time.perf_counter() - began

    def connect(self, server: Postgresql) -> None:
        order = {
            "name": "Bench PostgreSQL",
            "connection": {
                "kind": "postgresql", "host": server.host, "port": server.port, "database": DATABASE,
                "user": USER, "tls": "off",
            },
            "password": PASSWORD,
            "zone": "UTC",
        }  # fmt: skip
        created = self.visitor.ask("POST", "/api/v1/sources", order)
        self.sources["postgresql"] = created["source"]["sourceId"]
        self._await(created["task"])

    def save_questions(self) -> None:
        for source in self.sources:
            for statement in STATEMENTS:
                self.questions[source, statement.name] = self.question(source, statement)

    def question(self, source: str, statement: Statement) -> str:
        order = {
            "name": f"{statement.name} ({source})",
            "sourceId": self.sources[source],
            "sql": statement.sql,
            "parameters": statement.parameters,
        }
        saved: str = self.visitor.ask("POST", "/api/v1/questions", order)["questionId"]
        return saved

    def board(self, number: int) -> tuple[str, list[str]]:
        """A dashboard that was never opened, and the eight statements behind it."""
        widgets, statements = [], []
        for place, (kind, sql) in enumerate(BOARD):
            filled = Statement(f"Chart {place + 1}", sql).filled(number)
            question = self.visitor.ask(
                "POST",
                "/api/v1/questions",
                {"name": f"Chart {place + 1}", "sourceId": self.sources["duckdb"], "sql": filled},
            )
            chart = self.visitor.ask(
                "POST",
                "/api/v1/charts",
                {"name": f"Chart {place + 1}", "questionId": question["questionId"], "spec": {"kind": kind}},
            )
            widgets.append(
                {
                    "kind": "value" if kind == "value" else "chart",
                    "widgetId": str(uuid4()),
                    "chartId": chart["chartId"],
                    "x": place % 2 * 6,
                    "y": place // 2 * 8,
                    "width": 6,
                    "height": 8,
                }
            )
            statements.append(filled)
        order = {"name": "Eight charts", "layout": {"zone": "UTC", "widgets": widgets}}
        made = self.visitor.ask("POST", "/api/v1/dashboards", order)
        return made["dashboardId"], statements

    def request(self, source: str, statement: Statement, values: dict[str, Any], accept: str) -> bytes:
        """A whole HTTP request as bytes, for clients that only send."""
        path = f"/api/v1/questions/{self.questions[source, statement.name]}/run"
        return self.visitor.request("POST", path, {"values": values}, accept)

    def _await(self, task: dict[str, Any]) -> None:
        until = time.monotonic() + IMPORT_SECONDS
        while time.monotonic() < until:
            state = self.visitor.ask("GET", f"/api/v1/sources/tasks/{task['taskId']}")
            if state["state"] == "done":
                return
            if state["state"] == "failed":
                raise RuntimeError(f"{state['kind']} failed: {state['error']}")
            time.sleep(0.2)
        raise RuntimeError(f"{task['kind']} did not end within {IMPORT_SECONDS:g} s")
