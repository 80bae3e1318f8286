"""Every text of an SOP that a person reads, with its place in the file and what it is."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import Enum

from brightline.rulebook.laws.occasion import About
from brightline.rulebook.model import Fact, Option, Sop, Text
from brightline.rulebook.nodes import Path as Place


class Role(Enum):
    """What a text is for."""

    TITLE = "title"
    PURPOSE = "purpose"
    QUESTION = "question"
    OPTION = "option"
    GUIDANCE = "guidance"
    NOTICE = "notice"
    NOTE = "note"
    STEP = "step"
    EXAMPLE = "example"


@dataclass(frozen=True)
class Written:
    """One text: where it stands, the thing it belongs to, what it is for."""

    place: Place
    about: About
    text: Text
    role: Role


def texts_of(sop: Sop) -> Iterator[Written]:
    """The texts of an SOP in file order."""
    whole = ("sop", sop.sop)
    yield Written(("title",), whole, sop.title, Role.TITLE)
    yield Written(("purpose",), whole, sop.purpose, Role.PURPOSE)
    for name, fact in sop.facts.items():
        yield from _of_fact(name, fact)
    for number, clause in enumerate(sop.clauses):
        place, about = ("clauses", number), ("clause", clause.id)
        yield Written((*place, "title"), about, clause.title, Role.TITLE)
        if clause.notice:
            yield Written((*place, "notice"), about, clause.notice, Role.NOTICE)
        if clause.note:
            yield Written((*place, "note"), about, clause.note, Role.NOTE)
        for step, follow_up in enumerate(clause.then):
            yield Written((*place, "then", step, "do"), about, follow_up.do, Role.STEP)
    for number, example in enumerate(sop.examples):
        about = ("example", example.id)
        yield Written(("examples", number, "text"), about, example.text, Role.EXAMPLE)


def _of_fact(name: str, fact: Fact) -> Iterator[Written]:
    place, about = ("facts", name), ("fact", name)
    if fact.title:
        yield Written((*place, "title"), about, fact.title, Role.TITLE)
    yield from _of_options((*place, "options"), about, fact.options)
    if fact.ask:
        yield Written((*place, "ask"), about, fact.ask, Role.QUESTION)
    if fact.guidance:
        yield Written((*place, "guidance"), about, fact.guidance, Role.GUIDANCE)


def _of_options(place: Place, about: About, options: Mapping[str, Option]) -> Iterator[Written]:
    for name, option in options.items():
        yield Written((*place, name), about, option.text, Role.OPTION)
        yield from _of_options((*place, name, "options"), about, option.options)


_MARKUP = re.compile(r"[*_`#>]+|^\s*[-+]\s+|\[([^\]]*)\]\([^)]*\)", re.MULTILINE)
_END = re.compile(r"(?<=[.!?…:;])[\"”’)]*\s+|\n\s*\n|\n(?=\s*[-*+] )")


def sentences(text: str) -> Iterator[str]:
    """The sentences of a text (Markdown's signs left out); an item of a list is one too."""
    for piece in _END.split(text):
        bare = " ".join(_MARKUP.sub(r"\1", piece).split())
        if bare:
            yield bare
