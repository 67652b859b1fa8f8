"""The second step: each code works once, in its time, in the browser that asked for it."""

import asyncio
from datetime import UTC, datetime, timedelta

import pyotp
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select
from tests.auth.people import Client, Clock, Mailbox, TestUser, log_in, pass_code, remember, sign_in

from gridlens.auth.models import EmailCode, RecoveryCode, TotpFactor, User
from gridlens.auth.services.assembly import AuthServices
from gridlens.auth.services.second_steps import STEP_SECONDS, matching_step
from gridlens.core.module import Core

pytestmark = pytest.mark.anyio

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


@pytest.mark.parametrize(("drift", "accepted"), [(-2, False), (-1, True), (0, True), (1, True), (2, False)])
def test_codes_one_step_away_are_accepted_and_no_further(drift: int, accepted: bool) -> None:
    now = datetime(2026, 3, 2, 9, 0, 15, tzinfo=UTC)
    code = pyotp.TOTP(SECRET).at(now, counter_offset=drift)

    assert (matching_step(SECRET, code, now) is not None) is accepted


@given(st.datetimes(datetime(2024, 1, 1), datetime(2040, 1, 1), timezones=st.just(UTC)))  # noqa: DTZ001
def test_matching_step_is_the_step_whose_code_was_shown(now: datetime) -> None:
    step = matching_step(SECRET, pyotp.TOTP(SECRET).at(now), now)

    assert step is not None
    assert abs(step - int(now.timestamp()) // STEP_SECONDS) <= 1


@given(st.text(max_size=20))
def test_text_that_is_no_code_matches_nothing_and_raises_nothing(text: str) -> None:
    now = datetime(2026, 3, 2, 9, 0, 15, tzinfo=UTC)
    codes = {pyotp.TOTP(SECRET).at(now, counter_offset=each) for each in (-1, 0, 1)}

    assert (matching_step(SECRET, text, now) is None) is (text not in codes)


async def test_app_code_works_once(client: Client, other_browser: Client, user: TestUser) -> None:
    await sign_in(client, user)
    await log_in(other_browser, user)

    again = await pass_code(other_browser, user.code())

    assert again.status_code == 401
    assert again.json()["type"].endswith("wrong-code")


async def test_code_older_than_one_used_is_refused(
    client: Client, other_browser: Client, user: TestUser
) -> None:
    await log_in(client, user)
    await pass_code(client, user.code(step=1))
    await log_in(other_browser, user)

    assert (await pass_code(other_browser, user.code(step=-1))).status_code == 401
    assert (await pass_code(other_browser, user.code())).status_code == 401


async def test_same_code_in_two_browsers_at_once_lets_one_in(
    client: Client, other_browser: Client, user: TestUser
) -> None:
    await log_in(client, user)
    await log_in(other_browser, user)

    answers = await asyncio.gather(pass_code(client, user.code()), pass_code(other_browser, user.code()))

    assert sorted(each.status_code for each in answers) == [200, 401]


async def test_wrong_code_says_how_many_attempts_are_left(client: Client, user: TestUser) -> None:
    await log_in(client, user)

    first = await pass_code(client, "000000")
    state = (await client.get("/api/v1/auth/session")).json()

    assert first.status_code == 401
    assert first.json()["attemptsLeft"] == 4
    assert "4 attempts" in first.json()["detail"]
    assert state["secondStep"]["attemptsLeft"] == 4


async def test_secret_is_stored_sealed(core: Core, user: TestUser) -> None:
    async with core.database.transaction() as session:
        factor = await session.scalar(select(TotpFactor).where(TotpFactor.user_id == user.principal.user_id))
    assert factor is not None
    assert user.secret.encode() not in factor.sealed_secret


async def test_mailed_code_has_eight_digits_and_lets_in(
    client: Client, core: Core, mailbox: Mailbox, user: TestUser
) -> None:
    await log_in(client, user)
    state = (await client.post("/api/v1/auth/second-step/email")).json()
    code = await mailbox.code(user.email)
    async with core.database.transaction() as session:
        stored = (await session.scalars(select(EmailCode))).one()

    assert len(code) == 8
    assert code not in stored.code_hmac
    assert state["secondStep"]["emailSentAt"]
    assert (await pass_code(client, f"{code[:4]} {code[4:]}", "email")).json()["step"] == "signed_in"


async def test_mailed_code_is_over_after_ten_minutes(
    client: Client, clock: Clock, mailbox: Mailbox, user: TestUser
) -> None:
    await log_in(client, user)
    clock.move(minutes=1)
    await client.post("/api/v1/auth/second-step/email")
    code = await mailbox.code(user.email)
    clock.move(minutes=8, seconds=59)
    await client.post("/api/v1/auth/second-step/email")
    newer = await mailbox.code(user.email)

    assert (await pass_code(client, code, "email")).status_code == 401, "only the newest works"
    assert (await pass_code(client, newer, "email")).status_code == 200


async def test_expired_mailed_code_is_refused(
    auth: AuthServices, clock: Clock, client: Client, core: Core, mailbox: Mailbox, user: TestUser
) -> None:
    await log_in(client, user)
    await client.post("/api/v1/auth/second-step/email")
    code = await mailbox.code(user.email)
    async with core.database.transaction() as session:
        stored = (await session.scalars(select(EmailCode))).one()
        stored.expires_at = clock() - timedelta(seconds=1)

    assert (await pass_code(client, code, "email")).status_code == 401


async def test_mailed_code_works_only_in_the_browser_that_asked(
    client: Client, other_browser: Client, mailbox: Mailbox, user: TestUser
) -> None:
    await log_in(client, user)
    await log_in(other_browser, user)
    await client.post("/api/v1/auth/second-step/email")
    code = await mailbox.code(user.email)

    assert (await pass_code(other_browser, code, "email")).status_code == 401
    assert (await pass_code(client, code, "email")).status_code == 200


async def test_mailed_code_is_dead_after_five_wrong_tries(
    client: Client, clock: Clock, mailbox: Mailbox, user: TestUser
) -> None:
    await log_in(client, user)
    await client.post("/api/v1/auth/second-step/email")
    code = await mailbox.code(user.email)
    for _ in range(5):
        await pass_code(client, "00000000" if code != "00000000" else "11111111", "email")
    clock.move(minutes=5, seconds=1)

    assert (await pass_code(client, code, "email")).status_code == 401


async def test_three_code_mails_in_a_quarter_of_an_hour_and_no_more(
    client: Client, clock: Clock, mailbox: Mailbox, user: TestUser
) -> None:
    await log_in(client, user)
    sent = [(await client.post("/api/v1/auth/second-step/email")).status_code for _ in range(4)]
    clock.move(minutes=15, seconds=1)
    await log_in(client, user)

    assert sent == [200, 200, 200, 429]
    assert (await client.post("/api/v1/auth/second-step/email")).status_code == 200
    assert len([each for each in await mailbox.all() if "code" in each.subject]) == 4


async def test_administrator_may_forbid_codes_by_mail(
    client: Client, boss: TestUser, user: TestUser, other_browser: Client
) -> None:
    await sign_in(client, boss)
    policy = (await client.get("/api/v1/auth/policy")).json()
    await client.put("/api/v1/auth/policy", json={**policy, "emailCodesAllowed": False})

    state = (await log_in(other_browser, user)).json()

    assert state["secondStep"]["methods"] == ["totp"]
    assert (await other_browser.post("/api/v1/auth/second-step/email")).status_code == 409


async def test_recovery_code_works_once_and_its_owner_is_told(
    client: Client, other_browser: Client, mailbox: Mailbox, user: TestUser
) -> None:
    codes = await _recovery_codes(client, user)
    await log_in(other_browser, user)
    entered = await pass_code(other_browser, codes[0].lower(), "recovery")
    await other_browser.post("/api/v1/auth/logout")
    await log_in(other_browser, user)
    again = await pass_code(other_browser, codes[0], "recovery")

    assert entered.json()["step"] == "signed_in"
    assert again.status_code == 401
    mail = await mailbox.newest(user.email)
    assert "recovery code" in mail.subject
    assert "9 are left" in mail.text


async def test_recovery_code_used_twice_at_once_lets_one_in(
    client: Client, other_browser: Client, user: TestUser
) -> None:
    codes = await _recovery_codes(client, user)
    await client.post("/api/v1/auth/logout")
    await log_in(client, user)
    await log_in(other_browser, user)

    answers = await asyncio.gather(
        pass_code(client, codes[3], "recovery"), pass_code(other_browser, codes[3], "recovery")
    )

    assert sorted(each.status_code for each in answers) == [200, 401]


async def test_recovery_codes_are_ten_of_120_bits_and_stored_as_hmac(
    client: Client, core: Core, user: TestUser
) -> None:
    codes = await _recovery_codes(client, user)

    bare = [each.replace("-", "") for each in codes]
    async with core.database.transaction() as session:
        stored = (await session.scalars(select(RecoveryCode.code_hmac))).all()
    assert len(set(bare)) == 10
    assert all(len(each) * 5 == 120 for each in bare)
    assert len(stored) == 10
    assert not set(stored) & set(bare)


async def test_new_set_of_recovery_codes_kills_the_old_one(
    client: Client, other_browser: Client, user: TestUser
) -> None:
    old = await _recovery_codes(client, user)
    new = (await client.post("/api/v1/auth/factors/recovery-codes")).json()
    await log_in(other_browser, user)

    assert (await pass_code(other_browser, old[0], "recovery")).status_code == 401
    assert (await pass_code(other_browser, new["recoveryCodes"][0], "recovery")).status_code == 200


async def test_hundred_wrong_codes_in_a_row_stop_the_account_until_it_is_unlocked(
    client: Client, core: Core, clock: Clock, boss: TestUser, user: TestUser, other_browser: Client
) -> None:
    async with core.database.transaction() as session:
        (await session.get_one(User, user.principal.user_id)).wrong_codes_in_a_row = 99
    await log_in(client, user)
    await pass_code(client, "000000")
    clock.move(days=2)
    await log_in(client, user)
    stopped = await pass_code(client, user.code())
    await sign_in(other_browser, boss)
    unlocked = await other_browser.post(f"/api/v1/users/{user.principal.user_id}/unlock")

    assert stopped.status_code == 429
    assert stopped.json()["type"].endswith("codes-stopped")
    assert unlocked.json()["codesStopped"] is False
    assert (await pass_code(client, user.code())).status_code == 200


async def test_right_code_ends_the_row_of_wrong_ones(client: Client, core: Core, user: TestUser) -> None:
    async with core.database.transaction() as session:
        (await session.get_one(User, user.principal.user_id)).wrong_codes_in_a_row = 99
    await sign_in(client, user)

    async with core.database.transaction() as session:
        assert (await session.get_one(User, user.principal.user_id)).wrong_codes_in_a_row == 0


async def _recovery_codes(client: Client, user: TestUser) -> list[str]:
    await sign_in(client, user)
    answer = await client.post("/api/v1/auth/factors/recovery-codes")
    codes: list[str] = remember(client, answer).json()["recoveryCodes"]
    return codes
