"""How sure an answer is, by what the plans beside it give."""

from tests.analytics.ask.plans import figure

from gridlens.analytics.ask.parsing.draft import Draft
from gridlens.analytics.ask.parsing.models import shipped
from gridlens.analytics.ask.parsing.reader import Reading
from gridlens.analytics.ask.parsing.surety import MOST_ROWS, TOO_LONG, Outcome, figures
from gridlens.analytics.ask.plan import QueryPlan
from gridlens.analytics.ask.trials import Tried, looked_at, surety_of, trying
from gridlens.core.errors import Unavailable

PLANS = [QueryPlan(measures=(figure(each, "reading.kwh"),)) for each in ("sum", "mean", "max")]
BESIDE = (0.7, 1.0, 0.2, 0.5, 0.8, 0.0, 0.0, *[0.9] * 7, 0.0, 0.0, 0.0, 0.0, 0.0)
TWO = Outcome.of([("a", 1), ("b", 2)])


def readings(*chances: float) -> list[Reading]:
    return [
        Reading(plan, Draft(select=()), chance, BESIDE) for plan, chance in zip(PLANS, chances, strict=False)
    ]


def test_answers_are_alike_in_whatever_order_their_rows_come() -> None:
    assert Outcome.of([("b", 2), ("a", 1)]) == TWO
    assert Outcome.of([("a", 1), ("b", 3)]).digest != TWO.digest


def test_an_outcome_tells_of_repeated_rows_and_nulls_among_the_first() -> None:
    found = Outcome.of([("a", None), ("a", None), ("b", 1), ("c", 2)])

    assert (found.rows, found.width, found.repeated, found.missing) == (4, 2, 0.25, 0.5)
    assert Outcome.of([("a",)] * 900).rows == MOST_ROWS
    assert Outcome.of([]) == Outcome(rows=0, width=0, repeated=0.0, missing=0.0, digest=Outcome.of([]).digest)


def test_a_plan_is_surer_when_others_answer_alike() -> None:
    others = [Outcome.of([("c", 3)]), Outcome.of([("d", 4)])]
    found = [Tried(each) for each in readings(0.7, 0.5, 0.4)]
    alike = dict(zip(PLANS, [TWO, TWO, TWO], strict=True))
    unlike = dict(zip(PLANS, [TWO, *others], strict=True))

    assert surety_of(shipped(), found, alike.get) > surety_of(shipped(), found, unlike.get) + 0.03


def test_repeated_rows_speak_against_a_plan() -> None:
    found = [Tried(each) for each in readings(0.7)]

    once = surety_of(shipped(), found, lambda _: TWO)
    repeated = surety_of(shipped(), found, lambda _: Outcome.of([("a", 1), ("a", 1), ("a", 1), ("b", 2)]))

    assert once > repeated


def test_the_figures_are_as_many_as_the_shipped_weights() -> None:
    surety = shipped().surety

    assert surety is not None
    assert len(surety.weights) == len(figures(readings(0.7, 0.5), [TWO, None]))


def test_plans_behind_the_first_are_not_waited_for_long(monkeypatch) -> None:
    clock = iter([0.0, *[10.0] * 9])
    monkeypatch.setattr("gridlens.analytics.ask.trials.time.monotonic", lambda: next(clock))

    assert looked_at([Tried(each) for each in readings(0.7, 0.5, 0.4)], lambda _: TWO) == [TWO]


def test_a_plan_that_takes_too_long_is_no_wrong_one_and_a_refused_one_is() -> None:
    def slow(_plan: QueryPlan):
        raise TimeoutError

    def down(_plan: QueryPlan):
        raise Unavailable("The source does not answer.")

    assert trying(slow)(PLANS[0]) is TOO_LONG
    assert trying(down)(PLANS[0]) is None
