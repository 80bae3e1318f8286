"""The cases of the demonstration: the rulebook's golden cases, less what a person has to find out.

What a golden case says of papers and identities is taken away, so that someone is asked; it stays
the truth that a careful person would answer.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random
from typing import Any

from brightline.workbench.cases.models import Source

LOOKED_UP = frozenset(
    [
        "ad_confirmation",
        "advert_label",
        "age_gate",
        "bank_account_name",
        "brand_papers",
        "business_registration",
        "creator_identity",
        "declaration",
        "identity_check",
        "import_papers",
        "label",
        "licence",
        "linked_to_banned",
        "link_target",
        "notification",
        "order_verified",
        "origin",
        "paid",
        "safety_mark",
        "seller_link",
        "seller_papers",
    ]
)
"""Attributes that a platform often does not know of a case: a person looks them up."""
ENDINGS = ("còn hàng", "mẫu mới về", "giao toàn quốc", "đủ màu", "có sẵn tại kho", "bán lẻ")
NAMES = ("Bảo An", "Hồng Phát", "Minh Khang", "Thảo Nguyên", "Gia Hân", "Phú Thịnh", "Hải Đăng",
         "Mộc Lan", "Tân Việt", "Ánh Dương")  # fmt: skip
SHOPS = 160


@dataclass(frozen=True, slots=True)
class Golden:
    """A golden case: whole, with what its author expects of it."""

    id: str
    subject: str
    attributes: Mapping[str, Any]
    facts: Mapping[str, Any]
    action: str

    @property
    def whole(self) -> dict[str, Any]:
        """The case with all that is known of it, as a rulebook's engine reads it."""
        return {
            "subject": self.subject, "attributes": dict(self.attributes), "facts": dict(self.facts)
        }  # fmt: skip

    @property
    def told(self) -> dict[str, Any]:
        """What the platform sends: the attributes without what a person has to look up."""
        return {k: v for k, v in self.attributes.items() if k not in LOOKED_UP}


@dataclass(frozen=True, slots=True)
class SampleCase:
    """A case to bring in, and the golden case it was made from."""

    ref: str
    golden: Golden
    attributes: dict[str, Any]
    source: str
    seller: str
    risk: float


def golden_cases(folder: Path) -> list[Golden]:
    """Every golden case of a rulebook that has words to read."""
    found = []
    for file in sorted((folder / "cases").glob("*.jsonl")):
        for line in file.read_text("utf-8").splitlines():
            raw = json.loads(line)
            attributes = raw.get("attributes") or {}
            if not any(isinstance(v, str) and " " in v for v in attributes.values()):
                continue
            found.append(
                Golden(raw["id"], raw["subject"], attributes, raw.get("facts") or {},
                       raw["expect"]["action"])
            )  # fmt: skip
    return found


def sample_cases(goldens: list[Golden], count: int, random: Random) -> Iterator[SampleCase]:
    """So many cases in no order: each golden one once, then variations of some."""
    turns = random.sample(goldens, min(count, len(goldens)))
    for number in range(count):
        varied = number >= len(turns)
        golden = random.choice(goldens) if varied else turns[number]
        shop = int(SHOPS * random.random() ** 1.8) + 1  # some shops come back more often
        case = SampleCase(
            ref=f"M-{100_000 + number}",
            golden=golden,
            attributes=dict(golden.told),
            source=_source(golden, random),
            seller=f"shop-{shop:03d}",
            risk=round(random.betavariate(2, 4) if golden.action == "allow"
                       else random.betavariate(4, 2), 2),
        )  # fmt: skip
        yield _belonging(_varied(case, random) if varied else case)


def _source(golden: Golden, random: Random) -> str:
    if golden.attributes.get("authority_request") not in (None, "none"):
        return str(Source.AUTHORITY)
    return str(Source.USER_REPORT if random.random() < 0.28 else Source.PROACTIVE)


def _varied(case: SampleCase, random: Random) -> SampleCase:
    """The same thing offered by someone else, in slightly other words and at another price."""
    attributes = dict(case.attributes)
    for name in ("title", "caption", "product_title"):
        if attributes.get(name):
            attributes[name] = f"{attributes[name]}, {random.choice(ENDINGS)}"
            break
    if isinstance(attributes.get("price"), int):
        attributes["price"] = max(1000, round(attributes["price"] * random.uniform(0.96, 1.04), -3))
    if attributes.get("shop_name"):
        attributes["shop_name"] = f"{attributes['shop_name']} {random.choice(NAMES)}"
    return replace(case, attributes=attributes)


def _belonging(case: SampleCase) -> SampleCase:
    """The case with whose it is, under the name that its subject uses."""
    name = {"listing": "seller_id", "content": "creator_id", "review": "reviewer_id"}.get(
        case.golden.subject
    )
    if name is None:
        return case
    return replace(case, attributes={**case.attributes, name: case.seller})
