"""Searching cases, and the page of one: what it is, how it was decided, by whom, and why."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from brightline.i18n import language
from brightline.rulebook.deciding import Decision as Ruling
from brightline.rulebook.telling import explain
from brightline.rulebook.telling_words import Words, in_language
from brightline.workbench.accounts.gate import permitted
from brightline.workbench.accounts.may import may
from brightline.workbench.accounts.models import User
from brightline.workbench.accounts.permissions import Permission
from brightline.workbench.audit.kinds import in_words
from brightline.workbench.audit.models import Event
from brightline.workbench.cases.case_lines import lines
from brightline.workbench.cases.models import Case, Decision, How, Source, TaskKind
from brightline.workbench.cases.naming import markets, queue_words, rulebook_of
from brightline.workbench.cases.page_parts import PARTS
from brightline.workbench.cases.reading import blind_task, blind_turns, keep_from_judging, may_see
from brightline.workbench.cases.searching_cases import WAITING, Wanted, find
from brightline.workbench.rulebooks.engine import Engine, supplied
from brightline.workbench.rulebooks.in_force import NoRulebook, engine_of, release_of

P = Permission


@permitted(P.CASES_CASE_READ)
def cases(request: HttpRequest) -> HttpResponse:
    """The newest cases that fit; one that is named by its reference is opened at once."""
    me: User = request.user  # type: ignore[assignment]
    wanted, after = Wanted.of(request.GET), request.GET.get("after", "")
    found = find(me, wanted, after)
    if wanted.q and len(found.cases) == 1 and found.cases[0].ref == wanted.q:
        return redirect("case", found.cases[0].pk)
    query = {name: value for name, value in vars(wanted).items() if value}
    names = _names()
    hidden = _hidden(me, found.cases)
    rows = [
        (case, case.pk in hidden,
         names["actions"].get((case.market, case.action), case.action),
         names["subjects"].get((case.market, case.subject), case.subject),
         Source(case.source).words if case.source in Source.values else case.source)
        for case in found.cases
    ]  # fmt: skip
    return render(
        request,
        "cases/cases.html",
        {
            "rows": rows, "wanted": wanted, "waiting": WAITING, "paged": bool(after),
            "older": urlencode({**query, "after": found.after}) if found.after else "",
            "query": urlencode(query), "filtered": bool(query), "markets": markets(),
            "subjects": _choices(names["subjects"]), "actions": _choices(names["actions"]),
            "sources": [(s.value, s.words) for s in Source],
        },
    )  # fmt: skip


def _hidden(me: User, shown: list[Case]) -> set[int]:
    """The cases whose outcome a moderator may yet have to judge blindly: it is not shown."""
    if not may(me, P.CASES_TASK_WORK):
        return set()
    listed = Case.objects.filter(pk__in=[case.pk for case in shown])
    return set(blind_turns(listed).values_list("pk", flat=True))


def _names() -> dict[str, dict[tuple[str, str], str]]:
    """(market, name) → title, of the actions and subjects of the rulebooks in force."""
    found: dict[str, dict[tuple[str, str], str]] = {"actions": {}, "subjects": {}}
    for market in markets():
        book = rulebook_of(market)
        if book is None:
            continue
        for kind, parts in (("actions", book.actions), ("subjects", book.subjects)):
            for name, part in parts.items():
                title = in_language(part.title, language(), name)
                found[kind][market, name] = title
    return found


def _choices(names: dict[tuple[str, str], str]) -> list[tuple[str, str]]:
    return sorted({name: title for (_m, name), title in names.items()}.items(), key=lambda c: c[1])


@permitted(P.CASES_CASE_READ)
def case(request: HttpRequest, pk: int) -> HttpResponse:
    """One case. Not for someone who is to judge it without knowing how others did."""
    me: User = request.user  # type: ignore[assignment]
    found = get_object_or_404(Case.objects.prefetch_related("pictures"), pk=pk)
    if not may_see(me, found):
        raise PermissionDenied(P.CASES_CASE_READ)
    if (blind := blind_task(me, found)) is not None:
        return render(request, "cases/blind.html", {"case": found, "task": blind}, status=403)
    if may(me, P.CASES_TASK_WORK):
        keep_from_judging(me, found)
    decisions = list(found.decisions.select_related("by", "task").order_by("at", "pk"))
    newest = next((d for d in reversed(decisions) if d.in_force), None)
    of = newest or found  # a decision is told under the rules it was made under
    try:
        engine = engine_of(of.sha)
    except NoRulebook:
        return render(request, "cases/no_rulebook.html", {"case": found}, status=409)
    ruling = engine.decide(found.subject, of.day, of.facts)
    words = Words(engine.rulebook, found.subject)
    telling, silent = _facts(of.facts, ruling, words)
    tasks = found.tasks.select_related("claimed_by").order_by("pk")
    return render(
        request,
        "cases/case.html",
        {
            "case": found,
            "source": Source(found.source).words,
            "subject": words.text(engine.rulebook.subjects[found.subject].title, found.subject),
            "outcome": words.action(found.action) if found.action else "",
            "lines": lines(found, ruling.table),
            "facts": telling,
            "silent": silent,
            "told": explain(ruling),
            "decisions": [_told(decision, found) for decision in decisions],
            "tasks": [
                (task, queue_words(task.market, task.queue), TaskKind(task.kind).words)
                for task in tasks
            ],
            "events": _events(me, found),
            "parts": _parts(me, found),
        },
    )


def _facts(
    facts: dict[str, Any], ruling: Ruling, words: Words
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """What is known: the statement, who told it, whether a decision may rest on it.

    Those that say something first; apart, those of signals that looked and found nothing.
    """
    telling: list[dict[str, Any]] = []
    silent: list[dict[str, Any]] = []
    for name, kept in facts.items():
        place, fact = ruling.table.places.get(name), supplied(kept)
        column = None if place is None else ruling.table.columns[place]
        said = f"{name}: {kept['value']}" if column is None else words.statement(
            column, kept["value"]
        )  # fmt: skip
        found_nothing = fact.source.startswith("lexicon:") and not kept.get("evidence")
        (silent if found_nothing else telling).append({
            "name": name, "said": said, "source": words.source(fact), "relied_on": fact.relied_on,
        })  # fmt: skip
    return telling, silent


def _told(decision: Decision, case: Case) -> dict[str, Any]:
    """A decision in words, made again from what is stored: `same` says whether it agrees."""
    release = release_of(case.market, decision.sha, decision.at)
    found: dict[str, Any] = {"decision": decision, "how": _how(decision), "release": release}
    try:
        engine: Engine = engine_of(decision.sha)
        ruling = engine.decide(case.subject, decision.day, decision.facts)
    except (NoRulebook, KeyError):
        return {**found, "action": decision.action, "told": None, "same": False, "clauses": []}
    words = Words(engine.rulebook, case.subject)
    made = sorted((c.sop, c.clause) for c in ruling.verdict.reported)
    was = sorted((c["sop"], c["clause"]) for c in decision.clauses)
    return {
        **found,
        "action": words.action(decision.action),
        "told": explain(ruling),
        "clauses": decision.clause_ids,
        "same": (ruling.verdict.action, ruling.verdict.points, made)
        == (decision.action, decision.points, was),
    }


def _how(decision: Decision) -> str:
    return How(decision.how).words if decision.how in How.values else decision.how


def _events(me: User, case: Case) -> list[Any]:
    """What happened to the case, in order; only for who may read the log."""
    if not may(me, P.AUDIT_EVENT_READ, case.market):
        return []
    rows = Event.objects.filter(case_id=case.pk).order_by("seq")[:200]
    people = User.objects.in_bulk([e.actor_id for e in rows if e.actor_id is not None])
    return [(event, in_words(event.kind), people.get(event.actor_id or 0)) for event in rows]


def _parts(me: User, case: Case) -> list[tuple[str, dict[str, Any]]]:
    return [
        (part.template, given)
        for part in PARTS
        if may(me, part.permission, case.market) and (given := part.context(case)) is not None
    ]
