"""Drafts, publishing and versions, with two editors at once."""

import asyncio
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest

from gridlens.core.principal import Principal
from gridlens.dashboards.errors import EditedElsewhere, NoSuchVersion
from gridlens.dashboards.layout import InvalidLayout, Layout, TextWidget
from gridlens.dashboards.schemas import (
    DashboardDetail,
    DraftSave,
    NewDashboard,
    Publication,
)
from gridlens.shared.auth import ActionAudited
from gridlens.shared.sharing import Shares, ShareWithUser

pytestmark = pytest.mark.anyio


def note(text: str) -> Layout:
    widget = TextWidget(widget_id=uuid4(), x=0, y=0, width=4, height=2, markdown=text)
    return Layout(zone="Europe/Berlin", widgets=(widget,))


async def shared_dashboard(room, owner: Principal, editor: Principal) -> DashboardDetail:
    made = await room.dashboards.create(owner, NewDashboard(name="Load", layout=note("first")))
    await room.sharing.share(
        owner, made.dashboard_id, Shares(entries=(ShareWithUser(user_id=editor.user_id, access="edit"),))
    )
    return made


async def test_a_draft_is_kept_until_it_is_published(room, analyst: Principal) -> None:
    made = await room.dashboards.create(analyst, NewDashboard(name="Load", layout=note("first")))
    second, third = note("second"), note("third")

    saved = await room.editing.save_draft(analyst, made.dashboard_id, DraftSave(layout=second, revision=1))
    await room.editing.save_draft(
        analyst, made.dashboard_id, DraftSave(layout=third, revision=saved.revision)
    )
    waiting = await room.dashboards.get(analyst, made.dashboard_id)
    assert waiting.layout == made.layout
    assert waiting.draft is not None
    assert waiting.draft.layout == third
    assert waiting.draft.saved_by is not None
    assert waiting.draft.saved_by.user_id == analyst.user_id

    await room.editing.publish(
        analyst, made.dashboard_id, Publication(revision=waiting.revision, note="Weekly view")
    )
    published = await room.dashboards.get(analyst, made.dashboard_id)

    assert (published.layout, published.draft, published.version) == (third, None, 2)
    versions = await room.editing.list_versions(analyst, made.dashboard_id)
    assert [(each.number, each.note) for each in versions] == [(2, "Weekly view"), (1, "")]


async def test_making_and_publishing_a_dashboard_are_audited(room, analyst: Principal) -> None:
    told: list[ActionAudited] = []

    @room.core.bus.on(ActionAudited)
    async def tell(event: ActionAudited) -> None:
        told.append(event)

    made = await room.dashboards.create(analyst, NewDashboard(name="Load", layout=note("first")))
    saved = await room.editing.save_draft(
        analyst, made.dashboard_id, DraftSave(layout=note("second"), revision=1)
    )
    await room.editing.publish(analyst, made.dashboard_id, Publication(revision=saved.revision))
    await room.editing.restore_version(
        analyst, made.dashboard_id, 1, Publication(revision=saved.revision + 1)
    )
    await room.core.outbox.deliver_due()

    assert [each.action for each in told] == [
        "dashboard.created",
        "dashboard.published",
        "dashboard.published",
    ]
    assert {(each.user_id, each.subject, each.detail["name"]) for each in told} == {
        (analyst.user_id, f"dashboard:{made.dashboard_id}", "Load")
    }


async def test_the_audit_says_what_is_shared_with_whom(
    room, analyst: Principal, colleague: Principal
) -> None:
    told: list[ActionAudited] = []

    @room.core.bus.on(ActionAudited)
    async def tell(event: ActionAudited) -> None:
        told.append(event)

    await shared_dashboard(room, analyst, colleague)
    await room.core.outbox.deliver_due()

    assert told[-1].action == "dashboard.shared"
    assert told[-1].detail == {"name": told[0].detail["name"], f"user:{colleague.user_id}": "edit"}


async def test_the_slower_of_two_editors_is_told_who_was_faster_and_with_what(
    room, analyst: Principal, colleague: Principal
) -> None:
    made = await shared_dashboard(room, analyst, colleague)
    theirs, mine = note("theirs"), note("mine")
    await room.editing.save_draft(
        colleague, made.dashboard_id, DraftSave(layout=theirs, revision=made.revision)
    )

    with pytest.raises(EditedElsewhere, match="Second analyst changed this dashboard") as conflict:
        await room.editing.save_draft(
            analyst, made.dashboard_id, DraftSave(layout=mine, revision=made.revision)
        )

    told = conflict.value.extra
    assert told["revision"] == made.revision + 1
    assert told["editedBy"].user_id == colleague.user_id
    assert told["layout"]["widgets"][0]["markdown"] == "theirs"
    # In the asker's own zone, as every other time on their screen.
    local = told["editedAt"].astimezone(ZoneInfo(analyst.zone))
    assert local.utcoffset()
    assert f" at {local:%H:%M %Z}," in conflict.value.detail
    # “Mine” is saving again on top of theirs, with the revision that the answer named.
    await room.editing.save_draft(
        analyst, made.dashboard_id, DraftSave(layout=mine, revision=told["revision"])
    )
    kept = await room.dashboards.get(analyst, made.dashboard_id)
    assert kept.draft is not None
    assert kept.draft.layout == mine


async def test_of_many_saves_on_one_revision_exactly_one_wins(every_room, analyst: Principal) -> None:
    made = await every_room.dashboards.create(analyst, NewDashboard(name="Load"))
    layouts = [note(str(index)) for index in range(6)]

    outcomes = await asyncio.gather(
        *(
            every_room.editing.save_draft(analyst, made.dashboard_id, DraftSave(layout=each, revision=1))
            for each in layouts
        ),
        return_exceptions=True,
    )

    winners = [index for index, outcome in enumerate(outcomes) if not isinstance(outcome, Exception)]
    assert len(winners) == 1
    assert all(isinstance(each, EditedElsewhere) for i, each in enumerate(outcomes) if i not in winners)
    kept = await every_room.dashboards.get(analyst, made.dashboard_id)
    assert (kept.revision, kept.draft.layout) == (2, layouts[winners[0]])


async def test_a_save_whose_answer_was_lost_is_no_conflict_when_sent_again(room, analyst: Principal) -> None:
    made = await room.dashboards.create(analyst, NewDashboard(name="Load"))
    save = DraftSave(layout=note("mine"), revision=made.revision)

    first = await room.editing.save_draft(analyst, made.dashboard_id, save)
    again = await room.editing.save_draft(analyst, made.dashboard_id, save)

    assert again == first


async def test_publishing_what_somebody_changed_meanwhile_is_refused(
    room, analyst: Principal, colleague: Principal
) -> None:
    made = await shared_dashboard(room, analyst, colleague)
    mine = DraftSave(layout=note("mine"), revision=made.revision)
    saved = await room.editing.save_draft(analyst, made.dashboard_id, mine)
    theirs = DraftSave(layout=note("theirs"), revision=saved.revision)
    await room.editing.save_draft(colleague, made.dashboard_id, theirs)

    with pytest.raises(EditedElsewhere):
        await room.editing.publish(analyst, made.dashboard_id, Publication(revision=saved.revision))

    assert (await room.dashboards.get(analyst, made.dashboard_id)).layout == made.layout


async def test_publishing_without_a_draft_makes_no_version(room, analyst: Principal) -> None:
    made = await room.dashboards.create(analyst, NewDashboard(name="Load"))

    await room.editing.publish(analyst, made.dashboard_id, Publication(revision=made.revision))

    assert len(await room.editing.list_versions(analyst, made.dashboard_id)) == 1


async def test_a_discarded_draft_leaves_what_was_published(room, analyst: Principal) -> None:
    made = await room.dashboards.create(analyst, NewDashboard(name="Load", layout=note("first")))
    saved = await room.editing.save_draft(
        analyst, made.dashboard_id, DraftSave(layout=note("second"), revision=made.revision)
    )

    await room.editing.discard_draft(analyst, made.dashboard_id, saved.revision)

    left = await room.dashboards.get(analyst, made.dashboard_id)
    assert (left.layout, left.draft, left.revision) == (made.layout, None, 3)


async def test_an_old_version_is_restored_as_a_new_one_and_a_waiting_draft_stays(
    every_room, analyst: Principal
) -> None:
    made = await every_room.dashboards.create(analyst, NewDashboard(name="Load", layout=note("first")))
    second, third = note("second"), note("third")
    save, publish = every_room.editing.save_draft, every_room.editing.publish
    await save(analyst, made.dashboard_id, DraftSave(layout=second, revision=1))
    await publish(analyst, made.dashboard_id, Publication(revision=2))
    await save(analyst, made.dashboard_id, DraftSave(layout=third, revision=3))

    old = await every_room.editing.get_version(analyst, made.dashboard_id, 1)
    await every_room.editing.restore_version(analyst, made.dashboard_id, 1, Publication(revision=4))

    assert old.layout == made.layout
    after = await every_room.dashboards.get(analyst, made.dashboard_id)
    assert (after.layout, after.version) == (made.layout, 3)
    assert after.draft is not None
    assert after.draft.layout == third
    versions = await every_room.editing.list_versions(analyst, made.dashboard_id)
    assert [(each.number, each.restored_from) for each in versions] == [(3, 1), (2, None), (1, None)]
    with pytest.raises(NoSuchVersion):
        await every_room.editing.get_version(analyst, made.dashboard_id, 9)


async def test_a_layout_that_is_refused_changes_nothing(room, analyst: Principal) -> None:
    made = await room.dashboards.create(analyst, NewDashboard(name="Load", layout=note("first")))
    beyond = TextWidget(widget_id=uuid4(), x=11, y=0, width=4, height=2, markdown="")

    with pytest.raises(InvalidLayout):
        await room.editing.save_draft(
            analyst, made.dashboard_id, DraftSave(layout=Layout(widgets=(beyond,)), revision=1)
        )

    assert await room.dashboards.get(analyst, made.dashboard_id) == made
