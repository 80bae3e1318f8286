"""What the author of a draft and the lawyer do on a policy day, until it is handed in."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils import timezone

from tests.workbench.browsing import follow, looked_at, told
from tests.workbench.policy_day.pages import NOTE, chip, press, settled, through_the_menu


def the_author_opens_a_draft_for_the_request(page: Any) -> None:
    through_the_menu(page, "Chính sách", "Đề nghị")
    looked_at(page)
    follow(page, NOTE)
    looked_at(page)
    follow(page, "Soạn thay đổi: mở bản thảo")
    press(page, "Mở bản thảo")
    page.wait_for_url("**/edit/sops/knives.yaml")
    settled(page)


def she_writes_a_clause_in_the_table(page: Any) -> None:
    page.get_by_label("Thêm thao tác cho K-2").click()
    page.get_by_role("button", name="Thêm điều khoản bên dưới").click()
    one = page.get_by_role("dialog")
    one.get_by_label("Tên (vi)").fill("Dao bếp ngụy trang")
    one.get_by_label("Tên (en)").fill("Disguised kitchen knife")
    one.get_by_label("Biện pháp xử lý").select_option(label="Gỡ sản phẩm")
    one.get_by_role("button", name="Thêm").click()
    page.locator("[data-add-test][data-clause='K-3']").wait_for()
    said = page.get_by_role("group", name="Thông báo gửi người bán").locator("textarea")
    said.first.fill("Dao bếp ngụy trang đã bị gỡ. Khiếu nại trong 30 ngày.")
    said.last.fill("The disguised knife was removed. Appeal within 30 days.")
    said.last.blur()
    page.get_by_label("Điểm của K-3").fill("6")
    page.get_by_role("group", name="Căn cứ").get_by_label("Thêm").select_option("policy")
    page.locator("[data-basis-remove=policy]").wait_for()
    condition(page, "Mặt hàng", "Vũ khí")
    chip(page, "K-3", "hidden").focus()
    page.keyboard.press("Enter")
    page.locator("#popover").get_by_label("có", exact=True).check()
    page.keyboard.press("Enter")
    settled(page)
    page.locator("[data-move='K-3']").press("ArrowUp")
    settled(page)
    assert order(page) == ["K-1", "K-3", "K-2", "K-9"]
    page.get_by_role("button", name="Hoàn tác").click()
    settled(page)
    assert order(page) == ["K-1", "K-2", "K-3", "K-9"]


def order(page: Any) -> list[str]:
    """The clauses as they stand in the table."""
    return page.locator("tbody[data-clause]").evaluate_all("all => all.map(o => o.dataset.clause)")


def condition(page: Any, fact: str, option: str) -> None:
    """The first condition of the new clause: which fact, and what it must be."""
    page.locator("[data-add-test][data-clause='K-3']").first.click()
    page.get_by_label("Xét dữ kiện nào?").last.select_option(label=fact)
    page.get_by_role("button", name="Xong").click()
    page.locator("#popover").get_by_label(option, exact=True).check()
    page.get_by_role("button", name="Xong").click()
    chip(page, "K-3", "item").wait_for()


def a_proof_finds_that_it_never_comes_to_bear(page: Any) -> None:
    """She chose the wrong item: another clause takes every such case."""
    page.locator(".finding", has_text="BL-601").get_by_role("button", name="K-3").wait_for()
    page.locator("[data-marks='K-3'] .finding-mark").wait_for()
    looked_at(page)


def she_mends_it_in_the_text_and_leaves_a_comment_there(page: Any) -> None:
    """The finding leads to its line; an example that is now too short to decide is mended too."""
    page.locator(".finding", has_text="BL-601").get_by_role("button", name="dòng").click()
    editor = page.locator("#text-editor")
    editor.locator(".cm-line", has_text="item: weapon, hidden: yes").last.click()
    page.keyboard.press("Home")
    page.keyboard.press("Shift+End")
    page.keyboard.insert_text("when: {item: kitchen_knife, hidden: yes}  # hỏi từ hàng đợi")
    page.locator(".finding", has_text="BL-601").wait_for(state="detached")
    page.locator(".finding", has_text="BL-501").get_by_role("button", name="dòng").click()
    editor.locator(".cm-line", has_text="item: kitchen_knife").last.click()
    page.keyboard.press("End")
    page.keyboard.press("Enter")
    page.keyboard.insert_text("hidden: no")
    page.locator(".finding.error").first.wait_for(state="detached")
    a_slip_is_marked_in_its_line(page)
    settled(page)
    looked_at(page)


def a_slip_is_marked_in_its_line(page: Any) -> None:
    """A key that no SOP has, typed at the end and taken away again."""
    page.keyboard.press("Control+End")
    page.keyboard.insert_text("hít: first")
    page.locator("#text-editor .cm-lint-marker-error").first.wait_for()
    page.keyboard.press("Shift+Home")
    page.keyboard.press("Backspace")
    page.locator(".finding.error").first.wait_for(state="detached")


def back_in_the_table_the_comment_stays(page: Any) -> None:
    """What is missing is an example, which the table takes; the text keeps its comment."""
    page.get_by_role("tab", name="Bảng").click()
    page.locator(".finding", has_text="BL-511").get_by_role("button", name="K-3").click()
    page.locator("[data-new-example='K-3']").click()
    one = page.get_by_role("dialog")
    one.get_by_label("Nội dung vụ việc (vi)").fill("Dao bếp giấu trong gậy")
    one.get_by_label("Nội dung vụ việc (en)").fill("A kitchen knife in a stick")
    one.get_by_label("Mặt hàng").select_option(label="Dao bếp")
    one.get_by_label("Ngụy trang").select_option(label="có")
    one.get_by_role("button", name="Thêm").click()
    told(page, "đã chứng minh", "#found")
    settled(page)
    page.get_by_role("tab", name="Văn bản").click()
    page.locator("#text-editor .cm-line", has_text="# hỏi từ hàng đợi").wait_for()
    page.get_by_role("tab", name="Bảng").click()
    chip(page, "K-3", "item").wait_for()


def she_asks_legal(page: Any) -> None:
    follow(page, "Dao bếp giấu trong gậy")
    looked_at(page)
    follow(page, "Lấy ý kiến")
    page.get_by_label("Phuong", exact=True).check()
    page.get_by_label("Hạn trả lời").fill(in_days(3))
    press(page, "Gửi lời hỏi")
    told(page, "Phuong")


def legal_comments_on_the_clause(page: Any) -> None:
    through_the_menu(page, "Chính sách", "Bản thảo")
    follow(page, "Xin ý kiến bạn")
    looked_at(page)
    follow(page, "sops/knives.yaml")
    settled(page)
    page.get_by_role("button", name="K-3 Dao bếp ngụy trang").click()
    page.get_by_role("heading", name="Điều khoản K-3").wait_for()
    page.get_by_label("Góp ý của bạn").fill("Sáu điểm có nặng quá không?")
    page.locator("#side").get_by_role("button", name="Gửi").last.click()
    page.locator("#side .comment", has_text="Sáu điểm").wait_for()
    settled(page)
    looked_at(page)


def the_comment_is_answered_and_settled(page: Any) -> None:
    page.reload()
    follow(page, "Lấy ý kiến")
    follow(page, "K-3")
    settled(page)
    comment = page.locator("#side .comment", has_text="Sáu điểm")
    comment.get_by_text("Trả lời", exact=True).click()
    comment.get_by_label("Trả lời góp ý").fill("Bằng nửa của vũ khí.")
    comment.get_by_role("button", name="Gửi").click()
    page.locator("#side .reply", has_text="Bằng nửa").wait_for()
    comment.get_by_label("Lý do").fill("Giữ sáu điểm")
    comment.get_by_role("button", name="Đã giải quyết").click()
    page.locator("#side .comment.settled", has_text="Giữ sáu điểm").wait_for()


def legal_agrees(page: Any) -> None:
    through_the_menu(page, "Chính sách", "Bản thảo")
    follow(page, "Xin ý kiến bạn")
    told(page, "Giữ sáu điểm")
    page.get_by_label("Đồng ý").check()
    press(page, "Gửi kết luận")


def it_is_handed_in_and_its_author_cannot_sign(page: Any) -> None:
    follow(page, "Dao bếp giấu trong gậy")
    follow(page, "Duyệt và ban hành")
    looked_at(page)
    press(page, "Gửi duyệt")
    told(page, "Đã gửi duyệt")
    assert page.get_by_role("button", name="Ký nội dung này").count() == 0
    assert page.locator("nav.menu.inside").is_visible(), "its door is not hers, its area is"


def in_days(days: int) -> str:
    """A day that many days ahead, as a date field takes it."""
    return (timezone.localdate() + timedelta(days=days)).isoformat()
