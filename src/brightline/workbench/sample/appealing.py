"""Some sellers appeal: most of those who were wronged, few of the others."""

from __future__ import annotations

from random import Random

from brightline.workbench.cases.models import Decision
from brightline.workbench.sellers.actions.file_appeal import NoAppeal, file_appeal
from brightline.workbench.sellers.models import Statement

WRONGED, OTHERS = 0.9, 0.09
"""Of the decisions that a seller may appeal against, the share that is: of wrong, of others."""
SOONEST, LATEST = 1.0, 40.0
"""Hours from the statement to the appeal."""
SAID = (
    "Sản phẩm của tôi không phải loại nêu trong thông báo. Đề nghị xem lại ảnh và phần mô tả.",
    "Tôi đã bổ sung giấy tờ từ tháng trước. Mong sàn kiểm tra lại và khôi phục tin.",
    "Từ bị đánh dấu chỉ là tên mẫu, không phải công dụng. Tôi đã sửa câu cho rõ hơn.",
    "Shop khác bán đúng mặt hàng này vẫn hiển thị. Đề nghị xem xét công bằng.",
    "Đây là hàng trưng bày, tôi đã ghi rõ trong mô tả. Xin xem lại giúp.",
)


def wants_to_appeal(decision: Decision, truth: str, random: Random) -> Statement | None:
    """The statement of reasons that a seller will appeal against, if they will.

    `truth` is the action that the facts as they are would have come to.
    """
    statement = Statement.objects.filter(decision=decision, appeal_until__isnull=False).first()
    if statement is None:
        return None
    share = OTHERS if decision.action == truth else WRONGED
    return statement if random.random() < share else None


def appeal(statement: Statement, random: Random) -> bool:
    """Send the appeal, as the seller would from their page; False where it is too late."""
    try:
        file_appeal(statement, random.choice(SAID))
    except NoAppeal:
        return False
    return True


def hours_until(random: Random) -> float:
    """How many hours a seller takes to write."""
    return SOONEST + (LATEST - SOONEST) * random.random() ** 2
