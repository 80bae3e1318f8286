"""Rulebooks with the texts that break formats, and decisions on random facts."""

from __future__ import annotations

import itertools
import random
import unicodedata
from datetime import date

from hypothesis import strategies as st

from brightline.rulebook.deciding import Decider
from brightline.rulebook.model import Kind, Rulebook
from brightline.rulebook.plain_text import CONTROL
from brightline.rulebook.table import Table
from brightline.rulebook.tests import number_range, option_ids
from tests.rulebook.strategies import rulebooks

DAY = date(2026, 11, 24)
WICKED = [
    "=1+1", "+84 9", "-x", "@me", "'a", "a\n\nb\n", " a ", "<b>&amp;\"]]>", "{a: b}", "# x: y",
    "_x0041_", "yes", "2026-06-30", "0.30", "\ttab", "đ ướt ✓ 😀", "- a\n- b", "| x", "no:", "`",
]  # fmt: skip


texts = st.one_of(
    st.sampled_from(WICKED),
    st.text(st.characters(exclude_categories=("Cs", "Cc"), include_characters="\n\t"), min_size=1,
            max_size=30)
    .map(lambda text: unicodedata.normalize("NFC", text))
    .filter(lambda text: text.strip() and not CONTROL.search(text)),
)  # fmt: skip


@st.composite
def wordy(draw: st.DrawFn) -> Rulebook:
    """A random rulebook whose clauses carry texts, dates, former ids, follow-ups."""
    book = draw(rulebooks())
    sops = []
    for sop in book.sops:
        clauses = []
        for clause in sop.clauses:
            more = {
                "notice": {"vi": draw(texts), "en": draw(texts)} if draw(st.booleans()) else None,
                "note": {"vi": draw(texts), "en": draw(texts)} if draw(st.booleans()) else None,
                "starts": draw(st.sampled_from([None, date(2026, 1, 1)])),
                "was": draw(st.sampled_from([(), ("old",), ("old", "older")])),
            }
            clauses.append(clause.model_copy(update=more))
        words = {"vi": draw(texts), "en": draw(texts)}
        sops.append(sop.model_copy(update={"clauses": tuple(clauses), "purpose": words}))
    team = {"team": {"vi": "nhóm", "en": "team"}}
    return Rulebook.model_validate(book.model_copy(update={"sops": tuple(sops), "teams": team}))


def cases(book: Rulebook, subject: str, count: int, seed: int = 0) -> list[dict[str, object]]:
    """Random facts by full name, each known."""
    table = Table(book, subject, DAY)
    rng = random.Random(seed)
    found = []
    for _number in range(count):
        case: dict[str, object] = {}
        for column in table.columns:
            if column.fact.kind is Kind.NUMBER:
                low, high = number_range(column.fact)
                marks = [*column.cuts, low, high]
                case[column.name] = min(
                    max(rng.choice(marks) + rng.choice((-0.5, 0, 0.5)), low), high
                )
            else:
                case[column.name] = rng.choice(option_ids(column.fact))
        found.append(case)
    return found


def verdicts(book: Rulebook, subject: str, facts: list[dict[str, object]]) -> list[object]:
    """What each case comes to: clauses and action."""
    decider = Decider(Table(book, subject, DAY))
    return [
        (verdict.action, [(r.sop, r.clause) for r in verdict.reported])
        for verdict in itertools.starmap(decider.verdict, ((case,) for case in facts))
    ]
