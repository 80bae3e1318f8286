"""Cases are found by the clause that their decision rests on, whatever it was called that day."""

from __future__ import annotations

from importlib import import_module

import pytest
from django.apps import apps
from django.urls import reverse

from brightline.rulebook.model import Rulebook
from brightline.workbench.cases.actions.claim import claim
from brightline.workbench.cases.models import UnderClause
from brightline.workbench.cases.searching_cases import Wanted, find
from brightline.workbench.rulebooks.actions.publish import publish
from tests.workbench.making import a_case, a_rulebook, decided, shares

pytestmark = pytest.mark.django_db


def refs(who, clause: str, **more: str) -> list[str]:
    return [case.ref for case in find(who, Wanted(clause=clause, **more)).cases]


@pytest.fixture
def two(release, alice):
    """A case under K-2, one under K-1, one that is allowed."""
    for ref, facts in (("plain", {"item": "weapon", "hidden": "no"}),
                       ("hidden", {"item": "weapon", "hidden": "yes"}),
                       ("innocent", {"item": "other"})):  # fmt: skip
        a_case(ref=ref)
        decided(alice, **facts)


def renamed() -> Rulebook:
    """The same rulebook, in which the SOP and one clause have new names."""
    raw = a_rulebook().model_dump(mode="json", by_alias=True)
    sop = raw["sops"][0]
    sop["sop"], sop["was"] = "blades", ["knives"]
    sop["clauses"][1] |= {"id": "B-7", "was": ["K-2"]}
    return Rulebook.model_validate(raw)


def test_a_case_is_found_by_its_clause_however_it_is_written(two, mai):
    assert refs(mai, "K-2") == refs(mai, " k-2 ") == refs(mai, "knives/K-2") == ["plain"]
    assert refs(mai, "K-1") == ["hidden"]
    assert refs(mai, "K-2", market="VN", action="remove_listing") == ["plain"]
    for nothing in ("K-2", "K-1"):
        assert refs(mai, nothing, action="allow") == []
    for nothing in ("K-9", "K", "paper/K-2", "/", "'"):
        assert refs(mai, nothing) == []
    assert refs(mai, "K-2", market="TH") == []


def test_a_clause_that_was_renamed_is_found_by_either_name(two, mai, alice):
    publish(renamed(), None)
    a_case(ref="later")
    decided(alice, item="weapon", hidden="no")
    for name in ("K-2", "B-7", "knives/K-2", "blades/B-7"):
        assert refs(mai, name) == ["later", "plain"]
    assert refs(mai, "K-1") == ["hidden"]


def test_a_decision_that_another_replaced_is_found_no_more(two, mai, alice, bob, carol):
    shares(second=1.0)
    a_case(ref="twice")
    decided(alice, item="weapon", hidden="no")
    decided(bob, item="weapon", hidden="yes")
    assert refs(mai, "K-2") == ["twice", "plain"]
    decided(carol, item="weapon", hidden="yes")
    assert refs(mai, "K-2") == ["plain"]
    assert refs(mai, "K-1") == ["twice", "hidden"]


def test_who_is_to_judge_a_case_blindly_does_not_learn_its_clause(release, alice, bob):
    shares(second=1.0)
    a_case(ref="blind")
    decided(alice, item="weapon", hidden="no")
    assert claim(bob).kind == "second"
    assert refs(bob, "K-2") == []


def test_the_page_asks_for_it_and_a_case_leads_to_its_like(two, mai, client):
    client.force_login(mai)
    page = client.get(reverse("cases"), {"clause": "k-2"}).content.decode()
    assert 'value="k-2"' in page
    assert "plain" in page
    assert "innocent" not in page
    case = find(mai, Wanted(clause="K-2")).cases[0]
    page = client.get(reverse("case", args=[case.pk])).content.decode()
    assert "?clause=knives/K-2" in page


def test_decisions_from_before_the_table_are_found_too(two, mai):
    kept = set(UnderClause.objects.values_list("case", "sop", "clause"))
    UnderClause.objects.all().delete()
    import_module("brightline.workbench.cases.migrations.0004_under_clause").fill(apps)
    assert set(UnderClause.objects.values_list("case", "sop", "clause")) == kept
    assert len(kept) == 2
