"""A rulebook to a file, or files, of a format; each format by its name."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from brightline.rulebook.model import Rulebook

FORMATS = {"xlsx": ".xlsx", "dmn": ".dmn", "mermaid": ".mmd", "dot": ".dot"}
CHARTS = ("mermaid", "dot")


@dataclass
class Exported:
    """What is to be written: one file under the empty name, or several by name in a folder.

    `without`: SOPs that have no chart, being out of force or too large for one.
    """

    files: dict[str, bytes] = field(default_factory=dict)
    without: list[str] = field(default_factory=list)


def exported(rulebook: Rulebook, form: str, on: date) -> Exported:
    """The files. Raises `xlsx.writing.TooLong` where a cell cannot hold a text."""
    if form == "xlsx":
        from brightline.exchange.xlsx.writing import to_xlsx

        return Exported({"": to_xlsx(rulebook)})
    if form == "dmn":
        from brightline.exchange.dmn.writing import to_dmn

        return Exported({"": to_dmn(rulebook).encode()})
    made = Exported()
    for name, text in _charts(rulebook, form, on):
        if text is None:
            made.without.append(name)
        else:
            made.files[f"{name}{FORMATS[form]}"] = text.encode()
    return made


def _charts(rulebook: Rulebook, form: str, on: date) -> Iterator[tuple[str, str | None]]:
    from brightline.exchange.charts.dot import dot
    from brightline.exchange.charts.mermaid import mermaid
    from brightline.exchange.charts.steps import steps_of

    for sop in rulebook.sops:
        steps = steps_of(rulebook, sop, on)
        write = mermaid if form == "mermaid" else dot
        yield sop.sop, None if steps is None else write(steps)
