"""After a load run: is every acknowledged act in the database, exactly once?"""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any


def against_the_database(home: Path, seen: Any) -> dict[str, Any]:
    """Compare what was acknowledged with what is stored; every number but `stored` should be 0.

    `unacknowledged` are decisions that are stored and whose answer never reached the client: the
    run ended, or the server was killed, in between. They are no fault, and each is there once.
    """
    from brightline.workbench.starting import start

    start(home, migrate=False)
    from brightline.workbench.audit.models import Event
    from brightline.workbench.audit.verifying import verify_chain
    from brightline.workbench.cases.models import Answer, Case, Decision, Task

    decisions = list(Decision.objects.values_list("task_id", "case_id", "by_id"))
    by_task = {task: by for task, _case, by in decisions}
    a_case = Counter(case for _task, case, _by in decisions)
    keys = Counter((task, str(key)) for task, key in Answer.objects.values_list("task_id", "key"))
    acknowledged = [(t, k) for t, told in seen.answered.items() for k in told]
    claims = Counter(Event.objects.filter(kind="task.claimed").values_list("on_id", flat=True))
    events = Counter(Event.objects.filter(kind="case.decided").values_list("case_id", flat=True))
    outcomes = dict(Case.objects.exclude(action="").values_list("pk", "action"))
    chain = verify_chain()
    return {
        "stored": len(decisions),
        "lost_decisions": sum(by_task.get(t) != p for t, p in seen.decided.items()),
        "doubled_decisions": sum(n - 1 for n in a_case.values()),
        "lost_answers": sum(keys[pair] == 0 for pair in acknowledged),
        "doubled_answers": sum(n - 1 for n in keys.values()),
        "double_claims": sum(len(people) > 1 for people in seen.claims.values())
        + sum(n > 1 for n in claims.values()),
        "without_event": sum(events[case] != 1 for _t, case, _b in decisions),
        "without_outcome": sum(case not in outcomes for _t, case, _b in decisions),
        "done_undecided": Task.objects.filter(status="done", decision=None).count(),
        "unacknowledged": len(set(by_task) - set(seen.decided)),
        "events": chain.events,
        "chain_broken": int(not chain.sound),
    }
