"""One meaning has one canonical form, and its SHA-256 names the version."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from brightline.rulebook.canonical import digest, from_json, to_json
from brightline.rulebook.model import FollowUp, Rulebook, Term
from brightline.rulebook.reading import read

from .planted import HERE, good_copy

GOOD = read(HERE / "good")


def changed(folder: Path, file: str, old: str, new: str) -> Rulebook:
    path = folder / file
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")
    return read(folder)


def test_the_form_reads_back_as_the_same_rulebook() -> None:
    again = from_json(to_json(GOOD))
    assert again == GOOD
    assert to_json(again) == to_json(GOOD)
    assert list(again.facts["category"].options) == ["electronics", "beauty"]
    assert again.sops[1].clauses == GOOD.sops[1].clauses


def test_the_form_is_compact_and_leaves_defaults_out() -> None:
    form = json.loads(to_json(GOOD))
    assert to_json(GOOD) == json.dumps(form, ensure_ascii=False, separators=(",", ":"))
    assert "currency" not in form
    assert list(form) == sorted(form)
    assert form["sops"][1]["facts"]["item"]["cost"] == 6


def test_the_digest_is_a_sha_256_and_stays_what_it_is() -> None:
    assert re.fullmatch("[0-9a-f]{64}", digest(GOOD))
    assert GOOD.sha == digest(GOOD) == digest(read(HERE / "good"))


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("law.yaml", "law:", "# a comment\n\nlaw:"),
        ("sops/vapes.yaml", "en: E-cigarettes}", 'en: "E-cigarettes"}'),
        ("sops/vapes.yaml", "owner: safety\nqueue: regulated", "queue: regulated\nowner: safety"),
        ("sops/vapes.yaml", "{vi: Thiết bị, en: Device}", "{en: Device, vi: Thiết bị}"),
        ("sops/vapes.yaml", "Thiết bị", "Thie\u0302\u0301t bị"),
        ("sops/vapes.yaml", "within: 24h", "within: 1d"),
        ("sops/vapes.yaml", "hit: most_severe\n", ""),
        ("sops/vapes.yaml", "max: 1000000000", "max: 1000000000.0"),
        ("sops/reviews.yaml", "when: {paid: yes}", "when:\n      - paid: yes"),
        ("rulebook.yaml", "severity: 60}", "severity: 60, violation: yes}"),
    ],
)
def test_the_digest_does_not_hang_on(file: str, old: str, new: str, tmp_path: Path) -> None:
    assert digest(changed(good_copy(tmp_path), file, old, new)) == digest(GOOD)


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("sops/vapes.yaml", "points: 12", "points: 11"),
        ("sops/vapes.yaml", "en: E-cigarettes}", "en: Vapes}"),
        ("sops/vapes.yaml", '"< 50000"', '"<= 50000"'),
        ("lexicons/vaping.csv", "pod,device,,no", "pod,device,,yes"),
        ("law.yaml", "recheck_by: 2027-02-28", "recheck_by: 2027-03-28"),
        ("rulebook.yaml", "window: 90d", "window: 91d"),
    ],
)
def test_the_digest_changes_with(file: str, old: str, new: str, tmp_path: Path) -> None:
    assert digest(changed(good_copy(tmp_path), file, old, new)) != digest(GOOD)


def test_the_order_of_clauses_and_options_counts() -> None:
    vapes = GOOD.sop_named("vapes")
    turned = vapes.model_copy(update={"clauses": tuple(reversed(vapes.clauses))})
    others = tuple(sop for sop in GOOD.sops if sop.sop != "vapes")
    assert digest(GOOD.model_copy(update={"sops": (*others, turned)})) != digest(GOOD)


def test_the_order_of_sops_does_not_count() -> None:
    turned = GOOD.model_copy(update={"sops": tuple(reversed(GOOD.sops))})
    assert to_json(turned) == to_json(GOOD)


@given(
    terms=st.lists(st.builds(Term, term=st.text(min_size=1, max_size=9), kind=st.text(max_size=5))),
    points=st.integers(0, 1000),
    within=st.floats(1e-6, 3e7).filter(lambda n: n > 0),
    test=st.recursive(
        st.text(max_size=9) | st.integers(-(10**9), 10**9) | st.floats(-1e9, 1e9),
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.just("not"), inner),
        max_leaves=6,
    ),
)
def test_whatever_a_rulebook_holds_comes_back(
    terms: list[Term], points: int, within: float, test: object
) -> None:
    vapes = GOOD.sop_named("vapes")
    clause = vapes.clauses[0].model_copy(
        update={
            "points": points,
            "when": ({"item": test},),
            "then": (FollowUp.model_construct(do={"vi": "a"}, role="counsel", within=within),),
        }
    )
    made = GOOD.model_copy(
        update={
            "lexicons": {"vaping": tuple(terms)},
            "sops": (vapes.model_copy(update={"clauses": (clause,)}),),
        }
    )
    once = to_json(made)
    assert to_json(from_json(once)) == once


@given(st.floats(1e-6, 3e7))
def test_a_length_of_time_is_written_without_loss(length: float) -> None:
    step = FollowUp.model_validate({"do": {"vi": "a"}, "role": "r", "within": length})
    assert FollowUp.model_validate_json(step.model_dump_json()) == step
