"""Reports and the mailbox over HTTP."""

from collections.abc import AsyncIterator

import msgspec
import pytest
from litestar.middleware import ASGIMiddleware
from litestar.testing import AsyncTestClient
from litestar.types import ASGIApp, Receive, Scope, Send

from gridlens.app import create_app
from gridlens.core.module import Core, Module
from gridlens.core.principal import Principal
from gridlens.notifications import module
from gridlens.notifications.schemas import ReportInput

pytestmark = pytest.mark.anyio


class SignedInBy(ASGIMiddleware):
    """Stands in for auth: the header names which principal asks."""

    def __init__(self, *people: Principal) -> None:
        self.people = {str(each.user_id): each for each in people}

    async def handle(self, scope: Scope, receive: Receive, send: Send, next_app: ASGIApp) -> None:
        for name, value in scope["headers"]:
            if name == b"x-user":
                scope["user"] = self.people[value.decode()]
        await next_app(scope, receive, send)


@pytest.fixture
async def client(
    demo_core: Core, neighbours, admin: Principal, analyst: Principal, viewer: Principal
) -> AsyncIterator[AsyncTestClient]:
    neighbours.answer_on(demo_core)
    signed_in = Module("signed_in", middleware=lambda _core: [SignedInBy(admin, analyst, viewer)])
    app = create_app(core=demo_core, modules=[module, signed_in])
    async with AsyncTestClient(app, raise_server_exceptions=False) as client:
        client.headers["x-user"] = str(admin.user_id)
        client.core = demo_core
        yield client


@pytest.fixture
def form(weekly: ReportInput) -> dict:
    return msgspec.to_builtins(weekly)


def content_of(form: dict) -> dict:
    return {key: value for key, value in form.items() if key not in {"cron", "recipients"}}


async def settle(client: AsyncTestClient, address: str) -> dict:
    """The delivery once the background worker of the application has dealt with it."""
    for _ in range(100):
        delivery = (await client.get(address)).json()
        if delivery["state"] != "waiting":
            return delivery
        await client.core.jobs.run_due()
    raise AssertionError(delivery)


async def test_the_whole_life_of_a_report(client, form: dict) -> None:
    made = await client.post("/api/v1/reports", json=form)
    assert made.status_code == 201, made.text
    address = f"/api/v1/reports/{made.json()['reportId']}"
    assert made.json()["schedule"] == "Every Monday at 07:00 (Europe/Berlin time)"
    changed = await client.put(address, json={**form, "cron": "0 6 * * *"})
    assert changed.json()["schedule"] == "Every day at 06:00 (Europe/Berlin time)"
    assert (await client.post(f"{address}/pause")).json()["pausedBecause"] == "user"
    assert (await client.post(f"{address}/resume")).json()["pausedAt"] is None
    test = await client.post(f"{address}/test")
    assert test.status_code == 201, test.text
    delivery = await settle(client, f"/api/v1/reports/deliveries/{test.json()['deliveryId']}")
    assert delivery["state"] == "sent"
    [run] = (await client.get(f"{address}/runs")).json()
    detail = (await client.get(f"{address}/runs/{run['runId']}")).json()
    assert (detail["state"], detail["isTest"], len(detail["deliveries"])) == ("sent", True, 1)
    assert (await client.post(f"{address}/runs/{run['runId']}/retry")).status_code == 400
    assert (await client.post(f"{address}/leave")).status_code == 204
    assert (await client.delete(address)).status_code == 204
    assert (await client.get(address)).status_code == 404


async def test_what_was_sent_is_read_in_the_mailbox(client, form: dict, neighbours) -> None:
    sent = await client.post("/api/v1/reports/tests", json={**content_of(form), "attach": "csv"})
    await settle(client, f"/api/v1/reports/deliveries/{sent.json()['deliveryId']}")

    [listed] = (await client.get("/api/v1/mailbox")).json()
    address = f"/api/v1/mailbox/{listed['mailId']}"
    mail = (await client.get(address)).json()
    page = await client.get(f"{address}/page")
    file = await client.get(f"{address}/attachments/0")

    assert mail["subject"] == "Test: Week 24: Portfolio overview"
    assert "data:image/png;base64," in page.text
    policy = page.headers["content-security-policy"]
    assert policy.startswith("sandbox allow-popups allow-popups-to-escape-sandbox; default-src 'none'")
    assert "frame-ancestors 'self'" in policy
    assert "script" not in policy
    assert page.headers["x-frame-options"] == "SAMEORIGIN"
    assert file.headers["content-disposition"] == 'attachment; filename="Consumption.csv"'
    assert b"'=cmd()" in file.content
    assert (await client.delete(address)).status_code == 204
    assert (await client.delete("/api/v1/mailbox")).status_code == 204


async def test_a_preview_is_a_sandboxed_page(client, form: dict) -> None:
    made = (await client.post("/api/v1/reports/previews", json=content_of(form))).json()

    page = await client.get(made["pageUrl"])

    assert page.headers["content-type"] == "text/html; charset=utf-8"
    assert page.headers["content-security-policy"].startswith("sandbox allow-popups")
    assert "329" in page.text


async def test_a_schedule_is_read_back(client) -> None:
    answer = await client.get(
        "/api/v1/reports/schedule", params={"cron": "0 7 * * 1", "zone": "Europe/Madrid"}
    )

    assert answer.json()["description"] == "Every Monday at 07:00 (Europe/Madrid time)"
    assert len(answer.json()["nextTimes"]) == 5
    wrong = await client.get("/api/v1/reports/schedule", params={"cron": "0 7 * * 9", "zone": "UTC"})
    assert (wrong.status_code, wrong.json()["type"]) == (400, "/problems/invalid-cron")


async def test_the_form_learns_what_mail_can_do(client) -> None:
    assert (await client.get("/api/v1/reports/mail-settings")).json() == {
        "canSend": True,
        "sender": "Gridlens <gridlens@localhost>",
        "mayMailOutside": True,
        "isDemo": True,
    }


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"subject": "Hi\r\nBcc: all@example.org"}, "subject"),
        ({"ownerId": "me"}, "unknown field"),
        ({"covers": "everything"}, "covers"),
        ({"recipients": []}, "recipients"),
        ({"skipBelowPercent": 101}, "skipBelowPercent"),
        ({"target": {"type": "file", "path": "/etc/passwd"}}, "target"),
        ({"text": "a" * 10_001}, "text"),
        ({"text": "a\0"}, "text"),
    ],
)
async def test_bad_input_is_a_problem_document_that_names_the_field(
    client, form: dict, change: dict, said: str
) -> None:
    answer = await client.post("/api/v1/reports", json={**form, **change})

    assert answer.status_code == 400
    assert answer.headers["content-type"] == "application/problem+json"
    assert said in answer.text
    assert (await client.get("/api/v1/reports")).json() == []


async def test_viewers_read_and_do_not_write(client, form: dict, viewer: Principal) -> None:
    client.headers["x-user"] = str(viewer.user_id)

    assert (await client.get("/api/v1/reports")).status_code == 200
    assert (await client.post("/api/v1/reports", json=form)).status_code == 403
    assert (await client.get("/api/v1/mailbox")).status_code == 403


async def test_every_route_has_a_name_of_its_own(client) -> None:
    paths = (await client.get("/api/v1/openapi.json")).json()["paths"]

    names = [
        operation["operationId"]
        for path, operations in paths.items()
        if path.startswith(("/api/v1/reports", "/api/v1/mailbox"))
        for operation in operations.values()
    ]
    assert len(names) == len(set(names)) == 24
