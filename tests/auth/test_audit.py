"""The audit log: append-only, chained, signed, readable by those who may."""

import asyncio
import json
from datetime import timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from tests.auth.people import Client, Clock, TestUser, make_user, sign_in

from gridlens.auth.models import AuditEntry
from gridlens.auth.services.assembly import AuthServices, build
from gridlens.auth.services.audit_signing import COPY
from gridlens.core.database import Database
from gridlens.core.module import Core
from gridlens.shared.auth import ActionAudited
from gridlens.shared.permissions import Role

pytestmark = pytest.mark.anyio


async def _append(auth: AuthServices, user: TestUser, *actions: str) -> None:
    for action in actions:
        async with auth.ground.transaction() as session:
            await auth.ground.audit.append(
                session,
                action,
                organisation_id=user.principal.organisation_id,
                user_id=user.principal.user_id,
                subject="some \x00 subject ✓",
                detail={"rows": 3, "share": 0.1, "note": "nul \x00 and ünï", "gone": None, "yes": True},
            )


async def _drop_triggers(database: Database) -> None:
    """What somebody with the rights of the database's owner could do."""
    statements = {
        "postgresql": ["ALTER TABLE auth_audit_entry DISABLE TRIGGER ALL"],
    }.get(
        database.dialect,
        ["DROP TRIGGER auth_audit_entry_no_update", "DROP TRIGGER auth_audit_entry_no_delete"],
    )
    for statement in statements:
        async with database.transaction() as session:
            await session.execute(text(statement))


async def test_chain_holds_on_every_database(every_core: Core) -> None:
    auth = build(every_core)
    boss = await make_user(every_core, Role.ADMIN)
    await _append(auth, boss, "test.first", "test.second", "test.third")

    checked = await auth.audit_reader.verify(boss.principal)

    assert checked.first_bad is None
    assert checked.entries == 4, "with the one that made the user"


async def test_entries_appended_at_once_form_one_chain(every_core: Core) -> None:
    auth = build(every_core)
    boss = await make_user(every_core, Role.ADMIN)

    await asyncio.gather(*(_append(auth, boss, f"test.{each}") for each in range(12)))

    checked = await auth.audit_reader.verify(boss.principal)
    assert (checked.entries, checked.first_bad) == (13, None)


@pytest.mark.parametrize(
    "statement",
    ["UPDATE auth_audit_entry SET action = 'other' WHERE number = 1", "DELETE FROM auth_audit_entry"],
)
async def test_database_refuses_to_change_or_remove_entries(every_core: Core, statement: str) -> None:
    auth = build(every_core)
    boss = await make_user(every_core, Role.ADMIN)

    with pytest.raises(DBAPIError, match="never changed or removed"):
        async with every_core.database.transaction() as session:
            await session.execute(text(statement))
    assert (await auth.audit_reader.verify(boss.principal)).first_bad is None


@pytest.mark.parametrize(
    ("statement", "first_bad"),
    [
        ("UPDATE auth_audit_entry SET action = 'other' WHERE number = 3", 3),
        ("UPDATE auth_audit_entry SET user_id = NULL WHERE number = 2", 2),
        ("UPDATE auth_audit_entry SET detail = '{}' WHERE number = 4", 4),
        ("DELETE FROM auth_audit_entry WHERE number = 3", 3),
        ("DELETE FROM auth_audit_entry WHERE number = 5", 5),
        ("DELETE FROM auth_audit_entry", 1),
    ],
)
async def test_change_behind_the_applications_back_is_named(
    core: Core, auth: AuthServices, statement: str, first_bad: int
) -> None:
    boss = await make_user(core, Role.ADMIN)
    await _append(auth, boss, "test.a", "test.b", "test.c", "test.d")
    await _drop_triggers(core.database)
    async with core.database.transaction() as session:
        await session.execute(text(statement))

    assert (await auth.audit_reader.verify(boss.principal)).first_bad == first_bad


async def test_cutting_off_the_end_together_with_the_head_shows_by_the_signature(
    core: Core, auth: AuthServices
) -> None:
    boss = await make_user(core, Role.ADMIN)
    await _append(auth, boss, "test.a", "test.b")
    signed = await auth.audit_signer.sign()
    again = await auth.audit_signer.sign()
    await _drop_triggers(core.database)
    async with core.database.transaction() as session:
        await session.execute(text("DELETE FROM auth_audit_entry WHERE number = 3"))
        await session.execute(
            text(
                "UPDATE auth_audit_head SET number = 2, "
                "hmac = (SELECT hmac FROM auth_audit_entry WHERE number = 2)"
            )
        )

    assert (signed, again) == (True, False)
    assert (await auth.audit_reader.verify(boss.principal)).first_bad == 3


async def test_signed_head_is_copied_out_of_the_database(core: Core, auth: AuthServices) -> None:
    boss = await make_user(core, Role.ADMIN)
    await auth.audit_signer.sign()

    [line] = (core.settings.data_dir / COPY).read_text().splitlines()
    assert json.loads(line)["number"] == 1
    assert (await auth.audit_reader.verify(boss.principal)).first_bad is None


async def test_forged_signature_shows(core: Core, auth: AuthServices) -> None:
    boss = await make_user(core, Role.ADMIN)
    await auth.audit_signer.sign()
    async with core.database.transaction() as session:
        await session.execute(text("UPDATE auth_audit_signature SET signature = CAST(hmac AS BLOB)"))

    assert (await auth.audit_reader.verify(boss.principal)).first_bad == 1


async def test_what_other_modules_report_is_recorded_once(
    client: Client, core: Core, auth: AuthServices, user: TestUser
) -> None:
    event = ActionAudited(
        organisation_id=user.principal.organisation_id,
        user_id=user.principal.user_id,
        action="sources.connected",
        subject="A source",
        detail={"subject": "also a word for a detail", "rows": 5},
    )
    await core.bus.publish(event)
    await core.bus.publish(event)

    async with core.database.transaction() as session:
        rows = (await session.execute(text("SELECT action, detail FROM auth_audit_entry"))).all()
    recorded = [detail for action, detail in rows if action == "sources.connected"]
    assert [json.loads(each) for each in recorded] == [event.detail]


async def test_entry_and_change_are_true_together(core: Core, auth: AuthServices, boss: TestUser) -> None:
    with pytest.raises(RuntimeError):
        async with core.database.transaction() as session:
            await auth.ground.audit.append(session, "test.never", organisation_id=None)
            raise RuntimeError

    async with core.database.transaction() as session:
        actions = (await session.scalars(text("SELECT action FROM auth_audit_entry"))).all()
    assert "test.never" not in actions
    assert (await auth.audit_reader.verify(boss.principal)).first_bad is None


async def test_log_is_paged_backwards_without_gaps(
    client: Client, auth: AuthServices, boss: TestUser
) -> None:
    await _append(auth, boss, *(f"test.{each:02}" for each in range(25)))
    await sign_in(client, boss)
    seen: list[int] = []
    before: int | None = None
    while True:
        page = (
            await client.get("/api/v1/audit", params={"limit": 10, **({"before": before} if before else {})})
        ).json()
        seen += [each["number"] for each in page["entries"]]
        before = page["nextBefore"]
        if before is None:
            break

    assert seen == sorted(seen, reverse=True)
    assert seen == list(range(seen[0], 0, -1))


async def test_log_is_filtered_by_action_person_and_time(
    client: Client, auth: AuthServices, clock: Clock, boss: TestUser, user: TestUser
) -> None:
    await _append(auth, user, "report.sent", "reports", "report")
    clock.move(hours=1)
    await _append(auth, boss, "report.paused")
    await sign_in(client, boss)

    async def actions(**params: str) -> list[str]:
        page = (await client.get("/api/v1/audit", params=params)).json()
        return [each["action"] for each in page["entries"]]

    assert await actions(action="report") == ["report.paused", "report", "report.sent"]
    assert await actions(action="report", userId=str(user.principal.user_id)) == ["report", "report.sent"]
    assert await actions(action="report", since=(clock() - timedelta(minutes=1)).isoformat()) == [
        "report.paused"
    ]
    assert await actions(action="report", until=(clock() - timedelta(minutes=1)).isoformat()) == [
        "report",
        "report.sent",
    ]
    assert await actions(action="%") == []


async def test_another_organisations_entries_are_not_shown(
    client: Client, core: Core, auth: AuthServices, boss: TestUser
) -> None:
    from uuid import uuid4

    async with core.database.transaction() as session:
        await auth.ground.audit.append(session, "elsewhere.done", organisation_id=uuid4())
    await sign_in(client, boss)

    entries = (await client.get("/api/v1/audit")).json()["entries"]
    assert "elsewhere.done" not in {each["action"] for each in entries}
    assert (await client.get("/api/v1/audit/verification")).json()["firstBad"] is None


@pytest.mark.parametrize(
    "params", [{"limit": 0}, {"limit": 1000}, {"before": 0}, {"userId": "x"}, {"since": "y"}]
)
async def test_wrong_filters_are_refused(client: Client, boss: TestUser, params: dict[str, str]) -> None:
    await sign_in(client, boss)

    assert (await client.get("/api/v1/audit", params=params)).status_code == 400


async def test_details_survive_storage_unchanged(core: Core, auth: AuthServices, boss: TestUser) -> None:
    await _append(auth, boss, "test.details")

    [newest, *_] = await auth.audit_reader.page(boss.principal, limit=1)

    assert newest.detail == {"rows": 3, "share": 0.1, "note": "nul  and ünï", "gone": None, "yes": True}
    assert isinstance(newest.entry, AuditEntry)
    assert newest.entry.subject == "some  subject ✓"
