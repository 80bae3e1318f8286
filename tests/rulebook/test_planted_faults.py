"""Faults planted in the Vietnam rulebook are found and shown; innocent edits are not reported."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from brightline.i18n import set_language, use
from brightline.paths import bundled_rulebook
from brightline.rulebook.laws import check
from brightline.rulebook.problems import Problem

TODAY = date(2026, 11, 23)
Edit = tuple[str, str, str]
"""An SOP or another file, a text in it, and what to put in its place."""

EC = "e-cigarettes"
SHISHA = "when: {item: [shisha, cigarettes]}"
LAST = """  - id: EC-9
    title: {vi: Sản phẩm khác, en: Anything else}
    otherwise: yes
    action: allow
    basis: [policy]
"""
NOTICE = '    notice: {vi: "Đã ẩn tin này. Hãy sửa mô tả rồi đăng lại.", '
NOTICE += 'en: "The listing is hidden. Please mend the text and list it again."}\n'
SMELLS = "  smells: {kind: yes_no, title: {vi: Có mùi, en: Smells}%s}\n  item:\n"
ASKED = ", ask: {vi: Có mùi không?, en: Does it smell?}, guidance: {vi: Ngửi thử., en: Sniff.}"
LONG = " ".join(["rất"] * 60)


def clause(name: str, when: str, action: str = "allow", more: str = "") -> str:
    """A clause of its own title and basis."""
    return (
        f"  - id: {name}\n    title: {{vi: Thử {name}, en: Test {name}}}\n    when: {when}\n"
        f"    action: {action}\n    basis: [policy]\n{more}"
    )


def with_clause(*clauses: str) -> Edit:
    """Put clauses before the last one of e-cigarettes."""
    return (EC, LAST, "".join(clauses) + LAST)


def example(facts: str, expect: str) -> Edit:
    """Put an example before the first one of e-cigarettes."""
    first = "  - id: ex-disposable-pod\n"
    text = "text: {vi: Hàng thử, en: A test item}"
    planted = f"  - {{id: ex-planted, facts: {{{facts}}}, expect: {expect}, {text}}}\n"
    return (EC, first, planted + first)


NO_TOYS = clause("CF-10", "{category: toys}", "remove_listing", NOTICE)
PROVED: list[tuple[str, list[Edit], str, str]] = [
    # code, edits, what is said, and the smallest case (or the remedy where there is none)
    ("BL-601", [(EC, SHISHA, "when: {item: shisha, aims_at_minors: yes, nicotine: yes}"),
                (EC, "hit: most_severe", "hit: first"),
                with_clause(clause("EC-8", "{is: banned_item, claims_vaping: yes}"))],
     "EC-8 is never the answer: wherever it applies, EC-2 comes first", "Item is E-cigarette"),
    ("BL-601", [with_clause(clause("EC-8", "{item: unrelated, claims_vaping: yes}"))],
     "no case can meet EC-8: its conditions exclude one another", "mend its conditions"),
    ("BL-601", [with_clause(clause("EC-8", "{is: banned_item, item: shisha}"))],
     "no case can meet EC-8", "delete it"),
    ("BL-602", [with_clause(clause("EC-8", "{item: liquid, nicotine: no}"))],
     "EC-8 is an exception that never comes to bear: wherever it applies, the more severe EC-2",
     "for example: Item is Liquid for vapes or pods; take"),
    ("BL-602", [with_clause(clause("EC-8", "{item: accessory, claims_vaping: yes, nicotine: no}"))],
     "the more severe EC-4 decides", "Claims use for vaping: yes"),
    ("BL-603", [("rulebook.yaml", "severity: 40", "severity: 64")],
     "CF-3 and CF-7 can apply to the same case and are equally severe", "Admits to be fake: yes"),
    ("BL-604", [(EC, "hit: most_severe", "hit: unique")],
     "EC-1 and EC-2 apply to the same case, which hit: unique forbids", "Aims at minors: yes"),
    ("BL-605", [(EC, "    otherwise: yes\n", "    when: {item: [quit_aid, unrelated]}\n")],
     "some cases in scope meet no clause: Item is Accessory", "for example: Item is Accessory"),
    ("BL-605", [("off-platform-listing", "    otherwise: yes", "    when: {shows_contact: no}")],
     "some cases in scope meet no clause", "for example: Shows a direct contact: yes;"),
    ("BL-606", [with_clause(clause("EC-8", "{item: quit_aid, nicotine: no}"))],
     "EC-8 changes nothing: without it, EC-9 would decide the same", "delete it"),
    ("BL-606", [(EC, "  - id: EC-3\n", clause("EC-8", "{item: cigarettes}", "remove_listing",
                                              "    points: 6\n" + NOTICE) + "  - id: EC-3\n")],
     "EC-8 changes nothing: without it, EC-3 would decide the same", "points or steps"),
    ("BL-607", [("rulebook.yaml", "severity: 40", "severity: 64")],
     "CF-7 of counterfeit and EC-2 of e-cigarettes can decide the same case", "Brand papers is"),
    ("BL-608", [with_clause(clause("EC-8", "{category: toys, item: accessory, claims_vaping: no}")),
                ("counterfeit", "  - id: CF-9\n", NO_TOYS + "  - id: CF-9\n")],
     "EC-8 finds no fault, but in each of its cases", "Category is Toys"),
    ("BL-609", [(EC, "  item:\n", SMELLS % ASKED),
                (EC, SHISHA, "when:\n      - {item: [shisha, cigarettes], smells: yes}\n"
                             "      - {item: [shisha, cigarettes], smells: no}")],
     "smells is tested, but no case comes to another clause through it", "take it out"),
    ("BL-610", [(EC, "      unrelated: {vi: Không", "      pipe: {vi: Tẩu, en: Pipe}\n"
                                                   "      unrelated: {vi: Không")],
     "no rule, signal or example names the option pipe of item", "delete it"),
    ("BL-611", [(EC, "  banned_item:\n", "  odd: {item: unrelated, claims_vaping: yes}\n"
                                         "  banned_item:\n")],
     "no case can meet the definition odd", "exclude one another"),
    ("BL-612", [(EC, "impossible:\n", "impossible:\n  - {category: {not: books}}\n")],
     "no case can be in the scope of e-cigarettes", "listed under impossible"),
]  # fmt: skip

WRITTEN: list[tuple[str, list[Edit], str]] = [
    ("BL-502", [(EC, "basis: [pharmacy-law-2024]", "basis: [tobacco-law-2012]")],
     "tobacco-law-2012 is not verified"),
    ("BL-505", [("law.yaml", "recheck_by: 2027-02-28", "recheck_by: 2026-02-28")],
     "was to be checked again by 28 Feb 2026"),
    ("BL-510", [("e-cigarettes", "    points: 6\n    basis: [policy]\n", "    points: 6\n")],
     "EC-3 finds fault but does not say what it rests on"),
    ("BL-511", [with_clause(clause("EC-8", "{item: accessory, nicotine: yes}", "request_edit",
                                   NOTICE))], "no example meets EC-8"),
    ("BL-512", [with_clause(clause("EC-8", "{aims_at_minors: yes, nicotine: yes}", "request_edit",
                                   NOTICE)),
                example("category: toys, item: accessory, claims_vaping: no, aims_at_minors: yes, "
                        "nicotine: yes", "EC-8")], "no example nearly meets EC-8"),
    ("BL-513", [(EC, "  item:\n", SMELLS % ", ask: {vi: Có mùi không?, en: Does it smell?}")],
     "smells is asked without guidance"),
    ("BL-514", [(EC, "  item:\n", SMELLS % "")], "smells is neither asked nor supplied"),
    ("BL-515", [(EC, "  vi: |\n    Không để", f"  vi: |\n    {LONG} Không để")],
     "a sentence of 96 words (vi): “rất rất rất rất rất rất …”"),
    ("BL-516", [(EC, "từ 01/01/2025", "từ 01/02/2025")], "the text in vi names 2, that in en"),
    ("BL-516", [("counterfeit", "trong 7 ngày", "trong 10 ngày")],
     "the text in vi names 10"),
    ("BL-517", [("off-platform-content", '">= 3"', '">= 5"')],
     "the title of OC-3 names 3, its conditions 5"),
    ("BL-518", [(EC, "  banned_item:\n", "  idle: {item: shisha}\n  banned_item:\n")],
     "nothing uses the definition idle"),
    ("BL-519", [(EC, "  item:\n", SMELLS % ASKED)], "no condition tests smells"),
    ("BL-520", [(EC, "en: Anything else}", 'en: "Shisha, cigarettes, cigars"}')],
     "“Shisha, cigarettes, cigars” stands twice"),
    ("BL-521", [(EC, "{vi: Phụ kiện rao là dùng cho vape hoặc máy nung nóng, "
                     "en: Accessory offered for vapes or heaters}",
                 "{vi: Accessory offered for vapes, en: Accessory offered for vapes}")],
     "the text is the same in vi and en"),
    ("BL-522", [(EC, "hãy bỏ mọi từ ngữ và hình ảnh liên quan tới hút thuốc rồi đăng lại",
                 "chúng tôi rất tiếc")],
     "the notice of EC-4 does not tell the seller what to do"),
    ("BL-523", [(EC, "Please do not list it again.", "See EC-3. Please do not list it again.")],
     "the notice of EC-3 names EC-3, which no seller knows"),
    ("BL-524", [(EC, "    otherwise: yes\n    action: allow\n",
                 "    otherwise: yes\n    action: allow\n    points: 1\n")],
     "EC-9 gives points, but its action allow finds no fault"),
    ("BL-525", [(EC, "    action: escalate\n", "    action: escalate\n    until: 2026-01-31\n")],
     "EC-5 was in force until 31 Jan 2026"),
    ("BL-526", [(EC, "en: What is the item?", "en: Name the item")],
     "the question for item does not end with a question mark"),
    ("BL-527", [(EC, "điện tử và thuốc lá nung nóng, en", "điện tử hoà lẫn và hòa tan, en")],
     "one word is spelt in two ways: hòa and hoà"),
    ("BL-528", [("lexicons/vaping.csv", "", ""), ("lexicons/idle.csv", "", "term,kind\na,b\n")],
     "no signal reads the word list idle"),
]  # fmt: skip

INNOCENT: list[list[Edit]] = [
    [],
    [("e-cigarettes", "    points: 24\n", "    points: 36\n")],
    [("e-cigarettes", SHISHA, "when: {item: shisha}")],
    [("e-cigarettes", "hit: most_severe", "hit: first")],
    [("e-cigarettes", "    cost: 6s\n", "    cost: 9s\n")],
    [("counterfeit", 'price_ratio: "< 0.3"', 'price_ratio: "< 0.2"')],
    [("lexicons/vaping.csv", "", "máy phà khói,device,,\n")],
    [("reviews", "cannot_tell: allow", "cannot_tell: escalate")],
    [
        with_clause(clause("EC-8", "{item: quit_aid, nicotine: no}", "request_edit", NOTICE)),
        (
            EC,
            "facts: {category: health, item: quit_aid, nicotine: no}\n    expect: EC-9",
            "facts: {category: health, item: quit_aid, nicotine: no}\n    expect: EC-8",
        ),
    ],
    [("health-supplements", "scope: {category: [", "scope: {category: [home, ")],
    [
        (
            "off-platform-listing",
            "when: {disguised: yes}",
            "when: {disguised: yes, pays_outside: no}",
        )
    ],
]


def plant(edits: list[Edit], folder: Path) -> Path:
    """A copy of the Vietnam rulebook, without its golden cases, with some edits."""
    shutil.copytree(bundled_rulebook(), folder)
    shutil.rmtree(folder / "cases")
    for name, old, new in edits:
        path = folder / (name if "." in name else f"sops/{name}.yaml")
        text = path.read_text("utf-8") if path.exists() else ""
        assert old in text
        path.write_text(text.replace(old, new, 1) if old else text + new, encoding="utf-8")
    return folder


@pytest.fixture
def checked(tmp_path: Path) -> Callable[[list[Edit]], list[Problem]]:
    """What is found in a copy of the Vietnam rulebook with some edits."""

    def run(edits: list[Edit]) -> list[Problem]:
        found = check(plant(edits, tmp_path / "vietnam"), TODAY).problems
        assert not [p for p in found if p.code < "BL-5"], found
        return list(found)

    return run


@pytest.mark.parametrize(("code", "edits", "message", "hint"), PROVED)
def test_a_fault_that_only_a_proof_shows_comes_with_its_smallest_case(
    checked, code, edits, message, hint
) -> None:
    set_language("en")
    found = checked(edits)
    told = [p for p in found if p.code == code and message in p.message]
    assert told, [(p.code, p.message) for p in found]
    assert hint in f"{told[0].message} {told[0].hint}"
    assert told[0].line > 1
    assert code == "BL-604" or told[0].mark


@pytest.mark.parametrize(("code", "edits", "message"), WRITTEN)
def test_a_fault_of_writing_is_found(checked, code, edits, message) -> None:
    set_language("en")
    found = checked(edits)
    told = [p for p in found if p.code == code and message in p.message]
    assert told, [(p.code, p.message) for p in found]
    assert told[0].hint


@pytest.mark.parametrize("edits", INNOCENT)
def test_an_innocent_edit_is_not_reported(checked, edits) -> None:
    assert checked(edits) == []


def test_a_gap_is_told_in_vietnamese(checked) -> None:
    gap = next(edits for code, edits, _message, _hint in PROVED if code == "BL-605")
    with use("vi"):
        found = [p for p in checked(gap) if p.code == "BL-605"]
    assert "không điều khoản nào áp dụng: Mặt hàng là Phụ kiện" in found[0].message
    assert "ví dụ: Mặt hàng là Phụ kiện (bao da, dây đeo, sạc, hộp đựng);" in (found[0].hint or "")
