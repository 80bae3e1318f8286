"""Which sample cases get drawings, and of what."""

from __future__ import annotations

import hashlib
from random import Random

from django.core.files.base import ContentFile

from brightline.workbench.cases.models import Case, Picture
from brightline.workbench.sample.drawing import drawing
from brightline.workbench.sample.stock import Golden

SHARE = 0.12
_BY_CATEGORY = {
    "bags": "bag", "shoes": "shoe", "clothes": "shirt", "fashion": "shirt", "phones": "phone",
    "electronics": "phone", "accessories": "phone", "cosmetics": "jar", "fragrance": "bottle",
    "supplements": "bottle", "medicine": "box", "medical": "box", "alcohol": "bottle",
    "groceries": "jar", "baby_food": "jar",
}  # fmt: skip


def add_pictures(case: Case, golden: Golden, random: Random) -> int:
    """Draw one or two pictures for some of the cases; how many were drawn."""
    if golden.subject not in ("listing", "content") or random.random() > SHARE:
        return 0
    words = str(golden.attributes.get("title") or golden.attributes.get("caption") or "")
    shape = "screen" if golden.subject == "content" else _BY_CATEGORY.get(
        str(golden.attributes.get("category")), "box"
    )  # fmt: skip
    count = 1 + (random.random() < 0.3)
    for _number in range(count):
        data = drawing(shape, words, random)
        Picture.objects.create(
            case=case,
            digest=hashlib.sha256(data).hexdigest(),
            file=ContentFile(data, name=f"{case.ref}.jpg"),
        )
    return count
