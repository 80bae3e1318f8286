"""The first sheet of a workbook: how to fill it in, in Vietnamese and in English."""

from __future__ import annotations

from typing import Any

from brightline.exchange.xlsx.look import ACCENT, INK, SOFT, Look, row_height
from brightline.i18n import N_, _, language, use
from brightline.rulebook.model import Rulebook

LINES: tuple[tuple[str, str], ...] = (
    (
        N_("A clause is a row"),
        N_(
            "Each SOP has a sheet. Each row is one clause: under which tests it holds (dark "
            "columns), what is done, how many points, on what basis, and what the seller is told."
        ),
    ),
    (
        N_("An empty test"),
        N_("A test that is left empty asks nothing: the clause holds whatever that fact is."),
    ),
    (
        N_("How to write a test"),
        N_(
            "yes or no · one option: shoes · any of several: [shoes, bags] · all but: "
            "{not: books} · a whole branch: {under: beauty} · numbers: < 0.3, >= 18, 1..5, (0..1]"
        ),
    ),
    (
        N_("Several ways to hold"),
        N_(
            "Write a second row right below the clause, leave its id empty and fill only the "
            "tests: the clause holds if any of its rows does."
        ),
    ),
    (
        N_("A new test"),
        N_(
            "Add a column and write when. and the fact's id in the second row, as in: "
            "when.price_ratio"
        ),
    ),
    (
        N_("A new SOP"),
        N_(
            "Add a row to the sheet of SOPs, name its sheet there, and copy the first two rows of "
            "another SOP's sheet."
        ),
    ),
    (
        N_("The second row"),
        N_(
            "It holds the keys by which the columns are read. Leave it as it is. Columns may be "
            "moved."
        ),
    ),
    (
        N_("No formulas"),
        N_(
            "Formulas are never evaluated. Do not merge cells. Rows hidden by a filter are read "
            "all the same."
        ),
    ),
    (
        N_("Dates and times"),
        N_("Dates are written 2026-06-30. Lengths of time are written 30s, 5m, 24h or 90d."),
    ),
    (
        N_("Back into the rulebook"),
        N_(
            "Save as .xlsx and give it to: brightline import FILE --into RULEBOOK. Whatever is "
            "wrong is told with its sheet and cell, and nothing is written until all is right."
        ),
    ),
)


def write(page: Any, look: Look, rulebook: Rulebook) -> None:
    """Fills the sheet; the language in force comes first."""
    page.hide_gridlines(2)
    page.set_tab_color("#11602b")
    page.set_column(0, 0, 2)
    page.set_column(1, 1, 30)
    page.set_column(2, 2, 110)
    plain = {"border": 0, "text_wrap": True}
    title = look.of(**plain | {"text_wrap": False}, bold=True, font_size=16, font_color=ACCENT)
    small = look.of(**plain | {"text_wrap": False}, font_color=SOFT)
    name = rulebook.title.get(language()) or rulebook.rulebook
    page.set_row(0, 28)
    page.write_string(0, 1, name, title)
    page.write_string(1, 1, _("Version {sha}").format(sha=rulebook.sha[:12]), small)
    row = 3
    for code in sorted(("vi", "en"), key=lambda one: one != language()):
        with use(code):
            heading = look.of(**plain, bold=True, font_size=13, font_color=INK, top=2)
            page.set_row(row, 26)
            page.write_string(row, 1, _("How to fill in this workbook"), heading)
            page.write_blank(row, 2, None, heading)
            row += 1
            for what, words in LINES:
                page.set_row(row, row_height({"words": _(words)}, {"words": 110}))
                page.write_string(row, 1, _(what), look.of(**plain, bold=True))
                page.write_string(row, 2, _(words), look.of(**plain))
                row += 1
            row += 1
    page.set_landscape()
    page.fit_to_pages(1, 0)
