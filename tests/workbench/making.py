"""Short ways to people, a small rulebook, and cases, for tests."""

from __future__ import annotations

import uuid
from functools import cache
from typing import Any

from brightline.rulebook.model import Rulebook
from brightline.workbench.accounts.models import Grant, User
from brightline.workbench.cases.actions.answer import answer
from brightline.workbench.cases.actions.claim import claim
from brightline.workbench.cases.actions.decide import decide
from brightline.workbench.cases.actions.receive import Incoming, Received, receive
from brightline.workbench.cases.models import Decision, Market, Task

PASSWORD = "correct horse battery"


def text(vi: str, en: str) -> dict[str, str]:
    return {"vi": vi, "en": en}


@cache
def a_rulebook(points: int = 12) -> Rulebook:
    """Knives: a weapon is removed, a kitchen knife stays, what cannot be told is escalated."""
    yes_no = {"kind": "yes_no", "cost": 5}
    facts = {
        "item": {
            "kind": "choice", "title": text("Mặt hàng", "Item"), "cost": 6,
            "options": {
                "weapon": text("Vũ khí", "Weapon"),
                "kitchen_knife": text("Dao bếp", "Kitchen knife"),
                "other": text("Khác", "Other"),
            },
            "ask": text("Sản phẩm là gì?", "What is the item?"),
            "guidance": text("Nhìn **lưỡi** dao.", "Look at the **blade**."),
            "from": [
                {"signal": "lexicon", "list": "knives", "in": ["title"], "trust": "suggests",
                 "values": {"weapon": "weapon", "kitchen": "kitchen_knife"}},
                {"signal": "lexicon", "list": "knives", "in": ["title"], "trust": "decides",
                 "values": {"plain": "other"}},
            ],
        },
        "hidden": {
            **yes_no, "title": text("Ngụy trang", "Disguised"),
            "ask": text("Vũ khí có ngụy trang không?", "Is the weapon disguised?"),
            "guidance": text("Ví dụ: bút, gậy.", "For example: a pen, a stick."),
        },
    }  # fmt: skip
    notice = text("Sản phẩm đã bị gỡ vì là vũ khí. Khiếu nại trong 30 ngày.",
                  "The listing was removed: it is a weapon. Appeal within 30 days.")  # fmt: skip
    sop = {
        "sop": "knives", "title": text("Dao và vũ khí", "Knives and weapons"),
        "subject": "listing", "owner": "team", "queue": "regulated",
        "review_by": "2027-06-30", "purpose": text("Giữ vũ khí khỏi sàn.", "No weapons."),
        "facts": facts, "cannot_tell": "escalate",
        "clauses": [
            {"id": "K-1", "title": text("Vũ khí ngụy trang", "Disguised weapon"),
             "when": {"item": "weapon", "hidden": "yes"}, "action": "suspend_shop",
             "points": 24, "basis": ["policy"], "notice": notice},
            {"id": "K-2", "title": text("Vũ khí", "Weapon"), "when": {"item": "weapon"},
             "action": "remove_listing", "points": points, "basis": ["policy"], "notice": notice},
            {"id": "K-9", "title": text("Khác", "Anything else"), "otherwise": "yes",
             "action": "allow"},
        ],
    }  # fmt: skip
    actions = {
        "allow": {"title": text("Cho phép", "Allow"), "severity": 0, "violation": "no"},
        "escalate": {"title": text("Chuyển cấp trên", "Escalate"), "severity": 50,
                     "violation": "no", "person": "yes"},
        "remove_listing": {"title": text("Gỡ sản phẩm", "Remove the listing"), "severity": 64},
        "suspend_shop": {"title": text("Tạm khóa gian hàng", "Suspend the shop"), "severity": 80},
    }  # fmt: skip
    return Rulebook.model_validate(
        {
            "rulebook": "small", "title": text("Bộ quy tắc nhỏ", "Small rulebook"),
            "market": "VN", "languages": ["vi", "en"],
            "subjects": {"listing": {"title": text("Tin đăng", "Listing"), "attributes": {
                "title": {"kind": "text", "title": text("Tên", "Title")},
                "description": {"kind": "text", "title": text("Mô tả", "Description")},
                "seller_id": {"kind": "text", "title": text("Mã", "Seller id")},
            }}},
            "actions": actions, "sops": [sop],
            "ladder": {"window": "90d", "steps": [
                {"at": 12, "title": text("Cảnh cáo", "Warning")},
                {"at": 24, "title": text("Tạm khóa 28 ngày", "Suspended for 28 days")},
            ]},
            "queues": {"regulated": {"title": text("Hàng cấm", "Banned goods"), "sla": "24h"}},
            "teams": {"team": text("Đội hàng cấm", "Banned goods team")},
            "lexicons": {"knives": [
                {"term": "kiếm nhật", "kind": "weapon"}, {"term": "dao thái", "kind": "kitchen"},
                {"term": "gối ôm", "kind": "plain"},
            ]},
        }
    )  # fmt: skip


def person(name: str, *roles: str, market: str = "", queue: str = "") -> User:
    """Someone with roles, whose password is PASSWORD."""
    made = User.objects.create_user(
        name, f"{name}@example.org", PASSWORD, display_name=name.title()
    )
    for role in roles:
        Grant.objects.create(user=made, role=role, market=market, queue=queue)
    return made


def shares(audit: float = 0.0, second: float = 0.0) -> Market:
    """The market VN with these sampled shares."""
    return Market.objects.update_or_create(
        code="VN", defaults={"audit_share": audit, "second_share": second}
    )[0]


def coming(title: str = "Kiếm Nhật trang trí", ref: str = "", **more: Any) -> Incoming:
    """A listing; by default one whose item a signal only suggests."""
    attributes = {"title": title, "seller_id": more.pop("seller", "shop-1")}
    return Incoming(
        ref=ref or uuid.uuid4().hex[:12], subject="listing", attributes=attributes, **more
    )


def a_case(title: str = "Kiếm Nhật trang trí", ref: str = "", **more: Any) -> Received:
    """A case taken in, without sampled second looks unless the test has set shares."""
    Market.objects.get_or_create(code="VN", defaults={"audit_share": 0, "second_share": 0})
    return receive("VN", coming(title, ref, **more), None)


def answered(task: Task, who: User, **facts: object) -> Task:
    """The task with these answers given."""
    for fact, value in facts.items():
        answer(task.pk, who, uuid.uuid4(), fact, value, 3.0)
    return task


def decided(who: User, **facts: object) -> Decision:
    """The next task of a person, answered and decided."""
    task = claim(who)
    assert task is not None
    return decide(answered(task, who, **facts).pk, who)
