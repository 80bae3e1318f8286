"""Feed past cases through a pilot again: to rehearse it, and for demonstrations."""

from __future__ import annotations

from datetime import datetime

from brightline.workbench.cases.actions.receive import Incoming, Received
from brightline.workbench.cases.actions.receive_many import SELLER_ATTRIBUTES, receive_many
from brightline.workbench.cases.models import Case, Decision
from brightline.workbench.pilots.actions.watch import shadow
from brightline.workbench.pilots.models import Kind, Pilot


def replay(pilot: Pilot, cases: int, at: datetime | None = None) -> int:
    """Feed the newest past cases through a pilot once more, the oldest of them first; how many.

    A shadow looks at their decisions. For a pilot they come in anew, marked as made up and under
    names of their own (`replay-…`) and of no seller: nobody is told what is decided of them.
    """
    if pilot.kind == Kind.SHADOW:
        return _shadowed(pilot, cases)
    past = list(
        Case.objects.filter(market=pilot.market, received_at__lt=pilot.begun_at)
        .exclude(ref__startswith="replay-")
        .order_by("-received_at", "-pk")[:cases]
    )
    coming = [_again(pilot, case) for case in reversed(past)]
    found = receive_many(pilot.market, coming, None, at)
    return sum(isinstance(one, Received) and one.new for one in found)


def _again(pilot: Pilot, case: Case) -> Incoming:
    nobodys = {k: v for k, v in case.attributes.items() if k not in SELLER_ATTRIBUTES}
    return Incoming(
        ref=f"replay-{pilot.pk}-{case.ref}"[:120], subject=case.subject, attributes=nobodys,
        facts=case.given, language=case.language, source=case.source, risk=case.risk, sample=True,
    )  # fmt: skip


def _shadowed(pilot: Pilot, cases: int) -> int:
    first = (
        Decision.objects.filter(case__market=pilot.market, in_force=True)
        .order_by("-pk")
        .values_list("pk", flat=True)[cases - 1 : cases]
    )
    pilot.cursor = (first[0] - 1) if first else 0
    done = 0
    while done < cases and (n := shadow(pilot)):
        done += n
    return done
