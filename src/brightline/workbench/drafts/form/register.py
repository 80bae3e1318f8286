"""The register of law and the rulebook's own settings, as lists of entries by section."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from brightline.i18n import _, format_date, ngettext
from brightline.rulebook.model import day, seconds
from brightline.rulebook.telling_words import length_of_time
from brightline.workbench.drafts.form.facts import Data, listed, mapping
from brightline.workbench.drafts.form.uses import Uses

Tag = tuple[str, str]
"""A tone (`good`, `warn`, `bad`, `accent` or none) and words."""
VERIFIED = "verified"
PROVISION = ("cite", "title", "article", "effective", "source")
"""What somebody saw who verified an instrument: where it changes, they have not seen it."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry: what is selected to see it, its name, what is said of it."""

    at: str
    words: str
    detail: str
    tags: tuple[Tag, ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """The entries of one kind. `add` names the kind of a new one; empty: none is added here."""

    name: str
    title: str
    entries: tuple[Entry, ...]
    add: str = ""
    new: str = ""
    empty: str = ""


def law_sections(
    law: Data, before: Data | None, uses: Uses | None, today: date, language: str
) -> tuple[Section, ...]:
    """Every instrument, what is not verified first: it may be the basis of nothing."""
    known = mapping(law.get("law"))
    olds = mapping((before or {}).get("law"))
    entries = [
        _instrument(name, mapping(one), mapping(olds.get(name)), uses, today, language)
        for name, one in known.items()
    ]
    entries.sort(key=lambda entry: not any(tone == "bad" for tone, _words in entry.tags))
    return (
        Section("law", _("Register of law"), tuple(entries), "law", _("New instrument"),
                _("No instrument yet: clauses can rest only on the marketplace's own rules.")),
    )  # fmt: skip


def is_verified(law: Data) -> bool:
    """Whether somebody has verified it; anything but that word counts as no."""
    return law.get("status") == VERIFIED


def changed_since(law: Data, old: Data) -> bool:
    """Whether what was verified before says something else now, and nobody looked at it anew."""
    if not (is_verified(law) and is_verified(old)):
        return False
    looked = ("checked_on", "checked_by")
    return any(law.get(key) != old.get(key) for key in PROVISION) and all(
        law.get(key) == old.get(key) for key in looked
    )


def law_tags(law: Data, old: Data, today: date) -> Iterator[Tag]:
    """Whether it is verified, and what is due."""
    if not is_verified(law):
        yield "bad", _("not verified: no basis for a clause")
    elif changed_since(law, old):
        yield "warn", _("changed since it was verified")
    else:
        yield "good", _("verified")
    if (due := date_of(law.get("recheck_by"))) and due < today:
        yield "warn", _("to be checked again since {day}").format(day=format_date(due))


def _instrument(
    name: str, law: Data, old: Data, uses: Uses | None, today: date, language: str
) -> Entry:
    cite = _in(law.get("cite"), language, name)
    article = str(law.get("article") or "")
    tags = list(law_tags(law, old, today))
    if uses is not None:
        count = len(uses.of("law", name))
        said = ngettext("{n} clause rests on it", "{n} clauses rest on it", count).format(n=count)
        tags.append(("", said if count else _("no clause rests on it")))
    return Entry(f"law:{name}", f"{cite}, {article}" if article else cite,
                 _in(law.get("title"), language, ""), tuple(tags))  # fmt: skip


def head_sections(head: Data, uses: Uses | None, language: str) -> tuple[Section, ...]:
    """The rulebook's settings: the whole, the ladder, actions, queues, teams, roles and so on."""
    return (
        Section("rulebook", _("The rulebook as a whole"), (
            Entry("rulebook", _in(head.get("title"), language, ""), _("market {market}").format(
                market=head.get("market", ""))),
        )),
        Section("ladder", _("Points ladder"), tuple(_ladder(head, language)), "rung", _("New step"),
                _("No ladder: points have no consequence.")),
        Section("actions", _("Actions of the rulebook"),
                tuple(_actions(head, uses, language)), "actions", _("New action")),
        Section("queues", _("Queues and their time"), tuple(_queues(head, uses, language)),
                "queues", _("New queue")),
        Section("teams", _("Teams"), tuple(_named("teams", head, uses, language)), "teams",
                _("New team")),
        Section("roles", _("Roles that do what follows"),
                tuple(_named("roles", head, uses, language)), "roles", _("New role")),
        Section("facts", _("Questions that all SOPs share"), tuple(
            Entry(f"fact:{name}", _in(mapping(one).get("title"), language, name),
                  _in(mapping(one).get("ask"), language, ""))
            for name, one in mapping(head.get("facts")).items())),
        Section("subjects", _("What is moderated"), tuple(
            Entry(f"subjects:{name}", _in(mapping(one).get("title"), language, name), ngettext(
                "{n} attribute", "{n} attributes", count).format(n=count))
            for name, one in mapping(head.get("subjects")).items()
            for count in (len(mapping(mapping(one).get("attributes"))),))),
        Section("tables", _("Tables that signals look things up in"), tuple(
            Entry(f"tables:{name}", _in(mapping(one).get("title"), language, name),
                  _in(mapping(one).get("note"), language, ""))
            for name, one in mapping(head.get("tables")).items())),
    )  # fmt: skip


def _ladder(head: Data, language: str) -> Iterator[Entry]:
    ladder = mapping(head.get("ladder"))
    if not ladder:
        return
    checked = date_of(ladder.get("checked_on"))
    said = _("Points lapse after {time}").format(time=time_of(ladder.get("window")))
    tags = [("", _("confirmed on {day}").format(day=format_date(checked)))] if checked else []
    yield Entry("ladder", said, _in(ladder.get("note"), language, ""), tuple(tags))
    for step in map(mapping, listed(ladder.get("steps"))):
        at = step.get("at", "?")
        yield Entry(f"rung:{at}", _("from {n} points").format(n=at),
                    _in(step.get("title"), language, ""))  # fmt: skip


def _actions(head: Data, uses: Uses | None, language: str) -> Iterator[Entry]:
    for name, data in mapping(head.get("actions")).items():
        one = mapping(data)
        tags = [] if one.get("violation") == "no" else [("warn", _("a violation"))]
        if one.get("person") == "yes":
            tags.append(("accent", _("goes to a person")))
        said = _("severity {n}").format(n=one.get("severity", "?"))
        yield Entry(f"actions:{name}", _in(one.get("title"), language, name), said,
                    (*tags, *_used("actions", name, uses)))  # fmt: skip


def _queues(head: Data, uses: Uses | None, language: str) -> Iterator[Entry]:
    for name, data in mapping(head.get("queues")).items():
        one = mapping(data)
        said = _("to be decided within {time}").format(time=time_of(one.get("sla")))
        yield Entry(f"queues:{name}", _in(one.get("title"), language, name), said,
                    tuple(_used("queues", name, uses)))  # fmt: skip


def _named(section: str, head: Data, uses: Uses | None, language: str) -> Iterator[Entry]:
    for name, said in mapping(head.get(section)).items():
        yield Entry(f"{section}:{name}", _in(said, language, name), "",
                    tuple(_used(section, name, uses)))  # fmt: skip


def _used(section: str, name: str, uses: Uses | None) -> Iterator[Tag]:
    if uses is not None:
        count = len(uses.of(section, name))
        said = ngettext("named {n} time", "named {n} times", count).format(n=count)
        yield ("", said if count else _("named nowhere"))


def time_of(value: Any) -> str:
    """A length of time in words; as written where it is none."""
    try:
        return length_of_time(seconds(value))
    except ValueError:
        return str(value or "?")


def date_of(value: Any) -> date | None:
    """A date as the file has it; None for anything else."""
    try:
        return date.fromisoformat(str(day(value)))
    except ValueError:
        return None


def _in(text: Any, language: str, instead: str) -> str:
    said = mapping(text)
    return str(said.get(language) or next(iter(said.values()), instead))
