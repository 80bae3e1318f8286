"""The models' own types, walked beside a tree of nodes: what is expected at each place."""

from __future__ import annotations

import types
from collections.abc import Iterator
from functools import cache
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import BaseModel

from brightline.rulebook.model import Option, Text
from brightline.rulebook.nodes import Mapping, Node, Path, Sequence


def bare(annotation: Any) -> Any:
    """The type without `Annotated` and without `| None`."""
    while True:
        if get_origin(annotation) is Annotated:
            annotation = get_args(annotation)[0]
        elif get_origin(annotation) in (Union, types.UnionType):
            inner = [a for a in get_args(annotation) if a is not type(None)]
            if len(inner) != 1:
                return annotation
            annotation = inner[0]
        else:
            return annotation


def is_model(annotation: Any) -> bool:
    return isinstance(annotation, type) and issubclass(annotation, BaseModel)


@cache
def keys_of(model: type[BaseModel]) -> dict[str, Any]:
    """The keys of a mapping as written in the file, each with the type of its value."""
    return {
        field.alias or name: bare(field.annotation) for name, field in model.model_fields.items()
    }


def inside(annotation: Any, step: str | int) -> Any:
    """The type one step further down; None where that is not known."""
    if annotation is None or annotation == Text:
        return None
    if is_model(annotation):
        return keys_of(annotation).get(str(step))
    if get_origin(annotation) is dict:
        return bare(get_args(annotation)[1])
    if get_origin(annotation) is tuple:
        return bare(get_args(annotation)[0])
    return None


def type_at(annotation: Any, path: Path) -> Any:
    """The type expected at a path."""
    annotation = bare(annotation)
    for step in path:
        annotation = inside(annotation, step)
    return annotation


@cache
def _holds_text(annotation: Any) -> bool:
    if annotation == Text or annotation is Option:
        return True
    if is_model(annotation):
        return any(_holds_text(inner) for inner in keys_of(annotation).values())
    if get_origin(annotation) in (dict, tuple):
        return any(_holds_text(bare(inner)) for inner in get_args(annotation))
    return False


def texts(node: Node, annotation: Any) -> Iterator[tuple[Mapping, bool]]:
    """Every mapping that holds a text in several languages; True where it is an option's."""
    annotation = bare(annotation)
    try:
        if not _holds_text(annotation):
            return
    except TypeError:  # a type that cannot be hashed holds no text
        return
    if isinstance(node, Mapping):
        if annotation == Text:
            yield node, False
            return
        if annotation is Option:
            yield node, True
        for name, child in node.entries.items():
            yield from texts(child, inside(annotation, name))
    elif isinstance(node, Sequence):
        for number, child in enumerate(node.items):
            yield from texts(child, inside(annotation, number))
