"""Findings as SARIF 2.1.0 (OASIS), which code-review tools show beside the lines."""

from __future__ import annotations

import hashlib
from pathlib import Path, PurePath
from typing import Any
from urllib.parse import quote

from brightline import __version__
from brightline.explained import explanations
from brightline.i18n import language
from brightline.rulebook.laws import Accepted, Findings
from brightline.rulebook.problems import Problem, Severity
from brightline.rulebook.telling_words import in_language

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"


def sarif(findings: Findings) -> dict[str, Any]:
    """One run with all that was found; what the rulebook accepts is there as suppressed."""
    shown = [*findings.problems, *(one.problem for one in findings.accepted)]
    rules = {code: index for index, code in enumerate(sorted({problem.code for problem in shown}))}
    results = [_result(problem, rules) for problem in findings.problems]
    results += [
        _result(one.problem, rules) | {"suppressions": [_suppression(one)]}
        for one in findings.accepted
    ]
    return {
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [
            {
                "tool": {
                    "driver": {
                        "name": "brightline",
                        "semanticVersion": __version__,
                        "rules": [_rule(code, shown) for code in rules],
                    }
                },
                "language": language(),
                "columnKind": "unicodeCodePoints",
                "results": results,
            }
        ],
    }


def _rule(code: str, shown: list[Problem]) -> dict[str, Any]:
    known = explanations().get(code)
    level = next(problem.severity for problem in shown if problem.code == code)
    rule: dict[str, Any] = {"id": code, "defaultConfiguration": {"level": _level(level)}}
    if known is not None:
        rule["shortDescription"] = {"text": known.claim}
        plain = known.text.replace("**", "").replace("`", "")
        rule["help"] = {"text": plain, "markdown": known.text}
    return rule


def _level(severity: Severity) -> str:
    return "error" if severity is Severity.ERROR else "warning"


def _result(problem: Problem, rules: dict[str, int]) -> dict[str, Any]:
    text = problem.message if problem.hint is None else f"{problem.message}\n{problem.hint}"
    physical: dict[str, Any] = {"artifactLocation": {"uri": uri(problem.file)}}
    if problem.line:
        physical["region"] = {
            "startLine": problem.line,
            "startColumn": problem.column,
            "endColumn": problem.end_column,
            "snippet": {"text": problem.source},
        }
    return {
        "ruleId": problem.code,
        "ruleIndex": rules[problem.code],
        "level": _level(problem.severity),
        "message": {"text": text},
        "locations": [
            {
                "physicalLocation": physical,
                "logicalLocations": [{"fullyQualifiedName": problem.path}],
            }
        ],
        "partialFingerprints": {"brightline/v1": _print(problem)},
    }


def _print(problem: Problem) -> str:
    """The same for the same finding after lines have moved."""
    about = "|".join(f"{kind}:{name}" for kind, name in problem.about) or problem.path
    file = problem.path.partition(":")[0]
    return hashlib.sha256(f"{problem.code}|{file}|{about}".encode()).hexdigest()[:32]


def _suppression(one: Accepted) -> dict[str, Any]:
    return {
        "kind": "inSource",
        "status": "accepted",
        "justification": in_language(one.acceptance.reason, language()),
    }


def uri(file: str) -> str:
    """A path as a reference: relative where it was given so, else a file URI."""
    path = PurePath(file)
    return Path(file).as_uri() if path.is_absolute() else quote(path.as_posix())
