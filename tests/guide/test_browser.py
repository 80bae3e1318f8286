"""The website in a browser, opened as files: search, accessibility, narrow screens, no network."""

from __future__ import annotations

import io

import pytest

from brightline.reports.guide.site import Guideline
from brightline.reports.guide.writing import written
from tests.guide.conftest import ON, altered

pytestmark = pytest.mark.slow
PAGES = ["index.html", "law.html", "changes.html", "sop/e-cigarettes.html", "sheet/reviews.html"]
LONGEST = 6
"""Cheat sheets that a browser prints: those in most danger of a second page."""
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
         "resultTypes": ["violations"]}  # fmt: skip


@pytest.fixture
def reader(browser, site):
    """`reader("vi/index.html")` opens a page; whatever it asks the network for is remembered."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))

    def open_page(path, folder=site):
        page.goto((folder / path).as_uri())
        return page

    yield open_page
    context.close()
    assert not [url for url in asked if not url.startswith("file://")]
    assert not wrong


def looked_for(page, words: str) -> None:
    """Wait until the results are those of the words."""
    page.wait_for_function("words => document.querySelector('.results').dataset.of === words",
                           arg=words)  # fmt: skip


def search(page, words: str) -> list[str]:
    page.get_by_role("searchbox").fill(words)
    looked_for(page, words)
    return page.locator(".results li").all_inner_texts()


@pytest.mark.parametrize(
    ("lang", "words", "wanted"),
    [
        ("vi", "thuốc lá điện tử", "Thuốc lá điện tử"),
        ("vi", "thuoc la dien tu", "Thuốc lá điện tử"),
        ("vi", "hang gia dong ho", "đồng hồ"),
        ("vi", "EC-1", "EC-1"),
        ("vi", "ec-1", "EC-1"),
        ("vi", "nghi dinh 98/2020", "Nghị định 98/2020"),
        ("vi", "hàng xuất dư, cắt mác", "cắt mác"),
        ("vi", "AirPods", "AirPods"),
        ("en", "counterfeit law 213", "213"),
        ("en", "export surplus", "export surplus"),
    ],
)
def test_search_finds(reader, lang, words, wanted):
    found = search(reader(f"{lang}/sop/reviews.html"), words)
    assert found
    assert any(wanted.casefold() in text.casefold() for text in found[:4]), found[:4]


def test_a_clause_id_comes_first(reader):
    assert search(reader("en/index.html"), "CF-3")[0].startswith("CF-3")


def test_the_hit_is_marked_and_its_link_leads_there(reader):
    page = reader("vi/index.html")
    search(page, "xuat du")
    marked = {
        text.lower() for text in page.locator(".results li").first.locator("mark").all_inner_texts()
    }
    assert {"xuất", "dư"} <= marked
    page.locator(".results a").first.click()
    page.wait_for_url("**/vi/sop/counterfeit.html#*")
    anchor = page.url.partition("#")[2]
    page.locator(f'[id="{anchor}"]').wait_for()


def test_it_says_what_to_try_where_nothing_is_found(reader):
    page = reader("en/index.html")
    assert search(page, "qqqqqqq") == []
    told = page.locator(".results .count")
    assert "EC-1" in told.inner_text()
    assert told.get_attribute("aria-live") == "polite"
    search(page, "")
    assert page.locator(".results").is_hidden()


def test_search_is_used_with_the_keyboard_alone(reader):
    page = reader("vi/sop/reviews.html")
    page.keyboard.press("/")
    page.keyboard.type("ban sao")
    looked_for(page, "ban sao")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    assert page.evaluate("document.activeElement.closest('.results li') !== null")
    page.keyboard.press("Escape")
    assert page.locator(".results").is_hidden()
    assert page.evaluate("document.activeElement.type") == "search"
    page.keyboard.type("EC-2")
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    page.wait_for_url("**/e-cigarettes.html#EC-2")


def test_what_an_author_writes_is_no_markup_in_the_results(browser, vietnam, tmp_path, reader):
    evil = altered(vietnam, lambda text: f"<img src=x onerror=document.title='gone'> zebra {text}")
    guideline = Guideline(evil, ON, ("en",), pdf=False)
    written(guideline, tmp_path / "evil", lambda _what: None)
    page = reader("en/index.html", tmp_path / "evil")
    assert search(page, "zebra")
    assert search(page, "<img")
    assert page.locator("img").count() == 0
    assert page.title() != "gone"


def test_the_other_language_is_the_same_page(reader):
    page = reader("vi/sop/counterfeit.html")
    page.get_by_role("link", name="English").click()
    page.wait_for_url("**/en/sop/counterfeit.html")
    assert page.locator("html").get_attribute("lang") == "en"


def test_the_start_leads_to_the_first_language(reader):
    page = reader("index.html")
    page.wait_for_url("**/vi/index.html")


@pytest.mark.parametrize(("width", "scheme"), [(360, "dark"), (1280, "light")])
def test_no_page_has_a_barrier(browser, site, scheme, width):
    from axe_playwright_python.sync_playwright import Axe

    axe = Axe()
    context = browser.new_context(
        viewport={"width": width, "height": 800}, color_scheme=scheme, reduced_motion="reduce"
    )
    page = context.new_page()
    found = []
    for lang in ("vi", "en"):
        for name in PAGES:
            page.goto((site / lang / name).as_uri())
            wide = page.evaluate("document.documentElement.scrollWidth")
            assert wide <= width, f"{lang}/{name} is {wide} wide"
            for fault in axe.run(page, options=RULES).response["violations"]:
                where = [node["target"] for node in fault["nodes"][:3]]
                found.append(f"{lang}/{name} {fault['id']}: {fault['help']} {where}")
    context.close()
    assert not found, "\n".join(found)


def test_a_cheat_sheet_prints_on_one_page(browser, site):
    from pypdf import PdfReader

    context = browser.new_context()
    page = context.new_page()
    for lang in ("vi", "en"):
        sheets = sorted((site / lang / "sheet").iterdir(), key=lambda path: path.stat().st_size)
        for path in sheets[-LONGEST:]:
            page.goto(path.as_uri())
            pdf = page.pdf(prefer_css_page_size=True)
            assert len(PdfReader(io.BytesIO(pdf)).pages) == 1, path.name
    context.close()
