"""Other versions of the small rulebook, for tests."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from brightline.rulebook.canonical import from_json, to_json
from brightline.rulebook.model import Rulebook
from tests.workbench.making import a_rulebook, text

NOTICE = text("Hàng này không được bán nữa. Khiếu nại trong 30 ngày.",
              "This may not be sold any more. Appeal within 30 days.")  # fmt: skip


def changed(change: Callable[[dict[str, Any]], None], base: Rulebook | None = None) -> Rulebook:
    """A rulebook with its canonical form changed in place; its only SOP is given."""
    form = json.loads(to_json(base or a_rulebook()))
    change(form["sops"][0])
    return from_json(json.dumps(form))


def no_cushions() -> Rulebook:
    """Whatever is neither a weapon nor a kitchen knife goes too."""

    def change(sop: dict[str, Any]) -> None:
        sop["clauses"].insert(
            2,
            {"id": "K-3", "title": text("Khác", "Other"), "when": [{"item": "other"}],
             "action": "remove_listing", "points": 2, "basis": ["policy"], "notice": NOTICE},
        )  # fmt: skip

    return changed(change)


def kitchen_knives_by_hiding() -> Rulebook:
    """A kitchen knife that is disguised goes: of those that were let through nobody asked."""

    def change(sop: dict[str, Any]) -> None:
        sop["clauses"].insert(
            2,
            {"id": "K-4", "title": text("Dao giấu", "Hidden knife"),
             "when": [{"item": "kitchen_knife", "hidden": "yes"}], "action": "remove_listing",
             "points": 4, "basis": ["policy"], "notice": NOTICE},
        )  # fmt: skip

    return changed(change)


def sound(points: int = 12, suspended: int = 24) -> Rulebook:
    """The small rulebook with examples for what it finds fault with: nothing is left to prove."""

    def change(sop: dict[str, Any]) -> None:
        sop["clauses"][0]["points"] = suspended
        sop["clauses"][1]["points"] = points
        sop["examples"] = [
            {"id": "ex-sword", "facts": {"item": "weapon", "hidden": "no"}, "expect": "K-2",
             "text": text("Kiếm Nhật treo tường", "A katana for the wall")},
            {"id": "ex-pen", "facts": {"item": "weapon", "hidden": "yes"}, "expect": "K-1",
             "text": text("Dao giấu trong bút", "A knife hidden in a pen")},
            {"id": "ex-bread", "facts": {"item": "kitchen_knife"}, "expect": "K-9",
             "text": text("Dao cắt bánh mì", "A bread knife")},
        ]  # fmt: skip

    return changed(change)
