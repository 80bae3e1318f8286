"""One piece of a file as plain data, and changed: what does not change stays as it is written."""

from __future__ import annotations

import textwrap
from typing import Any, Final

from brightline.editing.units import NotYaml, Unit, body
from brightline.exchange import yaml_text
from brightline.exchange.merging import merged
from brightline.rulebook.nodes import Broken, Mapping, Node, Scalar, Sequence
from brightline.rulebook.yaml_source import load


class Missing:
    """Stands for a value that is not there."""

    def __repr__(self) -> str:
        return "MISSING"

    def __bool__(self) -> bool:
        return False


MISSING: Final = Missing()
_LIST = "items"


def data_of(text: str) -> Any:
    """The file as plain data: mappings, lists, texts, numbers. Raises `NotYaml`."""
    document = load(text.encode("utf-8", "replace"), "")
    if document.problems or document.root is None:
        problem = document.problems[0] if document.problems else None
        raise NotYaml(problem.line if problem else 0, problem.message if problem else "")
    return _plain(document.root)


def _plain(node: Node) -> Any:
    if isinstance(node, Mapping):
        return {key: _plain(value) for key, value in node.entries.items()}
    if isinstance(node, Sequence):
        return [_plain(item) for item in node.items]
    if isinstance(node, Scalar):
        return node.resolved()
    assert isinstance(node, Broken)
    raise NotYaml(node.line, "")


def piece_data(unit: Unit) -> Any:
    """The value of an entry, or the mapping of an item, as plain data. Raises `NotYaml`."""
    text = _loose(unit)
    found = data_of(text)
    if unit.dash >= 0:
        return found[0] if isinstance(found, list) else found
    return next(iter(found.values()))


def changed_piece(unit: Unit, value: Any) -> tuple[Unit, list[str]]:
    """The entry with another value, and the comments inside it that were lost."""
    before = piece_data(unit)
    text = _loose(unit)
    if unit.dash >= 0:
        head, lost = _changed_item(text, before, value, unit.dash)
        return Unit(unit.key, unit.lead, head, dash=unit.dash), lost
    key = next(iter(data_of(text)))
    blank = _trailing(text)
    found = merged(text, {key: before}, {key: value})
    if found is not None and _says(found[0], key, value):
        made, lost = found
    else:
        made, lost = yaml_text.document({key: value}), comments(text)
    made = made.rstrip("\n") + blank
    return Unit(unit.key, unit.lead, _indented(made, _indent(unit))), lost


def _changed_item(text: str, before: Any, value: Any, dash: int) -> tuple[str, list[str]]:
    """An item of a list with another value, its dash blank; and the comments that were lost."""
    found = merged(f"{_LIST}:\n{text}", {_LIST: [before]}, {_LIST: [value]})
    if found is None or not _says(found[0], _LIST, [value]):
        return written_item(value, dash), comments(text)
    made = textwrap.dedent(found[0].partition("\n")[2]).rstrip("\n") + _trailing(text)
    if not made.startswith("-"):
        return written_item(value, dash), comments(text)
    return _indented(f" {made[1:]}", dash), found[1]


def _says(text: str, key: str, value: Any) -> bool:
    try:
        return bool(same(data_of(text), {key: value}))
    except NotYaml:
        return False


def same(one: Any, other: Any) -> bool:
    """Whether two data say the same in a file."""
    return yaml_text.flow(one) == yaml_text.flow(other)


def written_entry(key: str, value: Any, indent: int) -> str:
    """A new entry in our own style."""
    return _indented(yaml_text.document({key: value}), indent)


def written_item(value: Any, dash: int) -> str:
    """A new item of a list in our own style, its dash blank."""
    lines = yaml_text.document({"clauses": [value]}).splitlines()[1:]
    text = "".join(f"{line[2:]}\n" for line in lines)
    return _indented(f" {text[1:]}", dash)


def _loose(unit: Unit) -> str:
    """The text of a unit without its indent."""
    return textwrap.dedent(body(unit))


def _indent(unit: Unit) -> int:
    text = body(unit)
    return len(text) - len(text.lstrip(" "))


def _indented(text: str, indent: int) -> str:
    return "".join(
        f"{' ' * indent}{line}" if line.strip() else line for line in text.splitlines(keepends=True)
    )


def _trailing(text: str) -> str:
    """The empty lines at the end of a text, and the end of its last line."""
    return text[len(text.rstrip("\n")) :]


def comments(text: str) -> list[str]:
    """The lines of a text that are comments, without their indent."""
    return [line.strip() for line in text.splitlines() if line.lstrip().startswith("#")]
