"""HTML pages read in the plainest way: what is linked, what can be linked to, what is said."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path

EMPTY = {"meta", "link", "input", "br", "hr", "img"}


@dataclass
class Page:
    """One page. `ids` in order, `links` as written, `tags` that were opened, `text` shown."""

    ids: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    attributes: set[str] = field(default_factory=set)
    text: str = ""
    unclosed: list[str] = field(default_factory=list)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.page = Page()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.page.tags.append(tag)
        if tag not in EMPTY:
            self.page.unclosed.append(tag)
        for name, value in attrs:
            self.page.attributes.add(name)
            if name == "id":
                self.page.ids.append(value or "")
            elif name in ("href", "src"):
                self.page.links.append(value or "")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.page.unclosed and self.page.unclosed[-1] == tag, (tag, self.page.unclosed)
        self.page.unclosed.pop()

    def handle_data(self, data: str) -> None:
        self.page.text += data


def page(path: Path) -> Page:
    """The page in a file; every tag must be closed in its place."""
    reader = _Reader()
    reader.feed(path.read_text("utf-8"))
    reader.close()
    assert not reader.page.unclosed
    reader.page.text = " ".join(reader.page.text.split())
    return reader.page


def every_page(folder: Path) -> dict[Path, Page]:
    """All pages of a website."""
    return {path: page(path) for path in sorted(folder.rglob("*.html"))}
