"""What is written differently, in words: which part, what it said, what it says."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from brightline.i18n import N_, _, format_date, format_number
from brightline.rulebook.comparing.written import LOGIC, Edit
from brightline.rulebook.model import POLICY, Rulebook
from brightline.rulebook.telling_words import in_language, length_of_time

KINDS = {
    "sop": N_("SOP"),
    "clause": N_("Clause {name}"),
    "fact": N_("Fact {name}"),
    "example": N_("Example {name}"),
    "definition": N_("Definition {name}"),
    "action": N_("Action {name}"),
    "law": N_("Legal instrument {name}"),
    "list": N_("Word list {name}"),
    "rulebook": N_("Rulebook"),
}
FIELDS = {
    "title": N_("title"),
    "purpose": N_("purpose"),
    "owner": N_("owner"),
    "queue": N_("queue"),
    "review_by": N_("review date"),
    "from": N_("in force from"),
    "until": N_("in force until"),
    "scope": N_("scope"),
    "impossible": N_("impossible combinations"),
    "hit": N_("which clause wins"),
    "cannot_tell": N_("action when it cannot be told"),
    "order": N_("order of the clauses"),
    "when": N_("conditions"),
    "otherwise": N_("otherwise"),
    "action": N_("action"),
    "points": N_("points"),
    "basis": N_("basis"),
    "notice": N_("notice to the seller"),
    "then": N_("follow-up steps"),
    "note": N_("note"),
    "ask": N_("question"),
    "guidance": N_("guidance"),
    "cost": N_("time to answer"),
    "options": N_("options"),
    "kind": N_("kind"),
    "unit": N_("unit"),
    "min": N_("lowest value"),
    "max": N_("highest value"),
    "trust": N_("trust in its signals"),
    "facts": N_("facts"),
    "expect": N_("expected clause"),
    "text": N_("text"),
    "definitions": N_("meaning"),
    "terms": N_("terms"),
    "kinds": N_("kinds and notes of its terms"),
    "severity": N_("severity"),
    "violation": N_("whether it finds fault"),
    "person": N_("whether a person takes over"),
    "status": N_("status"),
    "checked_on": N_("checked on"),
    "checked_by": N_("checked by"),
    "recheck_by": N_("to be checked again by"),
    "effective": N_("effective from"),
    "cite": N_("citation"),
    "article": N_("article"),
    "source": N_("source"),
    "ladder": N_("point ladder"),
    "queues": N_("queues"),
    "subjects": N_("subjects and their attributes"),
    "teams": N_("teams"),
    "roles": N_("roles"),
    "languages": N_("languages"),
    "market": N_("market"),
    "currency": N_("currency"),
}
_SIGNALS = N_("signals that supply it")


_LANGUAGES = {"vi": lambda: _("Vietnamese"), "en": lambda: _("English")}


class Sort(StrEnum):
    """What happened to a part."""

    NEW = "new"
    GONE = "gone"
    CHANGED = "changed"


@dataclass(frozen=True)
class ToldEdit:
    """One edit in words; `code` where the values are written as the file writes them."""

    sort: Sort
    what: str
    before: str
    after: str
    code: bool = False
    decides: bool = False
    """Whether it is a part that decides, so that its effect stands among the changes of cases."""


class EditTeller:
    """Puts edits into words, in a language."""

    def __init__(self, old: Rulebook, new: Rulebook, lang: str) -> None:
        self.old, self.new, self.lang = old, new, lang

    def told(self, edit: Edit) -> ToldEdit:
        """One edit."""
        name = _(KINDS[edit.kind]).format(name=edit.name)
        if not edit.field:
            part = edit.before if edit.after is None else edit.after
            sort = Sort.GONE if edit.after is None else Sort.NEW
            said = self._summary(edit.kind, part)
            before, after = (said, "") if sort is Sort.GONE else ("", said)
            return ToldEdit(sort, name, before, after, decides=edit.kind in ("clause", "sop"))
        field = _SIGNALS if (edit.kind, edit.field) == ("fact", "from") else FIELDS.get(edit.field)
        what = _("{part}: {field}").format(part=name, field=_(field) if field else edit.field)
        lang = self._changed_language(edit)
        if lang != self.lang:
            what = _("{what} (in {language} only)").format(what=what, language=_LANGUAGES[lang]())
        before, code_before = self._value(self.old, edit, edit.before, lang)
        after, code_after = self._value(self.new, edit, edit.after, lang)
        code = code_before or code_after
        return ToldEdit(Sort.CHANGED, what, before, after, code, edit.field in LOGIC)

    def _summary(self, kind: str, part: Any) -> str:
        """What a part that is new or gone is, in one line."""
        if not isinstance(part, Mapping):
            return _compact(part)
        for key in ("title", "text", "cite"):
            if isinstance(part.get(key), Mapping):
                said = in_language(part[key], self.lang)
                if kind == "example" and "expect" in part:
                    return _("{text} → {clause}").format(text=said, clause=part["expect"])
                return said
        return _compact(part)

    def _changed_language(self, edit: Edit) -> str:
        """The reader's language, unless the text is the same in it and differs in another."""
        before, after = edit.before, edit.after
        if isinstance(before, Mapping) and isinstance(after, Mapping):
            texts = set(before) | set(after) <= set(_LANGUAGES)
            if texts and before.get(self.lang) == after.get(self.lang):
                return next((c for c in _LANGUAGES if before.get(c) != after.get(c)), self.lang)
        return self.lang

    def _value(self, book: Rulebook, edit: Edit, value: Any, lang: str) -> tuple[str, bool]:
        """A value in words, and whether it is written as the file writes it."""
        field = edit.field
        if value is None:
            return "", False
        if isinstance(value, bool):
            return (_("yes") if value else _("no")), False
        if field == "cost":
            return length_of_time(value), False
        if isinstance(value, (int, float)):
            return format_number(value), False
        if field in ("action", "cannot_tell"):
            return in_language(book.actions[value].title, lang, value), False
        if isinstance(value, str):
            return _day(value), False
        return self._part(book, field, value, lang)

    def _part(self, book: Rulebook, field: str, value: Any, lang: str) -> tuple[str, bool]:
        """The same for a list or mapping."""
        if isinstance(value, Mapping):
            if set(value) <= set(book.languages):
                return in_language(dict(value), lang), False
            if field == "options":
                return "; ".join(self._options(value)), False
        elif field == "basis":
            return "; ".join(self._law(book, name) for name in value), False
        elif field == "then":
            return "; ".join(in_language(step["do"], lang) for step in value), False
        elif field in ("terms", "order"):
            return ", ".join(value), False
        return _compact(value), True

    def _law(self, book: Rulebook, name: str) -> str:
        if name == POLICY:
            return _("the marketplace's own rules")
        law = book.law.get(name)
        return in_language(law.cite, self.lang, name) if law else name

    def _options(self, options: Mapping[str, Any]) -> list[str]:
        """`id: label` of every option of a tree."""
        found = []
        for name, option in options.items():
            found.append(f"{name}: {option.get(self.lang) or option.get('en') or ''}")
            found += self._options(option.get("options", {}))
        return found


def _day(text: str) -> str:
    """A date as the language writes it; any other text as it is."""
    try:
        return format_date(date.fromisoformat(text))
    except ValueError:
        return text


def _compact(value: Any) -> str:
    """JSON without the quotes that a rulebook does not write either."""
    text = json.dumps(value, ensure_ascii=False)
    return text.replace('"', "")
