"""Markdown as HTML that is safe in a mail."""

import nh3
from markdown_it import MarkdownIt
from markupsafe import Markup

TAGS = {
    *("a", "p", "br", "em", "strong", "s", "code", "pre", "blockquote", "ul", "ol", "li", "hr"),
    *("h1", "h2", "h3", "h4", "h5", "h6", "table", "thead", "tbody", "tr", "th", "td"),
}
LINK = "color:#0B5F6E"
_markdown = MarkdownIt("commonmark", {"html": False, "breaks": True}).enable(["table", "strikethrough"])


def html_of(markdown: str) -> Markup:
    """No scripts, no styles and no pictures from elsewhere, which would tell who read the mail when."""
    rendered = _markdown.render(markdown)
    clean = nh3.clean(
        rendered,
        tags=TAGS,
        attributes={"a": {"href"}},
        set_tag_attribute_values={"a": {"style": LINK, "target": "_blank"}},
        url_schemes={"http", "https", "mailto"},
        link_rel="noopener noreferrer",
    )
    return Markup(clean)  # noqa: S704 # nh3 has just cleaned it
