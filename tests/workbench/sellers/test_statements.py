"""A decision against a seller tells them what, why and what to do; nothing else tells them."""

from __future__ import annotations

import pytest
from django.db import transaction
from django.utils import timezone

from brightline.workbench.audit.models import Event
from brightline.workbench.audit.recording import together
from brightline.workbench.cases.actions.conclude import decided as came_into_force
from brightline.workbench.cases.models import Decision, Market
from brightline.workbench.sellers.actions.state_reasons import digest_of
from brightline.workbench.sellers.models import Seller, Statement
from tests.workbench.making import a_case, decided, shares
from tests.workbench.sellers.making import adjudicate, removed

pytestmark = pytest.mark.django_db


def test_a_decision_against_a_seller_makes_one_statement(release, alice):
    decision = removed(alice, ref="L-1")
    statement = Statement.objects.get()
    assert (statement.decision, statement.kind) == (decision, "restriction")
    assert statement.seller == Seller.objects.get(market="VN", code="shop-1")
    assert (statement.appeal_until - statement.made_at).days == 30


def test_it_says_what_why_and_by_which_rule_in_both_languages(release, alice):
    removed(alice, ref="L-1")
    vi, en = (Statement.objects.get().texts[lang] for lang in ("vi", "en"))
    assert vi["headline"] == "Gỡ sản phẩm"
    assert en["headline"] == "Remove the listing"
    assert vi["name"] == "Kiếm Nhật trang trí"
    reason = vi["reasons"][0]
    assert (reason["clause"], reason["title"]) == ("K-2", "Vũ khí")
    assert reason["notice"].startswith("Sản phẩm đã bị gỡ vì là vũ khí")
    assert reason["facts"][0]["statement"] == "Mặt hàng là Vũ khí"
    assert reason["words"] == ["“Kiếm Nhật” trong “Tên”"]
    assert en["reasons"][0]["basis"] == [{"law": False, "words": "the marketplace's own rules"}]
    assert vi["points"] == "12 điểm"


def test_it_says_who_decided_and_how_it_was_found(release, alice):
    removed(alice, source="user_report")
    statement = Statement.objects.get()
    assert statement.automated == "not"
    assert not statement.detected
    assert statement.texts["en"]["found"] == "After a report by a user."
    assert statement.texts["en"]["decided"] == "Decided by a person."


def test_what_signals_suggested_counts_as_found_by_them(release, alice):
    removed(alice)
    assert Statement.objects.get().detected


def test_an_automatic_decision_says_so(release, facts_given):
    statement = Statement.objects.get()
    assert statement.automated == "fully"
    assert "automatically" in statement.texts["en"]["decided"]


@pytest.fixture
def facts_given(release):
    """A case whose facts came with it: decided without a person."""
    return a_case(facts={"item": "weapon", "hidden": "no"})


def test_nobody_is_told_of_names_lists_or_signals(release, alice):
    removed(alice)
    said = str(Statement.objects.get().texts)
    for inside in ("alice", "Alice", "lexicon", "knives”", "moderator"):
        assert inside not in said


def test_an_allowed_case_is_told_to_nobody(release, alice):
    a_case()
    decided(alice, item="other")
    a_case("Gối ôm hình gấu")
    assert not Statement.objects.exists()
    assert not Seller.objects.exists()


def test_a_case_handed_to_a_person_is_not_decided_yet(release, alice):
    a_case()
    assert decided(alice, item="cannot_tell").action == "escalate"
    assert not Statement.objects.exists()


def test_a_blind_measure_is_not_told(release, alice, bob):
    shares(second=1.0)
    a_case()
    decided(alice, item="weapon", hidden="no")
    assert not decided(bob, item="weapon", hidden="yes").in_force
    assert Statement.objects.count() == 1


def test_a_changed_decision_corrects_what_was_told(release, alice, carol):
    first = removed(alice)
    adjudicate(first)
    decided(carol, item="weapon", hidden="yes")
    old, new = Statement.objects.order_by("id")
    assert (new.kind, new.corrects) == ("change", old)
    assert new.texts["vi"]["headline"] == "Tạm khóa gian hàng"


def test_a_lifted_decision_is_told_as_lifted(release, alice, carol):
    adjudicate(removed(alice))
    decided(carol, item="other")
    statement = Statement.objects.order_by("id").last()
    assert (statement.kind, statement.appeal_until) == ("lifted", None)


def test_an_unchanged_outcome_is_not_told_again(release, alice, carol):
    adjudicate(removed(alice))
    decided(carol, item="weapon", hidden="no")
    assert Statement.objects.count() == 1


def test_a_repeated_signal_tells_nothing_more(release, alice):
    decision = removed(alice)
    for _time in range(3):
        came_into_force.send(Decision, decision=decision, before="")
    assert Statement.objects.count() == 1


def test_the_deadline_is_that_of_the_market(release, alice):
    shares()
    Market.objects.update(appeal_days=7)
    removed(alice)
    statement = Statement.objects.get()
    assert (statement.appeal_until - statement.made_at).days == 7


def test_a_case_without_a_seller_has_a_statement_all_the_same(release, alice):
    removed(alice, seller="")
    assert Statement.objects.get().seller is None


def test_a_statement_is_never_changed(release, alice):
    removed(alice)
    statement = Statement.objects.get()
    with pytest.raises(TypeError):
        statement.save()
    with pytest.raises(TypeError):
        statement.delete()


def test_the_log_holds_its_digest_and_its_link(release, alice):
    removed(alice)
    statement, event = Statement.objects.get(), Event.objects.get(kind="statement.made")
    assert event.after["digest"] == digest_of(statement.texts) == statement.digest
    assert event.after["seller"] == "shop-1"
    assert statement.puid in event.after["link"]


def test_only_verified_law_is_told(release, alice, monkeypatch):
    from brightline.rulebook.model import Law
    from brightline.workbench.rulebooks.in_force import engine_of
    from brightline.workbench.sellers.telling import _stands

    book = engine_of(release.sha).rulebook
    common = {"cite": {"vi": "NĐ 1"}, "title": {"vi": "Một"}, "owner": "team",
              "recheck_by": "2027-01-01"}  # fmt: skip
    law = {name: Law.model_validate({**common, "status": name})
           for name in ("verified", "unverified")}  # fmt: skip
    known = book.model_copy(update={"law": law})
    assert [_stands(name, known) for name in ("verified", "unverified", "policy", "gone")] == [
        True,
        False,
        True,
        False,
    ]


def test_an_exception_names_the_action_chosen_and_who_may_choose_it(release, alice, carol):
    """As `escalations` writes one: the rules came to an escalation, a person to a removal."""
    a_case()
    handed_on = decided(alice, item="cannot_tell")
    exception = Decision.objects.create(
        case=handed_on.case, how="escalation", by=carol, sha=handed_on.sha, day=handed_on.day,
        action="remove_listing", clauses=handed_on.clauses, facts=handed_on.facts, points=0,
        violation=True, note="Theo ý kiến pháp chế", at=timezone.now(),
    )  # fmt: skip
    with transaction.atomic(), together():
        came_into_force.send(Decision, decision=exception, before="escalate")
    said = Statement.objects.get().texts["en"]
    assert said["headline"] == "Remove the listing"
    assert said["points"] == ""
    assert said["decided"].startswith("No clause settles such a case")
    assert "pháp chế" not in str(said)


def test_cases_allowed_at_once_cost_no_query(release, django_assert_num_queries):
    case = a_case("Gối ôm hình gấu").case
    decision = case.decisions.get()
    with django_assert_num_queries(0):
        came_into_force.send_robust(Decision, decision=decision, before="")
