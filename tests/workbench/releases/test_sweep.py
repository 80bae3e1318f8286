"""Cases looked at again under a release: first counted, then acted on, each once."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from brightline.workbench.cases.actions.claim import claim
from brightline.workbench.cases.actions.decide import decide
from brightline.workbench.cases.models import Case, Decision, Market, Task
from brightline.workbench.records.reproducing import Reproduction, reproduce_some
from brightline.workbench.releasing.actions.sweep import CannotSweep, begin, carry_out, stop
from brightline.workbench.releasing.models import Sweep, SweptCase
from brightline.workbench.releasing.sweeping import working
from brightline.workbench.releasing.sweeping.working import states_of, work_sweeps
from brightline.workbench.rulebooks.actions.publish import publish
from brightline.workbench.rulebooks.actions.roll_back import roll_back
from brightline.workbench.rulebooks.in_force import release_now
from tests.workbench.making import a_case, answered, decided
from tests.workbench.releases.changing import kitchen_knives_by_hiding, no_cushions

pytestmark = pytest.mark.django_db
LIVE, WAITING = Sweep.Kind.LIVE, Sweep.Kind.WAITING


def cushion(number: int, **more: object) -> Case:
    """A listing that the rules let through by themselves."""
    case = a_case(f"Gối ôm số {number}", **more).case  # type: ignore[arg-type]
    assert case.action == "allow"
    return case


def looked(mai, kind: str = LIVE, **more: object) -> Sweep:
    sweep = begin(release_now("VN"), kind, mai, **more)  # type: ignore[arg-type]
    work_sweeps()
    sweep.refresh_from_db()
    assert sweep.status == Sweep.Status.READY
    return sweep


def carried_out(sweep: Sweep, mai, **how: object) -> dict[str, int]:
    carry_out(sweep, mai, **{"automatic": True, "tasks": True, "why": "Luật mới", **how})  # type: ignore[arg-type]
    work_sweeps()
    sweep.refresh_from_db()
    assert sweep.status == Sweep.Status.DONE
    return states_of(sweep)


def test_live_listings_are_counted_first_and_nothing_is_done(release, mai):
    cases = [cushion(n) for n in range(3)]
    publish(no_cushions(), mai)
    sweep = looked(mai)
    assert (sweep.total, sweep.counts["seen"], sweep.counts["sure"]) == (3, 3, 3)
    assert {c.action for c in Case.objects.all()} == {"allow"}
    assert {(s.was, s.now, s.points) for s in sweep.cases.all()} == {("allow", "remove_listing", 2)}
    assert sweep.cases.count() == len(cases)


def test_then_the_rules_act_where_trusted_facts_settle_it_and_every_decision_can_be_made_again(
    release, mai
):
    case = cushion(1)
    publish(no_cushions(), mai)
    assert carried_out(looked(mai), mai) == {"acted": 1}
    case.refresh_from_db()
    made = case.decisions.order_by("-pk")[0]
    assert (case.action, made.how, made.in_force, made.points) == (
        "remove_listing", "automatic", True, 2,
    )  # fmt: skip
    found = Reproduction()
    reproduce_some(0, found)
    assert (found.checked, found.sound) == (2, True)
    assert looked(mai).looked_at == 0  # it is not live any more


def test_what_is_not_settled_goes_to_a_person_who_is_asked_only_what_is_new(
    release, alice, bob, mai
):
    case = a_case("Dao thái").case
    decided(alice, item="kitchen_knife")
    publish(kitchen_knives_by_hiding(), mai)
    sweep = looked(mai)
    assert sweep.counts["open"] == 1
    assert set(sweep.cases.get().possible) == {"allow", "remove_listing"}
    assert carried_out(sweep, mai) == {"task": 1}
    assert claim(alice) is None  # she has had her turn
    task = claim(bob)
    assert task is not None and (task.kind, task.case_id) == ("again", case.pk)
    decision = decide(answered(task, bob, hidden="yes").pk, bob)
    assert (decision.action, decision.in_force, decision.how) == ("remove_listing", True, "again")
    assert decision.facts["item"]["source"] == "moderator"


def test_without_automatic_acts_each_goes_to_a_person_or_is_left(release, mai):
    cushion(1)
    publish(no_cushions(), mai)
    Market.objects.update(automatic=False)
    assert carried_out(looked(mai), mai) == {"task": 1}
    assert looked(mai).counts["busy"] == 1
    Task.objects.update(status="cancelled")
    assert carried_out(looked(mai), mai, automatic=True, tasks=False) == {"left": 1}


def test_an_authority_s_request_is_never_acted_on_without_a_person(release, alice, mai):
    a_case("Gối ôm", source="authority_request")
    task = claim(alice)
    assert task is not None
    decide(task.pk, alice)
    publish(no_cushions(), mai)
    assert carried_out(looked(mai), mai) == {"task": 1}


def test_of_one_listing_only_the_newest_case_counts(release, mai):
    for ref in ("a", "b"):
        cushion(1, ref=ref)
    Case.objects.update(attributes={"title": "Gối ôm", "seller_id": "s", "listing_id": "77"})
    publish(no_cushions(), mai)
    sweep = looked(mai)
    assert (sweep.counts["newer"], sweep.counts["sure"]) == (1, 1)
    assert sweep.cases.get().case.ref == "b"


def test_older_than_asked_for_is_not_looked_at(release, mai):
    cushion(1)
    Case.objects.update(decided_at=timezone.now() - timedelta(days=8))
    publish(no_cushions(), mai)
    assert looked(mai, days=7).total == 0
    assert looked(mai, days=9).total == 1


def test_a_job_that_dies_is_taken_up_and_acts_on_none_twice(release, mai, monkeypatch):
    for number in range(5):
        cushion(number)
    publish(no_cushions(), mai)
    monkeypatch.setattr(working, "AT_ONCE", 2)
    monkeypatch.setattr(working, "ACTS_AT_ONCE", 2)
    sweep = begin(release_now("VN"), LIVE, mai)
    real, calls = working.look, []

    def dies(*args: object) -> object:
        calls.append(1)
        if len(calls) == 2:
            raise SystemExit
        return real(*args)  # type: ignore[arg-type]

    monkeypatch.setattr(working, "look", dies)
    with pytest.raises(SystemExit):
        work_sweeps()
    assert work_sweeps() == 0  # the dead one's lease still runs
    Sweep.objects.update(lease_until=timezone.now() - timedelta(seconds=1))
    work_sweeps()
    sweep.refresh_from_db()
    assert (sweep.counts["seen"], sweep.cases.count()) == (5, 5)
    carry_out(sweep, mai, automatic=True, tasks=True)
    real_act, acts = working.act_on, []

    def dies_after(pk: int, of: Sweep) -> str:
        acts.append(pk)
        if len(acts) == 4:
            raise SystemExit
        return real_act(pk, of)

    monkeypatch.setattr(working, "act_on", dies_after)
    with pytest.raises(SystemExit):
        work_sweeps()
    Sweep.objects.update(lease_until=timezone.now() - timedelta(seconds=1))
    work_sweeps()
    sweep.refresh_from_db()
    assert sweep.status == Sweep.Status.DONE
    assert Decision.objects.filter(action="remove_listing").count() == 5
    assert not carry_out(sweep, mai, automatic=True, tasks=True)


def test_nothing_is_done_under_a_release_that_is_not_in_force(release, mai):
    cushion(1)
    later = publish(no_cushions(), mai, timezone.now() + timedelta(hours=1))
    sweep = begin(later, LIVE, mai)
    with pytest.raises(CannotSweep):
        begin(later, LIVE, mai)  # one at a time
    work_sweeps()
    sweep.refresh_from_db()
    assert sweep.counts["sure"] == 1
    with pytest.raises(CannotSweep):
        carry_out(sweep, mai, automatic=True, tasks=True)


def test_a_rollback_in_the_middle_stops_it_and_a_person_can(release, mai):
    cushion(1)
    publish(no_cushions(), mai)
    sweep = looked(mai)
    carry_out(sweep, mai, automatic=True, tasks=True)
    roll_back(release, mai, "Sai")
    work_sweeps()
    sweep.refresh_from_db()
    assert sweep.status == Sweep.Status.STOPPED and sweep.error
    assert sweep.cases.get().state == SweptCase.State.FOUND
    other = begin(release_now("VN"), LIVE, mai)
    stop(other, mai)
    other.refresh_from_db()
    assert other.status == Sweep.Status.STOPPED


def test_waiting_cases_are_read_again_where_they_wait_and_some_are_settled(
    release, alice, bob, mai
):
    settled, waits = a_case("Dao thái").case, a_case("Kiếm Nhật").case
    held = claim(alice)
    assert held is not None

    from tests.workbench.releases.changing import changed

    def knives_are_fine(sop):
        sop["facts"]["item"]["from"][0]["trust"] = "decides"

    publish(changed(knives_are_fine), mai)
    sweep = looked(mai, WAITING)
    assert (sweep.counts["seen"], sweep.counts["sure"], sweep.counts["in_hand"]) == (2, 1, 1)
    states = carried_out(sweep, mai, take_back=True)
    assert states.get("acted") == 1
    settled.refresh_from_db()
    waits.refresh_from_db()
    assert (settled.action, waits.action) == ("allow", "")
    if held.case_id == waits.pk:
        assert waits.sha == release_now("VN").sha
    assert not settled.tasks.filter(status__in=("open", "claimed")).exists()
    assert waits.tasks.get().status == "open"


def test_in_hand_means_under_the_rules_it_was_claimed_under(release, alice, bob, mai):
    Market.objects.update_or_create(code="VN", defaults={"second_share": 1.0, "audit_share": 0})
    a_case("Kiếm Nhật")
    first = claim(alice)
    assert first is not None
    publish(no_cushions(), mai)
    second = claim(bob)
    assert second is not None and second.case_id == first.case_id
    assert second.case.sha == release.sha  # the first is not moved to other rules in the middle
    assert decide(answered(first, alice, item="weapon", hidden="no").pk, alice).sha == release.sha
