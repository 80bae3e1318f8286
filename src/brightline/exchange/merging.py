"""A changed part put into the YAML file it came from: what did not change stays as it is written.

Comments stay where the thing they stand at stays; those that could not be kept are told.
"""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Iterator
from typing import Any

from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.error import YAMLError
from ruamel.yaml.tokens import CommentToken

from brightline.exchange import yaml_text
from brightline.exchange.round_trip import yaml as _yaml
from brightline.exchange.written import Data


def merged(text: str, before: Data, after: Data) -> tuple[str, list[str]] | None:
    """The file changed from saying `before` to saying `after`, and the comments that were lost.

    None where the file cannot be followed.
    """
    yaml = _yaml()
    try:
        old = yaml.load(text)
        if not isinstance(old, CommentedMap):
            return None
        had = Counter(_comments(old))
        out = io.StringIO()
        yaml.dump(_merge(old, before, after), out)
        has = Counter(_comments(yaml.load(out.getvalue())))
    except (YAMLError, ValueError, AttributeError, TypeError, LookupError, RecursionError):
        return None
    return out.getvalue(), list((had - has).elements())


def _merge(old: Any, before: Any, after: Any) -> Any:
    """The old node changed by what differs; the same node where nothing does."""
    if _same(before, after):
        return old
    if isinstance(old, CommentedMap):
        if isinstance(before, dict) and isinstance(after, dict):
            return _merged_mapping(old, before, after)
        if isinstance(before, list) and isinstance(after, list) and len(before) == len(after) == 1:
            return _merge(old, before[0], after[0])  # a single mapping stands for a list of one
    if isinstance(old, CommentedSeq):
        after = after if isinstance(after, list) else [after]
        return _merged_list(old, before if isinstance(before, list) else [before], after)
    return _made(after)


def _merged_mapping(old: CommentedMap, before: Data, after: Data) -> CommentedMap:
    if [key for key in before if key in after] != [key for key in after if key in before]:
        return _anew(old, before, after)
    for key in [key for key in before if key not in after]:
        del old[key]
    last = None
    for key, value in after.items():
        if key in old and key in before:
            if (made := _merge(old[key], before[key], value)) is not old[key]:
                old[key] = made
        elif key in old:  # written out though it was the default
            old[key] = _made_entry(key, value)
        else:
            position = 0 if last is None else list(old).index(last) + 1
            old.insert(position, key, _made_entry(key, value))
        last = key
    return old


def _anew(old: CommentedMap, before: Data, after: Data) -> CommentedMap:
    """The mapping in another order; what stands at its keys goes along."""
    made = CommentedMap()
    for key, value in after.items():
        known = key in old and key in before
        made[key] = _merge(old[key], before[key], value) if known else _made_entry(key, value)
        if key in old.ca.items:
            made.ca.items[key] = old.ca.items[key]
    if old.fa.flow_style():
        made.fa.set_flow_style()
    return made


def _merged_list(old: CommentedSeq, before: list[Any], after: list[Any]) -> CommentedSeq:
    if len(old) != len(before):
        raise ValueError("the file does not hold what was read from it")
    names = {_name(item): number for number, item in enumerate(before) if _name(item)}
    made = CommentedSeq()
    for position, value in enumerate(after):
        number = names.get(_name(value))
        if number is None:
            number = next((n for n, item in enumerate(before) if _same(item, value)), None)
        if number is None and len(before) == len(after) and not _name(value):
            number = position
        if number is None:
            made.append(_made_item(value))
            continue
        made.append(_merge(old[number], before[number], value))
        if number in old.ca.items:
            made.ca.items[position] = old.ca.items[number]
    if old.fa.flow_style():
        made.fa.set_flow_style()
    return made


def _name(item: Any) -> str | None:
    """What an item of a list is known by."""
    if not isinstance(item, dict):
        return None
    found = item.get("id", item.get("at"))
    return None if found is None else str(found)


def _same(before: Any, after: Any) -> bool:
    return yaml_text.flow(before) == yaml_text.flow(after)


def _made_item(value: Any) -> Any:
    """An item of a list written in our own style: of a long mapping, a line a key."""
    return _yaml().load(yaml_text.document({"clauses": [value]}))["clauses"][0]


def _made(value: Any) -> Any:
    return _made_entry("x", value)


def _made_entry(key: str, value: Any) -> Any:
    """A node written in our own style."""
    return _yaml().load(yaml_text.document({key: value}))[key]


def _comments(node: Any) -> Iterator[str]:
    """Every comment in a tree."""
    if not isinstance(node, (CommentedMap, CommentedSeq)):
        return
    for part in (node.ca.comment, *node.ca.items.values()):
        yield from _said(part)
    for child in node.values() if isinstance(node, CommentedMap) else node:
        yield from _comments(child)


def _said(part: Any) -> Iterator[str]:
    if isinstance(part, CommentToken):
        for line in part.value.splitlines():
            if line.strip():
                yield line.strip()
    elif isinstance(part, (list, tuple)):
        for inner in part:
            yield from _said(inner)
