"""The next question names the fact as its SOP does."""

from __future__ import annotations

from brightline.screening.decision_json import to_json
from brightline.screening.one import decide_case

from .shop import TODAY, shop


def asked(name: str, facts: dict[str, object]) -> object:
    """The next question where the asker wants the fact of that name in JSON."""
    decision = decide_case(shop(), {"facts": facts}, TODAY)
    return to_json(decision, lambda d: d.table.places[name])["next_question"]


def test_a_fact_of_an_sop_goes_by_its_bare_name() -> None:
    facts: dict[str, object] = {"price": 5, "item": "phone"}
    assert asked("fakes.licensed", facts) == {"sop": "fakes", "fact": "licensed"}


def test_a_shared_fact_has_no_sop() -> None:
    assert asked("item", {"price": 5, "licensed": "yes"}) == {"sop": None, "fact": "item"}


def test_a_determined_case_has_no_question() -> None:
    assert asked("item", {"fake": "no", "price": 5, "licensed": "yes", "item": "other"}) is None
