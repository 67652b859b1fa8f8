"""The page of a report as readers get it: HTML with live numbers, and its plain-text twin."""

from dataclasses import dataclass
from functools import cache
from textwrap import fill
from typing import TYPE_CHECKING

from gridlens.notifications.mail.markdown import html_of, text_of
from gridlens.notifications.mail.tables import MailTable

if TYPE_CHECKING:
    from jinja2 import Environment

WIDTH = 78


@dataclass(frozen=True, slots=True, kw_only=True)
class Value:
    """A headline figure: formatted, with how it compares."""

    label: str
    value: str
    compared: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """One widget. ``picture`` names an inline image; without one, ``table`` and ``note`` stand in for it."""

    title: str
    subtitle: str | None = None
    summary: str | None = None
    picture: str | None = None
    note: str | None = None
    table: MailTable | None = None
    markdown: str | None = None
    error: str | None = None
    provenance: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """Everything a report mail says, formatted; ``preheader`` is what mail lists show beside the subject."""

    subject: str
    preheader: str
    written: str
    covered: str | None
    text: str
    values: tuple[Value, ...]
    sections: tuple[Section, ...]
    notes: tuple[str, ...]
    link: str
    link_label: str
    why: str
    leave: str


def report_html(page: Page) -> str:
    rows = [page.values[start : start + 4] for start in range(0, len(page.values), 4)]
    return _templates().get_template("report.html").render(page=page, value_rows=rows)


def report_text(page: Page) -> str:
    return _templates().get_template("report.txt").render(page=page).strip() + "\n"


def plain_html(subject: str, text: str) -> str:
    """A short message as HTML: paragraphs, and links that can be clicked."""
    paragraphs = [each.splitlines() for each in text.strip().split("\n\n") if each.strip()]
    return _templates().get_template("plain.html").render(subject=subject, paragraphs=paragraphs)


def text_table(table: MailTable) -> str:
    """Columns lined up with spaces, numbers to the right."""
    lines = [table.heads, *table.rows]
    widths = [max(len(line[index]) for line in lines) for index in range(len(table.heads))]
    rendered = []
    for line in lines:
        cells = (
            cell.rjust(width) if is_number else cell.ljust(width)
            for cell, width, is_number in zip(line, widths, table.is_number, strict=True)
        )
        rendered.append("  ".join(cells).rstrip())
    rendered.insert(1, "  ".join("-" * width for width in widths))
    return "\n".join(rendered)


@cache
def _templates() -> "Environment":
    from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape

    templates = Environment(
        loader=PackageLoader("gridlens.notifications", "templates"),
        autoescape=select_autoescape(("html",), default=True, disabled_extensions=("txt",)),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    templates.filters["markdown"] = html_of
    templates.filters["markdown_text"] = text_of
    templates.filters["wrapped"] = lambda text: "\n".join(fill(each, WIDTH) for each in text.splitlines())
    templates.filters["columns"] = text_table
    return templates
