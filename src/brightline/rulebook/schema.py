"""JSON Schema of a rulebook's files, so that an editor completes keys and marks mistakes.

Made from the models, with the short forms that the files allow: `yes` and `no`, `24h`, one
condition where a list may stand. It knows shapes, not names: whether a fact or a law exists,
`brightline check` says.
"""

from __future__ import annotations

from typing import Any

from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core import CoreSchema, core_schema

from brightline.rulebook.model import IDENTIFIER, Part, Sop, as_list, day, flag, seconds
from brightline.rulebook.reading.assembling import Head, LawFile

DIALECT = "https://json-schema.org/draft/2020-12/schema"
KINDS: dict[str, type[Part]] = {"rulebook": Head, "law": LawFile, "sop": Sop}
"""Kind of file → its model: rulebook.yaml, law.yaml, sops/*.yaml."""

FLAG: JsonSchemaValue = {"enum": ["yes", "no"]}
DURATION: JsonSchemaValue = {
    "type": "string",
    "pattern": r"^\s*\d+(\.\d+)?\s*[smhd]\s*$",
    "examples": ["24h"],
}
DAY: JsonSchemaValue = {"type": "string", "format": "date", "pattern": r"^\d{4}-\d{2}-\d{2}$"}
NAME = {"type": "string", "pattern": IDENTIFIER}


def one_or_list(items: JsonSchemaValue) -> JsonSchemaValue:
    """The schema of a thing or a list of such things."""
    return {"anyOf": [items, {"type": "array", "items": items}]}


SHARED: dict[str, JsonSchemaValue] = {
    "Text": {
        "description": "What a person reads, in every language of the rulebook.",
        "type": "object",
        "minProperties": 1,
        "propertyNames": {"pattern": "^[a-z]{2,3}$"},
        "additionalProperties": {"type": ["string", "number"], "minLength": 1, "maxLength": 20000},
    },
    "Test": {
        "description": 'A unary test: yes, no, option, "< 3", "1..5", a list, not, under.',
        "anyOf": [
            {"type": ["string", "number"]},
            {"type": "array", "minItems": 1, "items": {"$ref": "#/$defs/Test"}},
            {
                "type": "object",
                "properties": {
                    "not": {"$ref": "#/$defs/Test"},
                    "under": one_or_list(NAME),
                },
                "minProperties": 1,
                "maxProperties": 1,
                "additionalProperties": False,
            },
        ],
    },
    "Condition": {
        "description": "Fact → unary test; all must hold. is and is_not name definitions.",
        "type": "object",
        "minProperties": 1,
        "properties": {"is": one_or_list(NAME), "is_not": one_or_list(NAME)},
        "propertyNames": {"pattern": IDENTIFIER},
        "additionalProperties": {"$ref": "#/$defs/Test"},
    },
}


def schema(kind: str | None = None) -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of one kind of file, or of any of them told by its keys.

    Raises `KeyError` on a kind that is not in `KINDS`.
    """
    if kind is not None:
        return {"$schema": DIALECT, **_schema_of(KINDS[kind])}
    parts = {name: _schema_of(model) for name, model in KINDS.items()}
    shared: dict[str, JsonSchemaValue] = {}
    for part in parts.values():
        shared.update(part.pop("$defs"))
    return {
        "$schema": DIALECT,
        "if": {"required": ["sop"]},
        "then": {"$ref": "#/$defs/sop"},
        "else": {
            "if": {"required": ["law"]},
            "then": {"$ref": "#/$defs/law"},
            "else": {"$ref": "#/$defs/rulebook"},
        },
        "$defs": {**shared, **parts},
    }


def _schema_of(model: type[Part]) -> dict[str, Any]:
    made = model.model_json_schema(by_alias=True, schema_generator=_ForEditors)
    linked: dict[str, Any] = _linked(made)
    return {**linked, "$defs": {**SHARED, **linked.get("$defs", {})}}


_SHARED = "x-shared"
"""Stands for a reference while pydantic works: it takes only those that it made itself."""


def _linked(part: Any) -> Any:
    if isinstance(part, dict):
        if _SHARED in part:
            return {"$ref": f"#/$defs/{part[_SHARED]}"}
        return {key: _linked(value) for key, value in part.items()}
    return [_linked(value) for value in part] if isinstance(part, list) else part


class _ForEditors(GenerateJsonSchema):
    """What an author writes, where pydantic would give what the model holds."""

    def function_before_schema(
        self, schema: core_schema.BeforeValidatorFunctionSchema
    ) -> JsonSchemaValue:
        written: dict[Any, JsonSchemaValue] = {flag: FLAG, seconds: DURATION, day: DAY}
        function = schema["function"]["function"]
        if function in written:
            return written[function]
        inner = self.generate_inner(schema["schema"])
        return one_or_list(inner["items"]) if function is as_list else inner

    def dict_schema(self, schema: core_schema.DictSchema) -> JsonSchemaValue:
        keys, values = schema.get("keys_schema", {}), schema.get("values_schema", {})
        if values.get("type") == "any":
            return {_SHARED: "Condition"}
        if keys.get("pattern") == "^[a-z]{2,3}$":
            return {_SHARED: "Text"}
        made: JsonSchemaValue = {"type": "object"}
        if "pattern" in keys:
            made["propertyNames"] = {"pattern": keys["pattern"]}
        return {**made, "additionalProperties": self.generate_inner(values)}

    def nullable_schema(self, schema: core_schema.NullableSchema) -> JsonSchemaValue:
        return self.generate_inner(schema["schema"])

    def default_schema(self, schema: core_schema.WithDefaultSchema) -> JsonSchemaValue:
        return self.generate_inner(schema["schema"])

    def bool_schema(  # flags are words in the file
        self,
        schema: core_schema.BoolSchema,
    ) -> JsonSchemaValue:
        return dict(FLAG)

    def field_title_should_be_set(self, schema: Any) -> bool:
        return False

    def model_schema(self, schema: core_schema.ModelSchema) -> JsonSchemaValue:
        made = super().model_schema(schema)
        made.pop("title", None)
        return made

    def generate(self, schema: CoreSchema, mode: Any = "validation") -> JsonSchemaValue:
        made = super().generate(schema, mode)
        made.pop("title", None)
        return made
