"""The quiz: the tables decide what is right, other cases each time, wrong answers are explained."""

from __future__ import annotations

from random import Random

import pytest

from brightline.workbench.rulebooks.in_force import engine_of
from brightline.workbench.understanding.actions.acknowledge import acknowledge
from brightline.workbench.understanding.actions.draft import draft
from brightline.workbench.understanding.actions.take_quiz import (
    NotAnswered,
    NotRead,
    begin_quiz,
    mark_quiz,
    pair_of_attempt,
)
from brightline.workbench.understanding.models import Notice, Recipient
from brightline.workbench.understanding.outcomes import outcome
from brightline.workbench.understanding.pairs import pair_now
from brightline.workbench.understanding.quizzing import right_option, said
from brightline.workbench.understanding.recipients import recipient_of
from brightline.workbench.understanding.witnesses import card
from tests.workbench.making import person
from tests.workbench.understanding.making import (
    changed,
    clauses,
    row_of,
    second_release,
    sent,
    soon,
    taken,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def notice(release, alice, mai) -> Notice:
    return sent(mai, second_release())


def begun(notice: Notice, who, seed: int = 1):
    recipient = recipient_of(notice, who)
    return begin_quiz(acknowledge(recipient), Random(seed))


def test_the_notice_comes_first(notice, alice):
    with pytest.raises(NotRead):
        begin_quiz(recipient_of(notice, alice))


def test_what_is_right_is_what_the_new_table_says_of_the_whole_case(notice, alice):
    attempt = begun(notice, alice)
    engine = engine_of(notice.release.sha)
    assert attempt.questions
    for question in attempt.questions:
        case = question["case"]
        found = outcome(engine, case["subject"], attempt.day, case["sop"], case["now"])
        right = right_option(pair_of_attempt(attempt), question)
        assert question["options"][right] == said(found, question["about"])
    assert "right" not in str(attempt.questions)


def test_the_facts_that_are_told_suffice_for_both_tables(notice):
    pair = pair_now(notice)
    for kept in notice.witnesses:
        part = kept | {
            side: {n: v for n, v in kept[side].items() if n in kept["shown"]}
            for side in ("before", "now")
        }
        assert (pair.before(part), pair.now(part)) == (pair.before(kept), pair.now(kept))
        assert pair.before(kept).effect != pair.now(kept).effect
        assert not card(pair, kept).same


def test_options_are_few_different_and_hold_what_held_before(notice, alice):
    attempt = begun(notice, alice)
    pair = pair_of_attempt(attempt)
    for question in attempt.questions:
        options = [str(one) for one in question["options"]]
        assert 2 <= len(options) <= 4
        assert len(set(options)) == len(options)
        assert said(pair.before(question["case"]), question["about"]) in question["options"]


def test_one_question_is_of_a_case_for_which_nothing_changed(notice, alice):
    attempt = begun(notice, alice)
    pair = pair_of_attempt(attempt)
    same = [q for q in attempt.questions if pair.before(q["case"]) == pair.now(q["case"])]
    assert len(same) == 1


def test_a_second_quiz_takes_the_cases_that_were_not_asked(notice, alice):
    first = taken(notice, alice, right=False)
    second = begun(notice, alice, seed=2)
    assert second.number == 2
    every = {(notice.pk, at) for at in range(len(notice.witnesses))}
    keys = [{tuple(q["key"]) for q in one.questions} for one in (first, second)]
    assert every - keys[0]
    assert every - keys[0] <= keys[1]


def test_a_quiz_that_was_begun_is_gone_on_with(notice, alice):
    assert begun(notice, alice).pk == begun(notice, alice, seed=5).pk


def test_every_question_needs_an_answer(notice, alice):
    attempt = begun(notice, alice)
    answers = [0] * len(attempt.questions)
    with pytest.raises(NotAnswered):
        mark_quiz(attempt, [None, *answers[1:]])
    with pytest.raises(NotAnswered):
        mark_quiz(attempt, [99, *answers[1:]])
    attempt.refresh_from_db()
    assert attempt.ended_at is None


def test_a_quiz_sent_twice_is_marked_once(notice, alice):
    attempt = taken(notice, alice)
    again = mark_quiz(attempt, [0] * len(attempt.questions))
    assert again.passed
    assert again.answers == attempt.answers
    assert row_of(notice, alice).way == Recipient.Way.QUIZ


def test_who_came_later_is_asked_the_examples_of_what_is_in_force(release, mai):
    example = {"id": "ex-1", "facts": {"item": "weapon", "hidden": "no"}, "expect": "K-2",
               "text": {"vi": "Kiếm", "en": "Sword"}}  # fmt: skip
    every = clauses()
    every[1]["points"] = 6
    notice = sent(mai, second_release(changed(clauses=every, examples=[example])))
    newcomer = person("new", "moderator")
    attempt = begun(notice, newcomer)
    assert row_of(notice, newcomer).fresh
    assert [q["case"]["text"]["vi"] for q in attempt.questions] == ["Kiếm"]
    assert right_option(pair_of_attempt(attempt), attempt.questions[0]) >= 0


def test_a_later_notice_asks_of_the_missed_one_too_and_passing_it_covers_both(release, alice, mai):
    first = sent(mai, second_release())
    every = clauses()
    every[1]["points"] = 6
    second = sent(mai, second_release(changed(clauses=every)))
    attempt = taken(second, alice)
    assert attempt.passed
    assert {q["key"][0] for q in attempt.questions} >= {first.pk, second.pk}
    assert row_of(first, alice).way == Recipient.Way.LATER


def test_a_release_that_only_rewords_a_question_asks_for_reading(release, alice, mai):
    from tests.workbench.understanding.making import reworded

    notice = sent(mai, second_release(reworded()))
    assert not notice.quiz
    assert "lưỡi dao thật" in notice.body["vi"]
    assert acknowledge(recipient_of(notice, alice)).passed_at is not None


def test_a_release_that_changes_nothing_for_moderators_has_no_notice(release):
    assert not draft(second_release(changed(review_by="2028-01-01"))).notices.exists()


def test_the_draft_is_made_anew_while_untouched_if_another_release_comes_between(release, mai):
    late = second_release(at=soon(48))
    assert draft(late).previous == release
    every = clauses()
    every[1]["points"] = 6
    between = second_release(changed(clauses=every), at=soon(24))
    assert draft(late).previous == between
