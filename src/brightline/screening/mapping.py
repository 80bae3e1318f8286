"""Which column of a file is which attribute or fact: read from a small YAML or JSON file.

subject: listing              # or {column: type}
id: product_id
time: created
attributes: {title: name, price: price_vnd}
facts: {condition: state}
constants: {category: electronics}
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from brightline.i18n import _
from brightline.rulebook.tests import did_you_mean
from brightline.screening.errors import UnusableCases

KEYS = ("subject", "id", "time", "attributes", "facts", "constants")
_LARGEST_FILE = 1 << 20


@dataclass(frozen=True, slots=True)
class CaseMapping:
    """Where the parts of a case stand. Attribute or fact → column; only what it names is read.

    `constants` are attributes or facts that are the same in all rows.
    """

    subject: str | None = None
    subject_column: str | None = None
    id: str | None = None
    time: str | None = None
    attributes: Mapping[str, str] = field(default_factory=dict)
    facts: Mapping[str, str] = field(default_factory=dict)
    constants: Mapping[str, Any] = field(default_factory=dict)

    @property
    def columns(self) -> list[str]:
        """Every column that the mapping names."""
        named = [self.subject_column, self.id, self.time]
        return [*(n for n in named if n), *self.attributes.values(), *self.facts.values()]


def read_mapping(path: Path) -> CaseMapping:
    """The mapping in a YAML or JSON file. Raises `UnusableCases` on anything else."""
    from ruamel.yaml import YAML
    from ruamel.yaml.error import YAMLError

    try:
        if path.stat().st_size > _LARGEST_FILE:
            raise UnusableCases(_("{path} is too large for a mapping").format(path=path))
        text = path.read_text("utf-8-sig")
        if "&" in text and "*" in text:
            raise UnusableCases(_("{path}: anchors and aliases are not allowed").format(path=path))
        raw = YAML(typ="safe", pure=True).load(text)
    except OSError as error:
        raise UnusableCases(
            _("{path} cannot be read: {error}").format(path=path, error=error.strerror)
        ) from None
    except (YAMLError, UnicodeDecodeError, RecursionError, ValueError) as error:
        if isinstance(error, UnusableCases):
            raise
        said = " ".join(str(error).split())[:200]
        raise UnusableCases(
            _("{path} is not YAML that can be read: {error}").format(path=path, error=said)
        ) from None
    return mapping_of(raw, path.name)


def mapping_of(raw: object, where: str = "--map") -> CaseMapping:
    """A mapping from plain data. Raises `UnusableCases` on a wrong key or shape."""
    if not isinstance(raw, Mapping):
        raise UnusableCases(
            _("{path}: a mapping has the keys {keys}").format(path=where, keys=", ".join(KEYS))
        )
    for key in raw:
        if key not in KEYS:
            raise UnusableCases(
                _("{path}: no key named {key}").format(path=where, key=str(key)[:80]),
                did_you_mean(str(key)[:80], KEYS),
            )
    subject, column = _subject(raw.get("subject"), where)
    return CaseMapping(
        subject,
        column,
        _name(raw, "id", where),
        _name(raw, "time", where),
        _names(raw, "attributes", where),
        _names(raw, "facts", where),
        _constants(raw, where),
    )


def _subject(raw: object, where: str) -> tuple[str | None, str | None]:
    if raw is None or isinstance(raw, str):
        return raw, None
    if isinstance(raw, Mapping) and set(raw) == {"column"} and isinstance(raw["column"], str):
        return None, raw["column"]
    raise UnusableCases(
        _("{path}: subject is the name of a subject").format(path=where),
        _("or {column: name}, where a column says it"),
    )


def _name(raw: Mapping[str, object], key: str, where: str) -> str | None:
    found = raw.get(key)
    if found is None or isinstance(found, str):
        return found
    raise UnusableCases(_("{path}: {key} is the name of a column").format(path=where, key=key))


def _names(raw: Mapping[str, object], key: str, where: str) -> dict[str, str]:
    found = raw.get(key) or {}
    if isinstance(found, Mapping) and all(isinstance(w, str) for of in found.items() for w in of):
        return dict(found)
    raise UnusableCases(
        _("{path}: {key} names columns, as in {example}").format(
            path=where, key=key, example="{title: name}"
        )
    )


def _constants(raw: Mapping[str, object], where: str) -> dict[str, object]:
    found = raw.get("constants") or {}
    if isinstance(found, Mapping) and all(
        isinstance(name, str) and _is_plain(value) for name, value in found.items()
    ):
        return dict(found)
    raise UnusableCases(
        _("{path}: {key} names values, as in {example}").format(
            path=where, key="constants", example="{category: electronics}"
        )
    )


def _is_plain(value: object) -> bool:
    items = value if isinstance(value, list) else [value]
    return all(isinstance(item, (str, int, float, date)) for item in items)
