"""What every request meets, on a real application with one route of its own."""

from collections.abc import AsyncIterator
from typing import Any

import msgspec
import pytest
from litestar import Controller, Response, get, post
from litestar._kwargs import kwargs_model
from litestar.di import NamedDependency
from litestar.params import JSONBody
from litestar.testing import AsyncTestClient

from gridlens.app import create_app
from gridlens.core.errors import Conflict
from gridlens.core.http.access import RouteWithoutGuard, public, requires
from gridlens.core.module import Core, Module

pytestmark = pytest.mark.anyio


class Meter(msgspec.Struct, forbid_unknown_fields=True):
    name: str
    power_kw: float


class MeterController(Controller):
    path = "/api/v1/test-meters"

    @post(guards=[public], operation_id="testAdd")
    async def add(self, data: JSONBody[Meter]) -> Meter:
        return data

    @get("/taken", guards=[public], operation_id="testTaken")
    async def taken(self) -> None:
        raise Conflict("Meter 3 was changed meanwhile. Load it again.", extra={"revision": 4})

    @get("/broken", guards=[public], operation_id="testBroken")
    async def broken(self) -> None:
        raise ZeroDivisionError("secret detail")

    @get("/closed", guards=[requires("meters.read")], operation_id="testClosed")
    async def closed(self) -> str:
        return "open"

    @get("/kept", guards=[public], operation_id="testKept")
    async def kept(self) -> Response[str]:
        own = {"Cache-Control": "private", "X-Frame-Options": "SAMEORIGIN"}
        return Response("kept", headers=own)

    @get("/tasks", guards=[public], operation_id="testTasks")
    async def tasks(self, north: NamedDependency[list[str]], south: NamedDependency[list[str]]) -> list[str]:
        return [*north, *south]


def _services(_core: Core) -> dict[str, object]:
    return {"north": ["1"], "south": ["2"]}


@pytest.fixture
async def client(core: Core) -> AsyncIterator[AsyncTestClient[Any]]:
    app = create_app(core=core, modules=(Module("test", controllers=(MeterController,), connect=_services),))
    async with AsyncTestClient(app) as client:
        yield client


async def test_a_wrong_type_is_named_by_field(client: AsyncTestClient[Any]) -> None:
    answer = await client.post("/api/v1/test-meters", json={"name": "m1", "power_kw": "much"})
    assert answer.status_code == 400
    assert answer.headers["content-type"].startswith("application/problem+json")
    assert list(answer.json()["fields"]) == ["power_kw"]


@pytest.mark.parametrize(
    "body",
    [
        b"{",
        b"\xff\xfe{}",
        b'{"name": "\xff"}',
        b'{"name": "a", "power_kw": 1, "role": "admin"}',
        b"[]",
        b"[" * 100_000,
    ],
    ids=[
        "cut off",
        "broken UTF-8",
        "broken UTF-8 in a text",
        "unknown field",
        "wrong shape",
        "deeply nested",
    ],
)
async def test_an_unreadable_body_is_a_problem_and_not_a_crash(
    client: AsyncTestClient[Any], body: bytes
) -> None:
    answer = await client.post(
        "/api/v1/test-meters", content=body, headers={"content-type": "application/json"}
    )
    assert answer.status_code == 400
    assert answer.json()["request_id"] == answer.headers["x-request-id"]


@pytest.mark.parametrize(
    "kind", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", None]
)
async def test_json_that_does_not_say_so_is_not_read(client: AsyncTestClient[Any], kind: str | None) -> None:
    headers = {"content-type": kind} if kind else {}

    answer = await client.post(
        "/api/v1/test-meters", content=b'{"name": "North", "power_kw": 1}', headers=headers
    )

    assert answer.status_code == 415
    assert answer.json()["type"] == "/problems/media-type"
    assert "application/json" in answer.json()["detail"]


async def test_json_may_name_its_letters(client: AsyncTestClient[Any]) -> None:
    headers = {"content-type": "Application/JSON; charset=utf-8"}

    answer = await client.post(
        "/api/v1/test-meters", content=b'{"name": "North", "power_kw": 1}', headers=headers
    )

    assert answer.status_code == 201


async def test_a_body_of_ten_megabytes_is_too_large(client: AsyncTestClient[Any]) -> None:
    answer = await client.post("/api/v1/test-meters", json={"name": "x" * 10_000_000, "power_kw": 1})
    assert answer.status_code == 413
    assert answer.json()["type"] == "/problems/too-large"


async def test_a_domain_error_keeps_its_extra_members(client: AsyncTestClient[Any]) -> None:
    answer = await client.get("/api/v1/test-meters/taken")
    assert (answer.status_code, answer.json()["revision"]) == (409, 4)


async def test_a_mistake_of_ours_tells_nothing_of_its_inside(client: AsyncTestClient[Any]) -> None:
    answer = await client.get("/api/v1/test-meters/broken")
    assert answer.status_code == 500
    assert "secret detail" not in answer.text
    assert answer.json()["request_id"]


async def test_a_closed_route_asks_to_sign_in(client: AsyncTestClient[Any]) -> None:
    answer = await client.get("/api/v1/test-meters/closed")
    assert (answer.status_code, answer.json()["type"]) == (401, "/problems/unauthenticated")


@pytest.mark.parametrize("path", ["/", "/api/v1/nothing-here", "/assets/none.js", "/health/live"])
async def test_every_answer_carries_the_security_headers(client: AsyncTestClient[Any], path: str) -> None:
    answer = await client.get(path)
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["x-request-id"]


async def test_only_a_page_is_given_a_nonce(client: AsyncTestClient[Any]) -> None:
    answer = await client.get("/api/v1/test-meters/closed")
    assert "style-src 'self';" in answer.headers["content-security-policy"]
    assert answer.headers["cache-control"] == "no-store"
    assert "'nonce-" in (await client.get("/")).headers["content-security-policy"]


async def test_what_a_route_says_itself_is_said_once(client: AsyncTestClient[Any]) -> None:
    answer = await client.get("/api/v1/test-meters/kept")
    assert answer.headers.get_list("cache-control") == ["private"]
    assert answer.headers.get_list("x-frame-options") == ["SAMEORIGIN"]
    assert answer.headers.get_list("referrer-policy") == ["no-referrer"]


async def test_each_page_has_a_nonce_of_its_own(client: AsyncTestClient[Any]) -> None:
    first = (await client.get("/")).headers["content-security-policy"]
    second = (await client.get("/")).headers["content-security-policy"]
    assert first != second


@pytest.mark.parametrize("name", ["..%2fapp.py", "../../pyproject.toml", ".built-from", "%2e%2e/cli.py"])
async def test_no_file_outside_the_browser_application_is_served(
    client: AsyncTestClient[Any], name: str
) -> None:
    answer = await client.get(f"/assets/{name}")
    assert "import" not in answer.text
    assert answer.status_code in {404, 200}
    assert "[project]" not in answer.text


async def test_a_harmless_request_id_of_a_proxy_is_kept_and_a_hostile_one_is_not(
    client: AsyncTestClient[Any],
) -> None:
    kept = await client.get("/health/live", headers={"x-request-id": "proxy-12345678"})
    made = await client.get("/health/live", headers={"x-request-id": "a b\tc<script>"})
    assert kept.headers["x-request-id"] == "proxy-12345678"
    assert "script" not in made.headers["x-request-id"]


async def test_readiness_names_the_part_that_is_down(core: Core) -> None:
    app = create_app(core=core, modules=())

    async def down() -> str | None:
        return "refused the connection"

    app.state.probes["database"] = down
    async with AsyncTestClient(app) as client:
        answer = await client.get("/health/ready")
    assert answer.status_code == 503
    assert answer.json()["ready"] is False
    assert answer.json()["parts"]["database"] == "refused the connection"
    assert answer.json()["parts"]["background work"] == "ready"


async def test_a_route_without_a_guard_stops_the_start(core: Core) -> None:
    @get("/api/v1/unguarded", operation_id="testUnguarded")
    async def unguarded() -> None: ...

    class Unguarded(Controller):
        path = "/api/v1/unguarded"

        @get(operation_id="testUnguarded")
        async def read(self) -> None: ...

    with pytest.raises(RouteWithoutGuard, match="unguarded"):
        create_app(core=core, modules=(Module("test", controllers=(Unguarded,)),))


async def test_requests_beyond_the_limit_are_told_to_wait(core: Core) -> None:
    limited = Core(
        **{name: getattr(core, name) for name in core.__slots__}
        | {"settings": msgspec.structs.replace(core.settings, requests_per_minute=3)}
    )
    app = create_app(
        core=limited, modules=(Module("test", controllers=(MeterController,), connect=_services),)
    )
    async with AsyncTestClient(app) as client:
        codes = [(await client.get("/api/v1/test-meters/taken")).status_code for _ in range(5)]
        last = await client.get("/api/v1/test-meters/taken")
    assert codes == [409, 409, 409, 429, 429]
    assert last.headers["retry-after"] == "60"


async def test_services_are_handed_out_without_a_task_for_each(
    core: Core, monkeypatch: pytest.MonkeyPatch
) -> None:
    module = Module("test", controllers=(MeterController,), connect=_services)

    def no_group() -> None:
        raise AssertionError("a group of tasks was begun")

    async with AsyncTestClient(create_app(core=core, modules=(module,))) as client:
        monkeypatch.setattr(kwargs_model, "create_task_group", no_group)
        answer = await client.get("/api/v1/test-meters/tasks")

    assert answer.json() == ["1", "2"]
