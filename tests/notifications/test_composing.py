"""What a report mail says, in HTML and in text, with and without pictures."""

from datetime import UTC, datetime
from uuid import uuid4

import msgspec
import pytest

from gridlens.core.principal import Principal
from gridlens.notifications.composing import Composer
from gridlens.notifications.schemas import ReportInput
from gridlens.notifications.wording import filled, unknown_placeholders
from gridlens.shared.analytics import RunQuestion
from gridlens.shared.dashboards import RenderDashboard
from gridlens.shared.results import Completeness
from gridlens.shared.time import TimeRange
from gridlens.shared.visualizations import DrawPicture, Picture

pytestmark = pytest.mark.anyio

MONDAY_SEVEN = datetime(2026, 6, 15, 5, tzinfo=UTC)


@pytest.fixture
def composer(house) -> Composer:
    return Composer(house.core.bus, "https://grid.example.org")


async def compose(composer: Composer, who: Principal, content: ReportInput, **changed: object):
    return await composer.compose(who, msgspec.structs.replace(content, **changed), due_at=MONDAY_SEVEN)


async def test_the_headline_comes_first_and_every_number_is_live_text(
    composer: Composer, analyst: Principal, weekly: ReportInput
) -> None:
    made = await compose(composer, analyst, weekly)
    html, text = made.mail.html, made.mail.text

    assert made.mail.subject == "Week 24: Portfolio overview"
    for said in (
        "Data of 8 – 14 Jun 2026",
        "329\u202fMWh",
        "\u22126.0\u202f% vs week 23",
        "Load peaks at 1.2 MW on Monday at noon.",
        "73.2",
        "\u22121.5",
        "Showing 3 of 40 rows.",
        "The filter on site could not be applied.",
        "Source: metering · 100\u202f% complete · times in Europe/Berlin · read Mon 15 Jun 2026, 06:58 CEST",
    ):
        assert said in html
        assert said.replace("Data of", "data of") in text.replace("\n", " ")
    assert html.index("329") < html.index("Load peaks")
    assert "Harbour &lt;Campus&gt;" in html
    assert "Harbour <Campus>" in text


async def test_a_picture_is_inline_at_double_size_with_its_finding_as_alternative(
    composer: Composer, analyst: Principal, weekly: ReportInput, neighbours
) -> None:
    made = await compose(composer, analyst, weekly)

    [picture] = made.mail.pictures
    assert picture.content == neighbours.picture.content
    assert f'src="cid:{picture.content_id}" width="592" alt="Load peaks at 1.2 MW on Monday at noon."' in (
        made.mail.html
    )
    [asked] = [each for each in neighbours.asked if isinstance(each, DrawPicture)]
    assert (asked.width, asked.scale, asked.file_format) == (592, 2.0, "png")


async def test_without_a_picture_there_is_a_table_and_the_reason(
    composer: Composer, analyst: Principal, weekly: ReportInput, neighbours
) -> None:
    neighbours.picture = Picture(
        content=None, media_type="image/png", unavailable="no Chromium was found on the server."
    )

    made = await compose(composer, analyst, weekly)

    assert made.mail.pictures == ()
    for part in (made.mail.html, made.mail.text):
        assert "No picture here: no Chromium was found on the server." in part
        assert "8 Jun 2026, 02:00" in part  # midnight UTC, read in Berlin
        assert "load, MW" in part
        assert "1.20" in part
    assert "<img" not in made.mail.html


async def test_hostile_text_runs_nothing_and_loads_nothing(
    composer: Composer, analyst: Principal, weekly: ReportInput, neighbours
) -> None:
    neighbours.dashboard_name = '<script>alert("name")</script>\r\nBcc: x@example.org'

    made = await compose(composer, analyst, weekly, subject="{name}", text="<img src=x onerror=y()>")

    assert "<script" not in made.mail.html
    assert "spy.example" not in made.mail.html
    assert "<img src=x" not in made.mail.html
    assert "\n" not in made.mail.subject
    assert "<strong>this</strong>" in made.mail.html


async def test_there_is_one_link_and_it_leads_to_the_dashboard(
    composer: Composer, analyst: Principal, weekly: ReportInput, neighbours
) -> None:
    made = await compose(composer, analyst, weekly)

    link = f"https://grid.example.org/dashboards/{neighbours.dashboard_id}"
    assert made.mail.html.count("<a ") == 1
    assert f'href="{link}"' in made.mail.html
    assert f"Open in Gridlens: {link}" in made.mail.text
    assert made.mail.reply_to == analyst.email
    assert "To get it no more" in made.mail.text


async def test_the_page_is_640_wide_and_readable_in_the_dark(
    composer: Composer, analyst: Principal, weekly: ReportInput
) -> None:
    html = (await compose(composer, analyst, weekly)).mail.html

    assert 'width="640"' in html
    assert "prefers-color-scheme: dark" in html
    assert '<meta name="color-scheme" content="light dark">' in html
    assert "http" not in html.replace("https://grid.example.org/dashboards/", "").replace(
        'xmlns="http://www.w3.org/1999/xhtml"', ""
    )


async def test_what_a_report_covers_narrows_the_dashboard(
    composer: Composer, analyst: Principal, weekly: ReportInput, neighbours
) -> None:
    made = await compose(composer, analyst, weekly, covers="previous_day")

    [asked] = [each for each in neighbours.asked if isinstance(each, RenderDashboard)]
    assert asked.principal == analyst
    assert asked.scope is not None
    assert asked.scope.time_range == made.covered
    assert made.covered == TimeRange(
        start=datetime(2026, 6, 13, 22, tzinfo=UTC),
        end=datetime(2026, 6, 14, 22, tzinfo=UTC),
        zone="Europe/Berlin",
    )


async def test_a_question_is_a_report_too(
    composer: Composer, analyst: Principal, weekly: ReportInput, about_question, neighbours
) -> None:
    made = await compose(
        composer, analyst, weekly, target=about_question, covers="previous_week", attach="csv"
    )

    assert made.mail.subject == "Week 24: Load by site"
    assert len(made.mail.pictures) == 1
    [file] = made.mail.attachments
    assert file.filename == "Load-by-site.csv"
    [asked] = [each for each in neighbours.asked if isinstance(each, RunQuestion)]
    assert asked.scope.time_range == made.covered
    assert f"https://grid.example.org/questions/{neighbours.question_id}" in made.mail.html


@pytest.mark.parametrize(
    ("total_rows", "origin", "attached"),
    [
        (1_204_332, "showing 168 of 1,204,332 rows", "showing 3 of 1,204,332 rows."),
        (
            None,
            "the first 168 rows of more, not counted in time",
            "the first 3 rows of more, not counted in time.",
        ),
    ],
)
async def test_a_cut_answer_says_of_how_many_rows_in_the_mail_and_of_its_file(
    composer: Composer, analyst: Principal, weekly: ReportInput, neighbours, total_rows, origin, attached
) -> None:
    neighbours.is_cut, neighbours.total_rows = True, total_rows

    made = await compose(composer, analyst, weekly, attach="csv")

    assert f" · {origin} · times in" in made.mail.html
    [note] = made.notes
    assert note == f"The attached data of “Consumption” is cut: {attached}"


async def test_data_of_equal_questions_is_attached_once(
    composer: Composer, analyst: Principal, weekly: ReportInput, neighbours
) -> None:
    made = await compose(composer, analyst, weekly, attach="csv")

    [file] = made.mail.attachments
    assert b"'=cmd()" in file.content
    assert sum(isinstance(each, RunQuestion) for each in neighbours.asked) == 1


async def test_a_failed_widget_says_why_and_leaves_the_others_alone(
    composer: Composer, analyst: Principal, weekly: ReportInput, neighbours
) -> None:
    neighbours.widget_error = "The database metering does not answer."

    made = await compose(composer, analyst, weekly)

    assert made.chart_count == 3
    assert len(made.failed) == 3
    assert made.mail.html.count("The database metering does not answer.") == 3
    assert "<strong>this</strong>" in made.mail.html


@pytest.mark.parametrize(
    ("present", "percent", "waits"), [(159, 95, True), (160, 95, False), (1, None, False)]
)
async def test_too_little_data_is_told_with_its_figures(
    composer: Composer,
    analyst: Principal,
    weekly: ReportInput,
    neighbours,
    present: int,
    percent: int | None,
    waits: bool,
) -> None:
    neighbours.completeness = Completeness(expected=168, present=present)

    made = await compose(composer, analyst, weekly, skip_below_percent=percent)

    assert (made.too_little is not None) is waits
    if made.too_little:
        assert "94.6\u202f% of its values (159 of 168), less than the 95\u202f%" in made.too_little


def test_placeholders() -> None:
    covered = TimeRange(
        start=datetime(2026, 6, 7, 22, tzinfo=UTC),
        end=datetime(2026, 6, 14, 22, tzinfo=UTC),
        zone="Europe/Berlin",
    )

    def said(subject: str, covered: TimeRange | None) -> str:
        return filled(subject, name="{week}", zone="Europe/Berlin", due_at=MONDAY_SEVEN, covered=covered)

    assert said("{date} {week} {name}", covered) == "15 Jun 2026 24 {week}"
    assert said("{week}", None) == "25"
    assert unknown_placeholders("{date} {sql} {} {week} {period}") == ["{sql}", "{}"]
    assert said("{period}", covered) == "8 – 14 Jun 2026"
    assert said("{period}", None) == "15 Jun 2026"


def test_the_day_of_sending_is_no_period_of_data_without_one() -> None:
    subject = filled(
        "{name}, {period}, week {week}",
        name="Homes",
        zone="Europe/Berlin",
        due_at=MONDAY_SEVEN,
        covered=None,
        is_as_charted=True,
    )

    assert subject == "Homes, as charted, as charted"


async def test_charts_of_a_dashboard_without_a_period_keep_their_own(
    composer: Composer, analyst: Principal, weekly: ReportInput, neighbours
) -> None:
    neighbours.week = None

    made = await compose(composer, analyst, weekly, subject="{name}, {period}")

    assert made.mail.subject == "Portfolio overview, as charted"
    assert "Data of" not in made.mail.html
    assert made.covered is None


async def test_markdown_in_the_text_mail_is_its_words(
    composer: Composer, analyst: Principal, weekly: ReportInput
) -> None:
    made = await compose(composer, analyst, weekly, text="Up **6 %**")

    assert "Up 6 %" in made.mail.text
    assert "Read this <script>alert(1)</script> spy" in made.mail.text
    assert "**" not in made.mail.text


def test_a_range_longer_than_a_week_is_told_by_its_days_and_not_by_its_first_week() -> None:
    month = TimeRange(
        start=datetime(2026, 4, 30, 22, tzinfo=UTC),
        end=datetime(2026, 5, 31, 22, tzinfo=UTC),
        zone="Europe/Berlin",
    )

    subject = filled(
        "{name}, week {week}", name="Homes", zone="Europe/Berlin", due_at=MONDAY_SEVEN, covered=month
    )

    assert subject == "Homes, 1 – 31 May 2026"


async def test_an_unknown_target_is_raised(
    composer: Composer, analyst: Principal, weekly: ReportInput, about_question
) -> None:
    gone = msgspec.structs.replace(about_question, question_id=uuid4())

    with pytest.raises(Exception, match="no such question"):
        await compose(composer, analyst, weekly, target=gone)
