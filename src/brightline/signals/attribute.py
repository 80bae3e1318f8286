"""The signal `attribute`: a raw attribute itself, as yes or no, an option, or a number."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from brightline.i18n import _
from brightline.rulebook.model import Kind, Rulebook
from brightline.signals.converting import Converter, converter_for
from brightline.signals.options import quoted
from brightline.signals.parameters import attribute_problems, mapping, option_problems
from brightline.signals.spec import Evidence, Reading, Request, Value
from brightline.signals.text import folded

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import pyarrow as pa

    from brightline.signals.columns import Column


class Attribute:
    """Takes a fact's value from an attribute of the case."""

    name = "attribute"
    parameters = ("name", "map", "default", "absent")

    def problems(self, request: Request, rulebook: Rulebook) -> list[str]:
        given = request.supply.parameters
        name = given.get("name")
        standing = [given[key] for key in ("default", "absent") if given.get(key) is not None]
        found = attribute_problems(
            [name] if isinstance(name, str) else [], request, rulebook, "name"
        )
        if name is not None and not isinstance(name, str):
            found = [_("name takes the name of one attribute")]
        if request.kind.kind is Kind.NUMBER:
            if "map" in given or standing:
                found.append(
                    _("map, default and absent are for a fact with options, not for a number")
                )
            return found
        found += option_problems(mapping(given.get("map")).values(), request)
        if "map" in given and not mapping(given.get("map")):
            found.append(_("map takes raw values and the option each one means"))
        found += option_problems(map(str, standing), request)
        return found + _ambiguous(mapping(given.get("map")))

    def prepare(self, requests: Sequence[Request], rulebook: Rulebook) -> AttributeReader:
        return AttributeReader(requests, rulebook)


def _ambiguous(raw: Mapping[str, str]) -> list[str]:
    """Raw values that read alike without case and accents but mean different options."""
    first: dict[str, str] = {}
    found = []
    for value, option in raw.items():
        twin = first.setdefault(folded(value), value)
        if raw[twin] != option:
            found.append(
                _(
                    "{first} and {second} read alike without accents but mean different options"
                ).format(first=quoted(twin), second=quoted(value))
            )
    return found


class AttributeReader:
    """Answers all the `attribute` requests of one subject."""

    def __init__(self, requests: Sequence[Request], rulebook: Rulebook) -> None:
        self._requests = tuple(requests)
        self._names = [_name(request) for request in requests]
        self._converters = [converter_for(request, rulebook) for request in requests]

    def read(self, attributes: Mapping[str, object]) -> list[Reading]:
        """One reading per request; a text that supplied it is the evidence, whole."""
        return [
            self._reading(request, name, converter, attributes.get(name))
            for request, name, converter in zip(
                self._requests, self._names, self._converters, strict=True
            )
        ]

    def read_columns(self, columns: Mapping[str, pa.Array[Any]], rows: int) -> list[Column]:
        """One column per request: every distinct raw value is converted once."""
        from brightline.signals.attribute_columns import converted

        return [
            converted(request.kind, columns.get(name), rows, converter)
            for request, name, converter in zip(
                self._requests, self._names, self._converters, strict=True
            )
        ]

    def _reading(self, request: Request, name: str, converter: Converter, raw: object) -> Reading:
        source = f"attribute:{name}"
        value: Value | None
        value, reason = converter(raw)
        if value is None or not isinstance(raw, str) or not raw.strip():
            return request.reading(value, source, reason=reason)
        return request.reading(value, source, (Evidence(name, 0, len(raw), raw),))


def _name(request: Request) -> str:
    name = request.supply.parameters.get("name")
    return name if isinstance(name, str) else ""
