"""Some cases are handed up with a question, as moderators do who do not want to guess."""

from __future__ import annotations

from random import Random

from brightline.workbench.accounts.models import User
from brightline.workbench.cases.models import Task, TaskKind
from brightline.workbench.escalations.actions.escalate import escalate
from brightline.workbench.escalations.actions.report_unclear import report_unclear

SHARE, UNCLEAR_SHARE = 0.02, 0.012
"""Of the questions that are asked, how many are handed up, and how many are called unclear."""
ASKED = (
    ("senior", "Người bán gửi giấy tờ nhưng ảnh mờ, không đọc được số. Có coi là chưa có không?"),
    ("senior", "Tên sản phẩm và ảnh nói hai thứ khác nhau, tính theo cái nào?"),
    ("senior", "Hai điều khoản đều có vẻ đúng. Trường hợp này áp dụng điều nào?"),
    ("legal", "Giấy phép do tỉnh cấp, không phải bộ. Có dùng được cho mặt hàng này không?"),
    ("legal", "Công văn không ghi rõ tin nào phải gỡ. Xử lý cả gian hàng hay từng tin?"),
)
UNCLEAR = (
    "Hướng dẫn chưa nói phải làm gì khi ảnh bị che một phần.",
    "Chưa rõ “quảng cáo” có gồm lời kể trong phần đánh giá không.",
    "Ví dụ chỉ có hàng mới, hàng đã qua sử dụng thì sao?",
)


def hand_up(task: Task, person: User, random: Random) -> bool:
    """Hand the case up; False where it cannot be: an appeal, or a case that was handed up."""
    if task.kind in (TaskKind.APPEAL, TaskKind.ESCALATION):
        return False
    to, question = random.choice(ASKED)
    escalate(task.pk, person, question, to)
    return True


def call_unclear(task: Task, person: User, random: Random) -> None:
    """Say that the rule in question is unclear; the case goes on."""
    report_unclear(task.pk, person, random.choice(UNCLEAR))
