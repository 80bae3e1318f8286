"""A rulebook whose questions need more than number keys: a long tree of options, a price."""

from __future__ import annotations

from brightline.rulebook.model import Rulebook
from tests.workbench.making import a_rulebook, text


def a_wide_rulebook() -> Rulebook:
    """Bottles: what is in it (a tree of eleven), then its price."""
    raw = a_rulebook().model_dump(mode="json", by_alias=True, exclude_unset=True)
    drinks = {"beer": text("Bia", "Beer"), "wine": text("Rượu vang", "Wine"),
              "spirit": text("Rượu mạnh", "Spirits")}  # fmt: skip
    plain = {name: text(name.title(), name.title()) for name in "abcdefg"}
    raw["sops"] = [{
        "sop": "bottles", "title": text("Chai lọ", "Bottles"), "subject": "listing",
        "owner": "team", "queue": "regulated", "review_by": "2027-06-30",
        "purpose": text("Rượu lậu.", "Spirits."), "cannot_tell": "escalate",
        "facts": {
            "content": {
                "kind": "choice", "title": text("Bên trong", "Content"), "cost": 5,
                "options": {
                    "drink": {**text("Đồ uống có cồn", "Alcohol"), "options": drinks}, **plain,
                },
                "ask": text("Trong chai là gì?", "What is in the bottle?"),
                "guidance": text("Đọc nhãn.", "Read the label."),
            },
            "price": {
                "kind": "number", "unit": "vnd", "min": 0, "max": 10**9, "cost": 4,
                "title": text("Giá", "Price"), "ask": text("Giá bao nhiêu?", "What does it cost?"),
                "guidance": text("Giá sau giảm.", "After discounts."),
            },
        },
        "clauses": [
            {"id": "B-1", "title": text("Rượu rẻ", "Cheap spirits"), "action": "remove_listing",
             "when": {"content": "spirit", "price": "< 50000"}, "points": 12, "basis": ["policy"],
             "notice": text("Gỡ vì rượu lậu. Khiếu nại trong 30 ngày.",
                            "Removed. Appeal in 30 days.")},
            {"id": "B-9", "title": text("Khác", "Else"), "otherwise": "yes", "action": "allow"},
        ],
    }]  # fmt: skip
    return Rulebook.model_validate(raw)
