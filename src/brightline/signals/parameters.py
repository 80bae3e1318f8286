"""Reading the parameters a rulebook gives a signal, and saying what is wrong with them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from brightline.i18n import _
from brightline.signals.options import did_you_mean, option_ids, quoted

if TYPE_CHECKING:
    from brightline.rulebook.model import Rulebook
    from brightline.signals.spec import Request


def words(value: object) -> tuple[str, ...]:
    """A parameter that takes one name or several; numbers as they are written."""
    if value is None:
        return ()
    if isinstance(value, (list, tuple)):
        return tuple(str(item) for item in value if isinstance(item, (str, int, float)))
    return (str(value),) if isinstance(value, (str, int, float)) else ()


def mapping(value: object) -> dict[str, str]:
    """A parameter that maps names to names; empty where it is anything else."""
    if not isinstance(value, Mapping):
        return {}
    return {str(key): str(name) for key, name in value.items()}


def one_of(value: object, known: Sequence[str], default: str) -> str:
    """A parameter with a few possible values; the default where it is none of them."""
    return value if isinstance(value, str) and value in known else default


def subjects_of(request: Request, rulebook: Rulebook) -> tuple[str, ...]:
    """The kinds of case a request's fact belongs to: its SOP's, or all for a shared fact."""
    sop = request.fact.partition(".")[0] if "." in request.fact else None
    return tuple(s.subject for s in rulebook.sops if s.sop == sop) or tuple(rulebook.subjects)


def attribute_problems(
    names: Iterable[str], request: Request, rulebook: Rulebook, parameter: str
) -> list[str]:
    """Attributes that no case of the request's subject carries, and that none are named."""
    found = []
    names = list(names)
    if not names:
        found.append(
            _("{parameter} is missing: say which attribute to read").format(parameter=parameter)
        )
    known: set[str] = set()
    for subject in subjects_of(request, rulebook):
        known.update(rulebook.subjects[subject].attributes)
    return found + [
        _("no attribute named {value}; {hint}").format(
            value=quoted(name), hint=did_you_mean(name, sorted(known))
        )
        for name in names
        if name not in known
    ]


def option_problems(names: Iterable[str], request: Request) -> list[str]:
    """Names that are no option of the request's fact."""
    known = option_ids(request.kind)
    return [
        _("no option named {value}; {hint}").format(
            value=quoted(name), hint=did_you_mean(name, known)
        )
        for name in names
        if name not in known
    ]


def value_problem(
    parameter: str, value: object, known: Sequence[str], default: str | None
) -> list[str]:
    """A parameter that must be one of a few words; None is fine where there is a default."""
    if (value is None and default is not None) or (isinstance(value, str) and value in known):
        return []
    if value is None:
        return [
            _("{parameter} is missing; it is one of: {names}").format(
                parameter=parameter, names=", ".join(known)
            )
        ]
    return [
        _("{parameter} cannot be {value}; {hint}").format(
            parameter=parameter, value=quoted(value), hint=did_you_mean(str(value), known)
        )
    ]
