"""A server that is killed in the middle of something: its next start finishes it, once."""

import asyncio
import re
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing
from email import message_from_bytes
from email.message import Message
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from tests.integration.conftest import EMAIL, Demo, started
from tests.processes import free_port, kill_family, sign_in, until

ROWS = 600_000
SUBJECT = "Load on Mondays"


def end_leases(data: Path) -> None:
    """As if the two minutes had passed after which the work of a dead process is offered again."""
    with closing(sqlite3.connect(data / "gridlens.db")) as database, database:
        database.execute("UPDATE job SET run_at = '2020-01-01 00:00:00.000000' WHERE state = 'waiting'")
        database.execute("UPDATE outbox_event SET available_at = '2020-01-01 00:00:00.000000'")


def test_an_import_that_was_cut_short_is_done_by_the_next_start(demo: Demo, tmp_path: Path) -> None:
    lines = (f"{row},{row * 7919 % 1_000_003 / 1000:.3f},M{row * 31 % 9973:05}" for row in range(ROWS))
    content = ("reading,load_kw,meter\n" + "\n".join(lines) + "\n").encode()
    with started(demo, tmp_path) as server, closing(sign_in(server, EMAIL, demo.password)) as client:
        upload = client.post("/api/v1/uploads", params={"fileName": "load.csv"}, content=content).json()
        path = f"/api/v1/uploads/{upload['uploadId']}"
        options = client.get(f"{path}/preview").json()["preview"]["options"]
        order = {"table": "load", "options": options, "newSource": {"name": "Load", "zone": "UTC"}}
        task = client.post(f"{path}/import", json=order).json()["task"]
        until(lambda: list((tmp_path / "data" / "sources").rglob("*.partial")))
        kill_family(server.process)
    end_leases(tmp_path / "data")
    with started(demo, tmp_path) as server, closing(sign_in(server, EMAIL, demo.password)) as client:
        place = f"/api/v1/sources/tasks/{task['taskId']}"
        done = until(lambda: (told := client.get(place).json())["state"] in {"done", "failed"} and told)
        count = {"sourceId": done["sourceId"], "sql": "SELECT count(*) AS n FROM load"}
        counted = client.post("/api/v1/queries", json=count).json()

    assert (done["state"], done["outcome"]["rowsImported"]) == ("done", ROWS)
    assert counted["rows"] == [[ROWS]]


def test_an_export_that_was_cut_short_is_done_by_the_next_start(demo: Demo, tmp_path: Path) -> None:
    content = ("reading\n" + "\n".join(map(str, range(800))) + "\n").encode()
    sql = "SELECT a.reading, b.reading AS other FROM load a, load b ORDER BY 1, 2"
    folder = tmp_path / "data" / "exports"
    with started(demo, tmp_path) as server, closing(sign_in(server, EMAIL, demo.password)) as client:
        upload = client.post("/api/v1/uploads", params={"fileName": "load.csv"}, content=content).json()
        path = f"/api/v1/uploads/{upload['uploadId']}"
        options = client.get(f"{path}/preview").json()["preview"]["options"]
        order = {"table": "load", "options": options, "newSource": {"name": "Load", "zone": "UTC"}}
        begun = client.post(f"{path}/import", json=order).json()
        task = f"/api/v1/sources/tasks/{begun['task']['taskId']}"
        until(lambda: client.get(task).json()["state"] == "done")
        target = {"type": "query", "sourceId": begun["source"]["sourceId"], "sql": sql}
        # 640,000 rows of a spreadsheet take longer than the answer waits for.
        export = client.post("/api/v1/exports", json={"target": target, "fileFormat": "xlsx"}).json()
        assert export["state"] == "running"
        kill_family(server.process)
    assert [draft.is_dir() for draft in folder.iterdir()] == [True]
    end_leases(tmp_path / "data")
    with started(demo, tmp_path) as server, closing(sign_in(server, EMAIL, demo.password)) as client:
        place = f"/api/v1/exports/{export['exportId']}"
        done = until(lambda: (told := client.get(place).json())["state"] in {"done", "failed"} and told, 120)
        file = client.get(f"{place}/file").content

    assert (done["state"], done["rows"]) == ("done", 800 * 800)
    assert len(file) == done["sizeBytes"]
    assert [draft.is_dir() for draft in folder.iterdir()] == [False]
    with ZipFile(BytesIO(file)) as workbook:
        assert workbook.read("xl/worksheets/sheet1.xml").count(b"<row ") == 800 * 800 + 1


class SlowPostOffice:
    """A real mail server that thinks about reports for as long as it is told to."""

    def __init__(self) -> None:
        self.mails: list[Message] = []
        self.may_answer = threading.Event()
        self.port = free_port()

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802 # aiosmtpd's name
        self.mails.append(message_from_bytes(envelope.original_content or b""))
        if SUBJECT in str(self.mails[-1]["Subject"]):
            while not self.may_answer.is_set():
                await asyncio.sleep(0.05)
        return "250 kept"

    def code(self) -> str:
        def newest() -> str | None:
            texts = [str(mail) for mail in self.mails]
            codes = [found[0] for text in texts if (found := re.search(r"\b\d{8}\b", text))]
            return codes[-1] if codes else None

        found: str = until(newest)
        return found

    def reports(self) -> list[Message]:
        return [mail for mail in self.mails if SUBJECT in str(mail["Subject"])]


@pytest.fixture
def post_office() -> Iterator[SlowPostOffice]:
    office = SlowPostOffice()
    controller = Controller(office, hostname="127.0.0.1", port=office.port)
    controller.start()
    yield office
    office.may_answer.set()
    controller.stop()


def test_a_report_in_the_post_is_sent_again_under_the_same_message_id(
    demo: Demo, tmp_path: Path, post_office: SlowPostOffice
) -> None:
    data = tmp_path / "data"
    mail = {"smtp_host": "127.0.0.1", "smtp_port": post_office.port, "smtp_security": "none"}
    with started(demo, tmp_path, "serve", **mail) as server:
        with closing(sign_in(server, EMAIL, demo.password, post_office.code)) as client:
            dashboard = client.get("/api/v1/dashboards").json()[0]
            order = {
                "target": {"type": "dashboard", "dashboardId": dashboard["dashboardId"]},
                "subject": SUBJECT,
                "cron": "0 7 * * 1",
                "zone": "Europe/Berlin",
                "recipients": [{"type": "address", "address": "ana@example.org"}],
            }
            report = client.post("/api/v1/reports", json=order)
            assert report.status_code == 201, report.text
        with closing(sqlite3.connect(data / "gridlens.db")) as database, database:
            due = "UPDATE schedule SET next_run_at = '2020-01-06 06:00:00.000000' WHERE name LIKE 'report%'"
            assert database.execute(due).rowcount == 1
        until(post_office.reports)
        kill_family(server.process)
    end_leases(data)
    post_office.may_answer.set()
    with started(demo, tmp_path, "serve", **mail), closing(sqlite3.connect(data / "gridlens.db")) as database:
        state = "SELECT state, attempts FROM delivery WHERE recipient LIKE 'ana@%'"
        until(lambda: database.execute(state).fetchall() == [("sent", 2)])

    first, second = post_office.reports()
    assert first["Message-ID"] == second["Message-ID"]
