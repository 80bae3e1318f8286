"""The part of a back-test's page that says what becomes of the queue."""

from __future__ import annotations

from typing import Any

from brightline.forecasting.outlook import Outlook
from brightline.forecasting.queue import Forecast, Spread
from brightline.forecasting.staffing import Needed
from brightline.i18n import _, format_duration, format_number, ngettext
from brightline.reports.backtest_charts import HEIGHT, band, line
from brightline.reports.backtest_words import percent

EVERY = 3
"""Hours from point to point of the chart."""


def outlook_view(outlook: Outlook) -> dict[str, Any]:
    """The queue under both versions, in the language in force."""
    most = max(*outlook.old.backlog_p90, *outlook.new.backlog_p90, 1.0)
    sla = format_duration(outlook.sla)
    return {
        "title": _("The queue in the next {n} weeks").format(n=outlook.weeks),
        "lead": lead(outlook),
        "rows": rows(outlook),
        "charts": [
            {"name": name, "was": was, **_chart(forecast, most)}
            for name, was, forecast in (
                (_("Cases waiting, before"), True, outlook.old),
                (_("Cases waiting, now"), False, outlook.new),
            )
        ],
        "most": _n(most),
        "days": outlook.weeks * 7,
        "width": (len(outlook.old.backlog_p50) - 1) // EVERY * EVERY,
        "height": HEIGHT,
        "ends": [_("Monday, week 1"), _("Sunday, week {n}").format(n=outlook.weeks)],
        "note": _(
            "The line is the middle of {runs} futures, the band holds 80 of 100 of them. A case is "
            "in time if it is decided within {sla}. The queue begins empty on a Monday; all "
            "people share one queue and take the oldest case first."
        ).format(runs=_n(outlook.runs), sla=sla),
        "basis": basis(outlook),
    }


def lead(outlook: Outlook) -> str:
    """The answer in a sentence."""
    return _(
        "In time ({sla}): {new} of the cases, before {old}. Hours of work a week: {hours}, "
        "before {then}."
    ).format(
        sla=format_duration(outlook.sla),
        new=percent(outlook.new.within.mean, 1),
        old=percent(outlook.old.within.mean, 1),
        hours=_n(outlook.new.needed),
        then=_n(outlook.old.needed),
    )


def rows(outlook: Outlook) -> list[tuple[str, str, str]]:
    """The figures of both versions beside each other."""
    old, new = outlook.old, outlook.new
    people = _("hours on duty that would keep {share} in time")
    return [
        (_("cases for a person a week"), _n(old.arriving), _n(new.arriving)),
        (
            _("time a case"),
            format_duration(outlook.seconds_old),
            format_duration(outlook.seconds_new),
        ),
        (_("hours of work a week"), _n(old.needed), _n(new.needed)),
        (_("of the time that people have for it"), percent(old.load, 1), percent(new.load, 1)),
        (_("in time (in 80 of 100 futures)"), _share(old.within), _share(new.within)),
        (_("in time in the worst week"), _share(old.worst_week), _share(new.worst_week)),
        (_("waiting at the end"), _cases(old.left), _cases(new.left)),
        (
            _("futures in which the queue falls behind"),
            percent(old.behind, 1),
            percent(new.behind, 1),
        ),
        (
            people.format(share=percent(outlook.wanted, 1)),
            _needed(outlook.needed_old),
            _needed(outlook.needed_new),
        ),
    ]


def basis(outlook: Outlook) -> list[str]:
    """What the forecast rests on, and what had to be assumed."""
    days = ngettext("{n} day", "{n} days", outlook.days).format(n=_n(outlook.days))
    said = [
        _("Arrivals: {n} cases a week, from {days} of cases.").format(
            n=_n(outlook.arriving), days=days
        )
    ]
    if not outlook.by_hour:
        said.append(_("The cases do not say the hour they came; they are spread over the day."))
    if not outlook.measured:
        said.append(
            _("Too few weeks to see how much weeks and days differ; 15 % is assumed for either.")
        )
    said.append(
        {
            "decisions": _("Time a case: as measured in {n} decisions."),
            "given": _("Time a case: as it was given."),
            "rulebook": _("Time a case: as the rulebook states for its questions, {n} cases."),
        }[outlook.source].format(n=_n(outlook.times))
    )
    if not outlook.changes_time:
        said.append(
            _("How much longer or shorter a case takes now is not known; it is taken as the same.")
        )
    if outlook.learning:
        said.append(
            _("New rules: a case takes {share} longer at first, half of that a week later.").format(
                share=percent(outlook.learning, 1)
            )
        )
    hours = _n(outlook.new.paid)
    said.append(
        _("People: {hours} hours on duty a week, of which {share} goes elsewhere.").format(
            hours=hours, share=percent(outlook.shrinkage, 1)
        )
    )
    return said


def _chart(of: Forecast, most: float) -> dict[str, str]:
    return {
        "area": band(of.backlog_p10, of.backlog_p90, most, EVERY),
        "line": line(of.backlog_p50, most, EVERY),
    }


def _n(number: float) -> str:
    if 0 < number < 10:
        return format_number(round(number, 1))
    return format_number(round(number))


def _share(of: Spread) -> str:
    return f"{percent(of.mean, 1)} ({percent(of.p10, 1)} – {percent(of.p90, 1)})"


def _cases(of: Spread) -> str:
    return f"{_n(of.mean)} ({_n(of.p10)} – {_n(of.p90)})"


def _needed(of: Needed) -> str:
    if of.hours is None:
        return _("not in these shifts: {share} at most").format(share=percent(of.most, 1))
    return _n(of.hours)
