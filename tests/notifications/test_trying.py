"""Previews and tests: with the asker's own rights, to the asker alone."""

import base64
from datetime import timedelta

import msgspec
import pytest
from sqlalchemy import select, update

from gridlens.core.errors import Invalid, TooMany
from gridlens.core.models import utc_now
from gridlens.core.principal import Principal
from gridlens.notifications import trying
from gridlens.notifications.errors import NoSuchPreview, NothingToSend
from gridlens.notifications.models import ReportPreview
from gridlens.notifications.schemas import ReportInput
from gridlens.shared.dashboards import RenderDashboard
from gridlens.shared.results import Completeness

pytestmark = pytest.mark.anyio


def preview_id(made) -> str:
    return made.page_url.rsplit("/", 1)[1]


async def test_a_preview_is_the_real_mail_with_its_pictures_inside(
    house, analyst: Principal, weekly: ReportInput, neighbours
) -> None:
    made = await house.try_out.preview(analyst, weekly)
    page = await house.try_out.page(analyst, preview_id(made))

    assert made.subject == "Week 24: Portfolio overview"
    assert made.covered == "8 – 14 Jun 2026"
    assert "329" in made.text
    assert base64.b64encode(neighbours.picture.content).decode() in page
    assert "cid:" not in page
    assert house.post_office.raw == []


async def test_a_preview_lies_sealed_and_is_shown_to_its_asker_alone(
    house, analyst: Principal, colleague: Principal, weekly: ReportInput
) -> None:
    made = await house.try_out.preview(analyst, weekly)

    async with house.core.database.transaction() as session:
        [row] = await session.scalars(select(ReportPreview))
    assert b"Portfolio" not in row.page
    with pytest.raises(NoSuchPreview):
        await house.try_out.page(colleague, preview_id(made))


async def test_a_preview_is_gone_after_an_hour(house, analyst: Principal, weekly: ReportInput) -> None:
    made = await house.try_out.preview(analyst, weekly)
    async with house.core.database.transaction() as session:
        old = utc_now() - trying.PREVIEWS_KEPT - timedelta(seconds=1)
        await session.execute(update(ReportPreview).values(created_at=old))

    with pytest.raises(NoSuchPreview):
        await house.try_out.page(analyst, preview_id(made))
    await house.try_out.preview(analyst, weekly)

    async with house.core.database.transaction() as session:
        assert len(list(await session.scalars(select(ReportPreview)))) == 1


async def test_a_preview_says_when_the_report_would_be_skipped(
    house, analyst: Principal, weekly: ReportInput, neighbours
) -> None:
    neighbours.completeness = Completeness(expected=100, present=50)

    made = await house.try_out.preview(analyst, msgspec.structs.replace(weekly, skip_below_percent=95))

    assert "50 of 100" in (made.would_skip or "")


async def test_a_test_goes_to_the_asker_with_the_askers_rights(
    house, analyst: Principal, admin: Principal, weekly: ReportInput
) -> None:
    made = await house.reports.create(analyst, weekly)
    content, schedule = await house.reports.content_for_test(admin, made.report_id)

    waiting = await house.try_out.send_to_self(admin, content, report_id=made.report_id, schedule=schedule)
    await house.work()

    assert waiting.state == "waiting"
    assert (await house.deliveries.state_of(admin, waiting.delivery_id)).state == "sent"
    [mail] = house.post_office.mails
    assert house.post_office.recipients == [admin.email]
    assert mail["Subject"] == "Test: Week 24: Portfolio overview"
    [asked] = [each for each in house.neighbours.asked if isinstance(each, RenderDashboard)]
    assert asked.principal == admin
    [run] = await house.history.list_runs(analyst, made.report_id)
    assert (run.is_test, run.state) == (True, "sent")
    assert (await house.reports.get(analyst, made.report_id)).last_run is None


async def test_what_is_in_the_form_can_be_tried_before_it_is_saved(
    house, analyst: Principal, weekly: ReportInput
) -> None:
    sent = await house.try_out.send_to_self(analyst, weekly)
    await house.work()

    assert (await house.deliveries.state_of(analyst, sent.delivery_id)).state == "sent"
    assert await house.reports.list_visible(analyst) == []


async def test_trying_out_is_limited(house, analyst: Principal, weekly: ReportInput) -> None:
    for _ in range(60):
        await house.core.limiter.check(trying.PREVIEWS, "reports.preview", str(analyst.user_id))
    for _ in range(10):
        await house.core.limiter.check(trying.TESTS, "reports.test", str(analyst.user_id))

    with pytest.raises(TooMany):
        await house.try_out.preview(analyst, weekly)
    with pytest.raises(TooMany):
        await house.try_out.send_to_self(analyst, weekly)


async def test_a_zone_that_does_not_exist_is_refused(house, analyst: Principal, weekly: ReportInput) -> None:
    with pytest.raises(Invalid, match="no time zone"):
        await house.try_out.preview(analyst, msgspec.structs.replace(weekly, zone="Europe/Atlantis"))


async def test_an_empty_dashboard_is_told_and_not_sent(
    house, analyst: Principal, weekly: ReportInput, neighbours, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(neighbours, "widgets", tuple)

    made = await house.try_out.preview(analyst, weekly)
    with pytest.raises(NothingToSend, match="nothing on it that is published"):
        await house.try_out.send_to_self(analyst, weekly)
    await house.work()

    assert "“Portfolio overview” has nothing on it that is published" in (made.would_skip or "")
    assert house.post_office.raw == []
