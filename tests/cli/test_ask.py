"""`ask`: questions at the keyboard, here typed through a pipe."""

from __future__ import annotations

import json


def asked(run, good, case, typed, *options, **parts):
    return run("ask", good, case(**parts), *options, input="".join(f"{line}\n" for line in typed))


def test_enter_accepts_what_a_signal_suggests(run, good, case):
    shown = asked(run, good, case, [""]).stdout
    assert "Suggested: E-cigarette — word list “vaping” found “Pod" in shown
    assert "REMOVE · 12 points" in shown
    assert "Item is E-cigarette — answered by the moderator" in shown


def test_only_what_still_matters_is_asked(run, good, case):
    shown = asked(run, good, case, ["4"]).stdout
    assert "1 question asked, about 6 seconds" in shown


def test_numbers_words_and_beginnings_choose_an_option(run, good, case):
    for typed in ("2", "heated", "Heated tobacco", "h"):
        assert "Item is Heated tobacco" in asked(run, good, case, [typed]).stdout


def test_yes_and_no_have_letters_in_both_languages(run, good, case):
    facts = {"category": "electronics", "item": "accessory"}
    for language, typed in (("en", "y"), ("vi", "c"), ("en", "1")):
        shown = asked(run, good, case, [typed], "--lang", language, facts=facts).stdout
        assert "12 points" in shown or "12 điểm" in shown


def test_a_step_back_asks_again(run, good):
    typed = "1\n1\nb\n2\n"
    shown = run("ask", good, "--subject", "listing", input=typed).stdout
    assert shown.count("Which category?") == 2
    assert "ALLOW" in shown


def test_guidance_and_cannot_tell(run, good, case):
    shown = asked(run, good, case, ["g", "0", "0"]).stdout
    assert "Look at pictures and title." in shown
    assert "ESCALATE" in shown
    assert "It cannot be told" in shown


def test_a_tree_is_walked_level_by_level_and_searched(run, good):
    shown = run("ask", good, "--subject", "listing", input="1\nb\nphon\n").stdout
    assert "1  Electronics ›" in shown
    assert "Electronics: all of it, or nothing below fits" in shown
    assert "Category is Phones" in shown


def test_stopping_says_what_is_known_by_now(run, good, case):
    for typed in (["q"], []):
        result = asked(run, good, case, typed)
        assert result.exit_code == 0
        assert "Stopped before the end." in result.stdout
        assert "Next question" in result.stdout


def test_an_answer_that_is_none_is_explained(run, good, case):
    shown = asked(run, good, case, ["9", "zzz", ""]).stdout
    assert "There is no number 9." in shown
    assert "No option has “zzz” in it." in shown


def test_json_stays_alone_on_standard_output(run, good, case):
    found = json.loads(asked(run, good, case, [""], "--format", "json").stdout)
    assert found["action"] == "remove"
    assert found["facts"]["item"]["source"] == "moderator"


def test_the_subject_is_asked_where_nothing_says_it(run, good):
    shown = run("ask", good, input="x\n2\ny\n").stdout
    assert "What is the case about?" in shown
    assert "Type a number from 1 to 2." in shown
    assert "REMOVE · 3 points" in shown
