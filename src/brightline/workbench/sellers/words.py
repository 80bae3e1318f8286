"""Words for cases and decisions on the pages of staff, in the language in force."""

from __future__ import annotations

from brightline.i18n import _, language
from brightline.rulebook.telling_words import in_language
from brightline.workbench.cases.models import Case, Decision, How
from brightline.workbench.rulebooks.in_force import NoRulebook, engine_of


def subject_in_words(case: Case) -> str:
    """`Listing`: what a case is about."""
    try:
        found = engine_of(case.sha).rulebook.subjects.get(case.subject)
    except NoRulebook:
        found = None
    return in_language(found.title, language()) if found else case.subject


def action_in_words(case: Case) -> str:
    """`Remove the listing`: the outcome of a case in force."""
    if not case.action:
        return _("not decided yet")
    try:
        found = engine_of(case.sha).rulebook.actions.get(case.action)
    except NoRulebook:
        found = None
    return in_language(found.title, language()) if found else case.action


def how_in_words(decision: Decision) -> str:
    """`Reviewed by a moderator`: how a decision came about."""
    return How(decision.how).words
