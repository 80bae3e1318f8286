"""A blind turn knows nothing of what was decided before."""

from __future__ import annotations

import pytest

from brightline.workbench.cases.actions.claim import claim
from tests.workbench.making import a_case, decided, shares

pytestmark = pytest.mark.django_db


def page(client, task) -> str:
    return client.get(f"/review/task/{task.pk}/").content.decode()


def test_a_second_look_shows_neither_decision_nor_like_cases(release, alice, bob, client):
    a_case("Kiếm Nhật cán gỗ mun")
    decided(alice, item="weapon", hidden="no")
    shares(second=1.0)
    a_case("Kiếm Nhật cán gỗ mun 2")
    decided(alice, item="weapon", hidden="yes")
    client.force_login(bob)
    task = claim(bob)
    assert task.kind == "second"
    said = page(client, task)
    assert "xét độc lập" in said
    for leak in ("Gỡ sản phẩm", "Tạm khóa gian hàng", "K-1", "K-2", "Gần như trùng lời"):
        assert leak not in said
    ahead = client.get(f"/review/task/{task.pk}/ahead/").json()
    assert "Alice" not in said + str(ahead)


def test_a_first_look_shows_the_like_cases_and_their_outcome(release, alice, bob, client):
    a_case("Kiếm Nhật cán gỗ mun")
    decided(alice, item="weapon", hidden="no")
    a_case("Kiem nhat can go MUN 7")
    client.force_login(bob)
    said = page(client, claim(bob))
    assert "Gần như trùng lời" in said
    assert "Gỡ sản phẩm · K-2" in said
    assert "Alice" not in said  # who decided is nobody's business here


def test_who_settles_sees_both_decisions(release, alice, bob, carol, client):
    shares(second=1.0)
    a_case()
    decided(alice, item="weapon", hidden="no")
    decided(bob, item="other")
    client.force_login(carol)
    said = page(client, claim(carol))
    assert "Quyết định trước đây về vụ này" in said
    assert "Gỡ sản phẩm · K-2" in said
    assert "Cho phép" in said


def test_an_audit_finds_out_for_itself_what_the_signals_saw(release, alice, client):
    shares(audit=1.0)
    case = a_case("Gối ôm hình gấu").case
    assert case.action == "allow"
    client.force_login(alice)
    task = claim(alice)
    assert task.kind == "audit"
    said = page(client, task)
    assert "Sản phẩm là gì?" in said
    assert "<mark" not in said
    for leak in ("Cho phép", "gối ôm", "gợi ý</span>", "Đã biết"):
        assert leak not in said
    differs = decided(alice, item="weapon", hidden="no")
    assert (differs.action, differs.in_force) == ("remove_listing", False)
    assert case.tasks.filter(kind="adjudicate").count() == 1
