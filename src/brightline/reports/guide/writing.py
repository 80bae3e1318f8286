"""A guideline written to a folder: the website, and the PDFs in processes beside it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from brightline import __version__
from brightline.i18n import _, use
from brightline.reports.guide.folder import built
from brightline.reports.guide.printing import Job, Printing
from brightline.reports.guide.site import Edition, Guideline, shared_files


@dataclass
class Written:
    """What was written: HTML pages; the PDFs with their pages, by name."""

    pages: int = 0
    pdfs: list[tuple[str, int]] = field(default_factory=list)


def written(guideline: Guideline, target: Path, progress: Callable[[str], None]) -> Written:
    """Write a guideline; `progress` is told what is being done. Raises as `folder.built` does."""
    made = Written()
    about = {"brightline": __version__, "rulebook": guideline.rulebook.sha}
    with built(target, about) as folder, Printing() as printing:
        editions = []
        for language in guideline.languages:
            with use(language):
                editions.append(Edition(guideline, language))
                if guideline.pdf:
                    for job in _jobs(editions[-1], folder):
                        printing.start(job)
        progress(_("Writing the pages …"))
        for edition in editions:
            with use(edition.language):
                for name, text in edition.pages():
                    _put(folder / name, text.encode())
                    made.pages += name.endswith(".html")
        for name, data in shared_files(guideline):
            _put(folder / name, data)
        if guideline.pdf:
            progress(_("Setting the PDFs …"))
            made.pdfs = sorted((path.name, pages) for path, pages in printing.finished())
    return made


def _jobs(edition: Edition, folder: Path) -> list[Job]:
    language = edition.language
    jobs = [Job(folder / f"guideline-{language}.pdf", [edition.guideline_html()])]
    if edition.sops:
        sheets = edition.sheets_html()
        jobs.append(Job(folder / f"cheat-sheets-{language}.pdf", sheets, one_page_each=True))
    return jobs


def _put(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
