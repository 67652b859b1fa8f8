"""An installation without a mail server promises no mail, and lets people in all the same."""

import msgspec
import pytest
from tests.auth.people import PASSWORD, Client, Mailbox, TestUser, log_in, remember, sign_in

from gridlens.core.config import Settings

pytestmark = pytest.mark.anyio
INVITATION = {"name": "New Person", "email": "new@example.org", "role": "viewer"}


@pytest.fixture
def settings(settings: Settings) -> Settings:
    return msgspec.structs.replace(settings, smtp_host="")


async def test_no_code_by_mail_is_offered(client: Client, boss: TestUser) -> None:
    state = (await log_in(client, boss)).json()

    assert "email" not in state["secondStep"]["methods"]
    refused = await client.post("/api/v1/auth/second-step/email")
    assert refused.status_code == 409


async def test_an_invitation_is_handed_over_as_a_link(
    client: Client, other_browser: Client, mailbox: Mailbox, boss: TestUser
) -> None:
    await sign_in(client, boss)
    first = (await client.post("/api/v1/users", json=INVITATION)).json()
    again = (await client.post(f"/api/v1/users/{first['user']['id']}/invitation")).json()
    older, newer = (each["link"].partition("#")[2] for each in (first, again))

    gone = await other_browser.post("/api/v1/auth/links/check", json={"kind": "invitation", "token": older})
    taken = await other_browser.post(
        "/api/v1/auth/invitation", json={"token": newer, "name": "New Person", "password": PASSWORD}
    )

    assert gone.status_code == 404
    assert await mailbox.all() == []
    state = remember(other_browser, taken).json()
    assert state["step"] == "enrol"
    assert state["enrolment"]["mayUseEmail"] is False


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/api/v1/auth/password-reset", {"email": "boss@example.org"}),
        ("/api/v1/auth/password-reset", {"email": "nobody@example.org"}),
    ],
)
async def test_a_reset_by_mail_says_whom_to_ask(
    client: Client, boss: TestUser, path: str, body: dict[str, str]
) -> None:
    answer = await client.post(path, json=body)

    assert answer.status_code == 409
    assert "no mail server" in answer.json()["detail"]
