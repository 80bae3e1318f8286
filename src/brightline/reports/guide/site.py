"""The pages of a guideline in one language, as files by name."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined, Template
from markupsafe import Markup

from brightline.i18n import format_date
from brightline.reports.guide.book import Book, Tables
from brightline.reports.guide.changes_view import Marks, changes, mark_word, marks
from brightline.reports.guide.labels import labels
from brightline.reports.guide.overview import overview, register
from brightline.reports.guide.searching import entries, index_script
from brightline.reports.guide.sop_view import SopView
from brightline.rulebook.comparing.comparison import Comparison
from brightline.rulebook.flow import Chart
from brightline.rulebook.model import Rulebook

NAMES = {"vi": "Tiếng Việt", "en": "English"}
FONTS = ("Regular", "SemiBold", "Italic")
HERE = Path(__file__).parent
PAPER = 665.0, 615.0
"""The pixels that a chart has on a page of paper."""
SMALLEST = 0.55
"""A chart that would have to shrink to less than this is printed as a list of questions."""


@lru_cache(maxsize=1)
def environment() -> Environment:
    """Jinja with everything escaped that comes from a rulebook."""
    return Environment(
        loader=PackageLoader("brightline.reports"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def template(name: str) -> Template:
    """A template of the guideline."""
    return environment().get_template(f"guide/{name}.html.jinja")


@dataclass
class Guideline:
    """What a guideline is made of: the rulebook, the day, the languages, an older version."""

    rulebook: Rulebook
    on: date
    languages: tuple[str, ...]
    comparison: Comparison | None = None
    pdf: bool = True
    charts: dict[str, Chart | None] = field(default_factory=dict)
    """The charts by SOP, made once for all languages."""

    @cached_property
    def tables(self) -> Tables:
        """The compiled tables."""
        return Tables(self.rulebook, self.on)

    @cached_property
    def marks(self) -> Mapping[str, Marks]:
        """What to mark as changed, by SOP."""
        return marks(self.comparison)


class Edition:
    """A guideline in one language; make and use it with that language in force."""

    def __init__(self, guideline: Guideline, language: str) -> None:
        self.guideline, self.language = guideline, language
        self.book = Book(guideline.tables)
        self.labels = labels()
        self.sops = [SopView(self.book, sop, guideline.charts) for sop in guideline.rulebook.sops]
        self.laws = register(self.book)

    @cached_property
    def common(self) -> dict[str, Any]:
        """What every template gets."""
        rulebook, guideline = self.guideline.rulebook, self.guideline
        return {
            "lang": self.language,
            "words": self.labels,
            "names": NAMES,
            "languages": guideline.languages,
            "rulebook": {
                "title": self.book.text(rulebook.title, rulebook.rulebook),
                "version": rulebook.sha[:12],
                "sha": rulebook.sha,
            },
            "on": format_date(guideline.on),
            "has_changes": guideline.comparison is not None,
            "has_pdf": guideline.pdf,
            "menu": [{"id": view.sop.sop, "title": view.data["title"]} for view in self.sops],
            "marks": guideline.marks,
            "mark_word": mark_word,
        }

    @cached_property
    def overview(self) -> dict[str, Any]:
        """The view of the first page."""
        return overview(self.book, self.sops)

    @cached_property
    def changes(self) -> dict[str, Any]:
        """The view of the page of changes."""
        assert self.guideline.comparison is not None
        return changes(self.guideline.comparison)

    def pages(self) -> Iterator[tuple[str, str]]:
        """Every file of this language: its name below the guideline's folder, and its text."""
        yield self._page("index.html", "overview", overview=self.overview)
        for view in self.sops:
            name = view.sop.sop
            drawing = view.drawing()
            chart = drawing.svg if drawing else ""
            yield self._page(
                f"sop/{name}.html", "sop", sop=view.data, chart=chart, steps=view.steps
            )
            yield self._page(f"sheet/{name}.html", "sheet", sop=view.data)
        yield self._page("law.html", "law", laws=self.laws)
        if self.guideline.comparison is not None:
            yield self._page("changes.html", "changes", view=self.changes)
        data = [view.data for view in self.sops]
        found = entries(self.book, data, self.laws, self.labels)
        yield f"{self.language}/search-index.js", index_script(found)

    def guideline_html(self) -> str:
        """The whole guideline as one document, to print."""
        sops = [
            {"sop": view.data, "steps": view.steps, "chart": _printable(view)} for view in self.sops
        ]
        more = {"view": self.changes} if self.guideline.comparison is not None else {}
        return template("pdf").render(
            **self.common, **more, overview=self.overview, sops=sops, laws=self.laws, law_page=""
        )

    def sheets_html(self) -> list[str]:
        """The cheat sheets, a document each, to print."""
        return [
            template("sheet_pdf").render(**self.common, sop=view.data, at=f"{view.sop.sop}.")
            for view in self.sops
        ]

    def _page(self, path: str, name: str, **view: Any) -> tuple[str, str]:
        up = "../" * path.count("/")
        html = template(name).render(
            **self.common,
            **view,
            here=path,
            up=up,
            root=f"{up}../",
            at="",
            law_page=f"{up}law.html",
        )
        return f"{self.language}/{path}", html


def _printable(view: SopView) -> Markup | str:
    """The chart, where it can be read on a page of paper."""
    drawing = view.drawing(f"{view.sop.sop}.")
    if drawing is None or min(PAPER[0] / drawing.width, PAPER[1] / drawing.height) < SMALLEST:
        return ""
    return drawing.svg


def shared_files(guideline: Guideline) -> Iterator[tuple[str, bytes]]:
    """The files that all languages share, by their names below the guideline's folder."""
    start = template("start").render(languages=guideline.languages, names=NAMES)
    yield "index.html", start.encode()
    for name in ("guide.css", "search.js"):
        yield f"assets/{name}", (HERE.parent / "templates" / "guide" / name).read_bytes()
    for name in (*(f"BeVietnamPro-{face}.woff2" for face in FONTS), "OFL.txt"):
        yield f"assets/{name}", (HERE.parent / "fonts" / name).read_bytes()
