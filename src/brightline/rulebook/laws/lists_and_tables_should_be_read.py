"""A word list or a table that no signal reads is kept up for nothing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from brightline.i18n import _
from brightline.rulebook.laws.occasion import Occasion
from brightline.rulebook.problems import Problem


def problems(at: Occasion) -> Iterator[Problem]:
    facts = [*at.rulebook.facts.values()]
    facts += [fact for sop in at.rulebook.sops for fact in sop.facts.values()]
    given = [value for f in facts for s in f.supplied_by for value in s.parameters.values()]
    named = {item for value in given for item in (value if isinstance(value, list) else [value])
             if isinstance(item, str)}  # fmt: skip
    for name in at.rulebook.lexicons:
        if name not in named:
            found = at.sources.problem(
                "BL-528",
                f"lexicons/{name}.csv",
                (),
                _("no signal reads the word list {name}").format(name=name),
                _("name it in from: of a fact, or delete the file"),
            )
            yield replace(found, about=(("list", name),))
    for name in at.rulebook.tables:
        if name not in named:
            found = at.sources.problem(
                "BL-528",
                "rulebook.yaml",
                ("tables", name),
                _("no signal reads the table {name}").format(name=name),
                _("name it in from: of a fact, or delete it"),
                key=True,
            )
            yield replace(found, about=(("table", name),))
    for name, table in at.rulebook.data.items():
        if name not in at.rulebook.tables:
            found = at.sources.problem(
                "BL-528",
                table.file,
                (),
                _("no table {name} is declared").format(name=name),
                _("declare it under tables: in rulebook.yaml, or delete the file"),
            )
            yield replace(found, about=(("rows", name),))
