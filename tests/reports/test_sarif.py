"""SARIF is valid by the schema of OASIS, and says what `check` says."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from jsonschema import Draft7Validator

from brightline.explained import explanations
from brightline.i18n import use
from brightline.reports.sarif import sarif, uri
from brightline.rulebook.laws import check
from tests.rulebook.test_accepting import IDLE, accept
from tests.rulebook.test_planted_faults import PROVED, WRITTEN, plant

TODAY = date(2026, 11, 24)
SCHEMA = json.loads(Path(__file__).with_name("sarif-schema-2.1.0.json").read_text("utf-8"))
"""The schema of the OASIS standard, as published with it."""


def valid(folder: Path) -> dict:
    findings = check(folder, TODAY)
    made = json.loads(json.dumps(sarif(findings)))
    errors = [error.message for error in Draft7Validator(SCHEMA).iter_errors(made)]
    assert errors == []
    return made


@pytest.mark.parametrize("language", ["vi", "en"])
def test_findings_of_every_kind_are_valid(tmp_path: Path, language: str) -> None:
    faults = [PROVED[4], PROVED[7], WRITTEN[0], WRITTEN[8]]
    edits = [edit for _code, edits, *_rest in faults for edit in edits]
    with use(language):
        folder = plant(edits, tmp_path / "tiếng Việt")
        made = valid(folder)
        expected = check(folder, TODAY).problems
    run = made["runs"][0]
    assert run["language"] == language
    assert len(run["results"]) == len(expected)
    for result, problem in zip(run["results"], expected, strict=True):
        assert result["ruleId"] == problem.code
        assert run["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == problem.code
        region = result["locations"][0]["physicalLocation"]["region"]
        assert (region["startLine"], region["startColumn"]) == (problem.line, problem.column)
        assert result["level"] == str(problem.severity)
    texts = {
        rule["id"]: rule["shortDescription"]["text"] for rule in run["tool"]["driver"]["rules"]
    }
    assert texts["BL-605"] == explanations(language)["BL-605"].claim


def test_a_rulebook_that_cannot_be_read_is_valid_too(tmp_path: Path) -> None:
    folder = plant([("e-cigarettes", "hit: most_severe", "hit: [")], tmp_path / "vietnam")
    assert valid(folder)["runs"][0]["results"][0]["ruleId"] == "BL-104"
    assert valid(tmp_path / "nowhere")["runs"][0]["results"][0]["ruleId"] == "BL-101"


def test_what_is_accepted_is_suppressed_with_its_reason(tmp_path: Path) -> None:
    folder = plant(IDLE, tmp_path / "vietnam")
    mark = next(p.mark for p in check(folder, TODAY).problems if p.code == "BL-606")
    path = folder / "sops/e-cigarettes.yaml"
    path.write_text(path.read_text("utf-8") + accept(mark), "utf-8")
    with use("en"):
        result = valid(folder)["runs"][0]["results"][0]
    assert result["suppressions"] == [
        {"kind": "inSource", "status": "accepted", "justification": "Kept as a reminder."}
    ]


def test_a_finding_keeps_its_fingerprint_when_lines_move(tmp_path: Path) -> None:
    def fingerprints(folder: Path) -> list[str]:
        return [
            r["partialFingerprints"]["brightline/v1"] for r in valid(folder)["runs"][0]["results"]
        ]

    one = plant(IDLE, tmp_path / "one")
    moved = plant(
        [*IDLE, ("e-cigarettes", "subject: listing", "# a comment\nsubject: listing")],
        tmp_path / "two",
    )
    assert fingerprints(one) == fingerprints(moved) != []


def test_paths_are_references() -> None:
    assert (
        uri("rulebooks/tiếng Việt/a b.yaml") == "rulebooks/ti%E1%BA%BFng%20Vi%E1%BB%87t/a%20b.yaml"
    )
    assert uri("/tmp/a.yaml") == "file:///tmp/a.yaml"
