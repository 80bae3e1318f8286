"""Some cases are handed up with a question, as moderators do who do not want to guess; some of the
answers become precedents."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from random import Random

from brightline.workbench.accounts.models import User
from brightline.workbench.accounts.roles import Role
from brightline.workbench.cases.models import Task, TaskKind
from brightline.workbench.escalations.about import About
from brightline.workbench.escalations.actions.answer_question import Reply, answer_question
from brightline.workbench.escalations.actions.escalate import escalate
from brightline.workbench.escalations.actions.report_unclear import report_unclear
from brightline.workbench.escalations.desks import may_answer
from brightline.workbench.escalations.models import Escalation
from brightline.workbench.sample.team import TEAM

SHARE, UNCLEAR_SHARE = 0.02, 0.012
"""Of the questions that are asked, how many are handed up, and how many are called unclear."""
ANSWERED_SHARE = 0.6
"""Of the questions that wait, how many are answered in words; the others are settled by a
decision, or wait still."""
PRECEDENT_SHARE = 0.7
"""Of those answers, how many become precedents."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, to whom it is put, and the answer that is given."""

    to: Role
    question: str
    answer: str
    answer_en: str


ASKED = (
    Asked(
        Role.SENIOR,
        "Người bán gửi giấy tờ nhưng ảnh mờ, không đọc được số. Có coi là chưa có không?",
        "Có. Không đọc được số thì coi là chưa có giấy tờ. Ghi rõ lý do để người bán gửi lại ảnh.",
        "Yes. Papers whose number cannot be read count as missing. Say so, for a new picture.",
    ),
    Asked(
        Role.SENIOR,
        "Tên sản phẩm và ảnh nói hai thứ khác nhau, tính theo cái nào?",
        "Theo thứ người mua sẽ nhận. Ảnh và tên mâu thuẫn mà không rõ thì chọn “không xác định”.",
        "By what the buyer will get. Where picture and title clash, it cannot be told.",
    ),
    Asked(
        Role.SENIOR,
        "Hai điều khoản đều có vẻ đúng. Trường hợp này áp dụng điều nào?",
        "Trả lời đúng từng câu hỏi, bộ quy tắc tự chọn điều nặng hơn. Không chọn điều khoản trước.",
        "Answer each question as it is; the rules take the graver clause. Do not choose one first.",
    ),
    Asked(
        Role.LEGAL,
        "Giấy phép do tỉnh cấp, không phải bộ. Có dùng được cho mặt hàng này không?",
        "Được, nếu mặt hàng thuộc thẩm quyền của tỉnh và giấy phép còn hạn. Ngược lại là chưa có.",
        "Yes where the province is competent for it and the licence is valid; else it is missing.",
    ),
    Asked(
        Role.LEGAL,
        "Công văn không ghi rõ tin nào phải gỡ. Xử lý cả gian hàng hay từng tin?",
        "Từng tin khớp với mô tả trong công văn. Không xử lý cả gian hàng khi chưa có tên cụ thể.",
        "Listing by listing, as the letter describes them; not the whole shop unless it is named.",
    ),
)
UNCLEAR = (
    "Hướng dẫn chưa nói phải làm gì khi ảnh bị che một phần.",
    "Chưa rõ “quảng cáo” có gồm lời kể trong phần đánh giá không.",
    "Ví dụ chỉ có hàng mới, hàng đã qua sử dụng thì sao?",
)


def hand_up(task: Task, person: User, random: Random) -> Escalation | None:
    """Hand the case up; None where it cannot be: an appeal, or a case that was handed up."""
    if task.kind in (TaskKind.APPEAL, TaskKind.ESCALATION):
        return None
    asked = random.choice(ASKED)
    return escalate(task.pk, person, asked.question, asked.to)


def answer_in_words(question: Escalation, people: Mapping[str, User], random: Random) -> str:
    """Answer a question that still waits, and send its case back to the queue.

    What came of it: `answered`, `precedents`; empty where someone has the case already.
    """
    question.refresh_from_db()
    if not question.open or question.task.status != Task.Status.OPEN:
        return ""
    known = next(one for one in ASKED if one.question == question.question)
    person = people[next(m.login for m in TEAM if m.role == known.to)]
    if not may_answer(person, question):  # their own
        return ""
    tie = None
    if question.sop and random.random() < PRECEDENT_SHARE:
        tie = About(question.sop, question.clause, question.fact)
    answer_question(
        question.pk, person, Reply(known.answer, known.answer_en, tie), back=True
    )  # fmt: skip
    return "precedents" if tie else "answered"


def call_unclear(task: Task, person: User, random: Random) -> None:
    """Say that the rule in question is unclear; the case goes on."""
    report_unclear(task.pk, person, random.choice(UNCLEAR))
