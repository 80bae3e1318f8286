"""A draft of the small rulebook, and people who work on it."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from brightline.workbench.desk import impact as desk_impact
from brightline.workbench.drafts import impact
from brightline.workbench.drafts.actions.open_draft import open_draft
from brightline.workbench.drafts.models import Draft
from tests.workbench.making import person

KNIVES = "sops/knives.yaml"


@pytest.fixture(autouse=True)
def _no_counts():
    """No cases of one test are counted in the next."""
    impact.forget()
    desk_impact.forget()


@pytest.fixture
def draft(release, mai) -> Draft:
    return open_draft(release, mai, "Dao bếp")


@pytest.fixture
def nam(db):
    """A policy author."""
    return person("nam", "author")


@pytest.fixture
def phuong(db):
    """A legal specialist."""
    return person("phuong", "legal")


class Script:
    """What the page's script sends."""

    def __init__(self, client: Client, draft: Draft, path: str = KNIVES) -> None:
        self.client, self.draft, self.path = client, draft, path

    def send(self, name: str, status: int = 200, **said: Any) -> dict[str, Any]:
        address = reverse(f"draft_{name}", args=[self.draft.pk, self.path])
        answer = self.client.post(address, json.dumps(said), "application/json")
        assert answer.status_code == status, (answer.status_code, answer.content[:500])
        return answer.json()

    def op(self, op: str, based_on: int, status: int = 200, **args: Any) -> dict[str, Any]:
        return self.send("op", status, op=op, based_on=based_on, args=args)


@pytest.fixture
def script(client, draft, mai) -> Script:
    client.force_login(mai)
    return Script(client, draft)
