"""Cases taken in together come to what each would have come to alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from threading import Barrier, Thread

import pytest
from django.db import connections
from hypothesis import given, settings
from hypothesis import strategies as st

from brightline.rulebook.columns import FactError
from brightline.screening.one import CaseError
from brightline.workbench.audit.models import Event
from brightline.workbench.audit.verifying import verify_chain
from brightline.workbench.cases.actions import receive_many as room
from brightline.workbench.cases.actions.conclude import decided
from brightline.workbench.cases.actions.receive import Received, receive
from brightline.workbench.cases.actions.receive_many import receive_many
from brightline.workbench.cases.models import Case, Decision, Market, Task
from brightline.workbench.rulebooks.actions.publish import publish
from brightline.workbench.rulebooks.engine import Engine, stored
from tests.examples import some
from tests.workbench.api.golden import golden_cases, vietnam
from tests.workbench.making import a_rulebook, coming, shares

AT = datetime(2026, 7, 1, 3, tzinfo=UTC)
OF_CASE = (
    "subject", "language", "source", "attributes", "given", "facts", "sha", "day", "seller", "risk",
    "action", "received_at", "due_at", "decided_at", "search_text", "fingerprint", "sample",
)  # fmt: skip
OF_DECISION = ("how", "by_id", "sha", "day", "action", "clauses", "facts", "points", "violation",
               "in_force", "at")  # fmt: skip
OF_TASK = ("kind", "status", "queue", "language", "urgency", "due_at", "senior", "inclusion")


def told(case: Case) -> dict[str, object]:
    """Everything that is stored of a case but its numbers."""
    kinds = Event.objects.filter(case_id=case.pk).order_by("seq")
    return {
        "case": {name: getattr(case, name) for name in OF_CASE},
        "tasks": [{n: getattr(t, n) for n in OF_TASK} for t in case.tasks.order_by("pk")],
        "decisions": [
            {n: getattr(d, n) for n in OF_DECISION} for d in case.decisions.order_by("pk")
        ],
        "events": [(e.kind, e.on_type, e.before, _plain(e.after), e.actor_id) for e in kinds],
    }


def _plain(after):
    """Without the names and signatures that each case has of its own."""
    own = ("ref", "link", "digest", "decision", "statement")
    return {name: value for name, value in after.items() if name not in own}


@pytest.mark.django_db
@pytest.mark.parametrize("sampled", [0.0, 1.0])
def test_golden_cases_come_to_the_same_together_and_alone(sampled):
    publish(vietnam(), None)
    shares(audit=sampled, second=sampled)
    some = golden_cases()[:: 20 if sampled else 8]
    together = receive_many("VN", some, None, AT)
    assert all(isinstance(one, Received) and one.new for one in together)
    # Nothing but the ref differs; the text to search in begins with it.
    for many, one in zip(together, some, strict=True):
        alone = receive("VN", replace(one, ref=f"alone:{one.ref}"), None, AT)
        mine, other = told(Case.objects.get(pk=many.case.pk)), told(alone.case)
        mine["case"]["search_text"] = "alone:" + mine["case"]["search_text"]
        other["case"] = {n: getattr(Case.objects.get(pk=alone.case.pk), n) for n in OF_CASE}
        assert (
            mine["case"].pop("search_text").split(" ", 1)[1:]
            == other["case"].pop("search_text").split(" ", 1)[1:]
        )
        assert mine == other
        assert (many.task is None) == (alone.task is None)
    assert verify_chain().sound


@pytest.mark.one_engine
def test_facts_and_their_evidence_are_those_of_one_case_at_a_time():
    engine = Engine(vietnam(), vietnam().sha)
    day = AT.date()
    raw = [
        {"subject": c.subject, "attributes": c.attributes, "facts": c.facts}
        for c in golden_cases()[::2]
    ]
    many = []
    for first in range(0, len(raw), 170):
        many += engine.arrive_many([(case, day) for case in raw[first : first + 170]])
    for case, ruling in zip(raw, many, strict=True):
        alone = engine.arrive(case, day)
        assert stored(ruling.facts) == stored(alone.facts)
        assert ruling.verdict == alone.verdict
    assert sum("evidence" in str(stored(ruling.facts)) for ruling in many) > 150


SMALL = Engine(a_rulebook(), "small")
TEXTS = st.one_of(
    st.text(max_size=20),
    st.sampled_from(["Kiếm Nhật", "dao thái", "gối ôm", "KIẾM\u200b NHẬT đẹp", "", "kiem nhat"]),
)


@pytest.mark.one_engine
@settings(max_examples=some(150), deadline=None)
@given(st.lists(st.fixed_dictionaries({}, optional={
    "title": st.one_of(TEXTS, st.none(), st.integers(), st.lists(TEXTS, max_size=3)),
    "description": TEXTS, "seller_id": st.integers(),
    "created_at": st.sampled_from(["", "x", "2026-01-01"]),
}), max_size=8))  # fmt: skip
def test_any_attributes_are_read_together_as_alone(cases):
    raw = [{"subject": "listing", "attributes": attributes} for attributes in cases]
    for case, found in zip(raw, SMALL.arrive_many([(c, AT.date()) for c in raw]), strict=True):
        try:
            alone = SMALL.arrive(case, AT.date())
        except (CaseError, FactError) as error:
            alone = error
        if isinstance(alone, Exception):
            assert (type(found), str(found)) == (type(alone), str(alone))
        else:
            assert stored(found.facts) == stored(alone.facts)
            assert found.verdict == alone.verdict


@pytest.mark.django_db
def test_a_case_that_cannot_be_stops_no_other(release):
    shares()
    some = [
        coming(ref="a"),
        replace(coming(ref="b"), subject="no-such"),
        replace(coming(ref="c"), facts={"item": "sword"}),
        replace(coming(ref="d"), attributes={"created_at": "yesterday"}),
        coming("Gối ôm", ref="e"),
    ]
    found = receive_many("VN", some, None)
    kinds = [type(one) for one in found]
    assert kinds == [Received, CaseError, FactError, CaseError, Received]
    assert list(Case.objects.order_by("ref").values_list("ref", flat=True)) == ["a", "e"]


@pytest.mark.django_db
def test_a_ref_twice_in_a_batch_and_again_is_one_case(release):
    shares()
    first, twice, other = receive_many(
        "VN", [coming(ref="a"), coming("Gối ôm", ref="a"), coming(ref="b")], None
    )
    assert (first.new, twice.new, other.new) == (True, False, True)
    assert twice.case == first.case and first.case.action == ""
    again = receive_many("VN", [coming(ref="b"), coming(ref="c")], None)
    assert [one.new for one in again] == [False, True]
    assert again[0].task == other.task
    assert Case.objects.count() == 3


@pytest.mark.django_db
def test_every_automatic_decision_is_told_once(release):
    shares()
    heard = []

    def hear(sender, decision, before, **_more):
        heard.append((Decision.objects.get(pk=decision.pk).case.ref, before))

    decided.connect(hear)
    try:
        receive_many("VN", [coming("Gối ôm", ref=f"g{n}") for n in range(3)] + [coming()], None)
    finally:
        decided.disconnect(hear)
    assert heard == [("g0", ""), ("g1", ""), ("g2", "")]


@pytest.mark.django_db
def test_what_fails_midway_leaves_nothing(release, monkeypatch):
    shares()

    def fail(*_told, **_more):
        raise RuntimeError("the log cannot be written")

    monkeypatch.setattr(room, "record_many", fail)
    with pytest.raises(RuntimeError):
        receive_many("VN", [coming(), coming()], None)
    assert not Case.objects.exists() and not Task.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_batches_with_the_same_refs_at_once_bring_each_in_once():
    publish(a_rulebook(), None)
    Market.objects.create(code="VN", audit_share=0, second_share=0)
    lot = [coming("Gối ôm", ref=f"r{n}") for n in range(40)]
    lots = [lot, lot[::-1]]
    results, errors, gate = [], [], Barrier(len(lots))

    def work(lot):
        try:
            gate.wait()
            results.extend(receive_many("VN", lot, None))
        except Exception as error:  # noqa: BLE001 - told below
            errors.append(error)
        finally:
            connections.close_all()

    threads = [Thread(target=work, args=(lot,)) for lot in lots]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not errors
    assert sum(one.new for one in results) == Case.objects.count() == Decision.objects.count() == 40
    assert verify_chain().sound
