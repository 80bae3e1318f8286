"""`brightline guide`: what it writes, says and refuses."""

from __future__ import annotations

import pytest

from brightline.reports.guide import printing
from brightline.reports.guide.folder import MARK
from tests.cli.conftest import GOOD, case, copy_of_good, good, run

__all__ = ["case", "copy_of_good", "good", "run"]


def test_it_says_what_was_written(run, tmp_path):
    result = run("guide", GOOD, "-o", tmp_path / "out", "--no-pdf")
    assert result.exit_code == 0
    assert "pages in" in result.stdout
    assert "index.html" in result.stdout
    assert "Writing the pages" in result.stderr
    assert not list((tmp_path / "out").glob("*.pdf"))
    assert (tmp_path / "out" / MARK).is_file()


def test_one_language_is_made_where_one_is_asked_for(run, tmp_path):
    assert run("guide", GOOD, "-o", tmp_path / "out", "--no-pdf", "--lang", "en").exit_code == 0
    assert (tmp_path / "out" / "en" / "index.html").is_file()
    assert not (tmp_path / "out" / "vi").exists()


def test_the_language_of_the_messages_is_not_that_of_the_guideline(run, tmp_path):
    result = run("--lang", "en", "guide", GOOD, "-o", tmp_path / "out", "--no-pdf")
    assert (tmp_path / "out" / "vi").is_dir()
    assert "pages in" in result.stdout


def test_a_folder_of_others_is_refused(run, tmp_path):
    (tmp_path / "thesis.txt").write_text("dear")
    result = run("guide", GOOD, "-o", tmp_path, "--no-pdf")
    assert result.exit_code == 2
    assert "did not make it" in result.stderr
    assert MARK in result.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.txt"]


def test_a_folder_that_cannot_be_written_is_an_error(run, tmp_path):
    (tmp_path / "file").write_text("")
    result = run("guide", GOOD, "-o", tmp_path / "file" / "out", "--no-pdf")
    assert result.exit_code == 2
    assert "cannot be written" in result.stderr


def test_the_older_version_is_compared(run, tmp_path, copy_of_good):
    file = copy_of_good / "sops" / "vapes.yaml"
    file.write_text(file.read_text("utf-8").replace("points: 12", "points: 6", 1), "utf-8")
    result = run("guide", GOOD, "-o", tmp_path / "out", "--no-pdf", "--previous", copy_of_good)
    assert result.exit_code == 0
    assert (tmp_path / "out" / "en" / "changes.html").is_file()


def test_a_broken_rulebook_is_told_with_its_problems(run, tmp_path, copy_of_good):
    (copy_of_good / "sops" / "vapes.yaml").write_text("sop: [", "utf-8")
    result = run("guide", copy_of_good, "-o", tmp_path / "out")
    assert result.exit_code == 2
    assert "vapes.yaml" in result.stderr
    assert not (tmp_path / "out").exists()


def test_without_pango_the_website_is_made_and_the_package_is_named(run, tmp_path, monkeypatch):
    def missing() -> None:
        raise printing.NoPango("cannot load library 'libpango-1.0-0'")

    monkeypatch.setattr(printing, "need_pango", missing)
    result = run("guide", GOOD, "-o", tmp_path / "out")
    assert result.exit_code == 1
    assert "libpango-1.0-0 libpangoft2-1.0-0" in result.stderr
    assert (tmp_path / "out" / "en" / "index.html").is_file()
    assert ".pdf" not in (tmp_path / "out" / "en" / "index.html").read_text("utf-8")


@pytest.mark.slow
@pytest.mark.usefixtures("has_pango")
def test_the_pdfs_are_made_and_counted(run, tmp_path):
    result = run("guide", GOOD, "-o", tmp_path / "out", "--lang", "vi")
    assert result.exit_code == 0
    assert "guideline-vi.pdf" in result.stdout
    assert (tmp_path / "out" / "guideline-vi.pdf").read_bytes().startswith(b"%PDF-")
