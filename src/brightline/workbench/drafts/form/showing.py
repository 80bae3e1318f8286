"""Everything the editor shows of one file: the table, what is selected, the files beside it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.utils import timezone

from brightline.editing.units import NotYaml
from brightline.i18n import _, language
from brightline.rulebook.model import Rulebook
from brightline.rulebook.telling_words import Words
from brightline.workbench.drafts.form.entries import EntrySide, head_side, law_side
from brightline.workbench.drafts.form.facts import Data, listed, mapping, parsed, readable
from brightline.workbench.drafts.form.late import Behind, behind, fine_in
from brightline.workbench.drafts.form.register import Section, head_sections, law_sections
from brightline.workbench.drafts.form.sides import (
    Looking,
    Texts,
    clause_texts,
    example_texts,
    fact_texts,
    option_texts,
    sop_texts,
)
from brightline.workbench.drafts.form.steps import Step, steps_of
from brightline.workbench.drafts.form.table import TableView, table_of
from brightline.workbench.drafts.form.uses import uses_in
from brightline.workbench.drafts.models import Draft
from brightline.workbench.drafts.paths import HEAD, LAW, sop_of
from brightline.workbench.drafts.texts import text_of, texts_of
from brightline.workbench.rulebooks.in_force import engine_of

Kind = str
"""What is selected: `clause`, `fact`, `example` or `sop`."""


@dataclass(frozen=True)
class Side:
    """What stands beside the table: one thing, its texts, and its plain data."""

    kind: Kind
    id: str
    data: Data
    texts: list[Texts]
    examples: list[Data] = field(default_factory=list)
    steps: list[Step] = field(default_factory=list)
    options: list[tuple[str, Texts]] = field(default_factory=list)


@dataclass(frozen=True)
class FormView:
    """The form of a file. `table` is None where the file cannot be shown as one."""

    path: str
    text: str
    table: TableView | None
    side: Side | None
    sop: Data
    head: Data
    law: Data
    late: tuple[Behind, ...]
    languages: list[str]
    broken: int = 0
    """The line at which the file cannot be parsed; 0: it can."""
    sections: tuple[Section, ...] = ()
    """Of law.yaml and rulebook.yaml: their entries."""
    entry: EntrySide | None = None

    @property
    def heading(self) -> str:
        """What a file that is no SOP is called; empty where it has only its name."""
        return heading_of(self.path)

    @property
    def has_form(self) -> bool:
        """Whether there is a form for the file."""
        return self.table is not None or bool(self.sections)


def heading_of(path: str) -> str:
    """What the register of law and the rulebook's settings are called."""
    if path == LAW:
        return _("Register of law")
    return _("Settings of the rulebook") if path == HEAD else ""


def form_of(draft: Draft, path: str, at: str = "", notes: dict[str, int] | None = None) -> FormView:
    """The form of a file of a draft, with what is selected: `clause:EC-1`, `fact:item`, `sop`."""
    text = text_of(draft.files.get(path, ""))
    around = texts_of({name: draft.files[name] for name in (HEAD, LAW) if name in draft.files})
    head, law = readable(around.get(HEAD, "")) or {}, readable(around.get(LAW, "")) or {}
    languages = [str(one) for one in listed(head.get("languages"))] or ["vi", "en"]
    try:
        found = parsed(text)
    except NotYaml as error:
        return FormView(path, text, None, None, {}, head, law, (), languages, error.line or 1)
    sop = mapping(found)
    if path in (HEAD, LAW):
        return _register_of(draft, path, text, sop, head, law, languages, at)
    if not sop_of(path):
        return FormView(path, text, None, None, sop, head, law, (), languages)
    before = readable(text_of(draft.base_files.get(path, ""))) if path in draft.base_files else None
    words, looking = words_of(draft), Looking(languages, fine_in(draft, path))
    return FormView(
        path, text, table_of(sop, head, words, before, notes), side_of(sop, before, looking, at),
        sop, head, law, behind(sop, before, looking), languages,
    )  # fmt: skip


def _register_of(
    draft: Draft, path: str, text: str, data: Data, head: Data, law: Data, languages: list[str],
    at: str,
) -> FormView:  # fmt: skip
    """The form of law.yaml or rulebook.yaml."""
    before = readable(text_of(draft.base_files.get(path, ""))) if path in draft.base_files else None
    looking, uses = Looking(languages, fine_in(draft, path)), uses_in(draft)
    today, code = timezone.localdate(), language()
    late = behind(data, before, looking)
    if path == LAW:
        sections = law_sections(data, before, uses, today, code)
        entry = law_side(data, before, head, uses, looking, at, today)
        return FormView(path, text, None, None, data, head, law, late, languages,
                        sections=sections, entry=entry)  # fmt: skip
    sections = head_sections(data, uses, code)
    if at.startswith("fact:"):
        side = side_of(data, before, looking, at)
        return FormView(path, text, None, side, data, head, law, late, languages,
                        sections=sections)  # fmt: skip
    entry = head_side(data, before, uses, looking, at)
    return FormView(path, text, None, None, data, head, law, late, languages,
                    sections=sections, entry=entry)  # fmt: skip


def words_of(draft: Draft) -> Words:
    """The words of the release that the draft began from: its titles, in the language in force."""
    book: Rulebook = engine_of(draft.base.sha).rulebook
    return Words(book, next(iter(book.subjects)))


def side_of(sop: Data, before: Data | None, looking: Looking, at: str) -> Side:
    """What is selected, else the SOP as a whole."""
    kind, _colon, name = at.partition(":")
    if kind == "clause" and (one := _item(sop, "clauses", name)) is not None:
        old = _item(before or {}, "clauses", name) if before is not None else None
        path = ("clauses", name)
        examples = [e for e in map(mapping, listed(sop.get("examples"))) if e.get("expect") == name]
        return Side(kind, name, one, clause_texts(one, old, looking, path), examples,
                    steps_of(one, old, looking, path))  # fmt: skip
    if kind == "fact" and name in mapping(sop.get("facts")):
        one = mapping(sop["facts"][name])
        olds = mapping((before or {}).get("facts"))
        old = mapping(olds[name]) if name in olds else None
        path = ("facts", name)
        return Side(kind, name, one, fact_texts(one, old, looking, path),
                    options=option_texts(one, old, looking, path))  # fmt: skip
    if kind == "example" and (one := _item(sop, "examples", name)) is not None:
        old = _item(before or {}, "examples", name) if before is not None else None
        return Side(kind, name, one, example_texts(one, old, looking, ("examples", name)))
    return Side("sop", "", sop, sop_texts(sop, before, looking))


def _item(data: Data, section: str, name: str) -> Data | None:
    found: Any = next(
        (one for one in map(mapping, listed(data.get(section))) if str(one.get("id")) == name), None
    )
    return mapping(found) if found is not None else None
