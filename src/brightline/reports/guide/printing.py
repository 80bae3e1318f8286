"""HTML to PDF with WeasyPrint, in processes of their own: several documents at the same time.

Nothing is fetched but the fonts that travel with Brightline, whatever the HTML may name.
"""

from __future__ import annotations

import gc
import logging
import os
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING, Any

from brightline.reports.guide.text_width import FONTS

if TYPE_CHECKING:
    from weasyprint import Document
    from weasyprint.urls import URLFetcher

STYLE = Path(__file__).parent.parent / "templates" / "guide" / "pdf.css"
SMALLEST = 5
"""The number of the smallest type a cheat sheet may be set in."""


class NoPango(Exception):
    """The system has no Pango, with which WeasyPrint sets text."""


@dataclass(frozen=True)
class Job:
    """A PDF to make: one document; or several that take a page each, set smaller until they do."""

    path: Path
    documents: Sequence[str]
    one_page_each: bool = False


def need_pango() -> None:
    """Raises `NoPango` where no PDF can be made here."""
    try:
        import weasyprint  # noqa: F401
    except OSError as error:
        raise NoPango(str(error)) from None


class Printing:
    """PDFs being made, one a process; leaving it ends them."""

    def __init__(self) -> None:
        self._pool: ProcessPoolExecutor | None = None
        self._waiting: dict[Future[int], Path] = {}

    def __enter__(self) -> Printing:
        return self

    def __exit__(self, kind: object, error: object, trace: object) -> None:
        if self._pool is not None:
            self._pool.shutdown(wait=True, cancel_futures=True)

    def start(self, job: Job) -> None:
        """Begin one."""
        if self._pool is None:
            self._pool = ProcessPoolExecutor(
                min(4, os.cpu_count() or 1), mp_context=get_context("spawn")
            )
        self._waiting[self._pool.submit(_printed, job)] = job.path

    def finished(self) -> Iterator[tuple[Path, int]]:
        """Each path with its number of pages, as they are done."""
        for done in as_completed(self._waiting):
            yield self._waiting[done], done.result()


def _printed(job: Job) -> int:
    gc.disable()  # setting a document leaves nothing to collect before its end
    logging.getLogger("weasyprint").setLevel(logging.ERROR)
    logging.getLogger("fontTools").setLevel(logging.ERROR)
    setter = _Setter()
    if job.one_page_each:
        made = [setter.on_one_page(html) for html in job.documents]
        document = made[0].copy([page for one in made for page in one.pages])
    else:
        document = setter.document(job.documents[0])
    document.write_pdf(job.path, pdf_variant=None)
    return len(document.pages)


class _Setter:
    """Sets documents with one configuration of fonts."""

    def __init__(self) -> None:
        from weasyprint import CSS
        from weasyprint.text.fonts import FontConfiguration

        self.fonts = FontConfiguration()
        self.fetcher = _only_fonts()
        self.style = CSS(
            string=STYLE.read_text("utf-8"),
            base_url=f"{FONTS.as_uri()}/",
            font_config=self.fonts,
            url_fetcher=self.fetcher,
        )

    def document(self, html: str) -> Document:
        """The pages of one document."""
        from weasyprint import HTML

        page = HTML(string=html, base_url=None, url_fetcher=self.fetcher)
        return page.render(stylesheets=[self.style], font_config=self.fonts)

    def on_one_page(self, html: str) -> Document:
        """A cheat sheet in the largest type in which it takes one page."""
        size = _size_of(html)
        while True:
            document = self.document(html)
            if len(document.pages) == 1 or size >= SMALLEST:
                return document
            html = html.replace(f'class="sheet size{size}"', f'class="sheet size{size + 1}"', 1)
            size += 1


def _size_of(html: str) -> int:
    at = html.index('class="sheet size') + len('class="sheet size')
    return int(html[at])


def _only_fonts() -> URLFetcher:
    """What WeasyPrint may read: our fonts. It gets a `ValueError` for anything else."""
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    class OnlyFonts(URLFetcher):  # type: ignore[misc]
        def fetch(self, url: str, headers: Any = None) -> URLFetcherResponse:
            if not url.startswith(f"{FONTS.as_uri()}/"):
                raise ValueError(f"not fetched: {url[:80]}")
            return URLFetcherResponse(url, (FONTS / url.rpartition("/")[2]).read_bytes())

    return OnlyFonts()
