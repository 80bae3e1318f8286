"""What the verbs of a store of cases say, in the terminal and as JSON."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from brightline.commands.page import say
from brightline.commands.tables import show_table
from brightline.i18n import _, format_date, format_duration, format_number, ngettext

if TYPE_CHECKING:
    from brightline.casestore.appending import Appended
    from brightline.casestore.compacting import Compacted
    from brightline.casestore.describing import Description
    from brightline.casestore.sampling import Sample
    from brightline.screening.beside import Put
    from brightline.screening.reading import Rejected
    from brightline.screening.storing import Kept

MOST_SHOWN = 5
"""How many of the rows that were turned away are shown with their reasons."""
MOST_FACTS = 25


def kept_json(kept: Kept) -> dict[str, Any]:
    """What became of files of cases."""
    return {
        "rows": kept.rows,
        **{name: asdict(told) for name, told in kept.tables.items() if name != "decisions"},
        "rejected": [_rejected(path, row) for path, row in kept.rejected],
    }


def put_json(put: Put, file: str) -> dict[str, Any]:
    """What became of a file of labels or decisions."""
    return {
        "rows": put.rows,
        **asdict(put.told),
        "rejected": [_rejected(Path(file), row) for row in put.rejected],
    }


def sample_json(sample: Sample, out: str, seed: int, by: Sequence[str]) -> dict[str, Any]:
    """What was drawn."""
    return {
        "output": out,
        "seed": seed,
        "cases": len(sample.cases),
        "groups": [
            {
                "values": dict(zip(by, group.values, strict=True)),
                "cases": group.cases,
                "drawn": group.drawn,
                "inclusion": group.inclusion,
            }
            for group in sample.groups
        ],
    }


def _rejected(path: Path, row: Rejected) -> dict[str, Any]:
    place = {"file": str(path), "row": row.row}
    return {**place, **({"line": row.line} if row.line else {}), "reason": row.reason}


def show_kept(kept: Kept, store: str) -> None:
    """What became of files of cases, for a person."""
    told = kept.tables["cases"]
    _head(ngettext("{n} case into {path}", "{n} cases into {path}", told.rows), told.rows, store)
    _show_told(told)
    labels = kept.tables["labels"]
    if labels.rows:
        _line(_("with an expected outcome"), labels.rows, told.rows)
    _show_rejected(kept.rejected, kept.rows)


def show_put(put: Put, store: str, file: str) -> None:
    """What became of a file of labels or decisions, for a person."""
    count = put.told.rows
    _head(ngettext("{n} row into {path}", "{n} rows into {path}", count), count, store)
    _show_told(put.told)
    _show_rejected([(Path(file), row) for row in put.rejected], put.rows)


def show_exported(told: Mapping[str, Appended], store: str) -> None:
    """What an export brought, for a person."""
    cases, decisions = told["cases"], told["decisions"]
    if not (cases.added or cases.replaced or decisions.added):
        say(_("Nothing new: {path} is up to date.").format(path=store))
        return
    say(
        _("{cases} cases and {decisions} decisions are new in {path}").format(
            cases=format_number(cases.added), decisions=format_number(decisions.added), path=store
        ),
        bold=True,
    )
    if cases.replaced:
        _line(_("cases whose facts or outcome changed"), cases.replaced, cases.rows)


def show_compacted(made: Compacted) -> None:
    """What compacting did, for a person."""
    say(
        _("{rows} rows: {before} files became {now}, {bytes} became {less}").format(
            rows=format_number(made.rows), before=format_number(made.files_before),
            now=format_number(made.files), bytes=_size(made.bytes_before), less=_size(made.bytes),
        )
    )  # fmt: skip


def show_sample(sample: Sample, out: str, by: Sequence[str]) -> None:
    """What was drawn, for a person."""
    whole = sum(group.cases for group in sample.groups)
    say(
        _("{n} of {all} cases drawn into {path}").format(
            n=format_number(len(sample.cases)), all=format_number(whole), path=out
        ),
        bold=True,
    )
    if by:
        rows = [
            (" · ".join(group.values), format_number(group.drawn), format_number(group.cases))
            for group in sample.groups
        ]
        show_table(_("By {names}").format(names=", ".join(by)), ("", _("drawn"), _("of")), rows)


def show_description(found: Description, store: str) -> None:
    """What is in a store, for a person."""
    _head(ngettext("{n} case in {path}", "{n} cases in {path}", found.cases), found.cases, store)
    if found.first is not None and found.last is not None:
        say(
            _("from {first} to {last}").format(
                first=format_date(found.first), last=format_date(found.last)
            )
        )
    if found.without_day:
        _line(_("without a day of their own"), found.without_day, found.cases)
    names = {"cases": _("cases"), "decisions": _("decisions"), "labels": _("labels")}
    show_table(
        _("On the disk"), ("", _("rows"), _("files"), _("size")),
        [
            (names[table], format_number(size.rows), format_number(size.files), _size(size.bytes))
            for table, size in found.sizes.items()
        ],
    )  # fmt: skip
    _shares(_("Subjects"), found.subjects.items(), found.cases)
    if found.months:
        _shares(_("Months"), found.months.items(), found.cases)
    _show_facts(found)
    _show_decided(found)
    if found.labels:
        _shares(_("Labels"), found.labels.items(), found.cases)


def _show_facts(found: Description) -> None:
    if not found.facts:
        return
    several = len(found.subjects) > 1
    least = sorted(found.facts, key=lambda one: (one.known / one.cases, one.subject, one.fact))
    shown = least[:MOST_FACTS]
    rows = [
        (
            f"{one.subject}: {one.fact}" if several else one.fact,
            format_number(one.known),
            format_number(one.suggested),
            format_number(one.cannot_tell),
            format_number(one.cases),
        )
        for one in shown
    ]
    headers = ("", _("known"), _("only suggested"), _("cannot be told"), _("of"))
    show_table(_("Facts, the least known first"), headers, rows)
    if len(found.facts) > len(shown):
        say(_("… and {n} more").format(n=format_number(len(found.facts) - len(shown))), "  ")


def _show_decided(found: Description) -> None:
    decided = found.decided
    if not decided.rows:
        return
    _shares(_("Decided"), decided.how.items(), found.cases)
    _shares(_("Decisions in force, by action"), decided.actions.items(), decided.cases)
    if decided.seconds is not None:
        time = format_duration(decided.seconds)
        say(_("half of the decisions by people took {time} or less").format(time=time), "  ")
    if decided.strangers:
        text = ngettext(
            "{n} decision is about a case that is not in the store",
            "{n} decisions are about cases that are not in the store",
            decided.strangers,
        )
        say(text.format(n=format_number(decided.strangers)), "  ")


def _shares(title: str, counts: Iterable[tuple[str, int]], whole: int) -> None:
    show_table(title, ("", ""), [(name or "-", _of(count, whole)) for name, count in counts])


def _head(text: str, count: int, path: str) -> None:
    say(text.format(n=format_number(count), path=path), bold=True)


def _show_told(told: Appended) -> None:
    for words, count in (
        (_("new"), told.added),
        (_("in place of an older row"), told.replaced),
        (_("there already, the same"), told.unchanged),
        (_("more than once in what came; the last one counts"), told.repeated),
    ):
        if count:
            _line(words, count, told.rows)


def _show_rejected(rejected: Sequence[tuple[Path, Rejected]], rows: int) -> None:
    if not rejected:
        return
    click.echo()
    text = ngettext(
        "{n} of {all} rows was turned away:", "{n} of {all} rows were turned away:", len(rejected)
    )
    say(text.format(n=format_number(len(rejected)), all=format_number(rows)), fg="yellow")
    for path, row in rejected[:MOST_SHOWN]:
        say(
            _("{file}, row {row}: {reason}").format(
                file=path.name, row=format_number(row.row), reason=row.reason
            ),
            "  ",
        )
    if len(rejected) > MOST_SHOWN:
        more = len(rejected) - MOST_SHOWN
        say(_("… and {n} more; --format json lists all").format(n=format_number(more)), "  ")


def _line(words: str, count: int, whole: int) -> None:
    say(f"{words}: {_of(count, whole)}", "  ")


def _of(count: int, whole: int) -> str:
    share = format_number(100 * count / whole, 1) if whole else "0"
    return _("{n} of {all} ({share} %)").format(
        n=format_number(count), all=format_number(whole), share=share
    )


def _size(count: int) -> str:
    if count < 10_000:
        return _("{n} bytes").format(n=format_number(count))
    return _("{n} MB").format(n=format_number(count / 1e6, 1 if count < 1e8 else 0))
