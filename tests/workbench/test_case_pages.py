"""Cases are found without accents; the page of one says everything, but not to a blind judge."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from brightline.workbench.cases.actions.claim import claim
from brightline.workbench.cases.models import Case, Decision
from brightline.workbench.cases.searching_cases import Wanted, find
from tests.workbench.making import a_case, answered, decided, person, shares

pytestmark = pytest.mark.django_db


@pytest.fixture
def reader(client: Client, mai, release) -> Client:
    """The browser of a programme manager."""
    client.force_login(mai)
    return client


def refs(who, **wanted: str) -> list[str]:
    return [case.ref for case in find(who, Wanted(**wanted)).cases]


@pytest.mark.parametrize("words", ["kiem nhat", "KIẾM", "nhật trang", "kiem  tri"])
def test_cases_are_found_by_words_without_accents(release, mai, words):
    a_case(ref="one")
    a_case("Gối ôm", ref="two")
    assert refs(mai, q=words) == ["one"]


def test_a_percent_sign_is_a_sign_and_not_everything(release, mai):
    a_case(ref="one")
    assert refs(mai, q="%") == []
    assert refs(mai, q="_") == []


def test_each_filter_narrows(release, mai, alice):
    a_case(ref="one", seller="shop-1")
    a_case("Gối ôm dài", ref="two", seller="shop-2")
    a_case(ref="three", source="user_report")
    assert refs(mai, seller="shop-2") == ["two"]
    assert refs(mai, action="allow") == ["two"]
    assert sorted(refs(mai, action="-")) == ["one", "three"]
    assert refs(mai, source="user_report") == ["three"]
    assert refs(mai, subject="seller") == []
    today = timezone.localdate().isoformat()
    assert len(refs(mai, since=today, until=today)) == 3
    assert refs(mai, until="2020-01-01") == []
    assert len(refs(mai, since="no day", until="9999-99-99")) == 3


def test_pages_lose_none_and_repeat_none(release, mai, monkeypatch):
    monkeypatch.setattr("brightline.workbench.cases.searching_cases.PAGE", 3)
    for n in range(8):
        a_case(f"Kiếm Nhật {n}", ref=f"r{n}")
    Case.objects.update(received_at=timezone.now())  # all at once: the id decides
    seen, after = [], ""
    while True:
        found = find(mai, Wanted(), after)
        seen += [case.ref for case in found.cases]
        after = found.after
        if not after:
            break
    assert seen == [f"r{n}" for n in range(7, -1, -1)]


def test_a_forged_key_of_a_page_is_ignored(reader):
    a_case(ref="one")
    assert reader.get(reverse("cases"), {"after": "x:y:z"}).status_code == 200


def test_a_reference_leads_to_its_case_at_once(reader):
    case = a_case(ref="SP-7").case
    answer = reader.get(reverse("cases"), {"q": "SP-7"})
    assert answer["Location"] == reverse("case", args=[case.pk])


def shown(client: Client, case: Case) -> str:
    return client.get(reverse("case", args=[case.pk])).content.decode()


def test_the_page_tells_what_why_who_and_that_it_comes_out_the_same(reader, alice):
    case = a_case("Kiếm Nhật <b>dài</b>", seller="shop-9").case
    decided(alice, item="weapon", hidden="no")
    text = shown(reader, case)
    assert ">Kiếm Nhật</mark> &lt;b&gt;dài&lt;/b&gt;" in text
    assert "Mặt hàng là Vũ khí" in text.split(">Kiếm Nhật</mark>")[0].split("<mark")[-1]
    assert "Gỡ sản phẩm" in text
    assert "K-2" in text
    assert "Alice" in text
    assert "kết quả như cũ" in text
    assert "người kiểm duyệt trả lời" in text
    assert "Quyết định vụ việc" in text


def test_a_decision_that_was_tampered_with_comes_out_otherwise(reader, alice):
    case = a_case().case
    decided(alice, item="weapon", hidden="no")
    Decision.objects.update(action="allow")
    assert "kết quả khác" in shown(reader, case)


def second_look(alice, bob) -> Case:
    """A case that alice decided and bob holds for a blind second review."""
    shares(second=1.0)
    case = a_case().case
    decided(alice, item="weapon", hidden="no")
    assert claim(bob).kind == "second"
    return case


def test_who_judges_blindly_is_not_told(client, release, alice, bob):
    case = second_look(alice, bob)
    client.force_login(bob)
    answer = client.get(reverse("case", args=[case.pk]))
    assert answer.status_code == 403
    text = answer.content.decode()
    assert "không được biết" in text
    assert "Gỡ sản phẩm" not in text
    listed = client.get(reverse("cases")).content.decode()
    row = listed[listed.index(case.ref) :]
    assert "đang được xem lại" in row
    assert (
        case.ref not in client.get(reverse("cases"), {"action": "remove_listing"}).content.decode()
    )


def test_once_decided_the_page_opens(client, release, alice, bob):
    case = second_look(alice, bob)
    task = claim(bob)
    from brightline.workbench.cases.actions.decide import decide

    decide(answered(task, bob, item="weapon", hidden="no").pk, bob)
    client.force_login(bob)
    assert client.get(reverse("case", args=[case.pk])).status_code == 200


def test_who_has_read_a_decided_case_does_not_judge_it_blindly(client, release, alice, bob):
    shares(second=1.0)
    case = a_case().case
    decided(alice, item="weapon", hidden="no")
    client.force_login(bob)
    assert client.get(reverse("case", args=[case.pk])).status_code == 200
    assert claim(bob) is None
    assert claim(person("eve", "moderator")).case == case


def test_events_are_for_who_may_read_the_log(client, release, alice):
    case = a_case("Gối ôm dài").case
    client.force_login(alice)
    assert "Nhận vụ việc" not in shown(client, case)


def test_an_overdue_case_says_so(reader):
    case = a_case().case
    Case.objects.update(due_at=timezone.now() - timedelta(hours=1))
    assert "quá hạn" in shown(reader, case)
