"""A draft beside the rulebook in force: the lot, the group, both arms, the rule that stops it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from brightline.workbench.audit.kinds import EventKind
from brightline.workbench.audit.models import Event
from brightline.workbench.cases.actions.claim import claim
from brightline.workbench.cases.actions.decide import decide
from brightline.workbench.cases.models import Case, Decision, Task
from brightline.workbench.pilots.actions.begin_pilot import NotBegun, begin_pilot
from brightline.workbench.pilots.actions.end_pilot import NotEnded, promote_pilot, stop_pilot
from brightline.workbench.pilots.actions.replay import replay
from brightline.workbench.pilots.actions.watch import shadow, watch
from brightline.workbench.pilots.drawing import chances
from brightline.workbench.pilots.measuring import measure
from brightline.workbench.pilots.models import CONTROL, PILOT, Drawn, Kind, Look, Pilot
from brightline.workbench.records.reproducing import again
from brightline.workbench.rulebooks.actions.publish import publish
from brightline.workbench.rulebooks.in_force import forget as forget_engines
from brightline.workbench.rulebooks.in_force import release_now
from brightline.workbench.rulebooks.models import Signature
from brightline.workbench.sellers.models import Statement
from tests.workbench.making import a_case, a_rulebook, answered, decided, person, shares
from tests.workbench.pilots.making import all_read
from tests.workbench.understanding.making import stricter

pytestmark = pytest.mark.django_db


def begun(mai, *group, **more) -> Pilot:
    """The stricter rulebook as a pilot with a group that has read of it; every case enters."""
    given = {"name": "Dao bếp", "kind": Kind.PILOT, "group": group, "seed": "s"} | more
    return all_read(begin_pilot(stricter(), mai, **given))


def refs(arm: str, many: int, share: float = 0.5, seed: str = "s") -> list[str]:
    """Names of cases that the lot puts into an arm."""
    every = (f"c{n}" for n in range(10_000))
    wanted = [r for r in every if (chances(seed, "VN", r)[1] < share) == (arm == PILOT)]
    return wanted[:many]


def test_the_lot_can_be_drawn_again_and_keeps_its_shares():
    drawn = [chances("seed", "VN", f"c{n}") for n in range(4000)]
    assert drawn == [chances("seed", "VN", f"c{n}") for n in range(4000)]
    for at in (0, 1):
        assert sum(one[at] < 0.3 for one in drawn) / 4000 == pytest.approx(0.3, abs=0.03)
    both = sum(one[0] < 0.3 and one[1] < 0.5 for one in drawn) / 4000
    assert both == pytest.approx(0.15, abs=0.02)
    assert chances("other", "VN", "c1") != chances("seed", "VN", "c1")


def test_the_arm_of_a_case_is_judged_by_the_draft_and_the_other_by_what_is_in_force(
    release, alice, mai
):
    pilot = begun(mai, alice)
    for arm, sha in ((PILOT, pilot.sha), (CONTROL, release.sha)):
        case = a_case(ref=refs(arm, 1)[0]).case
        kept = Drawn.objects.get(case=case)
        assert (kept.arm, kept.inclusion, kept.share, case.sha) == (arm, 1.0, 0.5, sha)


def test_cases_outside_the_share_or_the_queues_are_left_alone(release, alice, mai):
    begun(mai, alice, inclusion=0.2, queues=["regulated"])
    for n in range(30):
        a_case(ref=f"c{n}")
    entered = {f"c{n}" for n in range(30) if chances("s", "VN", f"c{n}")[0] < 0.2}
    assert set(Drawn.objects.values_list("case__ref", flat=True)) == entered
    assert entered
    stop_pilot(Pilot.objects.get(), mai, "x")
    begun(mai, alice, queues=["general"])
    a_case(ref="elsewhere")
    assert not Drawn.objects.filter(case__ref="elsewhere").exists()


def test_only_the_group_gets_the_cases_of_either_arm(release, alice, bob, mai):
    pilot = begun(mai, alice)
    a_case(ref=refs(PILOT, 1)[0])
    a_case(ref=refs(CONTROL, 1)[0])
    assert claim(bob) is None
    assert {decided(alice, item="other").sha for _turn in range(2)} == {pilot.sha, release.sha}


def test_what_the_draft_decides_holds_is_told_to_the_seller_and_can_be_made_again(
    release, alice, mai
):
    pilot = begun(mai, alice)
    a_case("Dao Thái", ref=refs(PILOT, 1)[0])
    decision = decided(alice, item="kitchen_knife")
    assert (decision.action, decision.sha) == ("remove_listing", pilot.sha)
    assert Case.objects.get().action == "remove_listing"
    assert "Dao bếp bị gỡ" in str(Statement.objects.get().texts)
    forget_engines()
    assert again(decision) is None


def test_the_other_arm_and_everyone_else_decide_as_ever(release, alice, mai):
    begun(mai, alice)
    a_case("Dao Thái", ref=refs(CONTROL, 1)[0])
    assert decided(alice, item="kitchen_knife").action == "allow"


def test_figures_have_denominators_and_compare_what_the_group_did(release, alice, bob, mai):
    pilot = begun(mai, alice, bob)
    shares(second=1.0)
    for arm in (PILOT, CONTROL):
        a_case("Dao Thái", ref=refs(arm, 1)[0])
    for _turn in range(2):
        decided(alice, item="kitchen_knife")
        decided(bob, item="weapon", hidden="no")
    figures = measure(pilot)
    for arm, action in zip(figures.arms(), ("remove_listing", "allow"), strict=True):
        assert (arm.cases, arm.decided, arm.twice, arm.agreed) == (1, 1, 1, 0)
        assert arm.actions == {action: 1} or arm.actions == {"remove_listing": 1}
        assert len(arm.seconds) == 1
    differed = figures.watched[0]
    assert (differed.hits, differed.bad) == (1, 2)


def harmed(pilot: Pilot, alice, many: int) -> None:
    """Every case of the draft's arm is handed up, none of the other."""
    for ref in refs(PILOT, many):
        case = a_case(ref=ref).case
        Task.objects.create(case=case, kind="escalation", market="VN", queue="regulated",
                            due_at=timezone.now() + timedelta(days=1))  # fmt: skip


def test_a_pilot_that_does_harm_stops_by_itself_and_cannot_be_promoted(release, alice, mai):
    pilot = begun(mai, alice)
    harmed(pilot, alice, 5)
    assert not watch(pilot)
    harmed(pilot, alice, 16)
    assert watch(pilot)
    assert (pilot.state, pilot.by_rule, pilot.ended_by) == ("stopped", True, None)
    assert pilot.evidence >= 20
    event = Event.objects.get(kind=EventKind.PILOT_STOPPED)
    assert event.actor_id is None
    assert event.after["evidence"] >= 20
    with pytest.raises(NotEnded):
        promote_pilot(pilot, mai, "vẫn muốn")


def test_a_stopped_pilot_gives_its_cases_to_everyone_under_the_rules_in_force(
    release, alice, bob, mai
):
    pilot = begun(mai, alice)
    a_case("Dao Thái", ref=refs(PILOT, 1)[0])
    stop_pilot(pilot, mai, "đủ rồi")
    task = claim(bob)
    assert task.case.sha == release.sha
    assert Drawn.objects.get().freed
    assert a_case(ref=refs(PILOT, 3)[2]).case.sha == release.sha


def test_a_case_that_is_nearly_due_does_not_wait_for_the_group(release, alice, bob, mai):
    pilot = begun(mai, alice)
    a_case(ref=refs(PILOT, 1)[0])
    watch(pilot)
    assert claim(bob) is None
    Task.objects.update(due_at=timezone.now() + timedelta(minutes=10))
    watch(pilot)
    assert claim(bob) is not None
    assert measure(pilot).pilot.freed == 1


def test_another_release_ends_the_comparison(release, alice, mai):
    pilot = begun(mai, alice)
    publish(a_rulebook(points=6), None)
    assert watch(pilot)
    assert pilot.by_rule


def test_promoted_the_draft_is_in_force_once_everyone_has_signed_who_must(release, alice, mai):
    pilot = begun(mai, alice)
    with pytest.raises(NotEnded, match="Programme manager, Market lead"):
        promote_pilot(pilot, mai, "Tốt ở cả hai nhóm")
    for n, role in enumerate(("manager", "lead")):
        Signature.objects.create(market="VN", sha=pilot.sha, base=release.sha, role=role,
                                 by=person(f"signer{n}", role))  # fmt: skip
    promote_pilot(pilot, mai, "Tốt ở cả hai nhóm")
    assert release_now("VN").sha == pilot.sha
    assert pilot.state == "promoted"
    assert Event.objects.filter(kind=EventKind.PILOT_PROMOTED).exists()


def test_a_release_that_is_ahead_comes_in_force_when_it_says(release, alice, mai):
    ahead = publish(stricter(), None, timezone.now() + timedelta(days=1))
    pilot = begun(mai, alice)
    assert promote_pilot(pilot, mai, "Tốt") == ahead
    assert release_now("VN") == release


@pytest.mark.parametrize("more", [{"name": " "}, {"inclusion": 0}, {"share": 1.0}, {"alpha": 2}])
def test_what_cannot_be_tried_is_said(release, alice, mai, more):
    with pytest.raises(NotBegun):
        begun(mai, alice, **more)
    assert not Pilot.objects.exists()


def test_one_pilot_a_market_with_a_group_and_something_new(release, alice, mai):
    with pytest.raises(NotBegun):
        begun(mai)
    with pytest.raises(NotBegun):
        begin_pilot(a_rulebook(), mai, name="x", kind=Kind.SHADOW)
    begun(mai, alice)
    with pytest.raises(NotBegun):
        begun(mai, alice)
    begin_pilot(stricter(), mai, name="bên cạnh", kind=Kind.SHADOW)


def test_a_shadow_sees_what_the_draft_would_say_and_changes_nothing(release, alice, mai):
    pilot = begin_pilot(stricter(), mai, name="Bóng", kind=Kind.SHADOW)
    for title, facts in (("Dao Thái", {"item": "kitchen_knife"}), ("Dao", {"item": "other"}),
                         ("Kiếm Nhật", {"item": "weapon", "hidden": "no"})):  # fmt: skip
        a_case(title)
        decided(alice, **facts)
    before = list(Decision.objects.values_list("pk", "action", "sha"))
    assert shadow(pilot) == 3
    assert shadow(pilot) == 0
    assert list(Decision.objects.values_list("pk", "action", "sha")) == before
    looks = {look.decision.facts["item"]["value"]: look for look in Look.objects.all()}
    kitchen = looks["kitchen_knife"]
    assert (kitchen.action, kitchen.settled, kitchen.same, kitchen.points) == (
        "remove_listing", True, False, 3,
    )  # fmt: skip
    assert looks["other"].same
    assert looks["weapon"].same


def test_past_cases_are_fed_through_a_shadow(release, alice, mai):
    for _n in range(3):
        a_case("Dao Thái")
        decided(alice, item="kitchen_knife")
    pilot = begin_pilot(stricter(), mai, name="Bóng", kind=Kind.SHADOW)
    assert shadow(pilot) == 0
    assert replay(pilot, 2) == 2
    assert Look.objects.filter(same=False).count() == 2


def test_past_cases_are_fed_through_a_pilot_as_nobodys(release, alice, mai):
    for n in range(12):
        a_case("Dao Thái", ref=f"old{n}", seller="shop-7")
    Task.objects.all().delete()
    pilot = begun(mai, alice)
    assert replay(pilot, 10) == 10
    assert replay(pilot, 10) == 0
    again = Case.objects.filter(ref__startswith="replay-")
    assert {case.seller for case in again} == {""}
    assert all(case.sample for case in again)
    assert {one.arm for one in Drawn.objects.all()} == {PILOT, CONTROL}
    while (task := claim(alice)) is not None:
        decide(answered(task, alice, item="kitchen_knife").pk, alice)
    figures = measure(pilot)
    assert figures.pilot.actions == {"remove_listing": figures.pilot.cases}
    assert figures.control.actions == {"allow": figures.control.cases}


def test_the_page_of_a_case_says_which_arm_it_was_in(release, alice, mai, client):
    begun(mai, alice)
    case = a_case(ref=refs(PILOT, 1)[0]).case
    client.force_login(mai)
    page = client.get(f"/cases/{case.pk}/").content.decode()
    assert "bốc thăm" in page
    client.force_login(person("kiem", "moderator"))
    assert "bốc thăm" not in client.get(f"/cases/{case.pk}/").content.decode()
