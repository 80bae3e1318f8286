"""Every line of `cases/*.jsonl` is a case that can be decided, with an expectation that can be met.

A line is what CASE.json is, and `expect`: `{"action": …, "clause": …}` (`clause` is an id of one
SOP, `sop/clause` where several have it, or a list of them; it may be left out).
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from brightline.i18n import _
from brightline.rulebook.laws.occasion import Occasion
from brightline.rulebook.model import CANNOT_TELL, MANUAL_REVIEW, Rulebook
from brightline.rulebook.nodes import Document, Enough, shortened
from brightline.rulebook.plain_text import decoded
from brightline.rulebook.problems import Problem
from brightline.rulebook.reading.shape import did_you_mean

LARGEST_FILE = 64 * 1024 * 1024
KEYS = ("id", "subject", "attributes", "facts", "expect", "note")


def problems(at: Occasion) -> Iterator[Problem]:
    for path in sorted((at.folder / "cases").glob("*.jsonl")):
        if path.is_file():
            yield from _File(at.rulebook, path).problems()


class _File:
    """One file of golden cases."""

    def __init__(self, rulebook: Rulebook, path: Path) -> None:
        self.rulebook = rulebook
        self.path = path
        self.line = 0
        self.source = ""
        self.document = Document(f"cases/{path.name}", str(path))
        self.first: dict[str, int] = {}
        self.clauses = {clause.id for sop in rulebook.sops for clause in sop.clauses}
        self.clauses |= {f"{s.sop}/{clause.id}" for s in rulebook.sops for clause in s.clauses}

    def problems(self) -> list[Problem]:
        with self.path.open("rb") as file:
            decoded(file.read(LARGEST_FILE + 1), self.document, LARGEST_FILE)
        with suppress(Enough):
            for number, source in enumerate(self.document.lines, 1):
                self.line, self.source = number, source
                if source.strip():
                    self._check_line()
        return self.document.problems

    def _check_line(self) -> None:
        try:
            case = json.loads(self.source)
        except json.JSONDecodeError as error:
            message = _("this line cannot be read as JSON")
            self._report_at(error.colno, error.colno + 1, message, _("one object a line: {…}"))
            return
        except (ValueError, RecursionError):
            self._report_at(1, 2, _("this line cannot be read as JSON"), None)
            return
        if not isinstance(case, dict):
            self._report_at(1, 2, _("a case is a JSON object"), _("one object a line: {…}"))
            return
        for key in case:
            if key not in KEYS:
                message = _("{name} is no key that can stand here").format(name=shortened(key))
                self._report(key, message, did_you_mean(key, KEYS))
        self._check_id(case.get("id"))
        self._check_subject(case)
        self._check_expectation(case.get("expect"))

    def _check_id(self, name: object) -> None:
        if not isinstance(name, str):
            return
        if name in self.first:
            message = _("the id {name} is used twice; the first is in line {line}").format(
                name=shortened(name), line=self.first[name]
            )
            self._report(name, message, _("give each an id of its own"))
        self.first.setdefault(name, self.line)

    def _check_subject(self, case: dict[str, object]) -> None:
        name = case.get("subject")
        subject = self.rulebook.subjects.get(name) if isinstance(name, str) else None
        if subject is None:
            message = (
                _("{name} is missing here").format(name="subject")
                if name is None
                else _("there is no {what} named {name}").format(
                    what=_("subject"), name=shortened(str(name))
                )
            )
            self._report(name, message, did_you_mean(str(name), self.rulebook.subjects))
            return
        for part in ("attributes", "facts"):
            if not isinstance(case.get(part, {}), dict):
                self._report(part, _("names with values are expected here"), None)
        attributes = case.get("attributes")
        for attribute in attributes if isinstance(attributes, dict) else ():
            if attribute not in subject.attributes:
                message = _("a {subject} has no attribute named {name}").format(
                    subject=name, name=shortened(attribute)
                )
                self._report(attribute, message, did_you_mean(attribute, subject.attributes))

    def _check_expectation(self, expect: object) -> None:
        if not isinstance(expect, dict) or "action" not in expect:
            hint = _('add "expect": {"action": …, "clause": …}')
            self._report("expect", _("the expected action is missing"), hint)
            return
        action, clauses = expect["action"], expect.get("clause", [])
        if action not in self.rulebook.actions and action != MANUAL_REVIEW:
            message = _("there is no {what} named {name}").format(
                what=_("action"), name=shortened(str(action))
            )
            self._report(action, message, did_you_mean(str(action), self.rulebook.actions))
        for clause in clauses if isinstance(clauses, list) else [clauses]:
            if clause not in (None, CANNOT_TELL) and clause not in self.clauses:
                message = _("there is no {what} named {name}").format(
                    what=_("clause"), name=shortened(str(clause))
                )
                self._report(clause, message, did_you_mean(str(clause), sorted(self.clauses)))

    def _report(self, token: object, message: str, hint: str | None) -> None:
        """Reports a problem where a string stands in the line, else at the line's start."""
        written = json.dumps(token, ensure_ascii=False)
        at = self.source.find(written)
        if at < 0:
            self._report_at(1, 2, message, hint)
        else:
            self._report_at(at + 1, at + 1 + len(written), message, hint)

    def _report_at(self, column: int, end: int, message: str, hint: str | None) -> None:
        self.document.add(self.document.problem_at("BL-503", self.line, column, end, message, hint))
