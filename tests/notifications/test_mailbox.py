"""The demo's own mail server keeps what Gridlens sends, through real SMTP."""

from uuid import uuid4

import aiosmtplib
import msgspec
import pytest

from gridlens.core.errors import Refused
from gridlens.core.principal import Principal
from gridlens.notifications.deliveries import Recipient
from gridlens.notifications.errors import NoMailbox, NoSuchMail
from gridlens.notifications.mail.content import Attachment, InlinePicture, MailContent
from gridlens.notifications.mailbox import MailboxServer

pytestmark = pytest.mark.anyio

CONTENT = MailContent(
    subject="Wöche 24",
    text="Größe\nzwei\n",
    html='<p>Größe</p><img src="cid:chart-1@gridlens" alt="Peak">',
    pictures=(InlinePicture(content_id="chart-1@gridlens", media_type="image/png", content=b"\x89PNG"),),
    attachments=(Attachment(filename="Load.csv", media_type="text/csv", content=b"a,b\n1,2\n"),),
)


async def send(demo, who: Principal, occasion: str = "once", content: MailContent = CONTENT) -> None:
    async with demo.core.database.transaction() as session:
        await demo.deliveries.put(
            session,
            organisation_id=who.organisation_id,
            kind="mail",
            content=content,
            recipients=[Recipient("ops@example.org")],
            occasion=occasion,
        )
    await demo.work()


async def test_what_is_sent_arrives_with_pictures_and_files(demo, admin: Principal) -> None:
    await send(demo, admin)

    [listed] = await demo.mailbox.list_mails(admin)
    assert (listed.subject, listed.recipient, listed.is_read) == ("Wöche 24", "ops@example.org", False)
    mail = await demo.mailbox.get(admin, listed.mail_id)
    assert mail.text == "Größe\nzwei\n"
    [file] = mail.attachments
    assert (file.filename, file.size_bytes) == ("Load.csv", 8)
    page = await demo.mailbox.page(admin, listed.mail_id)
    assert 'src="data:image/png;base64,iVBORw=="' in page
    assert await demo.mailbox.attachment(admin, listed.mail_id, 0) == (
        "Load.csv",
        "text/csv",
        b"a,b\n1,2\n",
    )
    assert (await demo.mailbox.list_mails(admin))[0].is_read
    assert demo.post_office.raw == []


async def test_a_large_mail_fits(every_demo, admin: Principal) -> None:
    big = Attachment(filename="big.bin", media_type="application/octet-stream", content=b"x" * 3_000_000)

    await send(every_demo, admin, content=msgspec.structs.replace(CONTENT, attachments=(big,)))

    [listed] = await every_demo.mailbox.list_mails(admin)
    assert listed.size_bytes > 3_000_000


async def test_mails_are_deleted_one_by_one_and_all_at_once(demo, admin: Principal) -> None:
    for occasion in ("one", "two", "three"):
        await send(demo, admin, occasion)
    first, *rest = await demo.mailbox.list_mails(admin)

    await demo.mailbox.delete(admin, first.mail_id)
    assert [each.mail_id for each in await demo.mailbox.list_mails(admin)] == [each.mail_id for each in rest]
    with pytest.raises(NoSuchMail):
        await demo.mailbox.get(admin, first.mail_id)

    await demo.mailbox.empty(admin)
    assert await demo.mailbox.list_mails(admin) == []


async def test_only_administrators_of_the_same_organisation_read_it(
    demo, admin: Principal, analyst: Principal
) -> None:
    await send(demo, admin)
    [mail] = await demo.mailbox.list_mails(admin)
    stranger = msgspec.structs.replace(admin, user_id=uuid4(), organisation_id=uuid4())

    with pytest.raises(Refused):
        await demo.mailbox.list_mails(analyst)
    assert await demo.mailbox.list_mails(stranger) == []
    for attempt in (
        demo.mailbox.get(stranger, mail.mail_id),
        demo.mailbox.page(stranger, mail.mail_id),
        demo.mailbox.attachment(stranger, mail.mail_id, 0),
        demo.mailbox.delete(stranger, mail.mail_id),
    ):
        with pytest.raises(NoSuchMail):
            await attempt


async def test_what_gridlens_did_not_send_is_refused(demo) -> None:
    async with MailboxServer(demo.core.database).listening() as server:
        with pytest.raises(aiosmtplib.SMTPDataError, match="only what Gridlens sent"):
            await aiosmtplib.send(
                b"From: a@example.org\r\nMessage-ID: <spam@example.org>\r\n\r\nBuy",
                sender="a@example.org",
                recipients=["b@example.org"],
                hostname=server.host,
                port=server.port,
                start_tls=False,
            )


async def test_outside_the_demo_there_is_no_mailbox(house, admin: Principal) -> None:
    with pytest.raises(NoMailbox):
        await house.mailbox.list_mails(admin)
