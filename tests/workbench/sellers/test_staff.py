"""What staff see of sellers and appeals, and who does."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from brightline.workbench.sellers.actions.file_appeal import file_appeal
from brightline.workbench.sellers.links import path_of
from brightline.workbench.sellers.models import Appeal, Paper, Statement
from brightline.workbench.sellers.papers import checked
from brightline.workbench.sellers.views.staff import address
from tests.workbench.making import a_case, decided, person
from tests.workbench.sellers.making import A_PDF, WORDS, a_picture, appealed, removed

pytestmark = pytest.mark.django_db


@pytest.fixture
def decision(release, alice):
    """A decision with a statement."""
    return removed(alice, ref="L-1")


@pytest.fixture
def appeal(decision) -> Appeal:
    """An appeal with a picture and a PDF."""
    papers = [
        checked("ảnh.jpg", SimpleUploadedFile("ảnh.jpg", a_picture())),
        checked("giấy.pdf", SimpleUploadedFile("giấy.pdf", A_PDF)),
    ]
    return file_appeal(Statement.objects.get(), WORDS, papers)


def ways(appeal: Appeal) -> dict[str, list[str]]:
    """Every address of the room for staff, by what it takes."""
    days = "?from=2020-01-01&to=2030-01-01"
    return {
        "sellers": [
            reverse("sellers"),
            address("VN", "shop-1"),
            reverse("statement", args=[appeal.statement.puid]),
        ],
        "appeals": [
            reverse("appeals"),
            reverse("appeal", args=[appeal.pk]),
            *(reverse("paper", args=[paper.pk]) for paper in appeal.papers.all()),
        ],
        "export": [
            reverse("statements") + days,
            reverse("statements_file", args=["csv"]) + days,
            reverse("statements_file", args=["json"]) + days,
        ],
    }


@pytest.mark.parametrize(
    ("role", "open_to"),
    [
        ("moderator", {"sellers"}),
        ("senior", {"sellers", "appeals"}),
        ("quality", {"sellers", "appeals"}),
        ("trainer", set()),
        ("author", {"sellers", "appeals"}),
        ("legal", {"sellers", "appeals", "export"}),
        ("lead", {"sellers", "appeals", "export"}),
        ("manager", {"sellers", "appeals", "export"}),
        ("admin", set()),
        ("service", {"export"}),
    ],
)
def test_each_room_is_open_to_its_roles_and_shut_to_the_others(enter, appeal, role, open_to):
    client = enter(person("someone", role))
    for room, addresses in ways(appeal).items():
        for way in addresses:
            response = client.get(way)
            if response.streaming:
                assert response.getvalue()
            assert response.status_code == (200 if room in open_to else 403), way


def test_nobody_comes_in_without_a_login(client, appeal):
    for addresses in ways(appeal).values():
        for way in addresses:
            assert client.get(way)["Location"].startswith("/accounts/login/")


def test_another_market_is_shut(enter, appeal):
    client = enter(person("someone", "manager", market="TH"))
    found = ways(appeal)
    assert client.get(reverse("sellers")).status_code == 200
    assert "shop-1" not in client.get(reverse("sellers")).content.decode()
    assert appeal.number not in client.get(reverse("appeals")).content.decode()
    for way in [*found["sellers"][1:], *found["appeals"][1:]]:
        assert client.get(way).status_code == 403
    rows = client.get(found["export"][2]).getvalue().decode()
    assert appeal.statement.puid not in rows


def test_appeals_of_another_queue_are_shut(enter, appeal):
    client = enter(person("someone", "senior", queue="reviews"))
    assert appeal.number not in client.get(reverse("appeals")).content.decode()
    assert client.get(reverse("appeal", args=[appeal.pk])).status_code == 403
    for paper in appeal.papers.all():
        assert client.get(reverse("paper", args=[paper.pk])).status_code == 403


def test_a_paper_is_handed_out_harmless(enter, appeal, carol):
    picture, pdf = (
        enter(carol).get(reverse("paper", args=[paper.pk])) for paper in appeal.papers.all()
    )
    assert pdf["Content-Disposition"].startswith("attachment")
    assert picture["Content-Disposition"].startswith("inline")
    for response in (picture, pdf):
        assert response["X-Content-Type-Options"] == "nosniff"
        assert "sandbox" in response["Content-Security-Policy"]
        assert response["Cache-Control"] == "private, no-store"
        assert b"".join(response.streaming_content)


def test_a_paper_whose_file_is_gone_is_not_found(enter, appeal, carol):
    paper = Paper.objects.first()
    paper.file.storage.delete(paper.file.name)
    assert enter(carol).get(reverse("paper", args=[paper.pk])).status_code == 404


def test_numbers_beyond_every_database_are_not_found(enter, release, carol):
    client = enter(carol)
    for name in ("appeal", "paper"):
        assert client.get(reverse(name, args=[10**30])).status_code == 404
    assert client.get(reverse("appeals") + "?q=" + "9" * 100).status_code == 200


def test_the_list_of_appeals_can_be_narrowed(enter, appeal, carol, alice):
    decided(carol, item="other")
    second = appealed(removed(alice, "shop-2", title="Kiếm Nhật hai"))
    client, at = enter(carol), reverse("appeals")

    def listed(query: str) -> set[str]:
        said = client.get(at + query).content.decode()
        return {one.number for one in (appeal, second) if one.number in said}

    assert listed("") == {second.number}
    assert listed("?state=decided") == {appeal.number}
    assert listed("?state=decided&outcome=upheld") == set()
    assert listed("?state=all&outcome=overturned") == {appeal.number}
    assert listed("?state=all&q=shop-2") == {second.number}
    assert listed(f"?state=all&q={appeal.number.lower()}") == {appeal.number}
    assert listed("?state=all&q=L-1") == {appeal.number}
    assert listed("?state=late") == set()
    Appeal.objects.filter(pk=second.pk).update(due_at=second.filed_at)
    assert listed("?state=late") == {second.number}
    assert listed("?state=nonsense&page=abc") == {second.number}


def test_an_appeal_stands_beside_the_decision_it_is_about(enter, appeal, carol):
    said = enter(carol).get(reverse("appeal", args=[appeal.pk])).content.decode()
    for words in (WORDS, "ảnh.jpg", "giấy.pdf", "Alice", "K-2", "Gỡ sản phẩm"):
        assert words in said


def test_a_seller_is_found_by_id(enter, decision, mai):
    client = enter(mai)
    assert client.get(reverse("sellers") + "?q=shop-1")["Location"] == address("VN", "shop-1")
    assert "shop-1" in client.get(reverse("sellers") + "?q=SHO").content.decode()
    assert client.get(reverse("sellers") + "?q=%00").status_code == 200
    assert "Không có người bán" in client.get(reverse("sellers") + "?q=none").content.decode()


def test_a_seller_with_only_allowed_cases_has_a_page_too(enter, release, mai):
    a_case("Gối ôm hình gấu", seller="shop-7")
    assert enter(mai).get(address("VN", "shop-7")).status_code == 200
    assert enter(mai).get(address("VN", "nobody")).status_code == 404


def test_a_sellers_id_may_be_anything(enter, release, alice, mai):
    code = "../a b&id=x?<i>/Đ"
    removed(alice, seller=code)
    response = enter(mai).get(address("VN", code))
    assert response.status_code == 200
    assert "<i>" not in response.content.decode()


def test_the_page_of_a_seller_tells_it_all(enter, appeal, mai, carol):
    decided(carol, item="other")
    said = enter(mai).get(address("VN", "shop-1")).content.decode()
    for words in ("+12", "−12", "Cảnh cáo", "Đã hủy", "L-1", appeal.number, "<path"):
        assert words in said


def test_sample_data_is_marked(enter, release, alice, mai):
    removed(alice, sample=True)
    client = enter(mai)
    statement = Statement.objects.get()
    for way in (
        reverse("sellers"),
        address("VN", "shop-1"),
        reverse("statement", args=[statement.puid]),
    ):
        assert 'class="tag sample"' in client.get(way).content.decode()


def test_the_sellers_link_is_shown_to_those_who_answer_for_statements(enter, decision, mai, bob):
    way = reverse("statement", args=[Statement.objects.get().puid])
    link = path_of(Statement.objects.get())
    assert link in enter(mai).get(way).content.decode()
    assert link not in enter(bob).get(way).content.decode()
