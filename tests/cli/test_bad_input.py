"""Bad input gets a sentence, a place and a hint, and exit code 2; never a traceback."""

from __future__ import annotations

import json
import re

import pytest

from brightline.commands import verbs

ENGLISH = re.compile(r"\b(?:is|the|this|not|here|missing|named|does|cannot|Expecting|hint)\b")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "case.json:1:1: this is not JSON"),
        ('{"subject": "listing",\n  "facts": {,}}', "case.json:2:13: this is not JSON"),
        ('{"subject": "listing" "id": 1}', "a comma is missing here"),
        ('{"subject" "listing"}', "a colon is missing here"),
        ('{"subject": "listing",}', "hint: take away the comma before }"),
        ("{'subject': 'listing'}", "hint: JSON takes double quotes"),
        ('{"subject": "listing"', "a comma is missing here"),
        ('{"subject": "list', "is never closed"),
        ('{"subject": "a\nb"}', "a line break or a control character"),
        ('{"subject": "a\\qb"}', "a backslash starts a code"),
        ('{"subject": "listing"} {"subject": "listing"}', "hint: one case is one JSON object"),
        ("[1]", "a case is an object"),
        ('{"facts": {"item": NaN}, "subject": "listing"}', "NaN is no number"),
        ('{"subject": "listing", "subject": "review"}', "stands twice"),
        ("[" * 100_000, "nested too deeply"),
        ('{"subject": "listng"}', "no subject named listng"),
        ('{"facts": {}}', "does not say its subject"),
        ('{"subject": "listing", "facts": {"itm": "other"}}', "no fact named itm"),
        ('{"subject": "listing", "facts": {"item": "othr"}}', "has no option"),
        ('{"subject": "listing", "facts": {"price": -5}}', "outside the range"),
        (
            '{"subject": "listing", "facts": {"price": ' + "9" * 5000 + "}}",
            "a number has 5000 digits",
        ),
        ('{"subject": "listing", "facts": 3}', "facts is not an object"),
        ('{"subject": "listing", "attributes": {"created_at": "soon"}}', "is no date"),
        ('{"subject": "listing", "facts": {"\\ud800": "x"}}', "no fact named"),
    ],
)
def test_a_case_that_cannot_be_used(run, good, tmp_path, text, said):
    path = tmp_path / "case.json"
    path.write_text(text, encoding="utf-8")
    result = run("decide", good, path)
    assert result.exit_code == 2
    assert said in result.stderr
    assert result.stdout == ""
    told = run("decide", good, path, "--lang", "vi")
    assert told.exit_code == 2
    assert told.stderr.startswith("Lỗi: ")
    assert len(told.stderr.splitlines()) <= 2
    assert not ENGLISH.findall(told.stderr)


def test_a_name_that_nothing_reads_is_told_where_it_looks_like_a_slip(run, good, case):
    path = case(atributes={}, attributes={"titel": "x", "sku": 7})
    result = run("decide", good, path, "--format", "json")
    assert result.exit_code == 0
    assert json.loads(result.stdout)["action"] == "manual_review"
    assert result.stderr.splitlines() == ["Note: 'titel' is not read; did you mean title?"]
    path.write_text('{"subject": "listing", "atributes": {"title": "x"}}', encoding="utf-8")
    assert "did you mean attributes?" in run("decide", good, path).stderr


def test_bytes_that_are_no_text(run, good, tmp_path):
    path = tmp_path / "case.json"
    path.write_bytes(b'{"subject": "\xff"}')
    result = run("decide", good, path)
    assert result.exit_code == 2
    assert "not UTF-8" in result.stderr


@pytest.mark.parametrize("verb", [["check"], ["decide"], ["ask"], ["screen"]])
@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("nowhere", "there is no nowhere"),
        ("tests", "tests is not a rulebook: it has no rulebook.yaml"),
        ("pyproject.toml", "is a file; a rulebook is a folder"),
        ("a\0b", ""),
    ],
)
def test_what_is_no_rulebook(run, case, tmp_path, monkeypatch, verb, path, said):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "tests").mkdir()
    (tmp_path / "pyproject.toml").touch()
    rest = {"check": [], "screen": [case(), "-o", "out.csv"]}.get(verb[0], [case()])
    result = run(*verb, path, *rest)
    assert result.exit_code == 2
    assert said in result.stderr


def test_a_misspelt_path_is_met_with_the_closest(run, copy_of_good):
    result = run("check", copy_of_good.parent / "markt")
    assert f"did you mean {copy_of_good}?" in result.stderr


def test_a_case_that_is_a_folder_or_missing(run, good, tmp_path):
    assert "is a folder" in run("decide", good, tmp_path).stderr
    assert "there is no" in run("decide", good, tmp_path / "none.json").stderr


def test_a_broken_rulebook_shows_its_errors_and_how_to_go_on(run, copy_of_good, case):
    sop = copy_of_good / "sops" / "vapes.yaml"
    sop.write_text(sop.read_text("utf-8").replace("e_cigarette, heated]", "e_cigarett, heated]"))
    result = run("decide", copy_of_good, case())
    assert result.exit_code == 2
    assert "sops/vapes.yaml:" in result.stderr
    assert "did you mean e_cigarette?" in result.stderr
    assert "brightline check" in result.stderr


def test_errors_are_json_where_json_is_asked_for(run, good):
    result = run("decide", good, "none.json", "--format", "json")
    assert result.exit_code == 2
    assert json.loads(result.stdout)["error"]["file"] == "none.json"


def test_a_wrong_option_is_told(run, good, case):
    result = run("decide", good, case(), "--as-of", "yesterday")
    assert result.exit_code == 2
    assert "'yesterday' is no date; write 2026-06-30" in result.stderr


def test_an_interruption_is_quiet(run, good, case, monkeypatch):
    def interrupted(*_args: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("brightline.commands.decide.read_rulebook", interrupted)
    result = run("decide", good, case())
    assert result.exit_code == verbs.INTERRUPTED
    assert "Traceback" not in result.stderr + result.stdout
