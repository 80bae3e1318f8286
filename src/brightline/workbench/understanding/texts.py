"""The text of a notice as HTML and as plain lines: guidance's Markdown, and headings."""

from __future__ import annotations

import re
from functools import lru_cache

from markdown_it import MarkdownIt
from markupsafe import Markup

_WEB = re.compile(r"https?://[^\s/]", re.IGNORECASE)
_ITEM = re.compile(r"^(\s*)- ")
_HEADING = re.compile(r"^#{1,6} +")


@lru_cache(maxsize=1)
def _parser() -> MarkdownIt:
    parser = MarkdownIt("zero", {"html": False, "linkify": False, "maxNesting": 20})
    parser.enable(["heading", "list", "emphasis", "escape", "newline", "link", "entity"])
    parser.validateLink = lambda url: bool(_WEB.match(url))  # type: ignore[method-assign]
    return parser


def as_page(text: str) -> Markup:
    """A notice as HTML that can hold nothing but paragraphs, headings, lists, emphasis, links."""
    return Markup(_parser().render(text).replace("<h1>", "<h2>").replace("</h1>", "</h2>"))


def as_lines(text: str) -> str:
    """A notice without Markdown's signs, line by line, for a chat."""
    lines = []
    for line in text.splitlines():
        line = _HEADING.sub("", _ITEM.sub(r"\1• ", line)).replace("**", "")
        if line.strip():
            lines.append(line.rstrip())
    return "\n".join(lines)
