"""Short ways to decisions against sellers, their statements and their appeals."""

from __future__ import annotations

import io

from PIL import Image

from brightline.workbench.cases.models import Case, Decision, Task, TaskKind
from brightline.workbench.sellers.actions.file_appeal import file_appeal
from brightline.workbench.sellers.links import path_of
from brightline.workbench.sellers.models import Appeal, Seller, Statement
from tests.workbench.making import a_case, decided

WORDS = "Đây là kiếm nhựa để trang trí, không có lưỡi. Xin xem ảnh kèm theo."


def removed(who, seller: str = "shop-1", **more) -> Decision:
    """A weapon that `who` removed: K-2, 12 points."""
    a_case(seller=seller, **more)
    return decided(who, item="weapon", hidden="no")


def suspended(who, seller: str = "shop-1", **more) -> Decision:
    """A disguised weapon for which `who` suspended the shop: K-1, 24 points."""
    a_case(seller=seller, **more)
    return decided(who, item="weapon", hidden="yes")


def appealed(decision: Decision, text: str = WORDS) -> Appeal:
    """An appeal against the statement of a decision."""
    return file_appeal(Statement.objects.get(decision=decision), text)


def page_of(decision: Decision) -> str:
    """The seller's page for a decision."""
    return path_of(Statement.objects.get(decision=decision))


def points(code: str = "shop-1") -> int:
    """What the ledger of a seller sums to."""
    return sum(e.amount for s in Seller.objects.filter(code=code) for e in s.entries.all())


def adjudicate(decision: Decision) -> Task:
    """A senior is to settle the case of a decision."""
    case: Case = decision.case
    return Task.objects.create(
        case=case, kind=TaskKind.ADJUDICATE, market=case.market, queue="regulated",
        due_at=case.due_at, senior=True,
    )  # fmt: skip


def a_picture(form: str = "JPEG", size: tuple[int, int] = (60, 40), exif: bytes = b"") -> bytes:
    """A picture file."""
    out = io.BytesIO()
    more = {"exif": exif} if exif else {}
    Image.new("RGB", size, (200, 30, 30)).save(out, form, **more)
    return out.getvalue()


A_PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
