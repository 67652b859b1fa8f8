"""What is told of a total: only of what adds up, and never of a list that is cut."""

from dataclasses import replace

import polars as pl
import pytest
from tests.visualizations.test_earlier import NOW, THEN

from gridlens.visualizations.figures.draw import draw
from gridlens.visualizations.figures.earlier import Earlier
from gridlens.visualizations.figures.statement import adds_up, is_cut
from gridlens.visualizations.spec import ChartKind, ChartSpec

RANKED = ChartSpec(kind=ChartKind.BAR, arrangement="ranked")
TOP_TWO = "SELECT home, sum(e) AS energy FROM readings GROUP BY home ORDER BY energy DESC LIMIT 2"


@pytest.fixture
def homes(answer):
    def build(sql: str, **energy: float):
        frame = pl.DataFrame({"home": list(energy), "energy": list(energy.values())})
        return replace(answer(frame, energy="kWh"), sql=sql)

    return build


@pytest.mark.parametrize(
    ("sql", "expected"),
    [
        ("SELECT a FROM t LIMIT 2", True),
        ("SELECT a FROM t LIMIT 3", False),
        ("SELECT a FROM t", False),
        ("SELECT TOP 2 a FROM t", True),
        ("SELECT a FROM t ORDER BY a FETCH FIRST 2 ROWS ONLY", True),
        ("SELECT a FROM (SELECT a FROM t LIMIT 2) AS b ORDER BY a", True),
        ("WITH b AS (SELECT a FROM t LIMIT 2) SELECT a FROM b", True),
        ("SELECT a FROM t WHERE a > (SELECT b FROM u ORDER BY b LIMIT 1)", False),
        ("not a statement", False),
    ],
)
def test_rows_are_cut_where_a_limit_is_reached(homes, sql: str, *, expected: bool):
    assert is_cut(homes(sql, one=1.0, two=2.0)) is expected


def test_a_cut_list_tells_no_share_and_no_last(homes):
    drawn = draw("Homes", RANKED, homes(TOP_TWO, one=3.0, two=1.0))

    assert "%" not in drawn.summary
    assert "last" not in drawn.summary
    assert "These are the first 2; there may be more." in drawn.summary


def test_who_was_not_in_a_cut_earlier_list_is_said_to_be_so(homes, opened):
    then = Earlier(result=homes(TOP_TWO, one=2.0, three=1.0), span=THEN, now=NOW, label="day before")

    drawn = draw("Homes", RANKED, homes(TOP_TWO, one=3.0, two=1.0), earlier=then)

    told = next(trace for trace in opened(drawn)["data"] if trace.get("mode") == "text")["text"]
    assert told[0].endswith("+50\u2009%")
    assert told[1].endswith("not in the earlier list")


@pytest.mark.parametrize(
    ("made", "expected"),
    [
        ("sum(e)", True),
        ("round(sum(e) / 1000, 1)", True),
        ("count(*)", True),
        ("max(register) - min(register)", True),
        ("e", True),
        ("avg(e)", False),
        ("round(avg(e), 2)", False),
        ("max(e)", False),
        ("quantile_cont(e, 0.5)", False),
        ("percentile_cont(0.5) WITHIN GROUP (ORDER BY e)", False),
        ("median(e)", False),
        ("sum(e) / count(*)", False),
        ("sum(e) OVER (ORDER BY at)", False),
    ],
)
def test_sums_and_counts_add_up_and_means_and_extremes_do_not(homes, made: str, *, expected: bool):
    assert adds_up(homes(f"SELECT home, {made} AS energy FROM t"), "energy") is expected
    within = f"WITH made AS (SELECT home, {made} AS energy FROM t) SELECT m.home, m.energy FROM made AS m"
    assert adds_up(homes(within), "energy") is expected
    assert adds_up(homes(f"SELECT * FROM (SELECT home, {made} AS energy FROM t) AS s"), "energy") is expected


def test_the_parameters_of_a_question_hide_nothing(homes):
    within = "WHERE at >= :from AND at < :to AND day = '2026-01-01'::date"

    assert not adds_up(homes(f"SELECT home, avg(e) AS energy FROM t {within} GROUP BY home"), "energy")
    assert is_cut(homes(f"SELECT home, e AS energy FROM t {within} LIMIT 2", one=1.0, two=2.0))


def test_means_by_hour_are_told_on_average(answer):
    frame = pl.DataFrame({"hour": [0.0, 1.0, 2.0], "consumption": [1.0, 2.0, 6.0]})
    result = replace(
        answer(frame, consumption="kWh"), sql="SELECT hour, avg(consumption) AS consumption FROM t GROUP BY 1"
    )

    drawn = draw("By hour", ChartSpec(kind=ChartKind.LINE, x="hour", y=("consumption",)), result)

    assert "3.00\u2009kWh on average" in drawn.summary
    assert "in total" not in drawn.summary
