"""Messages as they go over the wire."""

from datetime import UTC, datetime
from email import message_from_bytes
from email.policy import default

import pytest

from gridlens.notifications.mail.content import (
    Attachment,
    InlinePicture,
    MailContent,
    build,
    delivery_key,
    message_id,
)

CONTENT = MailContent(
    subject="Wöche 24: 6 % less",
    text="Größe: 12\u202fkWh\n",
    html='<p>Größe</p><img src="cid:chart-1@gridlens">',
    pictures=(InlinePicture(content_id="chart-1@gridlens", media_type="image/png", content=b"\x89PNG"),),
    attachments=(Attachment(filename="Lást.csv", media_type="text/csv", content=b"a,b\r\n1,2\r\n"),),
    reply_to="owner@example.org",
)
WRITTEN_AT = datetime(2026, 6, 15, 5, tzinfo=UTC)
SENDER = "Gridlens, reports <reports@gridlens.example>"


def test_a_message_carries_text_html_pictures_and_files() -> None:
    key = delivery_key("report|monday", "ops@example.org")
    built = build(CONTENT, sender=SENDER, to="ops@example.org", key=key, written_at=WRITTEN_AT)

    mail = message_from_bytes(built.as_bytes(), policy=default)

    assert mail["Subject"] == "Wöche 24: 6 % less"
    assert mail["From"].addresses[0].addr_spec == "reports@gridlens.example"
    assert mail["Message-ID"] == f"<{key}@gridlens.example>"
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail["List-Unsubscribe"] == "<mailto:owner@example.org?subject=Unsubscribe>"
    assert mail.get_content_type() == "multipart/mixed"
    assert mail.get_body(("plain",)).get_content().replace("\r\n", "\n") == CONTENT.text
    assert mail.get_body(("html",)).get_content().strip() == CONTENT.html
    [picture] = [each for each in mail.walk() if each.get_content_type() == "image/png"]
    assert picture["Content-ID"] == "<chart-1@gridlens>"
    assert picture.get_content() == b"\x89PNG"
    [file] = mail.iter_attachments()
    assert file.get_filename() == "Lást.csv"
    assert file.get_payload(decode=True) == b"a,b\r\n1,2\r\n"


def test_no_line_on_the_wire_is_longer_than_smtp_allows() -> None:
    long = MailContent(subject="S " * 200, text="word " * 5000, html="<p>" + "x" * 5000 + "</p>")

    built = build(long, sender=SENDER, to="ops@example.org", key="k", written_at=WRITTEN_AT)

    assert max(len(line) for line in built.as_bytes().split(b"\r\n")) <= 998


@pytest.mark.parametrize("field", ["subject", "reply_to", "to"])
def test_line_breaks_never_reach_a_header(field: str) -> None:
    evil = "x@example.org\r\nBcc: all@example.org"
    changed = {"subject": "Hi", "reply_to": None} | ({field: evil} if field != "to" else {})
    content = MailContent(text="", html="", **changed)

    with pytest.raises(ValueError, match=r"(?i)header|linefeed|newline|carriage"):
        build(
            content,
            sender=SENDER,
            to=evil if field == "to" else "a@example.org",
            key="k",
            written_at=WRITTEN_AT,
        )


def test_the_message_id_is_the_same_for_every_attempt_and_differs_for_every_recipient() -> None:
    keys = {delivery_key("monday", each) for each in ("a@example.org", "A@example.org", "b@example.org")}

    assert len(keys) == 2
    assert message_id("k", SENDER) == message_id("k", SENDER) == "<k@gridlens.example>"
