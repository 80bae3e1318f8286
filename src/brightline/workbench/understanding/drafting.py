"""The words of a notice, drafted from the difference of two rulebooks: Markdown, one language."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime

from django.utils import timezone

from brightline.i18n import _, format_date, format_number, ngettext, use
from brightline.reports.diff_view import SopView, sop_views
from brightline.rulebook.comparing.comparison import Comparison, SopComparison
from brightline.rulebook.comparing.telling import Teller, ToldChange
from brightline.rulebook.comparing.telling_edits import EditTeller, ToldEdit
from brightline.rulebook.comparing.written import Edit
from brightline.rulebook.telling_boxes import Where
from brightline.rulebook.telling_words import in_language
from brightline.workbench.rulebooks.engine import Engine

FOR_MODERATORS = ("title", "ask", "guidance", "options", "notice", "then", "queue", "text")
"""Parts of a rulebook that people read while they decide; an owner or a review date is not."""
MOST_TEXT = 400
"""Characters of a text that a notice quotes; who wants more reads the guideline."""


def views(
    comparison: Comparison, lang: str, shared: Mapping[str, Sequence[Edit]]
) -> dict[str, SopView]:
    """SOP (newer id) → how it differs for those who decide cases, in words of a language.

    `shared` are the edits of facts that all SOPs share, by the SOPs that ask them.
    """
    with use(lang):
        told = {view.name: view for view in sop_views(comparison)}
        words = EditTeller(comparison.old, comparison.new, lang)
        for sop in comparison.sops:
            view = told.get(sop.name)
            if view is None and sop.name not in shared:
                continue
            edits = [*(edit for edit in sop.written if matters(edit)), *shared.get(sop.name, ())]
            if view is None:
                title = Teller(comparison, sop).title()
                view = SopView(sop.name, title, "", "", [], [], [])
            if not view.state:
                named = [words.told(_titled(edit, comparison, sop, lang)) for edit in edits]
                view = replace(view, edits=named)
            told[sop.name] = view
    return told


def _titled(edit: Edit, comparison: Comparison, sop: SopComparison, lang: str) -> Edit:
    """An edit that goes by the title of its clause or fact: ids mean nothing to a moderator."""
    if edit.kind == "fact":
        facts = comparison.new.facts if edit.sop is None else sop.new.facts if sop.new else {}
        known = facts.get(edit.name)
        said = in_language(known.title, lang, edit.name) if known else edit.name
        return replace(edit, name=f"“{said}”")
    for clause in sop.new.clauses if sop.new and edit.kind == "clause" else ():
        if clause.id == edit.name:
            return replace(edit, name=f"{clause.id} “{in_language(clause.title, lang)}”")
    return edit


def shared_edits(comparison: Comparison, new: Engine, day: date) -> dict[str, list[Edit]]:
    """SOP → the edits of shared facts that it tests and people read."""
    edits = {e.name: e for e in comparison.shared if e.kind == "fact" and e.field and matters(e)}
    found: dict[str, list[Edit]] = {}
    for subject in new.rulebook.subjects if edits else ():
        table = new.table(subject, day)
        for segment in table.segments:
            rows = table.rows[segment.start : segment.stop]
            keys = {table.columns[place].key for row in rows for place in row.cells}
            mine = [edit for name, edit in edits.items() if (None, name) in keys]
            if mine:
                found[segment.sop.sop] = mine
    return found


def matters(edit: Edit) -> bool:
    """Whether an edit is for those who decide cases; what decides is told as a change of cases."""
    if not edit.field:
        return edit.kind == "example" and edit.after is not None
    return edit.field in FOR_MODERATORS and edit.kind != "example"


def when(at: datetime) -> str:
    """`14:00 on 01/12/2026`."""
    local = timezone.localtime(at)
    return _("{time} on {day}").format(time=f"{local:%H:%M}", day=format_date(local))


def title(queue: str, at: datetime) -> str:
    """What a notice is called."""
    return _("{queue}: new rules from {when}").format(queue=queue, when=when(at))


def body(views: Sequence[SopView], queue: str, at: datetime, sample: dict[str, int]) -> str:
    """The text of a notice to a queue."""
    told = [
        _("From **{when}** the queue **{queue}** follows the rules below.").format(
            when=when(at), queue=plain(queue)
        )
    ]
    if sample.get("changed"):
        told.append(_sampled(sample))
    return "\n\n".join([*told, *sections(views)]) + "\n"


def sections(views: Sequence[SopView]) -> Iterator[str]:
    """What changes, SOP by SOP, each under its heading."""
    for view in views:
        yield "## " + _headed(view)
        yield from _sop(view)


def _sampled(sample: dict[str, int]) -> str:
    said = ngettext(
        "Of the last {of} cases of this queue, {n} would come to something else.",
        "Of the last {of} cases of this queue, {n} would come to something else.",
        sample["changed"],
    )
    return said.format(n=format_number(sample["changed"]), of=format_number(sample["cases"]))


def _headed(view: SopView) -> str:
    states = {"new": _("{title} (new)"), "gone": _("{title} (no longer applies)")}
    return states.get(view.state, "{title}").format(title=plain(view.title))


def _sop(view: SopView) -> Iterator[str]:
    if view.note:
        yield plain(view.note)
    if view.changes:
        yield "\n".join(line for change in view.changes for line in _change(change))
    for question in view.questions:
        lines = [f"- **{plain(question.heading)}**", *_where(question.where)]
        if question.question:
            asked = _("The question: {question}").format(question=plain(question.question))
            lines.append("    - " + asked)
        yield "\n".join(lines)
    edits = [line for edit in view.edits for line in _edit(edit)]
    if edits:
        yield "\n".join([_("**Reworded**"), "", *edits])


def _change(change: ToldChange) -> Iterator[str]:
    yield f"- **{plain(change.heading)}**"
    yield from _where(change.where)
    for flow in change.flows:
        yield "    - " + _("Before: {before}. Now: {now}.").format(
            before=plain(flow.before), now=plain(flow.now)
        )
    if change.more:
        yield "    - " + _("There are more such cases than are listed here.")


def _where(where: Where) -> Iterator[str]:
    if where.common:
        yield "    - " + plain(where.common)
    if where.either:
        yield "    - " + (_("and one of these:") if where.common else _("one of these:"))
    for one in where.either:
        yield "        - " + plain(one)


def _edit(edit: ToldEdit) -> Iterator[str]:
    yield f"- {plain(edit.what)}"
    if edit.before:
        yield "    - " + _("Before: {text}").format(text=plain(_cut(edit.before)))
    if edit.after:
        yield "    - " + _("Now: {text}").format(text=plain(_cut(edit.after)))


def _cut(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= MOST_TEXT else line[:MOST_TEXT].rsplit(" ", 1)[0] + " …"


def plain(text: str) -> str:
    """A text of a rulebook within ours: on one line; what would be a heading or list is none."""
    return " ".join(text.split())
