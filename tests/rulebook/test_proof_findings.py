"""`check` proves what is wrong between clauses, and shows it with the smallest case."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from brightline.i18n import set_language
from brightline.paths import bundled_rulebook
from brightline.rulebook.laws import check
from brightline.rulebook.problems import Problem

TODAY = date(2026, 11, 23)
PROOFS = ("BL-601", "BL-602", "BL-603", "BL-604", "BL-605", "BL-606")
Edit = tuple[str, str, str]

MINORS = "when: {is: banned_item, aims_at_minors: yes}\n    action: remove_and_suspend"
SHISHA = "when: {item: [shisha, cigarettes]}"
LAST = """  - id: EC-9
    title: {vi: Sản phẩm khác, en: Anything else}
    otherwise: yes
    action: allow
    basis: [policy]
"""


def clause(name: str, when: str, action: str = "allow", more: str = "") -> str:
    """A clause to be put before the last one of e-cigarettes."""
    return (
        f"  - id: {name}\n    title: {{vi: Thử, en: Test}}\n    when: {when}\n"
        f"    action: {action}\n    basis: [policy]\n{more}"
    )


def with_clause(*clauses: str) -> Edit:
    return ("e-cigarettes", LAST, "".join(clauses) + LAST)


NOTICE = '    notice: {vi: "Đã ẩn. Hãy sửa.", en: "Hidden. Please mend it."}\n'

SAME_AS_EC_3 = clause("EC-8", "{item: cigarettes}", "remove_listing", "    points: 6\n" + NOTICE)

FAULTS: list[tuple[str, list[Edit], str, str]] = [
    (
        "BL-601",
        [("e-cigarettes", SHISHA, "when: {item: shisha, aims_at_minors: yes, nicotine: yes}"),
         ("e-cigarettes", "hit: most_severe", "hit: first"),
         with_clause(clause("EC-8", "{is: banned_item, claims_vaping: yes}"))],
        "EC-8 is never the answer: wherever it applies, EC-2 comes first",
        "Item is E-cigarette",
    ),
    (
        "BL-601",
        [with_clause(clause("EC-8", "{item: unrelated, claims_vaping: yes}"))],
        "no case can meet EC-8: its conditions exclude one another",
        "mend its conditions",
    ),
    (
        "BL-601",
        [with_clause(clause("EC-8", "{is: banned_item, item: shisha}"))],
        "no case can meet EC-8",
        "delete it",
    ),
    (
        "BL-602",
        [with_clause(clause("EC-8", "{item: liquid, nicotine: no}"))],
        "EC-8 is an exception that never comes to bear: wherever it applies, the more severe EC-2",
        "Item is",
    ),
    (
        "BL-602",
        [with_clause(clause("EC-8", "{item: accessory, claims_vaping: yes, nicotine: no}"))],
        "the more severe EC-4 decides",
        "Claims use for vaping: yes",
    ),
    (
        "BL-604",
        [("e-cigarettes", "hit: most_severe", "hit: unique")],
        "EC-1 and EC-2 apply to the same case, which hit: unique forbids",
        "Aims at minors: yes",
    ),
    (
        "BL-605",
        [("e-cigarettes", "    otherwise: yes\n", "    when: {item: [quit_aid, unrelated]}\n")],
        "some cases in scope meet no clause: Item is Accessory",
        "Item is Accessory",
    ),
    (
        "BL-606",
        [with_clause(clause("EC-8", "{item: quit_aid, nicotine: no}"))],
        "EC-8 changes nothing: without it, EC-9 would decide the same",
        "delete it",
    ),
    (
        "BL-606",
        [("e-cigarettes", "  - id: EC-3\n", SAME_AS_EC_3 + "  - id: EC-3\n")],
        "EC-8 changes nothing: without it, EC-3 would decide the same",
        "points or steps",
    ),
]  # fmt: skip

INNOCENT: list[list[Edit]] = [
    [],
    [("e-cigarettes", "    points: 24\n", "    points: 36\n")],
    [("e-cigarettes", SHISHA, "when: {item: shisha}")],
    [("e-cigarettes", "hit: most_severe", "hit: first")],
    [("off-platform-content", '">= 3"', '">= 5"')],
    [("counterfeit", 'price_ratio: "< 0.3"', 'price_ratio: "< 0.2"')],
    [("counterfeit", 'tested_share: "<= 70"', 'tested_share: "< 70"')],
    [("reviews", "cannot_tell: allow", "cannot_tell: escalate")],
    [with_clause(clause("EC-8", "{item: quit_aid, nicotine: no}", "request_edit", NOTICE))],
    [("health-supplements", "scope: {category: [", "scope: {category: [home, ")],
    [
        (
            "off-platform-listing",
            "when: {disguised: yes}",
            "when: {disguised: yes, pays_outside: no}",
        )
    ],
]


@pytest.fixture
def checked(tmp_path: Path) -> Callable[[list[Edit]], list[Problem]]:
    """What proofs find in a copy of the Vietnam rulebook with some edits."""

    def run(edits: list[Edit]) -> list[Problem]:
        folder = Path(shutil.copytree(bundled_rulebook(), tmp_path / "vietnam"))
        shutil.rmtree(folder / "cases")
        for name, old, new in edits:
            path = folder / "sops" / f"{name}.yaml"
            text = path.read_text("utf-8")
            assert old in text
            path.write_text(text.replace(old, new, 1), encoding="utf-8")
        found = check(folder, TODAY).problems
        assert not [p for p in found if p.code < "BL-5"], found
        return [p for p in found if p.code in PROOFS]

    return run


@pytest.mark.parametrize(("code", "edits", "message", "hint"), FAULTS)
def test_a_planted_fault_is_found_and_shown(checked, code, edits, message, hint) -> None:
    set_language("en")
    found = checked(edits)
    told = [p for p in found if p.code == code and message in p.message]
    assert told, [(p.code, p.message) for p in found]
    assert hint in f"{told[0].message} {told[0].hint}"
    assert told[0].line > 1


@pytest.mark.parametrize("edits", INNOCENT)
def test_an_innocent_edit_is_not_reported(checked, edits) -> None:
    assert not checked(edits)
