"""What another tool changed in the tables of our own DMN."""

from __future__ import annotations

from collections.abc import Mapping

from brightline.exchange.dmn import feel
from brightline.exchange.dmn.own_parts import OwnSop, alike, entry_text, write_when
from brightline.exchange.dmn.tables import names_of, table_of
from brightline.exchange.faults import DMN_PART, Faults
from brightline.exchange.nodes import Place, put
from brightline.i18n import _
from brightline.rulebook.model import Hit, Rulebook
from brightline.rulebook.nodes import shortened

HITS = {"FIRST": Hit.FIRST, "PRIORITY": Hit.MOST_SEVERE, "UNIQUE": Hit.UNIQUE, "": Hit.UNIQUE}


def edited(book: Rulebook, sops: Mapping[str, OwnSop], faults: Faults) -> bool:
    """Puts the tests of the tables where they say something else than the words do."""
    changed = False
    names = names_of(book)
    for model in book.sops:
        sop = sops[model.sop]
        table = table_of(book, model, names)
        mine = {column.key[1]: place for place, column in enumerate(table.inputs)}
        hit = HITS[sop.table.get("hitPolicy")]
        if hit is not model.hit and table.hit != (sop.table.get("hitPolicy") or "UNIQUE"):
            put(sop.node, "hit", Place(sop.table.line).scalar(hit.value))
            changed = True
        _check_together(sop, model.sop, faults)
        for clause in model.clauses:
            part = sop.clauses[clause.id]
            if not part.rules or not part.written:
                continue
            meant = [
                {f: e for f, place in mine.items() if (e := alike(rule.entries[place])) is not None}
                for rule in table.rules
                if rule.clause.id == clause.id
            ]
            found = [
                {f: e for f, entry in zip(sop.facts, rule.all("inputEntry"), strict=True)
                 if (e := alike(entry_text(entry))) is not None}
                for rule in part.rules
            ]  # fmt: skip
            if meant != found:
                write_when(sop, clause.id, model.sop, faults)
                changed = True
    return changed or bool(faults.found)


def check_priorities(book: Rulebook, sops: Mapping[str, OwnSop], faults: Faults) -> None:
    """Whether the priorities that the tables name are those that the actions give."""
    names = names_of(book)
    for model in book.sops:
        table = table_of(book, model, names)
        _check_priority(sops[model.sop], table.order, model.sop, faults)


def _check_priority(sop: OwnSop, order: tuple[str, ...], name: str, faults: Faults) -> None:
    """The order of priorities follows from the actions; another one cannot be carried."""
    if sop.table.get("hitPolicy") != "PRIORITY":
        return
    for output in sop.table.all("output"):
        values = output.first("outputValues")
        if output.get("name") != "clause" or values is None:
            continue
        try:
            given = [str(one) for one in feel.parsed(entry_text(values)).items]
        except feel.NotCarried:
            given = []
        if [one for one in given if one in order] != [one for one in order if one in given]:
            faults.line(DMN_PART, values.line,
                _("table {name}: the order of the output values is not that of the actions")
                .format(name=name),
                _("how severe an action is stands in rulebook.yaml; change it there"),
            )  # fmt: skip


def _check_together(sop: OwnSop, name: str, faults: Faults) -> None:
    """Under FIRST the rows of one clause stand together, or the order would change."""
    if sop.table.get("hitPolicy") != "FIRST":
        return
    rules = sop.table.all("rule")
    for clause, part in sop.clauses.items():
        places = [rules.index(rule) for rule in part.rules]
        if places and places[-1] - places[0] != len(places) - 1:
            message = _("table {name}, rule {number}: the rows of {clause} do not stand together")
            faults.line(DMN_PART, part.rules[-1].line, message.format(
                name=name, number=places[-1] + 1, clause=shortened(clause)),
                _("move them together, or give the later ones an id of their own"))  # fmt: skip
