"""What the programme manager and the market lead do on a policy day, once a draft is written."""

from __future__ import annotations

from typing import Any

from tests.workbench.browsing import follow, looked_at, told
from tests.workbench.policy_day.pages import press, through_the_menu, told_in_the_end


def another_signs_it(page: Any) -> None:
    """By the list of what waits for a signature."""
    through_the_menu(page, "Chính sách", "Ký duyệt")
    looked_at(page)
    follow(page, "Dao bếp giấu trong gậy")
    press(page, "Ký nội dung này")
    told(page, "Đã ký")


def it_is_tried_on_past_cases_fed_in_again(page: Any) -> None:
    follow(page, "Chạy thử bản thảo này")
    page.get_by_role("radio", name="Thí điểm").check()
    page.get_by_label("Lan", exact=True).check()
    page.get_by_label("Tỷ lệ vụ được bốc thăm").fill("100")
    looked_at(page)
    press(page, "Bắt đầu")
    press(page, "Chạy lại 50 vụ cũ")
    told(page, "Đã chạy lại 17 vụ cũ")


def the_figures_of_both_arms_are_there(page: Any) -> None:
    page.reload()
    told(page, "Gỡ sản phẩm")
    told(page, "Cho phép")
    looked_at(page)


def it_is_published(page: Any) -> None:
    follow(page, "Duyệt và ban hành bản này")
    press(page, "Ban hành")
    page.wait_for_url("**/releases/VN/2/")
    looked_at(page)


def its_notices_are_drafted_and_sent(page: Any) -> None:
    follow(page, "Thông báo và bài kiểm tra")
    looked_at(page)
    at = page.get_by_label("Người chưa qua")
    at.fill(at.get_attribute("min"))
    press(page, "Gửi các thông báo đã chọn")
    told(page, "Đã gửi cho 2 người")


def the_pilot_has_ended_by_itself(page: Any) -> None:
    through_the_menu(page, "Chính sách", "Chạy thử")
    told_in_the_end(page, "Đã dừng")
    looked_at(page)


def everyone_has_understood(page: Any) -> None:
    """The board of the notice measures how long it took until they had."""
    through_the_menu(page, "Chính sách", "Quy định mới")
    looked_at(page)
    follow(page, "VN 2")
    follow(page, "Theo dõi")
    told(page, "1/2")
    looked_at(page)


def it_is_rolled_back(page: Any) -> None:
    """One press brings the earlier release back; the page says so."""
    through_the_menu(page, "Chính sách", "Bản ban hành")
    looked_at(page)
    page.get_by_text("Quay lại bản ban hành 1").click()
    page.get_by_label("Lý do").first.fill("Gỡ nhầm dao làm bếp")
    press(page, "Quay lại ngay")
    page.wait_for_url("**/releases/VN/3/")
    told(page, "Đưa trở lại")
