"""An audit asks anew: what signals saw, and by lot some of what they did not see."""

from __future__ import annotations

from typing import Any

import pytest

from brightline.rulebook.model import Rulebook
from brightline.workbench.cases.actions.claim import claim
from brightline.workbench.cases.actions.decide import NotDetermined, decide
from brightline.workbench.cases.looking_anew import LOOKS
from brightline.workbench.cases.models import Case, Task
from brightline.workbench.cases.working import Turn
from brightline.workbench.rulebooks.actions.publish import publish
from tests.workbench.making import a_case, a_rulebook, answered, shares, text

pytestmark = pytest.mark.django_db
SIGNS = 9


def many_signs() -> Rulebook:
    """Nine things a signal looks for; each alone gets a listing removed. One changes nothing."""
    raw: dict[str, Any] = a_rulebook().model_dump(mode="json", by_alias=True, exclude_defaults=True)
    sop = raw["sops"][0]
    notice = sop["clauses"][1]["notice"]
    signs = [f"sign{n}" for n in range(SIGNS)]
    sop["facts"] = {
        name: {
            "kind": "yes_no", "title": text(f"Dấu {name}", name.title()),
            "ask": text(f"Có {name} không?", f"Is there {name}?"),
            "from": [
                {"signal": "lexicon", "list": "knives", "in": ["title"], "kind": name,
                 "trust": "decides"},
                {"signal": "lexicon", "list": "knives", "in": ["title"], "kind": name,
                 "absent": "no", "trust": "decides"},
            ],
        } for name in [*signs, "idle"]
    }  # fmt: skip
    sop["clauses"] = [
        *({"id": f"S-{n}", "title": text(f"Điều {n}", f"Clause {n}"), "when": {name: "yes"},
           "action": "remove_listing", "points": 1, "basis": ["policy"], "notice": notice}
          for n, name in enumerate(signs)),
        {"id": "S-8b", "title": text("Không đổi gì", "No change"),
         "when": {"idle": "yes", "sign8": "yes"}, "action": "allow"},
        sop["clauses"][-1],
    ]  # fmt: skip
    raw["lexicons"] = {"knives": [{"term": f"từ {n}", "kind": n} for n in [*signs, "idle"]]}
    return Rulebook.model_validate(raw)


@pytest.fixture
def audited(alice) -> Case:
    """An innocent case, allowed automatically and drawn for an audit."""
    publish(many_signs(), None)
    shares(audit=1.0)
    case = a_case("Gấu bông màu nâu").case
    assert case.action == "allow"
    assert len(case.facts) == SIGNS + 1
    return case


def asked_of(task: Task, who) -> list[str]:
    """What is asked until the case is settled, each answered with no."""
    names = []
    while (column := Turn(task).question) is not None:
        names.append(column.name)
        answered(task, who, **{column.name: "no"})
    return names


def test_where_no_signal_saw_anything_the_auditor_looks_first(audited, alice):
    task = claim(alice)
    assert task.kind == "audit"
    with pytest.raises(NotDetermined):
        decide(task.pk, alice)
    asked = asked_of(task, alice)
    assert len(asked) == LOOKS == len(set(asked))
    assert "idle" not in asked  # no answer to it alone changes anything
    assert decide(task.pk, alice).action == "allow"
    assert not audited.tasks.filter(kind="adjudicate").exists()


def test_what_the_signals_overlooked_goes_to_a_senior(audited, alice):
    task = claim(alice)
    first = Turn(task).question.name
    second = decide(answered(task, alice, **{first: "yes"}).pk, alice)
    assert (second.action, second.in_force) == ("remove_listing", False)
    assert audited.tasks.filter(kind="adjudicate").count() == 1


def test_the_lot_is_drawn_once_for_a_turn_and_anew_for_another(audited, alice):
    task = Task.objects.get()
    drawn = {frozenset(Turn(Task(pk=pk, case=audited, kind="audit")).facts) for pk in range(30)}
    assert len(drawn) > 5
    assert set.union(*({*audited.facts} - facts for facts in drawn)) == {*audited.facts} - {"idle"}
    again = {frozenset(Turn(Task.objects.get(pk=task.pk)).facts) for _time in range(5)}
    assert len(again) == 1


def test_only_audits_are_asked_anew(audited):
    for kind in ("review", "second", "appeal", "escalation", "adjudicate"):
        assert Turn(Task(pk=1, case=audited, kind=kind)).facts == audited.facts


def test_what_the_platform_itself_said_stays(audited):
    audited.given = dict.fromkeys(audited.facts, "no")
    assert Turn(Task(pk=1, case=audited, kind="audit")).facts == audited.facts
