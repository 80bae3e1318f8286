"""The pages of `check` and `diff` hold what was found, in both languages, and nothing hostile."""

from __future__ import annotations

from datetime import date
from html.parser import HTMLParser
from pathlib import Path

import pytest

from brightline.i18n import use
from brightline.paths import bundled_rulebook
from brightline.reports.check_page import check_page
from brightline.reports.diff_page import diff_page
from brightline.reports.diff_view import as_dict, pieces
from brightline.rulebook.comparing.comparison import compare
from brightline.rulebook.laws import check
from brightline.rulebook.reading import read
from tests.rulebook.test_planted_faults import EC, PROVED, plant

TODAY = date(2026, 11, 24)
HOSTILE = "<script>alert(1)</script><img src=x onerror=alert(2)>"
EDITS = [
    (EC, "when: {item: [shisha, cigarettes]}", "when: {item: shisha}"),
    (EC, "en: What is the item?", f'en: "{HOSTILE} What is the item?"'),
    (EC, "en: Anything else}", f'en: "{HOSTILE}"}}'),
]  # fmt: skip


class Page(HTMLParser):
    """The tags, attributes and words of a page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.words = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += attrs

    def handle_data(self, data: str) -> None:
        self.words += data


def harmless(html: str) -> Page:
    page = Page(html)
    assert not {"script", "img", "iframe", "object", "link", "form", "a"} & set(page.tags)
    assert not [name for name, _value in page.attributes if name.startswith("on")]
    assert "http://" not in html
    assert "https://" not in html
    assert "url(" not in html
    return page


def test_the_page_of_a_difference_is_whole_and_harmless(tmp_path: Path) -> None:
    new = read(plant(EDITS, tmp_path / "new"))
    with use("vi"):
        html = diff_page(compare(read(bundled_rulebook()), new, TODAY), "bản <cũ>", "new")
    page = harmless(html)
    assert html.startswith('<!doctype html>\n<html lang="vi">')
    assert "EC-3, Gỡ sản phẩm, 6 điểm" in page.words
    assert "EC-3, Remove the listing, 6 points" in page.words
    assert page.words.count(HOSTILE) >= 2
    assert "bản <cũ>" in page.words


def test_the_page_of_a_check_is_whole_and_harmless(tmp_path: Path) -> None:
    gap = next(edits for code, edits, _m, _h in PROVED if code == "BL-605")
    folder = plant([*gap, EDITS[1]], tmp_path / "vietnam")
    findings = {}
    for lang in ("vi", "en"):
        with use(lang):
            findings[lang] = check(folder, TODAY)
    with use("en"):
        html = check_page(findings, "vietnam", TODAY, lambda: "Checked.")
    page = harmless(html)
    assert html.startswith('<!doctype html>\n<html lang="en">')
    assert "Some cases in scope meet no clause: Item is Accessory" in page.words
    assert "Có vụ việc thuộc phạm vi mà không điều khoản nào áp dụng" in page.words
    assert "What only “otherwise” meets" in page.words


def test_json_has_every_text_in_both_languages(tmp_path: Path) -> None:
    new = read(plant(EDITS[:1], tmp_path / "new"))
    made = as_dict(compare(read(bundled_rulebook()), new, TODAY))
    assert set(made) == {"old", "new", "as_of", "same", "later", "sops", "shared"}
    sop = made["sops"][0]
    assert set(sop) == {"sop", "was", "state", "title", "changes", "questions", "written"}
    change = sop["changes"][0]
    assert change["kind"] == "no_longer"
    assert change["where"]["common"]["vi"] == "Mặt hàng là Thuốc lá điếu, xì gà, thuốc lào"
    flow = change["flows"][0]
    assert flow["before"] == {
        "vi": "EC-3, Gỡ sản phẩm, 6 điểm",
        "en": "EC-3, Remove the listing, 6 points",
    }
    assert flow["now_clause"] == {"clause": "EC-9", "action": "allow", "points": 0}
    assert flow["case"] == {"e-cigarettes.item": "cigarettes"}


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("6 giây", "8 giây", [("del", "6 giây"), ("ins", "8 giây")]),
        ("", "mới", [("ins", "mới")]),
        (
            "một hai ba bốn năm sáu bảy tám",
            "một hai ba bốn năm sáu tám",
            [("", "một hai ba bốn năm sáu "), ("del", "bảy "), ("", "tám")],
        ),
    ],
)
def test_texts_are_compared_word_by_word(before: str, after: str, expected) -> None:
    assert pieces(before, after) == expected
