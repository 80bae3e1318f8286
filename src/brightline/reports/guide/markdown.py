"""The small part of Markdown that guidance may use, as HTML that can hold nothing else.

Paragraphs, emphasis, lists, code spans, line breaks and links to the web. HTML, pictures, headings
and links to anywhere else stay the text that they are.
"""

from __future__ import annotations

import re
from functools import lru_cache

from markdown_it import MarkdownIt
from markupsafe import Markup

_WEB = re.compile(r"https?://[^\s/]", re.IGNORECASE)


@lru_cache(maxsize=1)
def _parser() -> MarkdownIt:
    parser = MarkdownIt("zero", {"html": False, "linkify": False, "maxNesting": 20})
    parser.enable(["list", "emphasis", "backticks", "escape", "newline", "link", "entity"])
    parser.validateLink = lambda url: bool(_WEB.match(url))  # type: ignore[method-assign]
    return parser


@lru_cache(maxsize=2_000)
def as_html(text: str) -> Markup:
    """Guidance as HTML."""
    return Markup(_parser().render(text))


def as_inline(text: str) -> Markup:
    """One line of text with its emphasis as HTML; no links, no lists."""
    return Markup(_line_parser().renderInline(text))


@lru_cache(maxsize=1)
def _line_parser() -> MarkdownIt:
    return MarkdownIt("zero", {"html": False}).enable(["emphasis", "escape"])


def as_plain(text: str) -> str:
    """Guidance without Markdown's signs, for a search index and one-line uses."""
    return " ".join(Markup(_parser().render(text)).striptags().split())
