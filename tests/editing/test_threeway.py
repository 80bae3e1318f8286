"""Two people's changes of one file: both are kept, or a person chooses; nothing is dropped."""

from __future__ import annotations

from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from brightline.editing.clauses import add_clause, free_id, move_clause, remove_clause
from brightline.editing.edits import set_value
from brightline.editing.lines import merged_lines
from brightline.editing.threeway import chosen, merge

TEXT = Path("rulebooks/vietnam/sops/e-cigarettes.yaml").read_text("utf-8")
CLAUSES = ["EC-1", "EC-2", "EC-3", "EC-4", "EC-5", "EC-9"]
NEW = {"title": {"vi": "Mới", "en": "New"}, "when": {"item": "shisha"}, "action": "allow"}


@st.composite
def changes(draw):
    """A change of one clause: what it touches, and how."""
    clause = draw(st.sampled_from(CLAUSES))
    field = draw(st.sampled_from(["points", "action", "title.vi", "title.en", "note.vi"]))
    value = draw(st.integers(1, 50)) if field == "points" else draw(st.sampled_from(["a", "b"]))
    return ("clauses", clause, *field.split(".")), value


@settings(max_examples=60, deadline=None)
@given(changes(), changes())
def test_changes_in_different_places_are_both_there_in_either_order(one, other):
    mine, theirs = set_value(TEXT, *one).text, set_value(TEXT, *other).text
    merged = merge(TEXT, mine, theirs)
    if one[0] != other[0]:
        assert merged.clean
        assert merged.text == set_value(mine, *other).text == set_value(theirs, *one).text
    elif one == other or one[1] == other[1]:
        assert merged.clean and merged.text == mine
    else:
        assert [clash.path for clash in merged.clashes]
        assert merged.text == theirs


def test_two_clauses_added_at_the_same_place_are_both_kept():
    mine = add_clause(TEXT, {"id": "EC-20", **NEW}, "EC-3").text
    theirs = add_clause(TEXT, {"id": "EC-30", **NEW}, "EC-3").text
    merged = merge(TEXT, mine, theirs)
    assert merged.clean and "EC-20" in merged.text and "EC-30" in merged.text


def test_one_moves_a_clause_while_the_other_writes_in_it():
    mine = move_clause(TEXT, "EC-5", "EC-1").text
    theirs = set_value(TEXT, ("clauses", "EC-5", "points"), 7).text
    merged = merge(TEXT, mine, theirs)
    assert merged.clean and merged.text == move_clause(theirs, "EC-5", "EC-1").text


def test_one_deletes_what_the_other_changed_and_a_person_chooses():
    mine = remove_clause(TEXT, "EC-4").text
    theirs = set_value(TEXT, ("clauses", "EC-4", "points"), 9).text
    merged = merge(TEXT, mine, theirs)
    [clash] = merged.clashes
    assert clash.path == ("clauses", "EC-4") and not clash.mine
    assert chosen(merged, {clash.path: clash.mine}) == mine
    assert chosen(merged, {clash.path: clash.theirs}) == theirs


def test_the_same_text_changed_in_two_ways_is_chosen_or_written_anew():
    path = ("clauses", "EC-1", "points")
    merged = merge(TEXT, set_value(TEXT, path, 30).text, set_value(TEXT, path, 31).text)
    [clash] = merged.clashes
    assert chosen(merged, {path: clash.mine}) == set_value(TEXT, path, 30).text
    assert chosen(merged, {path: "    points: 32\n"}) == set_value(TEXT, path, 32).text


def test_a_file_that_is_no_yaml_yet_is_brought_together_by_line():
    broken = TEXT.replace("hit: most_severe", "hit: [most_severe")
    theirs = set_value(TEXT, ("clauses", "EC-1", "points"), 30).text
    assert merge(TEXT, broken, theirs).text == theirs.replace("hit: most", "hit: [most")


def test_the_id_of_a_new_clause_is_the_next_free_one():
    assert free_id(TEXT) == "EC-6"
    assert free_id("clauses:\n  - id: weird\n    action: x\n") == "C-1"


@given(st.lists(st.sampled_from("abc"), max_size=8), st.data())
def test_lines_that_only_one_changed_are_taken(lines, data):
    base = "".join(f"{line}\n" for line in lines)
    more = st.lists(st.sampled_from("xyz"), max_size=3).map(lambda t: "".join(f"{c}\n" for c in t))
    top, end = data.draw(more), data.draw(more)
    if len(lines) > 1:
        assert merged_lines(base, top + base, base + end) == top + base + end
    assert merged_lines(base, base, end) == end and merged_lines(base, top, base) == top
