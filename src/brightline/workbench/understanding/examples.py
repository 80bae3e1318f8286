"""The worked examples of an SOP as cases to ask of those who are new to a queue."""

from __future__ import annotations

from collections.abc import Iterator

from brightline.rulebook.columns import FactError
from brightline.workbench.cases.routing import FALLBACK_QUEUE
from brightline.workbench.understanding.witnesses import Kept, Pair


def examples_of(pair: Pair, queue: str) -> Iterator[Kept]:
    """The examples of the SOPs in force whose cases wait in a queue, in the form of a witness."""
    for sop in pair.new.rulebook.sops:
        if (sop.queue or FALLBACK_QUEUE) != queue or not sop.active(pair.day):
            continue
        table = pair.new.table(sop.subject, pair.day)
        for example in sop.examples:
            facts = {}
            for name, value in example.facts.items():
                at = table.places.get(f"{sop.sop}.{name}", table.places.get(name))
                if at is None:
                    continue
                column = table.columns[at]
                try:
                    facts[column.name] = column.clean(value)
                except FactError:
                    continue
            yield {
                "sop": sop.sop, "was": "", "subject": sop.subject, "change": example.expect,
                "before": {}, "now": facts, "shown": list(facts), "text": dict(example.text),
            }  # fmt: skip
