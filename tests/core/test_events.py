"""The bus: isolation of subscribers, exactly one answer."""

import pytest

from gridlens.core.events import AnsweredTwiceError, Bus, Event, Request, UnansweredRequestError

pytestmark = pytest.mark.anyio


class MeterRead(Event, frozen=True, kw_only=True, tag="test.meter_read"):
    rows: int


class MeterName(Request[str], frozen=True, kw_only=True):
    meter: int


async def test_a_failing_subscriber_does_not_stop_the_others() -> None:
    bus, seen = Bus(), []

    @bus.on(MeterRead)
    async def broken(event: MeterRead) -> None:
        raise RuntimeError("boom")

    @bus.on(MeterRead)
    async def works(event: MeterRead) -> None:
        seen.append(event.rows)

    failures = await bus.publish(MeterRead(rows=7))

    assert seen == [7]
    assert [str(failure.error) for failure in failures] == ["boom"]


async def test_a_request_reaches_its_only_answer() -> None:
    bus = Bus()

    @bus.answers(MeterName)
    async def name(question: MeterName) -> str:
        return f"meter {question.meter}"

    assert await bus.request(MeterName(meter=3)) == "meter 3"


async def test_a_second_answer_to_one_request_is_refused() -> None:
    bus = Bus()

    async def name(question: MeterName) -> str:
        return "a"

    bus.answers(MeterName)(name)
    with pytest.raises(AnsweredTwiceError):
        bus.answers(MeterName)(name)


async def test_a_request_that_nobody_answers_fails_when_asked_and_when_checked() -> None:
    with pytest.raises(UnansweredRequestError):
        await Bus().request(MeterName(meter=1))
    with pytest.raises(UnansweredRequestError, match="MeterName"):
        Bus().check_answers([MeterName])


async def test_an_answers_exception_reaches_the_asker() -> None:
    bus = Bus()

    @bus.answers(MeterName)
    async def name(question: MeterName) -> str:
        raise KeyError(question.meter)

    with pytest.raises(KeyError):
        await bus.request(MeterName(meter=1))
