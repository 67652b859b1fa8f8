"""Terms over HTTP: read, edited, imported, defined and verified, and used by questions."""

import httpx
import msgspec
import pytest
from tests.analytics.conftest import Sources

from gridlens.analytics.semantic.model import SemanticModel
from gridlens.core.principal import Principal

pytestmark = pytest.mark.anyio
Client = httpx.AsyncClient

NOTHING = msgspec.json.decode(msgspec.json.encode(SemanticModel()))


def path_of(sources: Sources, rest: str = "") -> str:
    return f"/api/v1/semantic/{sources.source_id}{rest}"


async def ask(client: Client, sources: Sources, question: str) -> dict[str, object]:
    answer = await client.post("/api/v1/ask", json={"sourceId": str(sources.source_id), "question": question})
    assert answer.status_code == 200, answer.text
    found: dict[str, object] = answer.json()
    return found


async def test_terms_begin_empty_with_a_proposal_beside_them(client: Client, sources: Sources) -> None:
    found = (await client.get(path_of(sources))).json()

    assert (found["version"], found["model"], found["canEdit"]) == (0, NOTHING, True)
    tables = {table["table"]: table for table in found["proposal"]["tables"]}
    assert tables["reading"]["columns"][0]["addsUp"] == "additive"


async def test_terms_are_replaced_as_a_whole_and_a_late_editor_is_told(
    client: Client, sources: Sources
) -> None:
    model = {"metrics": [{"name": "use", "formula": "sum(reading.kwh)"}]}
    kept = await client.put(path_of(sources), json={"version": 0, "model": model})
    late = await client.put(path_of(sources), json={"version": 0, "model": {}})
    wrong = await client.put(
        path_of(sources), json={"version": 1, "model": {"metrics": [{"name": "x", "formula": "sum(a.b)"}]}}
    )

    assert (kept.status_code, kept.json()["version"]) == (200, 1)
    assert kept.json()["model"]["metrics"][0]["formula"] == "sum(reading.kwh)"
    assert (late.status_code, late.json()["type"].rpartition("/")[2]) == (409, "semantic-model-changed")
    assert wrong.status_code == 400
    assert wrong.json()["findings"][0]["path"] == "$.metrics[0].formula"


async def test_a_file_goes_in_and_comes_out_and_a_wrong_one_names_its_line(
    client: Client, sources: Sources
) -> None:
    text = "words:\n  HT: weekdays from 8 to 20\n"
    kept = await client.put(path_of(sources, "/file"), json={"version": 0, "text": text})
    file = (await client.get(path_of(sources, "/file"))).json()
    wrong = await client.put(path_of(sources, "/file"), json={"version": 1, "text": text + "x: 1\n"})
    checked = await client.post(path_of(sources, "/check"), json={"text": "tables:\n  gone: {}\n"})

    assert kept.status_code == 200, kept.text
    assert file == {"version": 1, "text": text}
    assert (wrong.status_code, wrong.json()["line"]) == (400, 3)
    assert wrong.json()["detail"] == "Line 3: there is no “x” here."
    assert [(each["line"], each["place"]) for each in checked.json()] == [(2, "gone")]


async def test_a_definition_can_be_taken_back(client: Client, sources: Sources) -> None:
    term = {"words": "Bezug", "means": {"type": "column", "column": {"table": "reading", "column": "kwh"}}}
    defined = await client.post(path_of(sources, "/words"), json=term)
    again = await client.post(path_of(sources, "/words"), json=term)
    change = defined.json()
    undone = await client.post(
        path_of(sources, "/restore"), json={"version": change["version"], "to": change["before"]}
    )
    versions = (await client.get(path_of(sources, "/versions"))).json()

    assert (defined.status_code, change) == (201, {"version": 1, "before": 0})
    assert again.status_code == 400
    assert (undone.status_code, undone.json()["model"]) == (200, NOTHING)
    assert [each["note"] for each in versions] == ["Version 0 was restored", "“Bezug” was defined"]


async def test_a_verified_plan_wins_over_free_parsing_and_says_who_vouches(
    client: Client, sources: Sources, analyst: Principal
) -> None:
    # Words that mean nothing to the engine: only an agreement can answer them.
    plan = {
        "measures": [
            {
                "type": "aggregate",
                "function": "max",
                "column": {"table": "reading", "column": "kwh"},
                "name": "m",
            }
        ]
    }
    body = {"question": "Quux the frobnicator?", "plan": plan}
    before = await ask(client, sources, "quux the frobnicator")
    kept = await client.post(path_of(sources, "/questions"), json=body)
    after = await ask(client, sources, "quux the  Frobnicator")
    gone = await client.delete(path_of(sources, "/questions"), params={"question": "QUUX the frobnicator?"})

    assert before["plan"] is None
    assert kept.status_code == 201, kept.text
    assert (after["plan"], after["confidence"]) == (plan, 1.0)
    assert "max(" in str(after["sql"]).lower()
    verified = after["verified"]
    assert isinstance(verified, dict)
    assert (verified["name"], verified["by"]) == ("Quux the frobnicator?", analyst.name)
    assert gone.status_code == 200
    assert (await ask(client, sources, "quux the frobnicator"))["plan"] is None


async def test_verified_sql_answers_without_a_plan(client: Client, sources: Sources) -> None:
    body = {"question": "How many smart ones", "sql": "SELECT count(*) AS n FROM meter WHERE is_smart"}
    await client.post(path_of(sources, "/questions"), json=body)

    answer = await ask(client, sources, "how many smart ones?")

    assert (answer["sql"], answer["plan"], answer["sentence"], answer["reason"]) == (
        body["sql"],
        None,
        None,
        None,
    )


async def test_a_certified_metric_is_named_by_the_answer_that_shows_it(
    client: Client, sources: Sources
) -> None:
    metric = {
        "name": "energy used",
        "formula": "sum(reading.kwh)",
        "certifiedBy": "Ada",
        "certifiedOn": "2026-01-02",
    }
    await client.put(path_of(sources), json={"version": 0, "model": {"metrics": [metric]}})

    answer = await ask(client, sources, "total kwh of the readings")

    assert answer["metrics"] == [{"name": "energy used", "by": "Ada", "on": "2026-01-02"}]


async def test_a_metric_is_asked_for_by_its_name_and_wins_over_free_parsing(
    client: Client, sources: Sources
) -> None:
    formula = "mean(reading.kwh) / max(reading.kwh)"
    metric = {"name": "evenness", "formula": formula, "certifiedBy": "Ada", "certifiedOn": "2026-01-02"}
    await client.put(path_of(sources), json={"version": 0, "model": {"metrics": [metric]}})

    answer = await ask(client, sources, "Evenness by site")

    assert "avg(" in str(answer["sql"]).lower()
    assert "max(" in str(answer["sql"]).lower()
    assert answer["metrics"] == [{"name": "evenness", "by": "Ada", "on": "2026-01-02"}]
    assert f"{formula}, as defined here" in str(answer["tokens"])


async def test_a_hidden_column_is_not_used_by_questions(client: Client, sources: Sources) -> None:
    model = {"tables": [{"table": "site", "columns": [{"column": "city", "isHidden": True}]}]}
    assert "city" in str((await ask(client, sources, "number of sites by city"))["sql"])

    await client.put(path_of(sources), json={"version": 0, "model": model})

    assert "city" not in str((await ask(client, sources, "number of sites by city"))["sql"])


@pytest.mark.parametrize(
    ("method", "rest", "body"),
    [
        ("PUT", "", {"version": 0, "model": {}}),
        ("PUT", "/file", {"version": 0, "text": ""}),
        ("POST", "/words", {"words": "a", "means": {"type": "words", "words": "b"}}),
        ("POST", "/questions", {"question": "a", "sql": "SELECT 1"}),
        ("DELETE", "/questions?question=a", None),
        ("POST", "/restore", {"version": 0, "to": 0}),
    ],
)
async def test_viewers_see_no_terms_and_change_none(
    client: Client, sources: Sources, viewer: Principal, method: str, rest: str, body: object
) -> None:
    seen = {"x-user": str(viewer.user_id)}
    assert (await client.get(path_of(sources), headers=seen)).status_code == 403
    answer = await client.request(method, path_of(sources, rest), json=body, headers=seen)
    assert answer.status_code == 403


async def test_a_word_means_what_was_defined_from_then_on_and_the_answer_says_so(
    client: Client, sources: Sources
) -> None:
    means = {"type": "column", "column": {"table": "reading", "column": "kwh"}}
    before = await ask(client, sources, "total Quuxbezug of the readings")
    await client.post(path_of(sources, "/words"), json={"words": "Quuxbezug", "means": means})
    after = await ask(client, sources, "total quuxbezug of the readings")

    assert before["plan"] is None
    assert "kwh" in str(after["sql"])
    tokens = after["tokens"]
    assert isinstance(tokens, list)
    assert tokens[0] == {
        "text": "quuxbezug",
        "start": 6,
        "end": 15,
        "state": "matched",
        "meaning": "kwh, as defined here",
        "slot": None,
    }
