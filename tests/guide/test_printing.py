"""The PDFs: contents with page numbers, bookmarks, Vietnamese text; a page for each cheat sheet."""

from __future__ import annotations

import re

import pypdf
import pytest

from brightline.i18n import use
from brightline.reports.guide.printing import Job, _printed, _size_of
from brightline.reports.guide.site import Edition, Guideline
from tests.guide.conftest import ON, altered, text_of

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("has_pango")]


def edition(book, lang) -> Edition:
    with use(lang):
        made = Edition(Guideline(book, ON, (lang,)), lang)
        made.guideline_html()
    return made


def outline(reader) -> list[tuple[str, int]]:
    found = []

    def walk(items) -> None:
        for item in items:
            if isinstance(item, list):
                walk(item)
            else:
                found.append((item.title, reader.get_destination_page_number(item) + 1))

    walk(reader.outline)
    return found


def test_the_guideline_has_contents_bookmarks_and_vietnamese_text(vietnam, tmp_path):
    book = vietnam.of_sops(*vietnam.sops[1:3])
    with use("vi"):
        html = Edition(Guideline(book, ON, ("vi",)), "vi").guideline_html()
    path = tmp_path / "guideline.pdf"
    pages = _printed(Job(path, [html]))
    reader = pypdf.PdfReader(path)
    assert len(reader.pages) == pages > 4
    marks = dict(reversed(outline(reader)))
    text = text_of(path)
    contents = " ".join(reader.pages[1].extract_text().split())
    for sop in book.sops:
        title = sop.title["vi"]
        assert title in marks
        assert re.search(re.escape(title) + rf" *\.* *{marks[title]}\b", contents)
        assert sop.clauses[0].title["vi"] in " ".join(text.split())
    assert book.sha[:12] in text
    assert f"{pages} / {pages}" in text
    assert {clause.id for sop in book.sops for clause in sop.clauses} <= {
        title.split()[0] for title in marks
    }


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_every_cheat_sheet_takes_one_page(vietnam, tmp_path, lang):
    with use(lang):
        sheets = Edition(Guideline(vietnam, ON, (lang,)), lang).sheets_html()
    path = tmp_path / "sheets.pdf"
    assert _printed(Job(path, sheets, one_page_each=True)) == len(vietnam.sops)
    titles = [title for title, _page in outline(pypdf.PdfReader(path))]
    assert titles == [sop.title[lang] for sop in vietnam.sops]


def test_a_long_cheat_sheet_is_set_smaller(vietnam, tmp_path):
    book = altered(vietnam.of_sops(vietnam.sops[0]), lambda text: f"{text} {text}"[:400])
    with use("en"):
        (sheet,) = Edition(Guideline(book, ON, ("en",)), "en").sheets_html()
    larger = sheet.replace(f"sheet size{_size_of(sheet)}", "sheet size0")
    path = tmp_path / "sheet.pdf"
    assert _printed(Job(path, [larger], one_page_each=True)) == 1


def test_nothing_is_fetched_whatever_the_page_names(tmp_path):
    (tmp_path / "secret.txt").write_text("secret")
    html = (
        f'<img src="{(tmp_path / "secret.txt").as_uri()}"><img src="http://127.0.0.1:9/a.png">'
        "<style>@import url(http://127.0.0.1:9/b.css);</style><p>still printed"
    )
    path = tmp_path / "page.pdf"
    assert _printed(Job(path, [html])) == 1
    assert "still printed" in text_of(path)
