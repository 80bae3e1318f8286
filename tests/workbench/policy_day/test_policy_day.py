"""The policy desk's whole day in a browser, in Vietnamese, on either database: a moderator's note
becomes a rule that everyone understood, and is taken back."""

from __future__ import annotations

import pytest

from brightline.workbench.desk.models import Request, State
from brightline.workbench.rulebooks.actions.publish import publish
from brightline.workbench.rulebooks.in_force import release_now
from tests.workbench.making import a_case, decided
from tests.workbench.policy_day import governing, moderating, writing
from tests.workbench.releases.changing import sound

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
PAST = 16
"""Cases decided before: so many that the lot leaves neither arm of the pilot empty."""


def test_a_note_becomes_a_rule_that_everyone_understood_and_is_rolled_back(people, enter, jobs_run):
    first = publish(sound(), None)
    for number in range(PAST):
        a_case(f"Dao Thái số {number}")
        decided(people["lan"], item="kitchen_knife")
    a_case("Dao Thái giấu trong gậy")

    lan = enter(people["lan"], "/review/", 360, "dark")
    moderating.she_decides_a_knife_in_a_stick_and_says_the_rule_is_unclear(lan)

    thu = enter(people["thu"])
    writing.the_author_opens_a_draft_for_the_request(thu)
    writing.she_writes_a_clause_in_the_table(thu)
    writing.a_proof_finds_that_it_never_comes_to_bear(thu)
    writing.she_mends_it_in_the_text_and_leaves_a_comment_there(thu)
    writing.back_in_the_table_the_comment_stays(thu)
    writing.she_asks_legal(thu)

    phuong = enter(people["phuong"])
    writing.legal_comments_on_the_clause(phuong)
    writing.the_comment_is_answered_and_settled(thu)
    writing.legal_agrees(phuong)
    writing.it_is_handed_in_and_its_author_cannot_sign(thu)

    mai, duc = enter(people["mai"]), enter(people["duc"], width=360)
    governing.another_signs_it(mai)
    governing.another_signs_it(duc)

    governing.it_is_tried_on_past_cases_fed_in_again(mai)
    moderating.the_group_decides_cases_of_both_arms(lan)
    governing.the_figures_of_both_arms_are_there(mai)

    governing.it_is_published(mai)
    assert release_now("VN").number == 2
    assert Request.objects.get().state == State.DONE
    with jobs_run():
        governing.its_notices_are_drafted_and_sent(mai)
        governing.the_pilot_has_ended_by_itself(mai)
    moderating.she_is_kept_out_until_she_has_passed(lan)
    moderating.the_same_knife_is_removed_now(lan)
    governing.everyone_has_understood(mai)

    governing.it_is_rolled_back(mai)
    back = release_now("VN")
    assert (back.number, back.sha, back.restores) == (3, first.sha, first)
    moderating.the_same_knife_stays_as_before(lan)
