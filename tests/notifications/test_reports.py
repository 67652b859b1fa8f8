"""Reports are made, seen and changed by those who may, and refused when they could not run."""

from uuid import uuid4

import msgspec
import pytest

from gridlens.core.errors import Invalid, NotFound, Refused
from gridlens.core.principal import Principal
from gridlens.notifications.errors import InvalidReport, MayNotChangeReport, NoSuchReport
from gridlens.notifications.schemas import (
    AddressRecipient,
    DashboardTarget,
    PersonRecipient,
    ReportInput,
)
from gridlens.shared.analytics import QuestionDeleted
from gridlens.shared.auth import UserErased
from gridlens.shared.dashboards import DashboardDeleted, DashboardRestored
from gridlens.shared.permissions import ROLE_PERMISSIONS, Role

pytestmark = pytest.mark.anyio


async def test_a_report_comes_back_as_it_was_saved(house, analyst: Principal, weekly: ReportInput) -> None:
    report = msgspec.structs.replace(
        weekly,
        recipients=(
            PersonRecipient(user_id=analyst.user_id),
            AddressRecipient(address="Board@EXAMPLE.com"),
            AddressRecipient(address="board@example.com"),
        ),
        covers="previous_week",
        attach="xlsx",
        skip_below_percent=95,
    )

    made = await house.reports.create(analyst, report)

    assert made.recipients == (
        PersonRecipient(user_id=analyst.user_id),
        AddressRecipient(address="board@example.com"),
    )
    assert made.target == report.target
    assert made.target_name == "Portfolio overview"
    assert made.schedule == "Every Monday at 07:00 (Europe/Berlin time)"
    assert (made.covers, made.attach, made.skip_below_percent) == ("previous_week", "xlsx", 95)
    assert made.next_run_at is not None
    assert (made.is_mine, made.paused_at, made.last_run) == (True, None, None)
    [listed] = await house.reports.list_visible(analyst)
    assert (listed.report_id, listed.recipient_count) == (made.report_id, 2)


async def test_a_recipient_sees_it_without_the_other_recipients_and_can_leave(
    house, analyst: Principal, viewer: Principal, weekly: ReportInput
) -> None:
    to_viewer = (PersonRecipient(user_id=viewer.user_id), AddressRecipient(address="board@example.com"))
    made = await house.reports.create(analyst, msgspec.structs.replace(weekly, recipients=to_viewer))

    seen = await house.reports.get(viewer, made.report_id)
    assert seen.recipients == to_viewer[:1]
    assert seen.recipient_count == 2
    for attempt in (
        house.reports.pause(viewer, made.report_id),
        house.history.list_runs(viewer, made.report_id),
        house.reports.delete(viewer, made.report_id),
    ):
        with pytest.raises(MayNotChangeReport):
            await attempt

    await house.reports.leave(viewer, made.report_id)

    with pytest.raises(NoSuchReport):
        await house.reports.get(viewer, made.report_id)
    kept = await house.reports.get(analyst, made.report_id)
    assert kept.recipients == (AddressRecipient(address="board@example.com"),)


async def test_other_people_and_other_organisations_find_nothing(
    house, analyst: Principal, colleague: Principal, weekly: ReportInput
) -> None:
    made = await house.reports.create(analyst, weekly)
    stranger = msgspec.structs.replace(
        analyst,
        user_id=uuid4(),
        organisation_id=uuid4(),
        role=Role.ADMIN,
        permissions=ROLE_PERMISSIONS[Role.ADMIN],
    )

    for who in (colleague, stranger):
        assert await house.reports.list_visible(who) == []
        for attempt in (
            house.reports.get(who, made.report_id),
            house.reports.change(who, made.report_id, weekly),
            house.reports.leave(who, made.report_id),
            house.reports.content_for_test(who, made.report_id),
            house.history.try_again(who, made.report_id, uuid4()),
        ):
            with pytest.raises(NoSuchReport):
                await attempt


async def test_a_viewer_can_make_none(house, viewer: Principal, weekly: ReportInput) -> None:
    with pytest.raises(Refused):
        await house.reports.create(viewer, weekly)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"cron": "0 7 * * 8"}, "cron"),
        ({"cron": "*/5 * * * *"}, "cron"),
        ({"zone": "Europe/Atlantis"}, "zone"),
        ({"subject": "Week {weak}"}, "subject"),
        ({"recipients": (PersonRecipient(user_id=uuid4()),)}, "recipients[0].userId"),
        ({"recipients": (AddressRecipient(address="a@b\r\nBcc: c@d"),)}, "recipients[0].address"),
    ],
)
async def test_what_could_not_run_is_refused_by_field(
    house, analyst: Principal, weekly: ReportInput, change: dict, field: str
) -> None:
    with pytest.raises(Invalid) as refused:
        await house.reports.create(analyst, msgspec.structs.replace(weekly, **change))

    assert field in refused.value.fields
    assert await house.reports.list_visible(analyst) == []


@pytest.mark.parametrize(
    "subject", ["", "a" * 201, "Hello\r\nBcc: all@example.org", "Hello\n", "Hello\x00", "Hello\u2028there"]
)
def test_a_subject_with_line_breaks_is_no_subject(weekly: ReportInput, subject: str) -> None:
    document = {**msgspec.to_builtins(weekly), "subject": subject}

    with pytest.raises(msgspec.ValidationError, match="subject"):
        msgspec.convert(document, ReportInput)


async def test_what_the_owner_may_not_see_is_not_scheduled(
    house, analyst: Principal, weekly: ReportInput
) -> None:
    hidden = msgspec.structs.replace(weekly, target=DashboardTarget(dashboard_id=uuid4()))

    with pytest.raises(NotFound):
        await house.reports.create(analyst, hidden)


async def test_outside_addresses_are_refused_where_the_administrator_says_so(
    house, analyst: Principal, colleague: Principal, weekly: ReportInput
) -> None:
    house.reports._may_mail_outside = False
    outside = msgspec.structs.replace(weekly, recipients=(AddressRecipient(address="board@example.com"),))
    with pytest.raises(InvalidReport, match="members only"):
        await house.reports.create(analyst, outside)

    # An address that belongs to a member is that member.
    member = msgspec.structs.replace(weekly, recipients=(AddressRecipient(address="SECOND@example.org"),))
    made = await house.reports.create(analyst, member)
    assert made.recipients == (PersonRecipient(user_id=colleague.user_id),)


async def test_a_changed_schedule_replaces_the_old_one(
    house, clock, analyst: Principal, admin: Principal, weekly: ReportInput
) -> None:
    made = await house.reports.create(analyst, weekly)
    daily = msgspec.structs.replace(weekly, cron="30 6 * * *", zone="Europe/Madrid", subject="Daily {date}")

    changed = await house.reports.change(admin, made.report_id, daily)

    assert changed.schedule == "Every day at 06:30 (Europe/Madrid time)"
    assert (changed.subject, changed.is_mine) == ("Daily {date}", False)
    assert changed.owner is not None
    assert changed.owner.user_id == analyst.user_id
    clock.now = changed.next_run_at
    await house.work()
    [run] = await house.history.list_runs(analyst, made.report_id)
    assert run.due_at == changed.next_run_at


async def test_a_deleted_report_leaves_no_schedule_and_no_waiting_mail(
    every_house, clock, analyst: Principal, weekly: ReportInput
) -> None:
    made = await every_house.reports.create(analyst, weekly)
    clock.now = made.next_run_at
    every_house.post_office.answer = "451 Try later"
    await every_house.work()

    await every_house.reports.delete(analyst, made.report_id)
    every_house.post_office.answer = "250 OK"
    clock.now = clock.now.replace(year=clock.now.year + 1)
    await every_house.work()

    assert every_house.post_office.raw == []
    assert await every_house.reports.list_visible(analyst) == []


async def test_a_report_rests_while_its_dashboard_is_deleted(
    house, analyst: Principal, weekly: ReportInput, neighbours
) -> None:
    made = await house.reports.create(analyst, weekly)
    by_hand = await house.reports.create(analyst, weekly)
    await house.reports.pause(analyst, by_hand.report_id)
    about = {"organisation_id": analyst.organisation_id, "dashboard_id": neighbours.dashboard_id}

    deleted = DashboardDeleted(**about)
    assert await house.core.bus.publish(deleted) == []
    assert await house.core.bus.publish(deleted) == []
    resting = await house.reports.get(analyst, made.report_id)
    assert (resting.paused_because, resting.next_run_at) == ("target_deleted", None)

    assert await house.core.bus.publish(DashboardRestored(**about)) == []
    assert (await house.reports.get(analyst, made.report_id)).next_run_at is not None
    assert (await house.reports.get(analyst, by_hand.report_id)).paused_because == "user"


async def test_a_report_rests_when_its_question_is_deleted(
    house, analyst: Principal, weekly: ReportInput, about_question
) -> None:
    made = await house.reports.create(analyst, msgspec.structs.replace(weekly, target=about_question))
    deleted = QuestionDeleted(organisation_id=analyst.organisation_id, question_id=about_question.question_id)

    assert await house.core.bus.publish(deleted) == []

    assert (await house.reports.get(analyst, made.report_id)).paused_because == "target_deleted"


async def test_an_erased_user_leaves_reports_to_the_heir_and_no_address_behind(
    every_house, clock, analyst: Principal, colleague: Principal, weekly: ReportInput
) -> None:
    both = tuple(PersonRecipient(user_id=each.user_id) for each in (analyst, colleague))
    made = await every_house.reports.create(analyst, msgspec.structs.replace(weekly, recipients=both))
    clock.now = made.next_run_at
    await every_house.work()
    erased = UserErased(
        organisation_id=analyst.organisation_id, user_id=analyst.user_id, heir_id=colleague.user_id
    )

    assert await every_house.core.bus.publish(erased) == []

    kept = await every_house.reports.get(colleague, made.report_id)
    assert kept.is_mine
    assert kept.recipients == (PersonRecipient(user_id=colleague.user_id),)
    [run] = await every_house.history.list_runs(colleague, made.report_id)
    detail = await every_house.history.get(colleague, made.report_id, run.run_id)
    assert sorted(each.recipient for each in detail.deliveries) == ["erased", "second@example.org"]
