"""What is offered to be asked next goes on from the plan, and has an answer."""

import pytest
from tests.analytics.ask.company import TODAY, ZONE, description_for

from gridlens.analytics.ask import next_questions, understand

SOURCE = description_for()


@pytest.mark.parametrize(
    ("question", "offered"),
    [
        (
            "energy per site in October 2021",
            ("by week", "by day", "compared with the period before", "as a share of the total"),
        ),
        ("energy per site in 2021", ("by month", "by week", "compared with the period before")),
        ("energy by site", ("by month", "as a share of the total", "top 5")),
        (
            "energy per day in October 2021",
            ("compared with the period before", "as a share of the total", "as a running total"),
        ),
        ("top 3 sites by energy in October 2021 compared with the month before", ("by week", "by day")),
        ("number of sites by city", ("as a share of the total",)),
        ("list the sites", ()),
    ],
)
def test_questions_fit_what_is_shown(question: str, offered: tuple[str, ...]) -> None:
    plan = understand(question, SOURCE, TODAY, ZONE).plan
    assert plan is not None

    further = next_questions(plan, SOURCE, TODAY)

    assert further[: len(offered)] == offered
    assert len(further) <= 4
    for words in further:
        found = understand(words, SOURCE, TODAY, ZONE, plan)
        assert found.is_follow_up
        assert found.plan not in (None, plan)
