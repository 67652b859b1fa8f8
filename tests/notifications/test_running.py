"""Due reports: once an occasion, as their owner, with the reason when nothing is sent."""

import asyncio
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import msgspec
import pytest

from gridlens.core.errors import NotFound, Unavailable
from gridlens.core.jobs import Jobs, Occurrence, next_times
from gridlens.core.principal import Principal
from gridlens.notifications import deliveries, running
from gridlens.notifications.running import MOST_ATTEMPTS, SendReport
from gridlens.notifications.schemas import AddressRecipient, PersonRecipient, ReportInput
from gridlens.shared.dashboards import RenderDashboard
from gridlens.shared.notifications import ReportSent
from gridlens.shared.permissions import ROLE_PERMISSIONS, Role
from gridlens.shared.results import Completeness

pytestmark = pytest.mark.anyio


async def make_due(house, clock, owner: Principal, report: ReportInput):
    """The report, with the clock at the moment it is due for the first time."""
    made = await house.reports.create(owner, report)
    clock.now = next_times(report.cron, report.zone, clock.now, 1)[0]
    return made


async def only_run(house, owner: Principal, report_id):
    [run] = await house.history.list_runs(owner, report_id)
    return await house.history.get(owner, report_id, run.run_id)


async def test_a_due_report_reaches_every_recipient_by_itself(
    every_house, clock, analyst: Principal, colleague: Principal, weekly: ReportInput
) -> None:
    told: list[ReportSent] = []

    async def tell(event: ReportSent) -> None:
        told.append(event)

    every_house.core.bus.on(ReportSent)(tell)
    recipients = (
        PersonRecipient(user_id=analyst.user_id),
        PersonRecipient(user_id=colleague.user_id),
        AddressRecipient(address="board@example.com"),
    )
    report = msgspec.structs.replace(weekly, recipients=recipients, attach="xlsx")
    made = await make_due(every_house, clock, analyst, report)

    await every_house.work()

    mails = every_house.post_office.mails
    assert sorted(mail["To"] for mail in mails) == [analyst.email, "board@example.com", "second@example.org"]
    assert len({mail["Message-ID"] for mail in mails}) == 3
    for mail in mails:
        [picture] = [part for part in mail.walk() if part.get_content_type() == "image/png"]
        assert picture.get_payload(decode=True) == every_house.neighbours.picture.content
        assert [part.get_filename() for part in mail.iter_attachments()] == ["Portfolio-overview.xlsx"]
    run = await only_run(every_house, analyst, made.report_id)
    assert (run.state, run.due_at, run.reason) == ("sent", clock.now, None)
    assert {each.state for each in run.deliveries} == {"sent"}
    assert [(each.report_id, each.recipients) for each in told] == [(made.report_id, 3)]


async def test_two_workers_see_it_due_and_one_mail_is_sent(
    every_house, clock, analyst: Principal, weekly: ReportInput
) -> None:
    await make_due(every_house, clock, analyst, weekly)
    second = Jobs(every_house.core.database, clock)
    second._doers = every_house.jobs._doers

    await asyncio.gather(*(jobs.run_due() for jobs in (every_house.jobs, second) for _ in range(3)))
    await every_house.work()

    assert len(every_house.post_office.raw) == 1


async def test_an_occasion_that_is_offered_again_sends_nothing_twice(
    house, clock, analyst: Principal, weekly: ReportInput
) -> None:
    made = await house.reports.create(analyst, weekly)
    occurrence = Occurrence(key=f"report:{made.report_id}@monday", due_at=clock.now)
    [run, _] = house.jobs._doers[SendReport]

    await asyncio.gather(*(run(SendReport(report_id=made.report_id), occurrence) for _ in range(3)))
    await run(SendReport(report_id=made.report_id), occurrence)
    await house.work()

    assert len(house.post_office.raw) == 1
    assert len(await house.history.list_runs(analyst, made.report_id)) == 1


async def test_a_crash_while_composing_starts_the_run_again(
    house, clock, analyst: Principal, weekly: ReportInput
) -> None:
    made = await make_due(house, clock, analyst, weekly)
    house.neighbours.fails = asyncio.CancelledError()  # type: ignore[assignment]
    with pytest.raises(asyncio.CancelledError):
        await house.jobs.run_due()
    house.neighbours.fails = None
    clock.now += timedelta(minutes=3)  # the lease of the crashed process has passed

    await house.work()

    assert len(house.post_office.raw) == 1
    assert (await only_run(house, analyst, made.report_id)).state == "sent"


async def test_it_runs_with_the_rights_its_owner_has_now(
    house, clock, analyst: Principal, weekly: ReportInput
) -> None:
    await make_due(house, clock, analyst, weekly)
    now = msgspec.structs.replace(analyst, zone="Europe/Madrid")
    house.neighbours.people[analyst.user_id] = now

    await house.work()

    [asked] = [each for each in house.neighbours.asked if isinstance(each, RenderDashboard)]
    assert asked.principal == now


@pytest.mark.parametrize("what", ["locked", "downgraded"])
async def test_without_a_fit_owner_it_is_paused_with_the_reason(
    house, clock, analyst: Principal, admin: Principal, weekly: ReportInput, what: str
) -> None:
    made = await make_due(house, clock, analyst, weekly)
    if what == "locked":
        house.neighbours.locked.add(analyst.user_id)
    else:
        fewer = msgspec.structs.replace(analyst, permissions=ROLE_PERMISSIONS[Role.VIEWER])
        house.neighbours.people[analyst.user_id] = fewer

    await house.work()

    assert house.post_office.raw == []
    paused = await house.reports.get(admin, made.report_id)
    assert paused.paused_because == ("owner_gone" if what == "locked" else "owner_may_not")
    assert paused.next_run_at is None
    run = await only_run(house, admin, made.report_id)
    assert run.state == "failed"
    assert "owner" in (run.reason or "")


async def test_too_little_data_is_skipped_and_the_owner_is_told(
    house, clock, analyst: Principal, colleague: Principal, weekly: ReportInput
) -> None:
    house.neighbours.completeness = Completeness(expected=168, present=84)
    report = msgspec.structs.replace(
        weekly, skip_below_percent=95, recipients=(PersonRecipient(user_id=colleague.user_id),)
    )
    made = await make_due(house, clock, analyst, report)

    await house.work()

    run = await only_run(house, analyst, made.report_id)
    assert (run.state, run.deliveries) == ("skipped", ())
    assert "50\u202f% of its values (84 of 168)" in (run.reason or "")
    [notice] = house.post_office.mails
    assert house.post_office.recipients == [analyst.email]
    assert notice["Subject"] == "Your report “Portfolio overview” was not sent"
    assert "84 of 168" in notice.get_body(("plain",)).get_content()


async def test_an_empty_dashboard_is_skipped_and_the_owner_is_told(
    house, clock, analyst: Principal, weekly: ReportInput, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(house.neighbours, "widgets", tuple)
    made = await make_due(house, clock, analyst, weekly)

    await house.work()

    run = await only_run(house, analyst, made.report_id)
    assert (run.state, run.deliveries) == ("skipped", ())
    assert house.post_office.recipients == [analyst.email]
    assert "nothing on it that is published" in house.post_office.mails[0].get_body(("plain",)).get_content()


async def test_a_source_that_is_down_for_a_while_delays_the_report(
    house, clock, analyst: Principal, weekly: ReportInput, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(running, "utc_now", clock)
    made = await make_due(house, clock, analyst, weekly)
    due_at = clock.now
    house.neighbours.fails = Unavailable("The database metering does not answer.")
    await house.work()
    waiting = await only_run(house, analyst, made.report_id)
    assert (waiting.state, waiting.reason) == ("retrying", "The database metering does not answer.")
    assert house.post_office.raw == []

    house.neighbours.fails = None
    clock.now += timedelta(seconds=30)
    await house.work()

    run = await only_run(house, analyst, made.report_id)
    assert (run.state, run.attempts, run.due_at) == ("sent", 2, due_at)
    assert len(house.post_office.raw) == 1


async def test_a_source_that_stays_down_is_tried_for_an_hour_and_then_told(
    house, clock, analyst: Principal, weekly: ReportInput, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(running, "utc_now", clock)
    made = await make_due(house, clock, analyst, weekly)
    house.neighbours.widget_error = "The database metering does not answer."
    started = clock.now

    for _ in range(MOST_ATTEMPTS + 2):
        await house.jobs.run_due()
        run = await only_run(house, analyst, made.report_id)
        if run.state == "failed":
            break
        clock.now += timedelta(seconds=min(30 * 2 ** (run.attempts - 1), 900))

    assert timedelta(hours=1) < clock.now - started < timedelta(hours=2)
    assert run.attempts == MOST_ATTEMPTS
    assert run.reason == "No chart could be drawn. Consumption: The database metering does not answer."
    await house.work()
    [notice] = house.post_office.mails
    assert notice["Subject"] == "Your report “Portfolio overview” could not be sent"


async def test_a_target_that_is_gone_is_not_tried_again(
    house, clock, analyst: Principal, weekly: ReportInput
) -> None:
    made = await make_due(house, clock, analyst, weekly)
    house.neighbours.fails = NotFound("There is no such dashboard.")

    await house.work()

    run = await only_run(house, analyst, made.report_id)
    assert (run.state, run.attempts, run.reason) == ("failed", 1, "There is no such dashboard.")


async def test_a_mistake_of_ours_is_a_reason_too(
    house, clock, analyst: Principal, weekly: ReportInput, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(running, "utc_now", clock)
    made = await make_due(house, clock, analyst, weekly)
    house.neighbours.fails = ZeroDivisionError()

    await house.jobs.run_due()

    run = await only_run(house, analyst, made.report_id)
    assert run.state == "retrying"
    assert "ZeroDivisionError" in (run.reason or "")


async def test_a_mail_server_that_is_down_is_told_with_the_run(
    house, clock, analyst: Principal, weekly: ReportInput, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(deliveries, "utc_now", clock)
    made = await make_due(house, clock, analyst, weekly)
    house.post_office.refused[analyst.email] = "451 Out of order"
    await house.work()
    clock.now += timedelta(minutes=1)
    await house.work()

    run = await only_run(house, analyst, made.report_id)
    [delivery] = run.deliveries
    [listed] = [each.last_run for each in await house.reports.list_visible(analyst)]
    assert (run.state, run.attempts, delivery.attempts) == ("delivering", 2, 2)
    assert "answered 451: Out of order" in (run.reason or "")
    assert listed is not None
    assert (listed.attempts, listed.reason) == (run.attempts, run.reason)

    house.post_office.refused.clear()
    clock.now += timedelta(minutes=5)
    await house.work()

    arrived = await only_run(house, analyst, made.report_id)
    assert (arrived.state, arrived.attempts, arrived.reason) == ("sent", 1, None)


async def test_a_recipient_who_has_left_is_left_out(
    house, clock, analyst: Principal, colleague: Principal, weekly: ReportInput
) -> None:
    both = tuple(PersonRecipient(user_id=each.user_id) for each in (analyst, colleague))
    made = await make_due(house, clock, analyst, msgspec.structs.replace(weekly, recipients=both))
    del house.neighbours.people[colleague.user_id]

    await house.work()

    assert house.post_office.recipients == [analyst.email]
    run = await only_run(house, analyst, made.report_id)
    assert "1 of its recipients have left" in (run.reason or "")


async def test_one_refused_recipient_leaves_the_others_alone_and_can_be_tried_again(
    every_house, clock, analyst: Principal, weekly: ReportInput
) -> None:
    recipients = (PersonRecipient(user_id=analyst.user_id), AddressRecipient(address="gone@example.com"))
    report = msgspec.structs.replace(weekly, recipients=recipients)
    made = await make_due(every_house, clock, analyst, report)
    every_house.post_office.refused["gone@example.com"] = "550 No such user"

    await every_house.work()

    run = await only_run(every_house, analyst, made.report_id)
    assert run.state == "partly_sent"
    assert {each.recipient: each.state for each in run.deliveries} == {
        analyst.email: "sent",
        "gone@example.com": "failed",
    }
    every_house.post_office.refused.clear()
    again = await every_house.history.try_again(analyst, made.report_id, run.run_id)
    assert again.state == "delivering"
    await every_house.work()

    assert every_house.post_office.recipients == [analyst.email, "gone@example.com"]
    assert (await only_run(every_house, analyst, made.report_id)).state == "sent"
    with pytest.raises(Exception, match="nothing to send again"):
        await every_house.history.try_again(analyst, made.report_id, run.run_id)


async def test_monday_seven_stays_monday_seven_across_the_clock_change(
    house, clock, analyst: Principal, weekly: ReportInput
) -> None:
    berlin = ZoneInfo("Europe/Berlin")
    clock.now = datetime(2026, 10, 12, 12, tzinfo=UTC)
    made = await house.reports.create(analyst, weekly)

    for _ in range(3):
        clock.now = next_times(weekly.cron, weekly.zone, clock.now, 1)[0] + timedelta(seconds=5)
        await house.work()

    due = sorted(each.due_at for each in await house.history.list_runs(analyst, made.report_id))
    assert [each.astimezone(berlin).strftime("%a %d %b %H:%M %Z") for each in due] == [
        "Mon 19 Oct 07:00 CEST",
        "Mon 26 Oct 07:00 CET",
        "Mon 02 Nov 07:00 CET",
    ]
    assert len(house.post_office.raw) == 3


async def test_a_machine_that_slept_sends_the_latest_report_alone(
    house, clock, analyst: Principal, weekly: ReportInput
) -> None:
    made = await make_due(house, clock, analyst, msgspec.structs.replace(weekly, covers="previous_week"))
    first_due_at = clock.now
    clock.now += timedelta(days=15)

    await house.work()

    run = await only_run(house, analyst, made.report_id)
    assert timedelta(days=13) < run.due_at - first_due_at <= timedelta(days=15)
    # What it covers counts from the day it was due, not from the day it was made up for.
    assert run.covered_to is not None
    assert run.covered_to.astimezone(ZoneInfo("Europe/Berlin")).date() == run.due_at.date()


async def test_a_paused_report_is_not_sent_and_a_resumed_one_is(
    house, clock, analyst: Principal, weekly: ReportInput
) -> None:
    made = await make_due(house, clock, analyst, weekly)
    await house.reports.pause(analyst, made.report_id)
    await house.work()
    assert house.post_office.raw == []

    resumed = await house.reports.resume(analyst, made.report_id)
    assert resumed.paused_at is None
    clock.now += timedelta(days=7)
    await house.work()

    assert len(house.post_office.raw) == 1
