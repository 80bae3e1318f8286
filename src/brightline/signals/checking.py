"""What is wrong with the `from:` entries of a rulebook, for `brightline check`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from brightline.i18n import _
from brightline.rulebook.laws import Laws
from brightline.signals.asked import facts_of, requests_of
from brightline.signals.options import did_you_mean, quoted
from brightline.signals.registry import Registry, registry

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from brightline.rulebook.laws.occasion import Occasion
    from brightline.rulebook.model import Rulebook
    from brightline.rulebook.problems import Problem
    from brightline.signals.spec import Request


@dataclass(frozen=True, slots=True)
class SignalProblem:
    """One sentence about one `from:` entry (0 is the first) of one fact."""

    fact: str
    entry: int
    message: str


def signal_problems(rulebook: Rulebook, known: Registry | None = None) -> list[SignalProblem]:
    """Every problem of every `from:` entry, in file order. Raises nothing."""
    signals = known or registry()
    return [
        SignalProblem(name, entry, message)
        for name, fact in facts_of(rulebook)
        for entry, request in enumerate(requests_of(name, fact))
        for message in _of(request, rulebook, signals)
    ]


def _of_an_sop(at: Occasion) -> Iterator[Problem]:
    """Every signal that a fact of an SOP names is there and takes what it is given."""
    return _problems(at, signal_problems(at.rulebook.model_copy(update={"facts": {}})))


def _of_shared_facts(at: Occasion) -> Iterator[Problem]:
    """The same of the facts that all SOPs share."""
    return _problems(at, signal_problems(at.rulebook.of_sops()))


LAWS = Laws(of_an_sop=(_of_an_sop,), of_the_rulebook=(_of_shared_facts,))
"""What `brightline check` holds the signals of a rulebook to."""


def _problems(at: Occasion, found_in: Iterable[SignalProblem]) -> Iterator[Problem]:
    for found in found_in:
        sop, _dot, name = found.fact.rpartition(".")
        file = f"sops/{sop}.yaml" if sop else "rulebook.yaml"
        place: tuple[str | int, ...] = ("facts", name, "from", found.entry)
        if at.sources.place(file, place) is None:
            place = place[:-1]  # a single entry that stands without a list
        yield at.sources.problem("BL-508", file, place, found.message)


def _of(request: Request, rulebook: Rulebook, known: Registry) -> Iterator[str]:
    wanted = request.supply.signal
    signal = known.signals.get(wanted)
    if signal is None:
        yield _("no signal named {value}; {hint}").format(
            value=quoted(wanted), hint=did_you_mean(wanted, known.signals)
        )
        return
    takes = tuple(getattr(signal, "parameters", ()))
    for name in request.supply.parameters:
        if name not in takes:
            yield _("the signal {signal} has no parameter {value}; {hint}").format(
                signal=wanted, value=quoted(name), hint=did_you_mean(name, takes)
            )
    try:
        yield from [str(problem) for problem in signal.problems(request, rulebook)]
    except Exception as error:  # noqa: BLE001 - a plug-in's
        yield _("the signal {signal} failed: {error}").format(
            signal=wanted, error=f"{type(error).__name__}: {error}"
        )
