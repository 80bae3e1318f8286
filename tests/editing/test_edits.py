"""An edit changes exactly what it says: nothing else in the data, no comment, no other line."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from brightline.editing.clauses import (
    add_clause,
    add_row,
    free_id,
    move_clause,
    remove_clause,
    remove_row,
    set_otherwise,
    set_test,
)
from brightline.editing.edits import CannotEdit, Edited, set_value, value_at
from brightline.editing.pieces import MISSING, data_of
from brightline.editing.units import render, units_of

SOPS = sorted(Path("rulebooks/vietnam/sops").glob("*.yaml"))
FILES = [*SOPS, *Path("rulebooks/vietnam").glob("*.yaml")]


@cache
def _text(path: Path) -> str:
    return path.read_text("utf-8")


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_the_pieces_of_a_file_are_the_file(path):
    assert render(units_of(_text(path))) == _text(path)


@st.composite
def commented(draw: Any) -> tuple[str, list[str]]:
    """An SOP of the Vietnam rulebook with comments above some of its clauses and entries."""
    text = _text(draw(st.sampled_from(SOPS)))
    lines = text.splitlines(keepends=True)
    places = [
        number for number, line in enumerate(lines)
        if line[:1] not in (" ", "") or line.startswith(("  - id:", "    action:", "    when:"))
    ]  # fmt: skip
    chosen = draw(st.lists(st.sampled_from(places), unique=True, min_size=1, max_size=6))
    said = []
    for place in sorted(chosen, reverse=True):
        indent = len(lines[place]) - len(lines[place].lstrip(" "))
        said.append(f"# ghi chú {place}")
        lines.insert(place, f"{' ' * indent}{said[-1]}\n")
    return "".join(lines), said


def clause_of(draw: Any, text: str) -> str:
    return str(draw(st.sampled_from([one["id"] for one in data_of(text)["clauses"]])))


def survive(edited: Edited, said: list[str]) -> None:
    for one in said:
        assert one in edited.text or one in edited.lost, one


def test_with_its_last_test_a_clause_loses_the_comment_above_it_and_says_so():
    text = _text(SOPS[0]).replace("    when:", "    # ghi chú\n    when:", 1)
    first = data_of(text)["clauses"][0]
    edited = Edited(text)
    lost: list[str] = []
    for fact in first["when"]:
        edited = set_test(edited.text, first["id"], 0, fact, MISSING)
        lost += edited.lost
    assert "when" not in data_of(edited.text)["clauses"][0]
    assert lost == ["# ghi chú"]


@settings(max_examples=40, deadline=None)
@given(st.data())
def test_a_test_set_in_a_clause_is_all_that_changes(data):
    text, said = data.draw(commented())
    clause = clause_of(data.draw, text)
    sop = data_of(text)
    fact = data.draw(st.sampled_from(sorted(sop["facts"])))
    test = data.draw(st.sampled_from(["yes", ["a", "b"], {"not": ["a"]}, "< 3", MISSING]))
    edited = set_test(text, clause, 0, fact, test)
    survive(edited, said)
    expected = data_of(text)
    one = next(c for c in expected["clauses"] if c["id"] == clause)
    rows = one.get("when", [])
    rows = [rows] if isinstance(rows, dict) else rows or [{}]
    if test is MISSING:
        rows[0].pop(fact, None)
    else:
        rows[0][fact] = test
    rows = [row for row in rows if row]
    one.pop("when", None)
    if rows:
        one["when"] = rows[0] if len(rows) == 1 else rows
        one.pop("otherwise", None)
    assert data_of(edited.text) == expected
    changed = set(edited.text.splitlines()) ^ set(text.splitlines())
    assert len(changed) <= 2 + text.count("\n") // 20


@settings(max_examples=30, deadline=None)
@given(st.data())
def test_a_clause_moved_takes_its_comment_along_and_leaves_the_rest_as_written(data):
    text, said = data.draw(commented())
    moved = clause_of(data.draw, text)
    before = data.draw(st.one_of(st.none(), st.just(clause_of(data.draw, text))))
    edited = move_clause(text, moved, before)
    survive(edited, said)
    assert not edited.lost
    old = [c["id"] for c in data_of(text)["clauses"]]
    new = [c["id"] for c in data_of(edited.text)["clauses"]]
    if before != moved:
        rest = [c for c in old if c != moved]
        at = rest.index(before) if before else len(rest)
        assert new == [*rest[:at], moved, *rest[at:]]
    assert sorted(edited.text.splitlines()) == sorted(text.splitlines())


@settings(max_examples=30, deadline=None)
@given(st.data())
def test_a_clause_added_and_taken_out_again_leaves_the_file_as_it_was(data):
    text, said = data.draw(commented())
    clause = {
        "id": free_id(text), "title": {"vi": "Mới: \"x\"", "en": "New"}, "action": "allow",
        "when": {"item": ["a", "b"]},
    }  # fmt: skip
    after = clause_of(data.draw, text)
    added = add_clause(text, clause, after)
    survive(added, said)
    ids = [c["id"] for c in data_of(added.text)["clauses"]]
    assert ids[ids.index(after) + 1] == clause["id"]
    assert next(c for c in data_of(added.text)["clauses"] if c["id"] == clause["id"]) == clause
    assert remove_clause(added.text, clause["id"]).text == text


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_a_text_of_any_letters_is_kept_to_the_letter(data):
    text, said = data.draw(commented())
    clause = clause_of(data.draw, text)
    said_here = data.draw(
        st.text(
            st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Zl", "Zp", "Cn", "Co")),
            min_size=1, max_size=80,
        ).map(lambda t: __import__("unicodedata").normalize("NFC", t))
    )  # fmt: skip
    if "\ufeff" in said_here or not said_here.strip():
        return
    field = data.draw(st.sampled_from(["title", "notice", "note"]))
    edited = set_value(text, ("clauses", clause, field, "vi"), said_here)
    assert str(value_at(edited.text, ("clauses", clause, field, "vi"))) == said_here
    survive(edited, said)


def test_the_last_test_of_a_clause_gone_it_is_for_the_author_to_say_what_holds():
    text = _text(Path("rulebooks/vietnam/sops/e-cigarettes.yaml"))
    bare = set_test(text, "EC-3", 0, "item", MISSING).text
    assert value_at(bare, ("clauses", "EC-3", "when")) is MISSING
    assert value_at(bare, ("clauses", "EC-3", "otherwise")) is MISSING
    assert value_at(set_otherwise(bare, "EC-3").text, ("clauses", "EC-3", "otherwise")) == "yes"


def test_an_alternative_comes_and_goes():
    text = _text(Path("rulebooks/vietnam/sops/e-cigarettes.yaml"))
    two = add_row(text, "EC-2", "item", "shisha").text
    assert value_at(two, ("clauses", "EC-2", "when")) == [{"is": "banned_item"}, {"item": "shisha"}]
    assert value_at(remove_row(two, "EC-2", 0).text, ("clauses", "EC-2", "when")) == {
        "item": "shisha"
    }
    with pytest.raises(CannotEdit):
        remove_row(text, "EC-2", 0)


def test_what_is_not_there_is_not_edited_in_silence():
    text = _text(Path("rulebooks/vietnam/sops/e-cigarettes.yaml"))
    for edit in (
        lambda: set_value(text, ("clauses", "EC-77", "points"), 3),
        lambda: move_clause(text, "EC-1", "EC-77"),
        lambda: add_clause(text, {"id": "EC-1"}),
        lambda: remove_clause("clauses:\n  - id: A-1\n    action: allow\n", "A-1"),
    ):
        with pytest.raises(CannotEdit):
            edit()
