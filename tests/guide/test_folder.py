"""The folder: made whole, replaced whole, and never somebody else's."""

from __future__ import annotations

import pytest

from brightline.reports.guide.folder import MARK, Occupied, built


def names(folder):
    return sorted(path.name for path in folder.iterdir())


def test_a_new_folder_is_made_with_its_parents(tmp_path):
    target = tmp_path / "one" / "two"
    with built(target, {"rulebook": "x"}) as folder:
        (folder / "index.html").write_text("new")
        assert not target.exists()
    assert names(target) == [MARK, "index.html"]
    assert names(target.parent) == ["two"]


def test_an_older_guideline_is_replaced_as_a_whole(tmp_path):
    target = tmp_path / "guide"
    for text in ("one", "two"):
        with built(target, {}) as folder:
            (folder / f"{text}.html").write_text(text)
    assert names(target) == [MARK, "two.html"]
    assert names(tmp_path) == ["guide"]


@pytest.mark.parametrize("kind", ["files", "a file", "a broken link"])
def test_what_others_made_is_left_alone(tmp_path, kind):
    target = tmp_path / "mine"
    if kind == "files":
        target.mkdir()
        (target / "thesis.txt").write_text("dear")
    elif kind == "a file":
        target.write_text("dear")
    else:
        target.symlink_to(tmp_path / "nowhere")
    with pytest.raises(Occupied), built(target, {}):
        raise AssertionError("not reached")
    assert names(tmp_path) == ["mine"]
    assert kind != "files" or (target / "thesis.txt").read_text() == "dear"


def test_an_empty_folder_is_taken(tmp_path):
    with built(tmp_path / "guide", {}) as folder:
        (folder / "index.html").write_text("new")
    (tmp_path / "empty").mkdir()
    with built(tmp_path / "empty", {}) as folder:
        (folder / "index.html").write_text("new")
    assert "index.html" in names(tmp_path / "empty")


def test_a_failure_leaves_the_older_one_and_no_rest(tmp_path):
    target = tmp_path / "guide"
    with built(target, {}) as folder:
        (folder / "old.html").write_text("old")

    def fail() -> None:
        with built(target, {}) as folder:
            (folder / "new.html").write_text("half")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert names(target) == [MARK, "old.html"]
    assert names(tmp_path) == ["guide"]


def test_files_that_appear_while_it_is_built_are_left_alone(tmp_path):
    target = tmp_path / "guide"

    def meanwhile() -> None:
        with built(target, {}):
            target.mkdir()
            (target / "thesis.txt").write_text("dear")

    with pytest.raises(Occupied):
        meanwhile()
    assert names(target) == ["thesis.txt"]
    assert names(tmp_path) == ["guide"]
