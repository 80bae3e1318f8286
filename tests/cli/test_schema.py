"""`schema`: JSON Schema for editors."""

from __future__ import annotations

import json

import pytest


@pytest.mark.parametrize("kind", [[], ["rulebook"], ["law"], ["sop"]])
def test_the_schema_is_json(run, kind):
    found = json.loads(run("schema", *kind).stdout)
    assert found["$schema"].startswith("https://json-schema.org/")


def test_an_unknown_kind_is_refused(run):
    assert run("schema", "lexicon").exit_code == 2
