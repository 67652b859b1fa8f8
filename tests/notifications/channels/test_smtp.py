"""Mail over real connections: plain, STARTTLS, TLS, and what each failure is called."""

import asyncio
import ssl
from datetime import UTC, datetime
from email.message import EmailMessage

import pytest
import trustme

from gridlens.notifications.channels.smtp import NotAccepted, SmtpServer, send
from gridlens.notifications.mail.content import MailContent, build

pytestmark = pytest.mark.anyio


def mail() -> EmailMessage:
    return build(
        MailContent(subject="Hello", text="Hello\n", html="<p>Hello</p>"),
        sender="Gridlens <reports@gridlens.example>",
        to="ops@example.org",
        key="k",
        written_at=datetime(2026, 6, 15, tzinfo=UTC),
    )


def at(post_office, **options) -> SmtpServer:
    return SmtpServer(host="127.0.0.1", port=post_office.port, seconds=5, **options)


@pytest.fixture
def authority() -> trustme.CA:
    return trustme.CA()


@pytest.fixture
def server_side(authority: trustme.CA) -> ssl.SSLContext:
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    authority.issue_cert("127.0.0.1").configure_cert(context)
    return context


async def test_a_message_is_handed_over(post_office) -> None:
    await send(mail(), "ops@example.org", at(post_office))

    [received] = post_office.mails
    assert (received["Subject"], post_office.recipients) == ("Hello", ["ops@example.org"])


@pytest.mark.parametrize("security", ["starttls", "tls"])
async def test_tls_is_used_and_the_certificate_is_checked(
    post_office, server_side: ssl.SSLContext, authority: trustme.CA, security, monkeypatch, tmp_path
) -> None:
    await post_office.close()
    await post_office.open(**{security: server_side})

    with pytest.raises(NotAccepted, match=r"(?i)certificate") as unknown_authority:
        await send(mail(), "ops@example.org", at(post_office, security=security))
    assert not unknown_authority.value.is_final

    bundle = tmp_path / "authority.pem"
    authority.cert_pem.write_to_path(bundle)
    monkeypatch.setenv("SSL_CERT_FILE", str(bundle))
    await send(mail(), "ops@example.org", at(post_office, security=security))
    assert len(post_office.raw) == 1


async def test_starttls_is_never_left_out_silently(post_office) -> None:
    with pytest.raises(NotAccepted, match="STARTTLS"):
        await send(mail(), "ops@example.org", at(post_office, security="starttls"))

    assert post_office.raw == []


async def test_user_and_password_are_used(post_office) -> None:
    await post_office.close()
    await post_office.open(password="right")

    with pytest.raises(NotAccepted, match="535") as wrong:
        await send(mail(), "ops@example.org", at(post_office, user="gridlens", password="wrong"))
    # The operator can mend this, so the mail is kept.
    assert not wrong.value.is_final
    assert "wrong" not in wrong.value.reason

    await send(mail(), "ops@example.org", at(post_office, user="gridlens", password="right"))
    assert set(post_office.log_ins) == {"gridlens"}
    assert len(post_office.raw) == 1


@pytest.mark.parametrize(
    ("answer", "is_final"), [("451 Try later", False), ("554 Refused as spam", True), ("552 Too large", True)]
)
async def test_what_the_server_said_decides_about_another_try(
    post_office, answer: str, is_final: bool
) -> None:
    post_office.answer = answer

    with pytest.raises(NotAccepted, match=answer[:3]) as refused:
        await send(mail(), "ops@example.org", at(post_office))

    assert refused.value.is_final is is_final
    assert answer[4:] in refused.value.reason


async def test_whatever_a_server_says_can_be_kept() -> None:
    async def insult(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"554 pas\x00 accept\xe9\x07\r\n")
        await writer.drain()
        writer.close()

    rude = await asyncio.start_server(insult, "127.0.0.1", 0)
    try:
        with pytest.raises(NotAccepted, match="554: pas accept") as refused:
            server = SmtpServer(host="127.0.0.1", port=rude.sockets[0].getsockname()[1], seconds=5)
            await send(mail(), "ops@example.org", server)
    finally:
        rude.close()

    assert refused.value.reason.encode()


async def test_an_unknown_recipient_is_final(post_office) -> None:
    post_office.refused["ops@example.org"] = "550 No such user"

    with pytest.raises(NotAccepted, match="answered 550: No such user") as refused:
        await send(mail(), "ops@example.org", at(post_office))

    assert refused.value.is_final


async def test_a_server_that_is_down_is_tried_again(post_office) -> None:
    await post_office.close()

    with pytest.raises(NotAccepted, match="cannot be reached") as down:
        await send(mail(), "ops@example.org", at(post_office))

    assert not down.value.is_final


async def test_a_server_that_never_answers_is_not_waited_for() -> None:
    async def say_nothing(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await asyncio.sleep(5)
        writer.close()

    silent = await asyncio.start_server(say_nothing, "127.0.0.1", 0)
    port = silent.sockets[0].getsockname()[1]
    try:
        with pytest.raises(NotAccepted, match=r"did not answer within 0\.2 s") as waited:
            await send(mail(), "ops@example.org", SmtpServer(host="127.0.0.1", port=port, seconds=0.2))
    finally:
        silent.close()

    assert not waited.value.is_final


async def test_without_a_server_the_reason_names_the_setting() -> None:
    with pytest.raises(NotAccepted, match="GRIDLENS_SMTP_HOST"):
        await send(mail(), "ops@example.org", SmtpServer(host="", port=587))
