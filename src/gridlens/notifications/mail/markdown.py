"""Markdown as a mail shows it: HTML that is safe there, and its words for the text alone.

It reads as on a dashboard's page: CommonMark with tables and strikethrough, where HTML is only text.
"""

from functools import cache
from typing import TYPE_CHECKING

from markupsafe import Markup

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

TAGS = {
    *("a", "p", "br", "em", "strong", "s", "code", "pre", "blockquote", "ul", "ol", "li", "hr"),
    *("h1", "h2", "h3", "h4", "h5", "h6", "table", "thead", "tbody", "tr", "th", "td"),
}
LINK = "color:#0B5F6E"


def html_of(markdown: str) -> Markup:
    """No scripts, no styles and no pictures from elsewhere, which would tell who read the mail when."""
    import nh3

    rendered = _reader().render(markdown)
    clean = nh3.clean(
        rendered,
        tags=TAGS,
        attributes={"a": {"href"}},
        set_tag_attribute_values={"a": {"style": LINK, "target": "_blank"}},
        url_schemes={"http", "https", "mailto"},
        link_rel="noopener noreferrer",
    )
    return Markup(clean)  # noqa: S704 # nh3 has just cleaned it


@cache
def _reader() -> "MarkdownIt":
    from markdown_it import MarkdownIt

    return MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"])


def text_of(markdown: str) -> str:
    """The words without their marks: lists with dashes or numbers, links with their addresses."""
    lines: list[str] = []
    lists: list[int | None] = []
    cells: list[str] | None = None
    lead, gap = "", False
    for token in _reader().parse(markdown):
        match token.type:
            case "bullet_list_open":
                lists.append(None)
            case "ordered_list_open":
                lists.append(int(token.attrGet("start") or 1))
            case "bullet_list_close" | "ordered_list_close":
                lists.pop()
                gap = not lists
            case "list_item_open":
                mark = "-" if lists[-1] is None else f"{lists[-1]}."
                lists[-1] = None if lists[-1] is None else lists[-1] + 1
                lead = f"{'  ' * (len(lists) - 1)}{mark} "
            case "tr_open":
                cells = []
            case "tr_close" if cells is not None:
                lines.append("  ".join(cells))
                cells = None
            case "inline" if cells is not None:
                cells.append(_inline(token))
            case "inline" | "fence" | "code_block":
                said = _inline(token) if token.type == "inline" else token.content.rstrip("\n")
                if gap and lines:
                    lines.append("")
                rest = "  " * len(lists)
                lines += [
                    f"{rest if number else lead or rest}{each}"
                    for number, each in enumerate(said.split("\n"))
                ]
                lead, gap = "", False
            case "paragraph_close" | "heading_close" | "table_close" | "blockquote_close":
                gap = gap or not lists
            case "hr":
                lines += ["", "---"]
                gap = True
            case _:
                pass
    return "\n".join(lines)


def _inline(token: "Token") -> str:
    said: list[str] = []
    links: list[tuple[str, int]] = []
    for part in token.children or ():
        match part.type:
            case "softbreak":
                said.append(" ")
            case "hardbreak":
                said.append("\n")
            case "link_open":
                links.append((str(part.attrGet("href") or ""), len(said)))
            case "link_close":
                address, since = links.pop()
                if address != "".join(said[since:]):
                    said.append(f" ({address})")
            case _:
                said.append(part.content)
    return "".join(said)
