"""Questions in plain words over HTTP: understood, changed slot by slot, answered, refused with the word."""

import httpx
import msgspec
import pytest
from tests.analytics.conftest import Sources

from gridlens.analytics.indexing import NOBODY
from gridlens.core.principal import Principal

pytestmark = pytest.mark.anyio

Client = httpx.AsyncClient


async def asked(client: Client, sources: Sources, question: str, **more: object) -> dict[str, object]:
    body = {"sourceId": str(sources.source_id), "question": question, **more}
    answer = await client.post("/api/v1/ask", json=body)
    assert answer.status_code == 200, answer.text
    found: dict[str, object] = answer.json()
    return found


async def test_a_question_comes_back_as_a_sentence_and_sql(client: Client, sources: Sources) -> None:
    told = await asked(client, sources, "total kwh per site")

    assert told["unknownWords"] == []
    assert told["plan"]["measures"][0]["function"] == "sum"  # type: ignore[index]
    segments = told["sentence"]["segments"]  # type: ignore[index]
    assert {segment["type"] for segment in segments} == {"words", "slot"}
    assert "SUM" in str(told["sql"]).upper()
    assert {token["state"] for token in told["tokens"]} <= {"matched", "assumed", "ignored"}  # type: ignore[attr-defined]
    # The index of the source's values is read meanwhile, and in nobody's name.
    assert [each for each in sources.fetched if each.principal.user_id != NOBODY] == []


async def test_the_sql_of_an_answer_runs_with_the_units_of_its_plan(client: Client, sources: Sources) -> None:
    plan = (await asked(client, sources, "total kwh per site"))["plan"]
    plan["measures"][0]["unit"] = "MWh"  # type: ignore[index]
    body = {"sourceId": str(sources.source_id), "plan": plan}
    told = (await client.post("/api/v1/ask/plan", json=body)).json()

    ran = await client.post("/api/v1/queries", json={"sourceId": str(sources.source_id), "sql": told["sql"]})

    assert ran.status_code == 200, ran.text
    energy = ran.json()["columns"][1]
    assert energy["unit"] == "MWh"
    # Meters 10 and 11 at Harbour Campus: 2 * 276 + 48 * 2.1 kWh.
    rows = dict(ran.json()["rows"])
    assert rows["Harbour Campus"] == pytest.approx((2 * 276 + 48 * 2.1) / 1000)


async def test_a_headline_says_the_answer_and_counts_as_asked(client: Client, sources: Sources) -> None:
    told = await asked(client, sources, "total kwh per site")
    body = {"sourceId": str(sources.source_id), "plan": told["plan"]}

    said = await client.post("/api/v1/ask/headline", json=body)
    [run] = (await client.get("/api/v1/queries/history")).json()

    assert "Harbour Campus" in said.json()["headline"]
    assert (run["door"], run["status"]) == ("ask", "succeeded")


async def test_a_changed_slot_changes_sentence_and_sql(client: Client, sources: Sources) -> None:
    told = await asked(client, sources, "total kwh per site")
    slots = [segment for segment in told["sentence"]["segments"] if segment["type"] == "slot"]  # type: ignore[index]
    other = next(option for slot in slots for option in slot["options"] if not option["isChosen"])

    body = {"sourceId": str(sources.source_id), "plan": told["plan"], "patch": other["patch"]}
    changed = (await client.post("/api/v1/ask/plan", json=body)).json()

    assert changed["plan"] != told["plan"]
    assert changed["sentence"]["text"] != told["sentence"]["text"]  # type: ignore[index]


async def test_a_word_that_names_nothing_is_named_and_nothing_is_run(
    client: Client, sources: Sources
) -> None:
    told = await asked(client, sources, "total kwh per blorf")

    assert told["plan"] is None
    assert told["sql"] is None
    assert [word["text"] for word in told["unknownWords"]] == ["blorf"]  # type: ignore[attr-defined]
    assert "blorf" in str(told["reason"])
    assert sources.fetched == []


async def test_a_follow_up_goes_on_from_the_plan_before(client: Client, sources: Sources) -> None:
    first = await asked(client, sources, "total kwh per site")

    told = await asked(client, sources, "and by day?", previous=first["plan"])

    assert told["plan"]["measures"] == first["plan"]["measures"]  # type: ignore[index]
    assert told["plan"]["dimensions"] != first["plan"]["dimensions"]  # type: ignore[index]
    assert told["isFollowUp"]
    assert not first["isFollowUp"]


async def test_a_plan_over_a_column_that_is_gone_is_refused_with_its_name(
    client: Client, sources: Sources
) -> None:
    told = await asked(client, sources, "total kwh per site")
    plan = msgspec.json.decode(msgspec.json.encode(told["plan"]).replace(b'"kwh"', b'"gone"'))

    answer = await client.post("/api/v1/ask/plan", json={"sourceId": str(sources.source_id), "plan": plan})

    assert answer.status_code == 400
    assert "gone" in answer.json()["detail"]


async def test_examples_are_saved_questions_first_and_all_can_be_answered(
    client: Client, sources: Sources
) -> None:
    told = await asked(client, sources, "total kwh per site")
    saved = {
        "name": "By site",
        "sourceId": str(sources.source_id),
        "words": "total kwh per site",
        "plan": told["plan"],
    }
    assert (await client.post("/api/v1/questions", json=saved)).status_code == 201

    answer = await client.get("/api/v1/ask/examples", params={"sourceId": str(sources.source_id)})

    examples = answer.json()["questions"]
    assert examples[0] == "total kwh per site"
    assert 2 <= len(examples) <= 6
    for example in examples:
        assert (await asked(client, sources, example))["plan"] is not None


async def test_viewers_do_not_ask(client: Client, sources: Sources, viewer: Principal) -> None:
    client.headers["x-user"] = str(viewer.user_id)
    body = {"sourceId": str(sources.source_id), "question": "total kwh per site"}

    assert (await client.post("/api/v1/ask", json=body)).status_code == 403


@pytest.mark.parametrize("question", ["", "x" * 501, 5, None])
async def test_a_wrong_question_is_refused(client: Client, sources: Sources, question: object) -> None:
    body = {"sourceId": str(sources.source_id), "question": question}

    assert (await client.post("/api/v1/ask", json=body)).status_code == 400


@pytest.mark.parametrize(
    "question", ["'; DROP TABLE site; --", "\u202e", "🔌" * 100, "((((((", "select * from payroll"]
)
async def test_strange_words_are_no_danger(client: Client, sources: Sources, question: str) -> None:
    told = await asked(client, sources, question)

    assert "payroll" not in str(told["sql"])
    assert sources.fetched == []
