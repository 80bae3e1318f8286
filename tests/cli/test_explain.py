"""`explain`: what a code means, in both languages."""

from __future__ import annotations

import json

import pytest

from brightline.explained import explanations


@pytest.mark.parametrize("typed", ["BL-605", "bl-605", "605", "BL605"])
def test_a_code_is_explained_however_it_is_typed(run, typed):
    shown = run("explain", typed).stdout
    assert shown.startswith("BL-605\n")
    assert "Some cases in scope meet no clause." in shown
    assert "**" not in shown


def test_it_speaks_vietnamese(run):
    assert "không điều khoản nào áp dụng" in run("explain", "BL-605", "--lang", "vi").stdout


def test_without_a_code_all_are_listed(run):
    lines = run("explain").stdout.splitlines()
    assert [line for line in lines if line.startswith("BL-605  Some cases in scope")]
    assert sum(line.startswith("BL-") for line in lines) == len(explanations())


def test_json_gives_the_words(run):
    found = json.loads(run("explain", "BL-605", "--format", "json").stdout)
    assert set(found) == {"code", "claim", "text"}
    assert len(json.loads(run("explain", "--format", "json").stdout)) == len(explanations())


def test_an_unknown_code_is_met_with_a_hint(run):
    result = run("explain", "BL-999")
    assert result.exit_code == 2
    assert "there is no code BL-999" in result.stderr
