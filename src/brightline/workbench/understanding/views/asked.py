"""The questions of a quiz in words: as they are asked, and as they were marked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from brightline.i18n import _, language
from brightline.reports.guide.markdown import as_inline
from brightline.rulebook.telling_words import Words, in_language
from brightline.workbench.understanding.actions.take_quiz import pair_of_attempt
from brightline.workbench.understanding.clause_text import Explained, explained
from brightline.workbench.understanding.models import Attempt
from brightline.workbench.understanding.outcomes import clause_in_words, effect_in_words
from brightline.workbench.understanding.quizzing import EFFECT, Question, right_option, said
from brightline.workbench.understanding.witnesses import Pair, told_facts


@dataclass(frozen=True)
class Asked:
    """A question in words; `chosen` numbers the option that was taken, if any."""

    number: int
    sop: str
    text: str
    facts: tuple[str, ...]
    asks: str
    options: tuple[str, ...]
    chosen: int | None


@dataclass(frozen=True)
class Marked:
    """A question that was marked. `former`: the chosen option is what the old rules said."""

    asked: Asked
    right: bool
    answer: str
    former: bool
    why: Explained


def asked_questions(attempt: Attempt, chosen: Sequence[int | None]) -> list[Asked]:
    """The questions of an attempt, in the language in force."""
    pair = pair_of_attempt(attempt)
    return [
        _asked(pair, question, at, one)
        for at, (question, one) in enumerate(zip(attempt.questions, chosen, strict=True))
    ]


def _asked(pair: Pair, question: Question, number: int, chosen: int | None) -> Asked:
    case = question["case"]
    text = in_language(case.get("text"), language()) if case.get("text") else ""
    asks = (
        _("What is done with this case now?")
        if question["about"] == EFFECT
        else _("Which clause decides this case now?")
    )
    return Asked(
        number, _sop_title(pair, case), str(as_inline(text)) if text else "",
        told_facts(pair, case), asks,
        tuple(_option(pair, question, option) for option in question["options"]), chosen,
    )  # fmt: skip


def _sop_title(pair: Pair, case: dict[str, Any]) -> str:
    for engine, sop in ((pair.new, case["sop"]), (pair.old, case["was"])):
        if engine is not None and sop:
            return Words(engine.rulebook, case["subject"]).sop(sop)
    return ""


def _option(pair: Pair, question: Question, option: Any) -> str:
    case = question["case"]
    old = pair.old or pair.new
    if question["about"] == EFFECT:
        effect = option[0], option[1]
        known = not effect[0] or effect[0] in pair.new.rulebook.actions
        words = effect_in_words(pair.new if known else old, case["subject"], effect)
        return words[:1].upper() + words[1:]
    words = clause_in_words(pair.new, case["subject"], case["sop"], option)
    if words == option and case["was"]:  # a clause of the former version only
        words = clause_in_words(old, case["subject"], case["was"], option)
    return words[:1].upper() + words[1:]


def marked_questions(attempt: Attempt) -> list[Marked]:
    """The questions of an attempt that was marked, the wrong ones first."""
    pair = pair_of_attempt(attempt)
    found = []
    for at, question in enumerate(attempt.questions):
        asked = _asked(pair, question, at, attempt.answers[at])
        right = right_option(pair, question)
        before = pair.before(question["case"])
        chosen = question["options"][attempt.answers[at]]
        former = bool(question["case"]["was"]) and said(before, question["about"]) == chosen
        found.append(
            Marked(
                asked, attempt.marks[at], asked.options[right] if right >= 0 else "",
                former and not attempt.marks[at], explained(pair, question["case"]),
            )
        )  # fmt: skip
    return sorted(found, key=lambda one: one.right)
