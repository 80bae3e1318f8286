"""What a rulebook is held to: one law a file, whose name is the claim.

A law's `problems` yields where its claim does not hold. `Checker` holds a rulebook to them, again
and again as it is edited; `check` does it once. `brightline explain` tells what each is for.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

from brightline.rulebook.laws import (
    basis_must_be_verified,
    clauses_must_be_able_to_win,
    clauses_must_not_contradict,
    clauses_should_change_something,
    definitions_should_be_possible,
    definitions_should_be_used,
    every_case_in_scope_should_meet_a_clause,
    examples_must_decide_as_expected,
    exceptions_should_not_be_overruled,
    facts_should_be_knowable,
    facts_should_be_used,
    facts_should_matter,
    fault_should_differ_in_severity,
    faults_should_have_examples,
    faults_should_rest_on_something,
    golden_cases_must_be_well_formed,
    languages_should_say_the_same_numbers,
    law_should_be_rechecked,
    lists_and_tables_should_be_read,
    names_should_differ,
    notices_should_not_speak_of_ids,
    notices_should_say_what_to_do,
    options_should_be_used,
    points_should_go_with_fault,
    questions_should_ask,
    questions_should_carry_guidance,
    reviews_should_not_be_overdue,
    rules_should_not_be_past,
    scopes_should_be_possible,
    sentences_should_be_short,
    sops_should_not_clash,
    texts_should_be_translated,
    texts_should_name_the_rules_thresholds,
    tones_should_be_placed_one_way,
    violations_should_carry_a_notice,
)
from brightline.rulebook.laws.accepting import Accepted
from brightline.rulebook.laws.checker import Checker, Findings, Law, Laws
from brightline.rulebook.problems import Problem

LAWS = Laws(
    of_an_sop=(
        basis_must_be_verified.problems,
        clauses_must_be_able_to_win.problems,
        clauses_must_not_contradict.problems,
        clauses_should_change_something.problems,
        definitions_should_be_possible.problems,
        definitions_should_be_used.problems,
        every_case_in_scope_should_meet_a_clause.problems,
        examples_must_decide_as_expected.problems,
        facts_should_be_knowable.problems,
        facts_should_be_used.problems,
        facts_should_matter.problems,
        faults_should_have_examples.problems,
        faults_should_rest_on_something.problems,
        languages_should_say_the_same_numbers.problems,
        names_should_differ.problems,
        notices_should_not_speak_of_ids.problems,
        notices_should_say_what_to_do.problems,
        options_should_be_used.problems,
        points_should_go_with_fault.problems,
        questions_should_ask.problems,
        questions_should_carry_guidance.problems,
        reviews_should_not_be_overdue.problems,
        rules_should_not_be_past.problems,
        scopes_should_be_possible.problems,
        sentences_should_be_short.problems,
        texts_should_be_translated.problems,
        texts_should_name_the_rules_thresholds.problems,
        tones_should_be_placed_one_way.problems,
        violations_should_carry_a_notice.problems,
    ),
    across_sops=(
        exceptions_should_not_be_overruled.problems,
        sops_should_not_clash.problems,
    ),
    of_the_rulebook=(
        fault_should_differ_in_severity.problems,
        golden_cases_must_be_well_formed.problems,
        law_should_be_rechecked.problems,
        lists_and_tables_should_be_read.problems,
    ),
)
"""Everything a rulebook without errors is held to."""


def check(path: Path, today: date, more: Laws | None = None) -> Findings:
    """What is found in the rulebook of a folder; dates are judged as of a day.

    `more` are laws of the layers above, such as those on the parameters of signals.
    """
    return Checker(path, LAWS + (more or Laws())).check(today)


__all__ = ["LAWS", "Accepted", "Checker", "Findings", "Law", "Laws", "Problem", "check"]
